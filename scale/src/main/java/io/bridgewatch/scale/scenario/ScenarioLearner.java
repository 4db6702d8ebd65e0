package io.bridgewatch.scale.scenario;

import io.bridgewatch.numerics.Robust;
import io.bridgewatch.scale.LoadTrace;
import io.bridgewatch.scale.scenario.ScenarioPlan.HeldOut;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Learns how many replicas to keep for each scenario of a load.
 *
 * <ol>
 *   <li>Days are put together by the calendar's kinds, or by their load; events by their name.
 *   <li>Each day is brought to the present level: the median day of the last week over that of the
 *       weeks around the day.
 *   <li>Of each slot, the highest load until the slot's end and until replicas asked for then serve
 *       is taken, and the middle of the days is what is kept.
 *   <li>Each day is held against a schedule of the other days.
 * </ol>
 *
 * <p>A schedule is a floor: it is there before a rise that comes each such day; what is unusual is
 * for the metrics beside it.
 */
public final class ScenarioLearner {

  private static final int MOST_EVENT_SLOTS = 7 * 24 * 4;
  private static final double MOSTLY_SEEN = 0.8;

  /**
   * @param loadPerReplica that a replica is to carry, requests a second, above 0
   * @param aheadSeconds until replicas asked for serve
   * @param minReplicas of any schedule, at least 1
   * @param maxReplicas of any schedule
   * @param leastDays of a kind, at least 2
   * @param leastEvents of a name, at least 2
   * @param quantile of the days, 0 to 1
   */
  public record Settings(
      double loadPerReplica,
      int aheadSeconds,
      int minReplicas,
      int maxReplicas,
      int leastDays,
      int leastEvents,
      double quantile) {

    public Settings {
      if (!(loadPerReplica > 0)
          || aheadSeconds < 0
          || minReplicas < 1
          || maxReplicas < minReplicas
          || leastDays < 2
          || leastEvents < 2
          || !(quantile >= 0 && quantile <= 1)) {
        throw new IllegalArgumentException(
            ("needs a load above 0, at least 1 replica and no more than the most, at least 2 days and"
                    + " 2 events and a quantile from 0 to 1; had %s, %d to %d, %d, %d and %s")
                .formatted(
                    loadPerReplica, minReplicas, maxReplicas, leastDays, leastEvents, quantile));
      }
    }

    /** Three days, two events, the middle of them. */
    public static Settings standard(
        double loadPerReplica, int aheadSeconds, int minReplicas, int maxReplicas) {
      return new Settings(loadPerReplica, aheadSeconds, minReplicas, maxReplicas, 3, 2, 0.5);
    }

    /** The same of another share of the days. */
    public Settings of(double otherQuantile) {
      return new Settings(
          loadPerReplica,
          aheadSeconds,
          minReplicas,
          maxReplicas,
          leastDays,
          leastEvents,
          otherQuantile);
    }
  }

  /** A stretch of the load at the present level, and the highest load ahead in each slot of it. */
  private record Stretch(LocalDate day, double[] highest, double[] rates) {}

  private final LoadTrace load;
  private final double[] rates;
  private final ZoneId zone;
  private final Settings settings;
  private final List<DaysOfLoad.Day> days;
  private final double present;

  private ScenarioLearner(LoadTrace load, ZoneId zone, Settings settings, Instant presentAt) {
    this.load = load;
    this.rates = load.perSecond();
    this.zone = zone;
    this.settings = settings;
    this.days = DaysOfLoad.of(load, zone);
    this.present = level(LocalDate.ofInstant(presentAt, zone));
  }

  /** Of the last day that is over then, or where there is none of the first after it. */
  private double level(LocalDate today) {
    return days.stream()
        .filter(day -> day.date().isBefore(today))
        .reduce((_, later) -> later)
        .or(() -> days.stream().findFirst())
        .map(DaysOfLoad.Day::level)
        .orElse(1.0);
  }

