/**
 * Accuracy of root cause analysis on labelled incidents, beside floors that anybody can reach.
 *
 * <p>Start reading at {@link io.bridgewatch.bench.rca.RcaBench}; what counts as right is told at
 * {@link io.bridgewatch.bench.rca.Blamed}, what is counted at {@link
 * io.bridgewatch.bench.rca.Score}.
 */
@NullMarked
package io.bridgewatch.bench.rca;

import org.jspecify.annotations.NullMarked;
