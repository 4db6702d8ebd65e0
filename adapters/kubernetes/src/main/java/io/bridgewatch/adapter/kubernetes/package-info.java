/**
 * Hears Kubernetes clusters: lists and watches what runs in them and reads the API server's audit
 * log. The driver does configuration, authentication, TLS and HTTP; JSON is read and trimmed here,
 * token by token, so that memory stays bounded whatever a cluster holds.
 */
@NullMarked
package io.bridgewatch.adapter.kubernetes;

import org.jspecify.annotations.NullMarked;
