@NullMarked
package io.bridgewatch.adapter.opensearch;

import org.jspecify.annotations.NullMarked;
