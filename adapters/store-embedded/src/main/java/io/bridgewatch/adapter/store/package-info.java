/**
 * The embedded store: users, sessions, audit, imports and incidents in one SQLite file, recordings
 * as files beside it.
 */
@NullMarked
package io.bridgewatch.adapter.store;

import org.jspecify.annotations.NullMarked;
