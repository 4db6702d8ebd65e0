/**
 * Wire formats of telemetry that several adapters read: bytes come in, values of the model go to a
 * sink, and what cannot be used is counted by reason. Does no I/O and reads no clock.
 */
@NullMarked
package io.bridgewatch.telemetry;

import org.jspecify.annotations.NullMarked;
