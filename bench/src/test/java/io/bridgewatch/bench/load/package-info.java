@NullMarked
package io.bridgewatch.bench.load;

import org.jspecify.annotations.NullMarked;
