/** Tests of the bundle reader. */
@NullMarked
package io.bridgewatch.adapter.bundle;

import org.jspecify.annotations.NullMarked;
