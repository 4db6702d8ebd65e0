package io.bridgewatch.adapter.prometheus;

/**
 * What is said of a metric.
 *
 * @param name as the TYPE, HELP and UNIT lines have it: in OpenMetrics without {@code _total}
 * @param help empty if not said
 * @param unit as the UNIT line has it, such as {@code seconds}; empty if not said
 */
public record MetricFamily(String name, MetricType type, String help, String unit) {}
