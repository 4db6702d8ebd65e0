package io.bridgewatch.engine;

import io.bridgewatch.ports.ExemplarStore;
import io.bridgewatch.ports.LogStore;
import io.bridgewatch.ports.MetricStore;
import io.bridgewatch.ports.SpanStore;

/** Where telemetry is kept. */
public record TelemetryStores(
    MetricStore metrics, ExemplarStore exemplars, LogStore logs, SpanStore spans) {}
