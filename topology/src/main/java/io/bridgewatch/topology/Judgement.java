package io.bridgewatch.topology;

import io.bridgewatch.model.Health;
import java.time.Instant;
import java.util.Optional;

/**
 * What an object says of its own health.
 *
 * @param again when it must be looked at again though nothing changes, because time alone makes a
 *     slow start a failed one
 * @param servesNothing whether nothing of it works
 */
record Judgement(Health health, Optional<Instant> again, boolean servesNothing) {

  static Judgement of(Health health) {
    return new Judgement(health, Optional.empty(), health.state() == Health.State.FAILING);
  }

  static Judgement of(Health.State state, String reason, String message, Optional<Instant> since) {
    return of(new Health(state, reason, message, since));
  }

  Judgement again(Instant time) {
    return new Judgement(health, Optional.of(time), servesNothing);
  }

  Judgement servesNothing(boolean nothing) {
    return new Judgement(health, again, nothing);
  }
}
