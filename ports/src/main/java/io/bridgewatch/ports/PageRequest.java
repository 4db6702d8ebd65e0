package io.bridgewatch.ports;

import java.util.Optional;

/**
 * Which part of a list is wanted.
 *
 * @param limit at most so many items, 1 to {@value #LARGEST}
 * @param cursor what {@link Page#next} said; empty for the first part
 */
public record PageRequest(int limit, Optional<String> cursor) {

  public static final int LARGEST = 200;

  /**
   * @throws IllegalArgumentException if the limit is out of range
   */
  public PageRequest {
    if (limit < 1 || limit > LARGEST) {
      throw new IllegalArgumentException("limit is " + limit + ", wanted 1 to " + LARGEST);
    }
  }

  public static PageRequest first(int limit) {
    return new PageRequest(limit, Optional.empty());
  }
}
