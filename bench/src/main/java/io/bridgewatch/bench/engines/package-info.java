/** Engines in processes of their own, which benches feed and measure from outside. */
@NullMarked
package io.bridgewatch.bench.engines;

import org.jspecify.annotations.NullMarked;
