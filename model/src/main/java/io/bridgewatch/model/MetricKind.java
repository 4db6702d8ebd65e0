package io.bridgewatch.model;

/** How the numbers of a series are to be read. */
public enum MetricKind {
  /** A level at a moment. */
  GAUGE,
  /** What came in since the previous sample. */
  DELTA,
  /** What came in since a start; falls only when counting began anew. */
  CUMULATIVE
}
