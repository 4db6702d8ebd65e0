/** Tests of probes against servers on real sockets. */
@NullMarked
package io.bridgewatch.adapter.probe;

import org.jspecify.annotations.NullMarked;
