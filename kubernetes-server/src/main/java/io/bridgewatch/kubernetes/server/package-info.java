/**
 * A small Kubernetes API server in memory, over real HTTP: lists, watches, writes, and faults to
 * order. It runs no controllers: what a kubelet or a deployment controller would do is up to the
 * caller.
 */
@NullMarked
package io.bridgewatch.kubernetes.server;

import org.jspecify.annotations.NullMarked;
