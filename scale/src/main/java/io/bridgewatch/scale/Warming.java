package io.bridgewatch.scale;

/**
 * How new replicas come to their speed: at first a request costs {@code 1 + excess} times as much,
 * and the excess goes evenly until they are warm.
 *
 * @param seconds after a replica begins to serve until it is warm, at least 0
 * @param excess at first, at least 0
 */
public record Warming(int seconds, double excess) {

  /** Replicas that are warm at once. */
  public static final Warming NONE = new Warming(0, 0);

  public Warming {
    if (seconds < 0 || !(excess >= 0) || Double.isInfinite(excess)) {
      throw new IllegalArgumentException(
          "warming needs seconds and an excess of at least 0, had %d and %s"
              .formatted(seconds, excess));
    }
  }

  /** How many times as much a request costs on a replica that has served for so long. */
  double cost(int age) {
    return age >= seconds ? 1 : 1 + excess * (seconds - age) / seconds;
  }
}
