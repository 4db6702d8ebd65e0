/**
 * How many replicas, and was that right: the horizontal pod autoscaler's arithmetic, a model of
 * what replicas do to a load, policies learned from it and their judgement. Pure functions over
 * values.
 */
@NullMarked
package io.bridgewatch.scale;

import org.jspecify.annotations.NullMarked;
