@NullMarked
package io.bridgewatch.bench.engines;

import org.jspecify.annotations.NullMarked;
