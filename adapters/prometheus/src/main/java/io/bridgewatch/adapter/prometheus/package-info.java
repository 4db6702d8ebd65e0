/**
 * Speaks with what speaks Prometheus: reads pages of metrics as text and OpenMetrics. Bytes are
 * read as they are, within bounds; what cannot be used is counted by reason and nothing else is
 * lost.
 */
@NullMarked
package io.bridgewatch.adapter.prometheus;

import org.jspecify.annotations.NullMarked;
