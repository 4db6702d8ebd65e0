@NullMarked
package io.bridgewatch.cli;

import org.jspecify.annotations.NullMarked;
