/**
 * Receives pushed telemetry: OTLP over gRPC and HTTP, Zipkin, Jaeger. The formats themselves are
 * read by {@code io.bridgewatch.telemetry}.
 */
@NullMarked
package io.bridgewatch.adapter.otlp;

import org.jspecify.annotations.NullMarked;
