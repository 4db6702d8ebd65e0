@NullMarked
package io.bridgewatch.scale.plant;

import org.jspecify.annotations.NullMarked;
