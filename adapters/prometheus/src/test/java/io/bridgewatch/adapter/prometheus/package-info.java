@NullMarked
package io.bridgewatch.adapter.prometheus;

import org.jspecify.annotations.NullMarked;
