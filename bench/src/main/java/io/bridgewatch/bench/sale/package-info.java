/**
 * A learned policy on the simulated bank: what it does to customers of flash sales beside usual
 * autoscalers, and how well a backtest foretold it.
 */
@NullMarked
package io.bridgewatch.bench.sale;

import org.jspecify.annotations.NullMarked;
