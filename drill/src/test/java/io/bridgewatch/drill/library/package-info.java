@NullMarked
package io.bridgewatch.drill.library;

import org.jspecify.annotations.NullMarked;
