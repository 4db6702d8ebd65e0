/** The sockets: what we ask of the outside world, as small interfaces of model types. */
@NullMarked
package io.bridgewatch.ports;

import org.jspecify.annotations.NullMarked;
