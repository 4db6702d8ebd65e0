/**
 * Kinds of days and events, told by a calendar or recognised by their load: what load is expected
 * and how many replicas are kept for each of them. Pure functions over values.
 */
@NullMarked
package io.bridgewatch.scale.scenario;

import org.jspecify.annotations.NullMarked;
