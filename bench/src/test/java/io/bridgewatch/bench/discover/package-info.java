@NullMarked
package io.bridgewatch.bench.discover;

import org.jspecify.annotations.NullMarked;
