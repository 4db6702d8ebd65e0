package io.bridgewatch.ports;

import java.util.Optional;

/**
 * Which part of a list is wanted.
 *
 * @param limit at most so many items, 1 to {@value #BULK}
 * @param cursor what {@link Page#next} said; empty for the first part
 */
public record PageRequest(int limit, Optional<String> cursor) {

  /** As many as anybody is shown at once. */
  public static final int LARGEST = 200;

  /** For who reads on until there is no more: each part costs a search of its own. */
  public static final int BULK = 2_000;

  /**
   * @throws IllegalArgumentException if the limit is out of range
   */
  public PageRequest {
    if (limit < 1 || limit > BULK) {
      throw new IllegalArgumentException("limit is " + limit + ", wanted 1 to " + BULK);
    }
  }

  public static PageRequest first(int limit) {
    return new PageRequest(limit, Optional.empty());
  }
}
