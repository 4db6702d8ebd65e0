/** Runs drills: the whole hub in this process watches a simulated cluster, and is scored. */
@NullMarked
package io.bridgewatch.drillrun;

import org.jspecify.annotations.NullMarked;
