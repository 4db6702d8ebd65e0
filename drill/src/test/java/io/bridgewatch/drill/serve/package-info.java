@NullMarked
package io.bridgewatch.drill.serve;

import org.jspecify.annotations.NullMarked;
