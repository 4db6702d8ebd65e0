/** What learned scaling policies do on loads they have not seen, and what replays cost. */
@NullMarked
package io.bridgewatch.bench.scale;

import org.jspecify.annotations.NullMarked;
