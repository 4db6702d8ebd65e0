package io.bridgewatch.scale.scenario;

import java.time.Instant;

/**
 * Something that happens once, from one moment to another.
 *
 * @param name the same for each time it happens
 * @param to after {@code from}
 */
public record EventWindow(String name, EventKind kind, Instant from, Instant to) {

  public EventWindow {
    if (!from.isBefore(to)) {
      throw new IllegalArgumentException(
          "%s must end after it begins, was %s to %s".formatted(name, from, to));
    }
  }
}
