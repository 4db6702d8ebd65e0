@NullMarked
package io.bridgewatch.scale;

import org.jspecify.annotations.NullMarked;
