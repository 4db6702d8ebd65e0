@NullMarked
package io.bridgewatch.bench.sale;

import org.jspecify.annotations.NullMarked;
