/** The pages, logs and streams by which the drill's world is seen from outside. */
@NullMarked
package io.bridgewatch.drill.serve;

import org.jspecify.annotations.NullMarked;
