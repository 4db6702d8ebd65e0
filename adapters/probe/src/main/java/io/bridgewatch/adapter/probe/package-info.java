/** Runs synthetic checks from end to end over HTTP, TCP, TLS and DNS, each phase timed. */
@NullMarked
package io.bridgewatch.adapter.probe;

import org.jspecify.annotations.NullMarked;
