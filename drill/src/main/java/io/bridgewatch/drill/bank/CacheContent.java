package io.bridgewatch.drill.bank;

import java.util.random.RandomGenerator;

/** What a cache keeps: empty at first, filled by what is missed. */
final class CacheContent {

  private static final double HIT_SHARE = 0.94;
  private static final double HOT_HIT_SHARE = 0.999;
  private static final double ENTRIES = 2_500;

  private final RandomGenerator random;
  private double filled;

  CacheContent(RandomGenerator random, double filled) {
    this.random = random;
    this.filled = filled;
  }

  /**
   * Whether there is no answer; the next time there will be.
   *
   * @param key zero for the one that all want
   */
  boolean misses(int key, double hitFactor) {
    double share = key == 0 ? HOT_HIT_SHARE : HIT_SHARE * filled;
    if (random.nextDouble() < share * hitFactor) {
      return false;
    }
    filled += (1 - filled) / ENTRIES;
    return true;
  }

  double filled() {
    return filled;
  }

  void flush() {
    filled = 0;
  }
}
