/** The standard bank as a world to drill in, with all troubles of the fault library. */
@NullMarked
package io.bridgewatch.drill.library;

import org.jspecify.annotations.NullMarked;
