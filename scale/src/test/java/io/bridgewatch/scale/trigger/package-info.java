@NullMarked
package io.bridgewatch.scale.trigger;

import org.jspecify.annotations.NullMarked;
