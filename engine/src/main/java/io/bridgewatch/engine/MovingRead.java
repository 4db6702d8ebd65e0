package io.bridgewatch.engine;

import io.bridgewatch.model.Nanos;
import io.bridgewatch.model.Window;
import io.bridgewatch.ports.Page;
import io.bridgewatch.ports.PageRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/**
 * What a store holds of a window that moves on with time.
 *
 * <ul>
 *   <li>What was read once is kept, so that the next window costs what came since, not what it
 *       holds. What comes late is seen if it is late by {@link #LATE} at most, or by {@link
 *       #VERY_LATE} a while later.
 *   <li>Where there is more than there is room for, an even share of all times is kept rather than
 *       the newest: what is usual is told by the beginning of the window.
 * </ul>
 *
 * <p>For use by one thread.
 */
final class MovingRead<T> {

  static final Duration LATE = Duration.ofMinutes(1);
  static final Duration VERY_LATE = Duration.ofMinutes(10);

  /** How often it is looked for what came very late. */
  static final Duration LOOK_BACK_EVERY = Duration.ofMinutes(5);

  /** One reading takes so many times what there is room for, that it may be thinned evenly. */
  private static final int MORE_THAN_ROOM = 4;

  private final ToLongFunction<T> epochNanos;
  private final ToDoubleFunction<T> lot;
  private List<T> kept = List.of();
  private Window read = new Window(Instant.EPOCH, Instant.EPOCH);
  private Instant lookedBack = Instant.EPOCH;
  private double share = 1;

  /**
   * @param lot from 0 to 1, the same for what is to be kept together, else evenly spread
   */
  MovingRead(ToLongFunction<T> epochNanos, ToDoubleFunction<T> lot) {
    this.epochNanos = epochNanos;
    this.lot = lot;
  }

  /** What is asked of a store: newest first, the first time inclusive and the last exclusive. */
  interface Source<T> {
    Page<T> find(Instant from, Instant to, PageRequest page);
  }

  /**
   * @param items oldest first
   * @param leftOut about how many of the window are not among them
   */
  record Found<T>(List<T> items, long leftOut) {}

  /**
   * Those in the window.
   *
   * @param most at most so many
   * @param wanted which of those that are there are kept and counted, always the same
   */
  Found<T> over(Window window, int most, Predicate<T> wanted, Source<T> source) {
    if (share < 1 && kept.size() < most / MORE_THAN_ROOM) {
      share = Math.min(1, 2 * share);
      read = new Window(Instant.EPOCH, Instant.EPOCH); // an even share needs the rest of them all
    }
    boolean afresh =
        !window.from().isBefore(read.to())
            || window.from().isBefore(read.from())
            || window.to().isBefore(read.to());
    boolean lookBack = afresh || !window.to().isBefore(lookedBack.plus(LOOK_BACK_EVERY));
    Instant known = read.to().minus(lookBack ? VERY_LATE : LATE);
    Instant from = afresh || known.isBefore(window.from()) ? window.from() : known;

    var fresh = new ArrayList<T>();
    long unread = read(from, window.to(), (long) most * MORE_THAN_ROOM, wanted, source, fresh);
    var items = new ArrayList<T>();
    if (!afresh && unread == 0) {
      Window before = new Window(window.from(), from);
      kept.stream()
          .filter(item -> before.contains(Nanos.at(epochNanos.applyAsLong(item))))
          .forEach(items::add);
    }
    items.addAll(fresh.reversed());
    while (items.size() > most) {
      share /= 2;
      items.removeIf(item -> lot.applyAsDouble(item) >= share);
    }
    kept = List.copyOf(items);
    read = window;
    lookedBack = lookBack ? window.to() : lookedBack;
    return new Found<>(kept, unread + Math.round(kept.size() * (1 / share - 1)));
  }

  /**
   * How many there are beyond those that may be read.
   *
   * @param into those of the share that is kept, newest first
   */
  private long read(
      Instant from,
      Instant to,
      long mostRead,
      Predicate<T> wanted,
      Source<T> source,
      List<T> into) {
    Optional<String> cursor = Optional.empty();
    long seen = 0;
    do {
      var page = source.find(from, to, new PageRequest(PageRequest.BULK, cursor));
      for (T item : page.items()) {
        if (wanted.test(item) && lot.applyAsDouble(item) < share) {
          into.add(item);
        }
      }
      seen += page.items().size();
      cursor = page.next();
      if (cursor.isPresent() && seen >= mostRead) {
        return Math.max(1, page.total() - seen);
      }
    } while (cursor.isPresent());
    return 0;
  }
}
