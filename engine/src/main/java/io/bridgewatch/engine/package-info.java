/** The loops: runs the stages over observations, live or replayed. */
@NullMarked
package io.bridgewatch.engine;

import org.jspecify.annotations.NullMarked;
