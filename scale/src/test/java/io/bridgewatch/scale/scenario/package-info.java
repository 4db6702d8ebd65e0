@NullMarked
package io.bridgewatch.scale.scenario;

import org.jspecify.annotations.NullMarked;
