package io.bridgewatch.diagnose;

import io.bridgewatch.model.Cause;
import io.bridgewatch.model.EntityRef;
import io.bridgewatch.model.Incident;
import io.bridgewatch.model.Signal;
import io.bridgewatch.model.Symptom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Makes incidents that last out of what one diagnosis after another finds. A fold; same reports,
 * same incidents.
 *
 * <ol>
 *   <li>What is found belongs to the followed incident that it shares most with: its likeliest
 *       causes and what hurts. At least half of the smaller of the two must be shared, or the
 *       likeliest cause be the same; where both began at about the same time, anything. Those that
 *       are most alike are matched first.
 *   <li>It is opened once it was found {@link Settings#findingsToOpen} times in a row; at once
 *       where an object says itself that it is in trouble, since that is no estimate.
 *   <li>An open one is updated when what people would read changes: the likeliest cause, its
 *       confidence by a tenth, or what hurts.
 *   <li>It is closed when it was not found {@link Settings#missesToClose} times in a row, and what
 *       it told that users feel is over. So one whose beginning is no longer seen stays, for at
 *       most {@link Settings#lastsAtMost}: then what is felt is what is usual.
 * </ol>
 *
 * <p>An incident keeps the id it was found with first, whatever later diagnoses call it. Where
 * another goes by that id already, a number is put behind it.
 */
public final class IncidentTracker {

  private static final int LIKELIEST = 3;
  private static final double SHARED = 0.5;

  /** Where both began at the same time. */
  private static final double LEAST_SHARED = 0.15;

  private static final Duration TOGETHER = Duration.ofMinutes(5);
  private static final double CONFIDENCE_STEP = 0.1;

  private IncidentTracker() {}

  /**
   * When incidents open and close.
   *
   * @param findingsToOpen in a row, at least one
   * @param missesToClose in a row, at least one
   * @param lastsAtMost how long one stays that is found no more but felt still
   */
  public record Settings(int findingsToOpen, int missesToClose, Duration lastsAtMost) {
    public Settings {
      if (lastsAtMost.isNegative()) {
        throw new IllegalArgumentException(
            "an incident cannot last for less than no time, saw " + lastsAtMost);
      }
      if (findingsToOpen < 1 || missesToClose < 1) {
        throw new IllegalArgumentException(
            "findings to open and misses to close are at least 1, saw "
                + findingsToOpen
                + " and "
                + missesToClose);
      }
    }

    /** Opened when found twice, closed when not found twenty times; felt for at most a day. */
    public static Settings usual() {
      return new Settings(2, 20, Duration.ofDays(1));
    }
  }

  /**
   * An incident that is followed.
   *
   * @param id as it was found first
   * @param firstSeen when a diagnosis found it first
   * @param lastSeen when one found it last, or found that users feel it still
   * @param found how often in a row, as long as it is not open
   * @param missed how often in a row it was not found
   * @param isOpen whether it was told
   * @param about what it is about, by which later findings are recognised
   * @param shown what was told last, found last as long as it is not open; empty if nothing was
   *     since the state was restored
   */
  public record Followed(
      String id,
      Instant firstSeen,
      Instant lastSeen,
      int found,
      int missed,
      boolean isOpen,
      Set<EntityRef> about,
      Optional<Incident> shown) {
    public Followed {
      about = Set.copyOf(about);
    }
  }

  /** All that are followed. */
  public record State(List<Followed> followed) {
    public State {
      followed = List.copyOf(followed);
    }

    public static State begin() {
      return new State(List.of());
    }
  }

  /** What people should be told. */
  public sealed interface Turn {
    String id();

    record Opened(String id, Incident incident) implements Turn {}

    record Updated(String id, Incident incident) implements Turn {}

    /**
     * @param lastSeen when it was found last
     */
    record Closed(String id, Instant lastSeen) implements Turn {}
  }

  public record Step(State state, List<Turn> turns) {
    public Step {
      turns = List.copyOf(turns);
    }
  }

  /**
   * The state after a diagnosis.
   *
   * @param found what it found
   * @param felt whether users still feel what an incident told; asked of what was not found
   */
  public static Step step(
      State state, Instant now, List<Incident> found, Predicate<Incident> felt, Settings settings) {
    var left = new ArrayList<>(state.followed());
    var next = new ArrayList<Followed>();
    var turns = new ArrayList<Turn>();
    var taken = new HashSet<String>();
    state.followed().forEach(one -> taken.add(one.id()));
    var recognised = recognised(left, found);
    for (Incident incident : found) {
      Optional<Followed> same = Optional.ofNullable(recognised.get(incident));
      same.ifPresent(left::remove);
      String id = same.map(Followed::id).orElseGet(() -> free(incident.id(), taken));
      taken.add(id);
      next.add(seen(id, same, incident, now, settings, turns));
    }
    for (Followed one : left) {
      if (!one.isOpen()) {
        continue; // it was a chance
      }
      if (lasts(one, now, felt, settings)) {
        next.add(
            new Followed(
                one.id(), one.firstSeen(), now, one.found(), 0, true, one.about(), one.shown()));
      } else if (one.missed() + 1 >= settings.missesToClose()) {
        turns.add(new Turn.Closed(one.id(), one.lastSeen()));
      } else {
        next.add(
            new Followed(
                one.id(),
                one.firstSeen(),
                one.lastSeen(),
                one.found(),
                one.missed() + 1,
                true,
                one.about(),
                one.shown()));
      }
    }
    next.sort(Comparator.comparing(Followed::firstSeen).thenComparing(Followed::id));
    return new Step(new State(next), turns);
  }

  private static boolean lasts(
      Followed one, Instant now, Predicate<Incident> felt, Settings settings) {
    return one.shown()
        .filter(shown -> now.isBefore(shown.onset().plus(settings.lastsAtMost())))
        .filter(felt)
        .isPresent();
  }

  private static String free(String id, Set<String> taken) {
    String free = id;
    for (int number = 2; taken.contains(free); number++) {
      free = id + "-" + number;
    }
    return free;
  }

  private static Followed seen(
      String id,
      Optional<Followed> before,
      Incident incident,
      Instant now,
      Settings settings,
      List<Turn> turns) {
    int found = before.map(Followed::found).orElse(0) + 1;
    boolean wasOpen = before.map(Followed::isOpen).orElse(false);
    boolean opens = !wasOpen && (found >= settings.findingsToOpen() || isCertain(incident));
    Optional<Incident> shown = before.flatMap(Followed::shown);
    if (opens) {
      turns.add(new Turn.Opened(id, incident));
      shown = Optional.of(incident);
    } else if (wasOpen && (shown.isEmpty() || readsOtherwise(shown.get(), incident))) {
      turns.add(new Turn.Updated(id, incident));
      shown = Optional.of(incident);
    } else if (!wasOpen) {
      shown = Optional.of(incident);
    }
    return new Followed(
        id,
        before.map(Followed::firstSeen).orElse(now),
        now,
        found,
        0,
        wasOpen || opens,
        about(incident),
        shown);
  }

  private static boolean isCertain(Incident incident) {
    return incident.symptoms().stream()
        .anyMatch(symptom -> symptom.finding().signal() == Signal.OBJECT_STATE);
  }

  private static boolean readsOtherwise(Incident shown, Incident now) {
    Optional<Cause> before = shown.causes().stream().findFirst();
    Optional<Cause> after = now.causes().stream().findFirst();
    if (before.isEmpty() || after.isEmpty()) {
      return before.isPresent() != after.isPresent() || !hurt(shown).equals(hurt(now));
    }
    return !before.get().entity().equals(after.get().entity())
        || before.get().kind() != after.get().kind()
        || Math.abs(before.get().confidence() - after.get().confidence()) >= CONFIDENCE_STEP
        || !hurt(shown).equals(hurt(now));
  }

  private static Set<EntityRef> hurt(Incident incident) {
    var hurt = new TreeSet<EntityRef>();
    incident.symptoms().stream().map(Symptom::entity).forEach(hurt::add);
    return hurt;
  }

  /** The likeliest causes and what hurts. */
  public static Set<EntityRef> about(Incident incident) {
    var about = hurt(incident);
    incident.causes().stream().limit(LIKELIEST).map(Cause::entity).forEach(about::add);
    return about;
  }

  /** Which followed incident each one is, those that are most alike first. */
  private static Map<Incident, Followed> recognised(List<Followed> followed, List<Incident> found) {
    record Likeness(Followed one, Incident incident, double much) {}
    var alike = new ArrayList<Likeness>();
    for (Incident incident : found) {
      for (Followed one : followed) {
        double much = likeness(one, incident);
        if (much >= (beganTogether(one, incident) ? LEAST_SHARED : SHARED)) {
          alike.add(new Likeness(one, incident, much));
        }
      }
    }
    alike.sort(Comparator.comparingDouble(Likeness::much).reversed()); // stable
    var recognised = new IdentityHashMap<Incident, Followed>();
    var taken = new HashSet<String>();
    for (Likeness likeness : alike) {
      if (!recognised.containsKey(likeness.incident) && taken.add(likeness.one.id())) {
        recognised.put(likeness.incident, likeness.one);
      }
    }
    return recognised;
  }

  private static boolean beganTogether(Followed one, Incident incident) {
    return one.shown()
        .filter(shown -> one.isOpen())
        .map(shown -> Duration.between(shown.onset(), incident.onset()).abs())
        .filter(apart -> apart.compareTo(TOGETHER) <= 0)
        .isPresent();
  }

  private static double likeness(Followed one, Incident incident) {
    Set<EntityRef> about = about(incident);
    Optional<EntityRef> cause = incident.causes().stream().findFirst().map(Cause::entity);
    var shared = new HashSet<>(one.about());
    shared.retainAll(about);
    double share = (double) shared.size() / Math.max(1, Math.min(one.about().size(), about.size()));
    boolean sameCause =
        cause.isPresent()
            && one.shown().stream()
                .flatMap(shown -> shown.causes().stream().limit(1))
                .anyMatch(first -> first.entity().equals(cause.get()));
    return share + (sameCause ? 1 : 0);
  }
}
