@NullMarked
package io.bridgewatch.drill.cluster;

import org.jspecify.annotations.NullMarked;
