/** What the bank is made of, before anything runs: plain values that can be renamed and resized. */
@NullMarked
package io.bridgewatch.drill.plan;

import org.jspecify.annotations.NullMarked;
