package io.bridgewatch.bench.fuzz;

import java.time.Duration;

/**
 * What one input may cost at most.
 *
 * @param cpu generous, because a collection of garbage may fall into it
 * @param allocatedBytes for reading it
 */
record FuzzBounds(Duration cpu, long allocatedBytes) {
  static final FuzzBounds DEFAULT = new FuzzBounds(Duration.ofSeconds(2), 64L << 20);
}
