/** Tests of the accuracy benchmark itself, on made-up incidents. */
@NullMarked
package io.bridgewatch.bench.rca;

import org.jspecify.annotations.NullMarked;
