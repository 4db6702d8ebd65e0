/** Tests of the wire formats, against the protocol's own classes. */
@NullMarked
package io.bridgewatch.telemetry;

import org.jspecify.annotations.NullMarked;
