/**
 * Log lines and spans in a cluster of OpenSearch, for what is more than one machine holds. One
 * index for each day and signal, with a mapping of ours that no telemetry can make larger; whole
 * indices leave when they are old.
 */
@NullMarked
package io.bridgewatch.adapter.opensearch;

import org.jspecify.annotations.NullMarked;
