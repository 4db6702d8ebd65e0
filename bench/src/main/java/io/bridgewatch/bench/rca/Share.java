package io.bridgewatch.bench.rca;

/** So many of so many. */
record Share(double hits, int of) {

  private static final double Z = 1.959963984540054; // 95 %, two-sided

  /** {@code NaN} of nothing. */
  double value() {
    return of == 0 ? Double.NaN : hits / of;
  }

  /** Lower end of the 95 % interval (Wilson, 1927); {@code NaN} of nothing. */
  double low() {
    return wilson(-1);
  }

  /** Upper end of the 95 % interval (Wilson, 1927); {@code NaN} of nothing. */
  double high() {
    return wilson(1);
  }

  private double wilson(int side) {
    double p = value();
    double middle = p + Z * Z / (2.0 * of);
    double spread = Z * Math.sqrt(p * (1 - p) / of + Z * Z / (4.0 * of * of));
    return Math.clamp((middle + side * spread) / (1 + Z * Z / of), 0, 1);
  }
}
