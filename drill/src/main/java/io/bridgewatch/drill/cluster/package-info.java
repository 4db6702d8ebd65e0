/**
 * The cluster's own parts, over an API server in memory: scheduler, kubelets and controllers, as
 * events of one simulation.
 */
@NullMarked
package io.bridgewatch.drill.cluster;

import org.jspecify.annotations.NullMarked;
