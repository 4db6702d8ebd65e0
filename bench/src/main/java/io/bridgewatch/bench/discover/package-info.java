/**
 * How much discovery of a large cluster costs: a made-up cluster on an API server in a process of
 * its own, read by the real adapter.
 */
@NullMarked
package io.bridgewatch.bench.discover;

import org.jspecify.annotations.NullMarked;
