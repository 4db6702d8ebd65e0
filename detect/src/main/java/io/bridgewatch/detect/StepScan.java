package io.bridgewatch.detect;

import io.bridgewatch.model.EntityRef;
import io.bridgewatch.numerics.IntervalScan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Broken habits of a component: "whenever A happened in a run of this operation, B happened too"
 * held at other times and not in one stretch of time, or the other way round.
 *
 * <p>A habit is conditional on A, so a change of traffic or of its mix does not break it; and it is
 * compared with all other times, earlier and later, so the remains of an earlier fault do not hide
 * the present one.
 */
final class StepScan {

  private static final String ERROR_LINE = "err:";
  private static final int BINS = 80;
  private static final int LEAST_TRIALS = 3;
  private static final int LEAST_ALL = 8;
  private static final double MOST_INSIDE = 0.75;
  private static final int MOST_EVENTS = 250;

  /** Nothing below this weight is worth telling. */
  private static final double LEAST_WEIGHT = 1;

  private static final Comparator<Habit> BY_BOUND =
      Comparator.comparingDouble(Habit::bound).reversed().thenComparingInt(Habit::given);

  private final List<Operation> operations;
  private final long origin;
  private final double width;

  private StepScan(List<Operation> operations, long origin, double width) {
    this.operations = operations;
    this.origin = origin;
    this.width = width;
  }

  /** One operation's steps, each with the conditions that tell most of it first. */
  private record Operation(
      EntityRef component, String name, List<String> events, Map<Integer, List<Habit>> habits) {}

  /**
   * How often a condition and the step with it were seen, by bin.
   *
   * @param bound no stretch can have a larger log-likelihood ratio than this
   */
  private record Habit(int given, long[] trials, long[] hits, double bound) {
    boolean sameCounts(Habit other) {
      return Arrays.equals(trials, other.trials) && Arrays.equals(hits, other.hits);
    }
  }

  /**
   * @param given the event that the step is conditional on; empty for the operation itself
   * @param fromNanos start of the stretch
   * @param toNanos end of the stretch
   */
  record Broken(
      EntityRef component,
      String operation,
      String given,
      String step,
      long fromNanos,
      long toNanos,
      IntervalScan.Interval interval) {

    /**
     * Log-likelihood ratio weighted by how firm the habit was at other times and by how far it
     * moved; a fifth of it where the stretch only lacks errors that were there at other times.
     */
    double weight() {
      double inside = interval.insideShare();
      double outside = interval.outsideShare();
      double firm = 2 * Math.max(outside, 1 - outside) - 1;
      double recovery = step.startsWith(ERROR_LINE) && inside < outside ? 0.2 : 1;
      return interval.logLikelihoodRatio() * firm * firm * Math.abs(inside - outside) * recovery;
    }
  }

  /** Counts what the visits between two times hold. */
  static StepScan over(List<Visits.Visit> visits, long fromNanos, long toNanos) {
    double width = Math.max(1, (toNanos - fromNanos) / (double) BINS);
    var byOperation = new TreeMap<String, List<Visits.Visit>>();
    for (Visits.Visit visit : visits) {
      byOperation
          .computeIfAbsent(visit.component() + "\u0001" + visit.operation(), k -> new ArrayList<>())
          .add(visit);
    }
    var operations = new ArrayList<Operation>();
    for (List<Visits.Visit> runs : byOperation.values()) {
      if (runs.size() >= LEAST_ALL) {
        operations.add(count(runs, fromNanos, width));
      }
    }
    return new StepScan(operations, fromNanos, width);
  }

  /**
   * The habits broken in a stretch that starts and ends about then, one for each component,
   * operation and step: under the most telling condition.
   */
  List<Broken> broken(long startFromNanos, long startToNanos, long endFromNanos) {
    int startFrom = bin(startFromNanos);
    int startTo = bin(startToNanos);
    int endFrom = bin(endFromNanos);
    var found = new ArrayList<Broken>();
    for (Operation operation : operations) {
      found.addAll(broken(operation, startFrom, startTo, endFrom));
    }
    return found;
  }

