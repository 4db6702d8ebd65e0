@NullMarked
package io.bridgewatch.bench.fuzz;

import org.jspecify.annotations.NullMarked;
