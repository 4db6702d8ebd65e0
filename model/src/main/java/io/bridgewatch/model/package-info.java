/**
 * The nouns: entities, relations, signals, findings, incidents and reports as immutable values.
 *
 * <p>Names follow OpenTelemetry (attributes, metrics), Kubernetes (objects) and SRE practice
 * (incidents). Times are UTC; metric units are UCUM. Nothing here does I/O, reads a clock or logs.
 */
@NullMarked
package io.bridgewatch.model;

import org.jspecify.annotations.NullMarked;
