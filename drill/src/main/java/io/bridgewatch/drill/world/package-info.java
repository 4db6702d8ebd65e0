/** What a drill needs of a world, whoever simulates it. */
@NullMarked
package io.bridgewatch.drill.world;

import org.jspecify.annotations.NullMarked;
