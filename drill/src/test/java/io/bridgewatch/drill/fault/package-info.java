@NullMarked
package io.bridgewatch.drill.fault;

import org.jspecify.annotations.NullMarked;
