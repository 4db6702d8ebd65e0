/** The command line: diagnoses bundles on this machine, one at a time or by the folder. */
@NullMarked
package io.bridgewatch.cli;

import org.jspecify.annotations.NullMarked;
