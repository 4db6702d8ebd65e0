/** Hides secrets and personal data in telemetry before anything keeps or shows it. */
@NullMarked
package io.bridgewatch.engine.masking;

import org.jspecify.annotations.NullMarked;
