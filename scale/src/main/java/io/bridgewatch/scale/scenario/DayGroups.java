package io.bridgewatch.scale.scenario;

import io.bridgewatch.numerics.Robust;
import io.bridgewatch.scale.LoadTrace;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Days that are alike by their load, where no calendar says what they are.
 *
 * <ol>
 *   <li>Each local day is a profile of quarters of an hour, relative to the level of the weeks
 *       around it, as logarithms.
 *   <li>Two days are as far apart as their profiles are on average, where a quarter counts at most
 *       a factor of e, so that a short wild moment does not make a kind of its own.
 *   <li>Days are put together from the nearest on (average linkage), into as many groups as are
 *       best apart by their silhouette (Rousseeuw, 1987); into one where none are.
 *   <li>A day that is twice as far from its group as others are is odd, as is a group of one.
 * </ol>
 *
 * <p>The same load gives the same groups, the largest first.
 *
 * @param groups of days that are alike
 * @param odd days like no other
 * @param separation silhouette of the groups, up to 1; absent where there is one group
 */
public record DayGroups(List<Group> groups, List<LocalDate> odd, OptionalDouble separation) {

  private static final int MOST_GROUPS = 6;
  private static final int FEWEST_DAYS = 4;
  private static final double LEAST_SEPARATION = 0.45;
  private static final double FLOOR = 0.02;
  private static final double MOST_APART = 1;
  private static final double ODD = 2;
  private static final double LEAST_ODD = 0.05;

  public DayGroups {
    groups = List.copyOf(groups);
    odd = List.copyOf(odd);
  }

  /**
   * Days that are alike.
   *
   * @param days ascending, at least two
   * @param example the day that is nearest to all others of them
   */
  public record Group(List<LocalDate> days, LocalDate example) {
    public Group {
      days = List.copyOf(days);
    }
  }

  /** The group that a day belongs to, by its index. */
  public Optional<Integer> groupOf(LocalDate day) {
    for (int i = 0; i < groups.size(); i++) {
      if (groups.get(i).days().contains(day)) {
        return Optional.of(i);
      }
    }
    return Optional.empty();
  }

  /**
   * Recognises kinds of days.
   *
   * @return no group with fewer than four days
   */
  public static DayGroups of(LoadTrace load, ZoneId zone) {
    List<DaysOfLoad.Day> days = DaysOfLoad.of(load, zone);
    if (days.size() < FEWEST_DAYS) {
      return new DayGroups(
          List.of(), days.stream().map(DaysOfLoad.Day::date).toList(), OptionalDouble.empty());
    }
    double[][] apart = distances(days);
    List<List<Integer>> best = List.of(all(days.size()));
    double separation = LEAST_SEPARATION;
    List<List<Integer>> parts = singles(days.size());
    while (parts.size() > 2) {
      parts = joined(parts, apart);
      double silhouette =
          parts.size() <= MOST_GROUPS ? silhouette(parts, apart) : Double.NEGATIVE_INFINITY;
      if (silhouette > separation) {
        separation = silhouette;
        best = parts;
      }
    }
    return groups(
        days,
        apart,
        best,
        best.size() > 1 ? OptionalDouble.of(separation) : OptionalDouble.empty());
  }

  private static double[][] distances(List<DaysOfLoad.Day> days) {
    double[][] profiles = days.stream().map(DayGroups::normalised).toArray(double[][]::new);
    double[][] apart = new double[profiles.length][profiles.length];
    for (int i = 0; i < profiles.length; i++) {
      for (int j = 0; j < i; j++) {
        double sum = 0;
        int both = 0;
        for (int slot = 0; slot < DaysOfLoad.SLOTS; slot++) {
          double difference = Math.abs(profiles[i][slot] - profiles[j][slot]);
          if (!Double.isNaN(difference)) {
            sum += Math.min(MOST_APART, difference);
            both++;
          }
        }
        apart[i][j] = both == 0 ? MOST_APART : sum / both;
        apart[j][i] = apart[i][j];
      }
    }
    return apart;
  }

