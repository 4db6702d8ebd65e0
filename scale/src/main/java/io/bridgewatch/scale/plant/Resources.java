package io.bridgewatch.scale.plant;

import java.util.OptionalDouble;

/**
 * What a replica may use, all of its containers together; absent where it is not set.
 *
 * @param cpuRequest cores
 * @param cpuLimit cores
 * @param memoryRequestBytes bytes
 * @param memoryLimitBytes bytes
 */
public record Resources(
    OptionalDouble cpuRequest,
    OptionalDouble cpuLimit,
    OptionalDouble memoryRequestBytes,
    OptionalDouble memoryLimitBytes) {

  /** Nothing is known of them. */
  public static final Resources UNKNOWN =
      new Resources(
          OptionalDouble.empty(),
          OptionalDouble.empty(),
          OptionalDouble.empty(),
          OptionalDouble.empty());

  /** Only CPU is known, in cores. */
  public static Resources cpu(double request, double limit) {
    return new Resources(
        OptionalDouble.of(request),
        OptionalDouble.of(limit),
        OptionalDouble.empty(),
        OptionalDouble.empty());
  }
}