  /**
   * By a calendar: each kind of day and each event that the load has seen.
   *
   * @param present whose level of load counts
   * @return by kind, then by the events' names in the order in which they were first seen
   */
  public static List<ScenarioPlan> byCalendar(
      LoadTrace load, BusinessCalendar calendar, Settings settings, Instant present) {
    var learner = new ScenarioLearner(load, calendar.zone(), settings, present);
    var plans = new ArrayList<ScenarioPlan>();
    var byKind = new EnumMap<DayKind, List<Stretch>>(DayKind.class);
    for (DaysOfLoad.Day day : learner.days) {
      byKind
          .computeIfAbsent(calendar.kindOf(day.date()), _ -> new ArrayList<>())
          .add(learner.day(day));
    }
    byKind.forEach(
        (kind, stretches) ->
            plans.add(
                learner.plan(new Scenario.CalendarDay(kind), stretches, settings.leastDays(), 0)));
    learner
        .events(calendar)
        .forEach(
            (event, stretches) ->
                plans.add(
                    learner.plan(
                        event, stretches, settings.leastEvents(), settings.aheadSeconds())));
    return plans;
  }

  /** By the load itself, where no calendar is known. */
  public static List<ScenarioPlan> byLoad(
      LoadTrace load, ZoneId zone, Settings settings, Instant present) {
    var learner = new ScenarioLearner(load, zone, settings, present);
    List<DayGroups.Group> groups = DayGroups.of(load, zone).groups();
    var plans = new ArrayList<ScenarioPlan>();
    for (int i = 0; i < groups.size(); i++) {
      DayGroups.Group group = groups.get(i);
      plans.add(
          learner.plan(
              new Scenario.RecognisedDay(i, group.example()),
              learner.days.stream()
                  .filter(day -> group.days().contains(day.date()))
                  .map(learner::day)
                  .toList(),
              settings.leastDays(),
              0));
    }
    return plans;
  }

  private Stretch day(DaysOfLoad.Day day) {
    return stretch(
        day.date(), day.date().atStartOfDay(zone).toInstant(), DaysOfLoad.SLOTS, scale(day));
  }

  private double scale(DaysOfLoad.Day day) {
    return day.level() > 0 ? present / day.level() : 1;
  }

  private Map<Scenario.Event, List<Stretch>> events(BusinessCalendar calendar) {
    var found = new LinkedHashMap<Scenario.Event, List<Stretch>>();
    Instant end = load.start().plus(load.duration());
    for (EventWindow window : calendar.eventsBetween(load.start(), end)) {
      if (window.from().isBefore(load.start()) || window.to().isAfter(end)) {
        continue; // only partly seen
      }
      if (seen(window) < MOSTLY_SEEN) {
        continue;
      }
      LocalDate day = calendar.dayOf(window.from());
      double scale =
          days.stream()
              .filter(one -> one.date().equals(day))
              .findFirst()
              .map(this::scale)
              .orElse(1.0);
      long minutes = window.to().getEpochSecond() / 60 - window.from().getEpochSecond() / 60;
      int slots =
          (int) Math.clamp(Math.ceilDiv(minutes, DaysOfLoad.SLOT_MINUTES), 1, MOST_EVENT_SLOTS);
      found
          .computeIfAbsent(new Scenario.Event(window.name(), window.kind()), _ -> new ArrayList<>())
          .add(stretch(day, window.from(), slots, scale));
    }
    return found;
  }

  private double seen(EventWindow window) {
    int from = step(window.from());
    int to = Math.max(from + 1, stepAfter(window.to()));
    int seen = 0;
    for (int step = from; step < to && step < rates.length; step++) {
      seen += Double.isNaN(rates[step]) ? 0 : 1;
    }
    return (double) seen / (to - from);
  }

