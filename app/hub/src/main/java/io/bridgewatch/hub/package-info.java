/**
 * The hub: HTTP API, sessions, roles, audit, imports and the UI's files, in one process.
 *
 * <p>Every route is closed unless {@link io.bridgewatch.hub.AccessRules} opens it.
 */
@NullMarked
package io.bridgewatch.hub;

import org.jspecify.annotations.NullMarked;
