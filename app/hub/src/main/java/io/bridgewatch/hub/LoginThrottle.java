package io.bridgewatch.hub;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Slows down guessing of passwords, per user and address and per address. Thread-safe.
 *
 * <p>An attempt counts as failed from its start until it has succeeded, so many at once gain
 * nothing. After {@value #FREE_FOR_USER} failures of a user from one address, or {@value
 * #FREE_FOR_ADDRESS} of any users from it, the next must wait 30 seconds, then twice as long each
 * time, at most 15 minutes. Failures are forgotten 15 minutes after the next attempt was allowed. A
 * user is never locked out for other addresses: that would let anyone lock out the people on watch.
 *
 * <p>Holds at most {@value #MOST_REMEMBERED} counts, forgetting the least recently used; a restart
 * forgets all.
 */
@Component
final class LoginThrottle {

  static final int FREE_FOR_USER = 5;
  static final int FREE_FOR_ADDRESS = 30;
  static final int MOST_REMEMBERED = 20_000;
  private static final Duration FIRST_WAIT = Duration.ofSeconds(30);
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(15);

  private record Key(String user, String address) {}

  private record Failures(int count, Instant last, Instant notBefore) {}

  private static final Failures NONE = new Failures(0, Instant.MIN, Instant.MIN);

  private final InstantSource clock;
  private final Map<Key, Failures> failures = new LinkedHashMap<>(16, 0.75f, true);

  LoginThrottle(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * Begins an attempt.
   *
   * @return how long to wait instead; empty if the attempt may be made
   */
  synchronized Optional<Duration> begin(String user, String address) {
    var now = clock.instant();
    var ofUser = new Key(user, address);
    var ofAddress = new Key("", address);
    var notBefore = later(of(ofUser, now).notBefore(), of(ofAddress, now).notBefore());
    if (now.isBefore(notBefore)) {
      return Optional.of(Duration.between(now, notBefore));
    }
    failed(ofUser, FREE_FOR_USER, now);
    failed(ofAddress, FREE_FOR_ADDRESS, now);
    return Optional.empty();
  }

  /** The attempt was right: it and the user's failures from there are forgotten. */
  synchronized void succeeded(String user, String address) {
    failures.remove(new Key(user, address));
    failures.computeIfPresent(
        new Key("", address),
        (key, f) -> f.count() <= 1 ? null : new Failures(f.count() - 1, f.last(), f.last()));
  }

  synchronized int remembered() {
    return failures.size();
  }

  private void failed(Key key, int free, Instant now) {
    int count = of(key, now).count() + 1;
    var wait = count < free ? Duration.ZERO : wait(count - free);
    failures.put(key, new Failures(count, now, now.plus(wait)));
    if (failures.size() > MOST_REMEMBERED) {
      failures.remove(failures.keySet().iterator().next());
    }
  }

  private static Duration wait(int times) {
    var wait = FIRST_WAIT.multipliedBy(1L << Math.min(times, 16));
    return wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT;
  }

  private Failures of(Key key, Instant now) {
    var found = failures.getOrDefault(key, NONE);
    var end = found.notBefore();
    return end.isBefore(now.minus(LONGEST_WAIT)) ? NONE : found;
  }

  private static Instant later(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }
}
