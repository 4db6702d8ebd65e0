package io.bridgewatch.model;

/**
 * A single measured value that leads to the trace in which it was measured.
 *
 * @param series whose sample it stands behind; of an OTLP histogram, the one that counts its
 *     observations, of a scraped one the bucket
 * @param epochMillis since 1970-01-01T00:00Z
 * @param value in the unit of the metric
 * @param spanId empty if only the trace is known
 * @param labels what its sender says of the measurement besides
 */
public record Exemplar(
    SeriesKey series,
    long epochMillis,
    double value,
    String traceId,
    String spanId,
    Attributes labels) {}