  private static double[] normalised(DaysOfLoad.Day day) {
    double[] profile = day.profile().clone();
    for (int slot = 0; slot < profile.length; slot++) {
      profile[slot] = day.level() > 0 ? Math.log(profile[slot] / day.level() + FLOOR) : 0;
    }
    return profile;
  }

  private static List<Integer> all(int count) {
    var members = new ArrayList<Integer>();
    for (int i = 0; i < count; i++) {
      members.add(i);
    }
    return members;
  }

  private static List<List<Integer>> singles(int count) {
    return all(count).stream().map(List::of).toList();
  }

  /** The two nearest together; of equally near ones the first. */
  private static List<List<Integer>> joined(List<List<Integer>> parts, double[][] apart) {
    int first = 0;
    int second = 1;
    double nearest = Double.POSITIVE_INFINITY;
    for (int i = 0; i < parts.size(); i++) {
      for (int j = i + 1; j < parts.size(); j++) {
        double distance = 0;
        for (int left : parts.get(i)) {
          distance += mean(left, parts.get(j), apart);
        }
        distance /= parts.get(i).size();
        if (distance < nearest) {
          nearest = distance;
          first = i;
          second = j;
        }
      }
    }
    var joined = new ArrayList<>(parts);
    var both = new ArrayList<>(parts.get(first));
    both.addAll(joined.remove(second));
    joined.set(first, both);
    return joined;
  }

  private static double mean(int day, List<Integer> members, double[][] apart) {
    double sum = 0;
    int others = 0;
    for (int other : members) {
      if (other != day) {
        sum += apart[day][other];
        others++;
      }
    }
    return others == 0 ? 0 : sum / others;
  }

  private static double silhouette(List<List<Integer>> parts, double[][] apart) {
    double sum = 0;
    for (List<Integer> own : parts) {
      for (int day : own) {
        if (own.size() > 1) { // a day alone counts as neither well nor badly placed
          double inside = mean(day, own, apart);
          double outside =
              parts.stream()
                  .filter(other -> other != own)
                  .mapToDouble(other -> mean(day, other, apart))
                  .min()
                  .orElseThrow();
          double larger = Math.max(inside, outside);
          sum += larger == 0 ? 0 : (outside - inside) / larger;
        }
      }
    }
    return sum / apart.length;
  }

  private static DayGroups groups(
      List<DaysOfLoad.Day> days,
      double[][] apart,
      List<List<Integer>> parts,
      OptionalDouble separation) {
    var groups = new ArrayList<Group>();
    var odd = new ArrayList<LocalDate>();
    for (List<Integer> part : parts) {
      double[] distances = part.stream().mapToDouble(day -> mean(day, part, apart)).toArray();
      double far = Math.max(LEAST_ODD, ODD * Robust.median(distances));
      var kept = new ArrayList<Integer>();
      for (int i = 0; i < distances.length; i++) {
        if (part.size() > 1 && distances[i] <= far) {
          kept.add(part.get(i));
        } else {
          odd.add(days.get(part.get(i)).date());
        }
      }
      if (kept.size() == 1) {
        odd.add(days.get(kept.getFirst()).date());
      } else if (!kept.isEmpty()) {
        int example =
            kept.stream()
                .min(Comparator.comparingDouble(day -> mean(day, kept, apart)))
                .orElseThrow();
        groups.add(
            new Group(
                kept.stream().map(day -> days.get(day).date()).sorted().toList(),
                days.get(example).date()));
      }
    }
    groups.sort(
        Comparator.comparingInt((Group group) -> -group.days().size())
            .thenComparing(group -> group.days().getFirst()));
    odd.sort(Comparator.naturalOrder());
    return new DayGroups(groups, odd, separation);
  }
}
