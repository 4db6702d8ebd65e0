/** Tests of the cluster feeds. */
@NullMarked
package io.bridgewatch.adapter.kubernetes;

import org.jspecify.annotations.NullMarked;
