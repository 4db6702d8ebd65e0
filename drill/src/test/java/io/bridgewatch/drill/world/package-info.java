@NullMarked
package io.bridgewatch.drill.world;

import org.jspecify.annotations.NullMarked;
