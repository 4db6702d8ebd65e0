/**
 * Feeds mutated inputs to whatever reads bytes from the network, and counts what becomes of them.
 */
@NullMarked
package io.bridgewatch.bench.fuzz;

import org.jspecify.annotations.NullMarked;
