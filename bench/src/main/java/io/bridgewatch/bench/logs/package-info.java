/**
 * Measures what logs and spans cost in the embedded store, and how well lines are grouped by the
 * statement that wrote them.
 */
@NullMarked
package io.bridgewatch.bench.logs;

import org.jspecify.annotations.NullMarked;
