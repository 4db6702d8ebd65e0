/** What keeping metrics costs, beside engines that are made for nothing else. */
@NullMarked
package io.bridgewatch.bench.metrics;

import org.jspecify.annotations.NullMarked;
