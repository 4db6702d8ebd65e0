package io.bridgewatch.adapter.prometheus;

import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.SeriesKey;

/**
 * One measurement that a sample stands for, mostly with the trace in which it was made.
 *
 * @param series whose sample it came with
 * @param labels such as {@code trace_id}
 * @param epochMillis since 1970-01-01T00:00Z; the sample's time if it says none
 */
public record Exemplar(SeriesKey series, Attributes labels, double value, long epochMillis) {}
