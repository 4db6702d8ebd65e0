/** What exists and who calls whom, over time. */
@NullMarked
package io.bridgewatch.topology;

import org.jspecify.annotations.NullMarked;
