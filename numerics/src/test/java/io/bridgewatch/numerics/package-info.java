@NullMarked
package io.bridgewatch.numerics;

import org.jspecify.annotations.NullMarked;
