/**
 * What a workload's own history tells of its plant: how much a replica serves, how latency rises
 * with load, what a request costs. Pure functions over values; what was not seen is said to be so.
 */
@NullMarked
package io.bridgewatch.scale.plant;

import org.jspecify.annotations.NullMarked;
