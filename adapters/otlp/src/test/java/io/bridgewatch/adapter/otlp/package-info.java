/** Tests of the receivers, over real sockets and with the protocol's own client. */
@NullMarked
package io.bridgewatch.adapter.otlp;

import org.jspecify.annotations.NullMarked;
