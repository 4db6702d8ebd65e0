/**
 * What a hub costs and whether it keeps its word while metrics, log lines and spans come at a given
 * rate, and when it is killed meanwhile.
 */
@NullMarked
package io.bridgewatch.bench.load;

import org.jspecify.annotations.NullMarked;
