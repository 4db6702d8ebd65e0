/** What is unusual: folds from observations to findings. */
@NullMarked
package io.bridgewatch.detect;

import org.jspecify.annotations.NullMarked;
