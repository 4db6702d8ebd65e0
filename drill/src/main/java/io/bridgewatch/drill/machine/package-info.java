/** The nodes, down to their sensors, and the network between them. */
@NullMarked
package io.bridgewatch.drill.machine;

import org.jspecify.annotations.NullMarked;
