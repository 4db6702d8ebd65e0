package io.bridgewatch.engine;

import io.bridgewatch.ports.Retained;
import io.bridgewatch.ports.Storage;
import io.bridgewatch.ports.StoreException;
import io.bridgewatch.ports.Timekeeper;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Forgets what is older than it is to be kept, and the oldest first where the room is not enough.
 *
 * <ol>
 *   <li>Every hour each kind forgets what is older than its time.
 *   <li>Every minute the room is looked at. While more is taken than the budget allows, or less is
 *       free on the disk than must be, the kind whose oldest part is oldest <em>for its kind</em>
 *       (age as a share of how long it is to be kept) gives up a twentieth of its time.
 *   <li>The last hour of anything is never given up, nor are kinds that hold less than a hundredth
 *       of the room, since that would help nobody. If that is all there is, {@link #state} says so.
 * </ol>
 *
 * <p>Kinds in another system are forgotten by time only; they take no room here. What cannot be
 * asked or forgotten at present keeps nothing else from it.
 *
 * <p>What had to be given up early is told by {@link State}, so that nobody takes a gap for quiet.
 */
public final class Housekeeping implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);

  private static final Duration LOOK_EVERY = Duration.ofMinutes(1);
  private static final Duration FORGET_EVERY = Duration.ofHours(1);
  private static final Duration LAST = Duration.ofHours(1);
  private static final int PARTS = 20;
  private static final int WORTH_WHILE = 100;

  private final Storage storage;
  private final RetentionSettings settings;
  private final Timekeeper clock;
  private volatile Optional<Timekeeper.Turns> turns = Optional.empty();

  private final Map<Retained.Kind, Instant> givenUp = new EnumMap<>(Retained.Kind.class);
  private Instant forgotten = Instant.MIN;
  private volatile State state;

  /** Nothing runs until {@link #start}; {@link #turn} can be called instead. */
  public Housekeeping(Storage storage, RetentionSettings settings, Timekeeper clock) {
    this.storage = storage;
    this.settings = settings;
    this.clock = clock;
    this.state = new State(clock.instant(), List.of(), settings, 0, Optional.empty());
  }

  /**
   * @param usableBytes free on the disk
   * @param trouble what could not be done about the room, and what helps; empty if all is well
   */
  public record State(
      Instant asOf,
      List<Kept> kept,
      RetentionSettings settings,
      long usableBytes,
      Optional<String> trouble) {
    public State {
      kept = List.copyOf(kept);
    }
  }

  /**
   * @param oldest empty if there is nothing
   * @param external whether it takes room in another system
   * @param givenUp until which time things were given up for want of room, though they were still
   *     to be kept; empty if nothing was since the start
   */
  public record Kept(
      Retained.Kind kind,
      boolean external,
      long bytes,
      Optional<Instant> oldest,
      Duration keep,
      Optional<Instant> givenUp) {}

  public void start() {
    turns = Optional.of(clock.every("housekeeping", Duration.ZERO, LOOK_EVERY, this::turn));
  }

  /** What is kept, as of the last look. */
  public State state() {
    return state;
  }

  /** Looks once, and forgets what has to be. */
  public synchronized void turn() {
    Instant now = clock.instant();
    var troubles = new ArrayList<String>();
    if (!now.isBefore(forgotten.plus(FORGET_EVERY)) && forgetOld(now, troubles)) {
      forgotten = now;
    }
    try {
      makeRoom(now).ifPresent(troubles::add);
    } catch (StoreException e) {
      cannotForget(e, troubles);
    }
    look(now, troubles);
  }

  /** Whether all that is old was forgotten. */
  private boolean forgetOld(Instant now, List<String> troubles) {
    boolean all = true;
    for (Retained one : storage.retained()) {
      Instant before = now.minus(settings.keep(one.kind()));
      try {
        if (one.oldest().isBefore(before)) {
          one.forgetBefore(before);
        }
      } catch (StoreException e) {
        cannotForget(e, troubles);
        all = false;
      }
    }
    return all;
  }

  private void cannotForget(StoreException e, List<String> troubles) {
    String why = String.valueOf(e.getMessage());
    if (!state.trouble().orElse("").contains(why)) {
      LOG.error("cannot forget what is old; it is tried again in a minute", e);
    }
    troubles.add(why);
  }

  /** What takes room on this disk. */
  private List<Retained> ours() {
    return storage.retained().stream().filter(one -> !one.isExternal()).toList();
  }

  private Optional<String> makeRoom(Instant now) {
    Set<Retained.Kind> stuck = new HashSet<>();
    long lacking = lacking();
    while (lacking > 0) {
      Optional<Retained> next = oldestForItsKind(now, stuck);
      if (next.isEmpty()) {
        String trouble =
            "the disk lacks %d MiB and nothing older than %d hour is left to give up; free room on"
                    .formatted(Math.ceilDiv(lacking, 1L << 20), LAST.toHours())
                + " the disk, or raise the budget";
        if (state.trouble().isEmpty()) {
          LOG.error("{}", trouble);
        }
        return Optional.of(trouble);
      }
      if (!giveUp(next.get(), now)) {
        stuck.add(next.get().kind());
      }
      lacking = lacking();
    }
    return Optional.empty();
  }

  /** Bytes that are too many; not positive if there is room. */
  private long lacking() {
    long used = ours().stream().mapToLong(Retained::bytes).sum();
    long overBudget = used - settings.budgetBytes().orElse(Long.MAX_VALUE);
    return Math.max(overBudget, settings.leastUsableBytes() - storage.usableBytes());
  }

  private Optional<Retained> oldestForItsKind(Instant now, Set<Retained.Kind> stuck) {
    long all = ours().stream().mapToLong(Retained::bytes).sum();
    return ours().stream()
        .filter(one -> !stuck.contains(one.kind()))
        .filter(one -> one.oldest().isBefore(now.minus(LAST)))
        .filter(one -> one.bytes() > all / WORTH_WHILE)
        .max(Comparator.comparingDouble(one -> age(one, now)));
  }

  private double age(Retained one, Instant now) {
    return (double) Duration.between(one.oldest(), now).toMillis()
        / settings.keep(one.kind()).toMillis();
  }

  /** Whether anything was. Takes larger steps until something is: some things go as a whole. */
  private boolean giveUp(Retained one, Instant now) {
    Instant oldest = one.oldest();
    Instant latest = now.minus(LAST);
    Duration step = Duration.between(oldest, now).dividedBy(PARTS);
    while (true) {
      Instant before = oldest.plus(step);
      before = before.isAfter(latest) ? latest : before;
      one.forgetBefore(before);
      if (one.oldest().isAfter(oldest)) {
        givenUp.put(one.kind(), before);
        LOG.warn("gave up {} before {} for want of room on the disk", one.kind(), before);
        return true;
      }
      if (before.equals(latest)) {
        return false;
      }
      step = step.multipliedBy(2);
    }
  }

  private void look(Instant now, List<String> troubles) {
    var kept = new ArrayList<Kept>();
    for (Retained one : storage.retained()) {
      try {
        kept.add(
            new Kept(
                one.kind(),
                one.isExternal(),
                one.bytes(),
                Optional.of(one.oldest()).filter(time -> !time.equals(Instant.MAX)),
                settings.keep(one.kind()),
                one.isExternal()
                    ? Optional.empty()
                    : Optional.ofNullable(givenUp.get(one.kind()))));
      } catch (StoreException e) {
        troubles.add(String.valueOf(e.getMessage()));
        state.kept().stream()
            .filter(before -> before.kind() == one.kind() && before.external() == one.isExternal())
            .forEach(kept::add);
      }
    }
    long usable = state.usableBytes();
    try {
      usable = storage.usableBytes();
    } catch (StoreException e) {
      troubles.add(String.valueOf(e.getMessage()));
    }
    var trouble = troubles.stream().distinct().collect(Collectors.joining("; "));
    state =
        new State(
            now, kept, settings, usable, Optional.of(trouble).filter(text -> !text.isEmpty()));
  }

  @Override
  public void close() {
    turns.ifPresent(some -> some.end(Duration.ofMinutes(1)));
  }
}
