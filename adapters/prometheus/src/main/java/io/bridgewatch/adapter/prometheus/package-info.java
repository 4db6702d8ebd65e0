/**
 * Speaks with what speaks Prometheus: finds targets, scrapes their pages as text and OpenMetrics,
 * receives remote write. Bytes are read as they are, within bounds; what cannot be used is counted
 * by reason and nothing else is lost.
 */
@NullMarked
package io.bridgewatch.adapter.prometheus;

import org.jspecify.annotations.NullMarked;
