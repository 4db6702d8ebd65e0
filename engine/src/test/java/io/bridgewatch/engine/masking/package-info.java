@NullMarked
package io.bridgewatch.engine.masking;

import org.jspecify.annotations.NullMarked;
