package io.bridgewatch.ports;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Part of a longer list.
 *
 * @param next where the following part begins; empty at the end. Opaque: only the store that made
 *     it can read it
 * @param total how many there are in all, as counted when the part was read
 */
public record Page<T>(List<T> items, Optional<String> next, long total) {

  public Page {
    items = List.copyOf(items);
  }

  /** The same part with each item replaced. */
  public <R> Page<R> map(Function<? super T, ? extends R> change) {
    return new Page<>(items.stream().<R>map(change).toList(), next, total);
  }
}
