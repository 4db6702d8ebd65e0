package io.bridgewatch.adapter.otlp;

import java.time.Duration;
import java.util.Optional;

/**
 * What to answer to a post.
 *
 * @param contentType of the body; empty if there is none
 * @param body not copied
 * @param retryAfter for the header {@code Retry-After}, in whole seconds there
 */
public record HttpAnswer(
    int status, String contentType, byte[] body, Optional<Duration> retryAfter) {}
