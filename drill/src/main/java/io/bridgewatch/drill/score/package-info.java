/** What the watch found, held against what was truly wrong. Pure functions of values. */
@NullMarked
package io.bridgewatch.drill.score;

import org.jspecify.annotations.NullMarked;
