package io.bridgewatch.scale;

/** How far the ratio of usage to target may be from one without consequence. */
record Tolerance(double down, double up) {

  static Tolerance of(HpaSpec spec, HpaSettings settings) {
    return new Tolerance(
        spec.behavior()
            .map(b -> b.down().tolerance().orElse(settings.tolerance()))
            .orElse(settings.tolerance()),
        spec.behavior()
            .map(b -> b.up().tolerance().orElse(settings.tolerance()))
            .orElse(settings.tolerance()));
  }

  boolean covers(double ratio) {
    return 1.0 - down <= ratio && ratio <= 1.0 + up;
  }
}
