package io.bridgewatch.scale;

/**
 * What randomness does to requests before replicas that are not overloaded: some wait all the same,
 * the more the fewer replicas there are.
 *
 * <ol>
 *   <li>The share that waits at all is {@code u^(√(2(n + 1)) − 1)} for n replicas at use u
 *       (Sakasegawa, 1977).
 *   <li>The mean wait of those is that of a queue which has been so for a minute (Kimber and
 *       Hollis, 1979): {@code T/4 · (u − 1 + √((u − 1)² + 8 · randomness · u / (power · T)))}; what
 *       wavers more slowly stands in the load itself.
 *   <li>Requests share their replica, as threads share a CPU: their times vary by {@code (2 + u)/(2
 *       − u)} times as much as in a line (Coffman, Muntz and Trotter, 1970), so that the few that
 *       wait long wait very long. Waits are two exponentials with that variance and balanced means.
 *   <li>As requests are hurt in bursts, some of them in a minute, the share of a minute's requests
 *       is spread as the sum of three such numbers (Erlang).
 * </ol>
 */
final class QueueNoise {

  private static final double LASTING_SECONDS = 60;
  private static final double NEVER = 1e-6;

  private QueueNoise() {}

  /**
   * The share of requests that wait longer than some time.
   *
   * @param ready replicas
   * @param power requests a second of all of them
   * @param waitSeconds above what all wait, at least 0
   * @return 0 to 1
   */
  static double share(int ready, double power, double rate, double randomness, double waitSeconds) {
    if (randomness == 0 || power <= 0 || rate <= 0) {
      return 0;
    }
    double use = Math.min(1, rate / power);
    double below = use - 1;
    double root = Math.sqrt(below * below + 8 * randomness / (power * LASTING_SECONDS));
    double mean = LASTING_SECONDS / 4 * (below + root);
    return Math.pow(use, Math.sqrt(2.0 * (ready + 1)) - 1) * longer(waitSeconds / mean, use);
  }

  /** The share of those who wait that wait longer than so many times the mean. */
  private static double longer(double times, double use) {
    double variation = (2 + use) / (2 - use);
    double most = (1 + Math.sqrt((variation - 1) / (variation + 1))) / 2;
    return most * Math.exp(-2 * most * times) + (1 - most) * Math.exp(-2 * (1 - most) * times);
  }

  /**
   * How likely a minute is violated.
   *
   * @param surely share of its requests that are hurt in any case
   * @param perhaps expected share of those hurt by randomness
   */
  static double violated(double surely, double perhaps) {
    double left = ScalingEffect.VIOLATING_SHARE - surely;
    if (left < 0) {
      return 1;
    }
    if (perhaps <= NEVER) {
      return 0;
    }
    double bursts = 3 * left / perhaps;
    return Math.exp(-bursts) * (1 + bursts + bursts * bursts / 2);
  }
}
