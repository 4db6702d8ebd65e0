/**
 * Which metric of a workload may trigger its scaling, at what threshold, between which numbers of
 * replicas: screened on its own history, each answer with what shows it. Pure functions over
 * values.
 */
@NullMarked
package io.bridgewatch.scale.trigger;

import org.jspecify.annotations.NullMarked;
