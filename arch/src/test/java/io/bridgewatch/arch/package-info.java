/**
 * Rules over all modules: who may know whom, what stages must not touch, what the repository must
 * not hold.
 */
@NullMarked
package io.bridgewatch.arch;

import org.jspecify.annotations.NullMarked;