  private Stretch stretch(LocalDate day, Instant from, int slots, double scale) {
    double[] highest = new double[slots];
    int first = step(from);
    int last =
        Math.min(rates.length, step(from.plusSeconds(slots * DaysOfLoad.SLOT_MINUTES * 60L)));
    for (int slot = 0; slot < slots; slot++) {
      Instant begin = from.plusSeconds(slot * DaysOfLoad.SLOT_MINUTES * 60L);
      Instant end = begin.plusSeconds(DaysOfLoad.SLOT_MINUTES * 60L + settings.aheadSeconds());
      highest[slot] = Double.NaN;
      for (int step = step(begin); step < stepAfter(end); step++) {
        if (!Double.isNaN(rates[step])) {
          highest[slot] =
              Double.isNaN(highest[slot])
                  ? scale * rates[step]
                  : Math.max(highest[slot], scale * rates[step]);
        }
      }
    }
    double[] own = new double[Math.max(0, last - first)];
    for (int i = 0; i < own.length; i++) {
      own[i] = scale * rates[first + i];
    }
    return new Stretch(day, highest, own);
  }

  private int step(Instant moment) {
    long seconds = moment.getEpochSecond() - load.start().getEpochSecond();
    return (int) Math.clamp(Math.floorDiv(seconds, load.stepSeconds()), 0, rates.length);
  }

  /** The first step that does not begin before a moment. */
  private int stepAfter(Instant moment) {
    long seconds = moment.getEpochSecond() - load.start().getEpochSecond();
    return (int) Math.clamp(Math.ceilDiv(seconds, (long) load.stepSeconds()), 0, rates.length);
  }

  private ScenarioPlan plan(
      Scenario scenario, List<Stretch> stretches, int least, int leadSeconds) {
    List<LocalDate> seen = stretches.stream().map(Stretch::day).toList();
    if (stretches.size() < least) {
      return new ScenarioPlan.TooFew(scenario, seen, least);
    }
    double[] peaks =
        stretches.stream()
            .mapToDouble(one -> Robust.quantile(Robust.sorted(one.highest), 1))
            .toArray();
    return new ScenarioPlan.Learned(
        scenario, seen, floor(stretches, leadSeconds), Robust.median(peaks), heldOut(stretches));
  }

  private FloorSchedule floor(List<Stretch> stretches, int leadSeconds) {
    int slots = stretches.stream().mapToInt(one -> one.highest.length).max().orElseThrow();
    int[] replicas = new int[slots];
    for (int slot = 0; slot < slots; slot++) {
      double[] highest = new double[stretches.size()];
      for (int i = 0; i < highest.length; i++) {
        double[] own = stretches.get(i).highest;
        highest[i] = slot < own.length ? own[slot] : Double.NaN;
      }
      double usual = Robust.quantile(Robust.sorted(highest), settings.quantile());
      double wanted = Double.isNaN(usual) ? 1 : Math.ceil(usual / settings.loadPerReplica());
      replicas[slot] = (int) Math.clamp(wanted, settings.minReplicas(), settings.maxReplicas());
    }
    return new FloorSchedule(DaysOfLoad.SLOT_MINUTES, replicas, leadSeconds);
  }

  private HeldOut heldOut(List<Stretch> stretches) {
    long enough = 0;
    long all = 0;
    double kept = 0;
    double needed = 0;
    for (Stretch out : stretches) {
      FloorSchedule floor = floor(stretches.stream().filter(one -> one != out).toList(), 0);
      for (int i = 0; i < out.rates.length; i++) {
        if (!Double.isNaN(out.rates[i])) {
          int replicas = floor.at((long) i * load.stepSeconds());
          double wanted = out.rates[i] / settings.loadPerReplica();
          enough += wanted <= replicas ? 1 : 0;
          all++;
          kept += replicas;
          needed += wanted;
        }
      }
    }
    return new HeldOut(all == 0 ? 1 : (double) enough / all, needed == 0 ? 1 : kept / needed);
  }
}
