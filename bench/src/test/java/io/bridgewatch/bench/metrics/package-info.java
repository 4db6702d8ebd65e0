@NullMarked
package io.bridgewatch.bench.metrics;

import org.jspecify.annotations.NullMarked;
