@NullMarked
package io.bridgewatch.adapter.report;

import org.jspecify.annotations.NullMarked;
