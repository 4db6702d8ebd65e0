/** Where the cluster's side of the drill meets what runs in its containers. */
@NullMarked
package io.bridgewatch.drill.runtime;

import org.jspecify.annotations.NullMarked;