  private List<Broken> broken(Operation operation, int startFrom, int startTo, int endFrom) {
    var found = new ArrayList<Broken>();
    operation.habits.forEach(
        (step, habits) -> {
          Broken best = null;
          for (Habit habit : habits) {
            if (habit.bound <= (best == null ? LEAST_WEIGHT : best.weight())) {
              break; // the bounds descend: nothing better follows
            }
            var interval =
                IntervalScan.best(
                    habit.hits,
                    habit.trials,
                    startFrom,
                    startTo,
                    endFrom,
                    LEAST_TRIALS,
                    MOST_INSIDE);
            if (interval.isEmpty()) {
              continue;
            }
            var broken = broken(operation, habit, step, interval.get());
            if (best == null || broken.weight() > best.weight()) {
              best = broken;
            }
          }
          if (best != null && best.weight() >= LEAST_WEIGHT) {
            found.add(best);
          }
        });
    return found;
  }

  private Broken broken(
      Operation operation, Habit habit, int step, IntervalScan.Interval interval) {
    return new Broken(
        operation.component,
        operation.name,
        operation.events.get(habit.given),
        operation.events.get(step),
        origin + (long) (interval.from() * width),
        origin + (long) ((interval.to() + 1) * width),
        interval);
  }

  private static Operation count(List<Visits.Visit> runs, long origin, double width) {
    var ids = new HashMap<String, Integer>();
    var names = new ArrayList<String>();
    names.add("");
    ids.put("", 0);
    for (Visits.Visit run : runs) {
      for (String event : run.events()) {
        if (names.size() < MOST_EVENTS) {
          ids.computeIfAbsent(
              event,
              k -> {
                names.add(k);
                return names.size() - 1;
              });
        }
      }
    }
    var given = new long[names.size()][BINS];
    Map<Long, long[]> both = new TreeMap<>(); // in order, so that ties fall alike each time
    for (Visits.Visit run : runs) {
      int bin = bin(run.startNanos(), origin, width);
      int[] present = present(run, ids);
      for (int a : present) {
        given[a][bin]++;
        for (int b : present) {
          if (a != b && b != 0) {
            both.computeIfAbsent(((long) a << 32) | b, k -> new long[BINS])[bin]++;
          }
        }
      }
    }
    var habits = new TreeMap<Integer, List<Habit>>();
    both.forEach(
        (pair, hits) -> {
          int condition = (int) (pair >> 32);
          long trials = sum(given[condition]);
          double bound = IntervalScan.bound(sum(hits), trials);
          if (trials >= LEAST_ALL && bound > LEAST_WEIGHT) {
            var all = habits.computeIfAbsent((int) (pair & 0xffff_ffffL), k -> new ArrayList<>());
            var habit = new Habit(condition, given[condition], hits, bound);
            if (all.stream().noneMatch(habit::sameCounts)) {
              all.add(habit);
            }
          }
        });
    habits.values().forEach(all -> all.sort(BY_BOUND));
    var first = runs.getFirst();
    return new Operation(first.component(), first.operation(), names, habits);
  }

  private static int[] present(Visits.Visit run, Map<String, Integer> ids) {
    var present = new int[run.events().size() + 1];
    int n = 1; // 0 is the operation itself
    for (String event : run.events()) {
      Integer id = ids.get(event);
      if (id != null) {
        present[n++] = id;
      }
    }
    return Arrays.copyOf(present, n);
  }

  private int bin(long nanos) {
    return bin(nanos, origin, width);
  }

  private static int bin(long nanos, long origin, double width) {
    return (int) Math.max(0, Math.min(BINS - 1, (long) ((nanos - origin) / width)));
  }

  private static long sum(long[] counts) {
    long sum = 0;
    for (long count : counts) {
      sum += count;
    }
    return sum;
  }
}
