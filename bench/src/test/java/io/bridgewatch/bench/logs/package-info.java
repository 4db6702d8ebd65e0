@NullMarked
package io.bridgewatch.bench.logs;

import org.jspecify.annotations.NullMarked;
