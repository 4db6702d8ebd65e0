package io.bridgewatch.model;

import io.bridgewatch.model.SortedIndex.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Looks up keys of an index one after another and begins where the last one stood: a key a little
 * behind the last takes time in the logarithm of the distance (a finger search), any other as long
 * as in the index itself. For one thread.
 */
public final class SortedReader<K extends Comparable<? super K>, V> {

  private final @Nullable Node<K, V> root;

  /** Keys not before the last one that was looked for, the least at the end. */
  private final List<Node<K, V>> path = new ArrayList<>();

  /** The last one that was looked for: no key between it and the end of the path is there. */
  private @Nullable K last;

  SortedReader(@Nullable Node<K, V> root) {
    this.root = root;
  }

  public Optional<V> get(K key) {
    if (last == null || key.compareTo(last) < 0) {
      path.clear();
      descend(root, key);
    } else {
      advance(key);
    }
    last = key;
    if (path.isEmpty()) {
      return Optional.empty();
    }
    Node<K, V> next = path.getLast();
    return next.key().compareTo(key) == 0 ? Optional.of(next.value()) : Optional.empty();
  }

  /** Moves on to the least key that is not before this one, which is not before the last. */
  private void advance(K key) {
    if (path.isEmpty() || key.compareTo(path.getLast().key()) <= 0) {
      return;
    }
    Node<K, V> passed = path.removeLast();
    while (!path.isEmpty() && path.getLast().key().compareTo(key) <= 0) {
      passed = path.removeLast();
    }
    if (passed.key().compareTo(key) == 0) {
      path.add(passed);
    } else {
      descend(passed.right(), key);
    }
  }

  private void descend(@Nullable Node<K, V> from, K key) {
    Node<K, V> here = from;
    while (here != null) {
      if (key.compareTo(here.key()) <= 0) {
        path.add(here);
        here = here.left();
      } else {
        here = here.right();
      }
    }
  }
}
