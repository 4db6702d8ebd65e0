package io.bridgewatch.ports;

import java.time.Instant;

/**
 * A user who is logged in.
 *
 * @param tokenHash SHA-256 of the token in lower-case hexadecimal; the token itself is never stored
 * @param address where the login came from
 * @param lastSeenAt when it was last used, to about a minute
 */
public record Session(
    String tokenHash, String user, String address, Instant createdAt, Instant lastSeenAt) {}
