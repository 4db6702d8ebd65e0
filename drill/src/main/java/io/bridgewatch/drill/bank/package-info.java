/** What computes in the containers of the bank, and the customers who ask for it. */
@NullMarked
package io.bridgewatch.drill.bank;

import org.jspecify.annotations.NullMarked;
