/** Why: from findings and topology to incidents with ranked causes. */
@NullMarked
package io.bridgewatch.diagnose;

import org.jspecify.annotations.NullMarked;
