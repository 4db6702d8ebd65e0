/** The clock, the events and the dice of the drill's world. */
@NullMarked
package io.bridgewatch.drill.sim;

import org.jspecify.annotations.NullMarked;
