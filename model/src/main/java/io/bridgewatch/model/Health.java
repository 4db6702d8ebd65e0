package io.bridgewatch.model;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * How an entity is doing by its own account.
 *
 * @param reason PascalCase word of the API where it gives one, else of {@link ObjectReason}; empty
 *     where nothing is to be said
 * @param message the API's own words; empty where it gives none
 * @param since when it came to be so; empty where unknown
 */
public record Health(State state, String reason, String message, Optional<Instant> since) {

  private static final Health UNKNOWN = new Health(State.UNKNOWN, "", "", Optional.empty());
  private static final Health HEALTHY = new Health(State.HEALTHY, "", "", Optional.empty());

  /** From well to worst; {@link #worse} goes by this order. */
  public enum State {
    /** Does what it was asked for. */
    HEALTHY,
    /** Ended, and ended well. */
    COMPLETED,
    /** Somebody paused it, scaled it to nothing or cordoned it. */
    SUSPENDED,
    /** Nothing is known. */
    UNKNOWN,
    /** On its way: starting, rolling out, being deleted. */
    PROGRESSING,
    /** Works in part. */
    DEGRADED,
    /** Does not work. */
    FAILING;

    /** Lower-case name as the API writes it. */
    public String id() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public static Health unknown() {
    return UNKNOWN;
  }

  public static Health healthy() {
    return HEALTHY;
  }

  public static Health of(State state, String reason, String message, Optional<Instant> since) {
    return new Health(state, reason, message, since);
  }

  /** Whether somebody should look at it. */
  public boolean isTrouble() {
    return state == State.DEGRADED || state == State.FAILING;
  }

  /** The worse of both; this one where they are equally bad. */
  public Health worse(Health other) {
    return other.state.compareTo(state) > 0 ? other : this;
  }
}
