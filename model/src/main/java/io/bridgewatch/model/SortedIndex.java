package io.bridgewatch.model;

import java.util.AbstractCollection;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An immutable map in the order of its keys, cheap to derive the next one from: an update copies
 * the path to one of its nodes and shares the rest, so old versions stay as they were and readers
 * need no lock.
 *
 * <p>A tree balanced by weight (Adams, 1993) with the parameters that Hirai and Yamamoto (2011)
 * proved sound: no subtree is heavier than three times its sibling. Reading and updating take time
 * in the logarithm of the size.
 */
public final class SortedIndex<K extends Comparable<? super K>, V> {

  private static final int DELTA = 3;
  private static final int GAMMA = 2;

  /** From one update for so many keys on, reading all is quicker than looking for each place. */
  private static final int MANY = 6;

  private static final SortedIndex<?, ?> EMPTY = new SortedIndex<String, Object>(null);

  private final @Nullable Node<K, V> root;

  private SortedIndex(@Nullable Node<K, V> root) {
    this.root = root;
  }

  static final class Node<K, V> implements Map.Entry<K, V> {
    private final K key;
    private final V value;
    private final @Nullable Node<K, V> left;
    private final @Nullable Node<K, V> right;
    private final int size;

    /** See {@link Block}; a thread that does not see what another derived derives the same. */
    private @Nullable Object derived;

    Node(K key, V value, @Nullable Node<K, V> left, @Nullable Node<K, V> right, int size) {
      this.key = key;
      this.value = value;
      this.left = left;
      this.right = right;
      this.size = size;
    }

    K key() {
      return key;
    }

    V value() {
      return value;
    }

    @Nullable Node<K, V> left() {
      return left;
    }

    @Nullable Node<K, V> right() {
      return right;
    }

    @Override
    public K getKey() {
      return key;
    }

    @Override
    public V getValue() {
      return value;
    }

    @Override
    public V setValue(V next) {
      throw new UnsupportedOperationException("an index cannot be changed");
    }
  }

  @SuppressWarnings("unchecked") // it holds nothing of any type
  public static <K extends Comparable<? super K>, V> SortedIndex<K, V> empty() {
    return (SortedIndex<K, V>) EMPTY;
  }

  /**
   * An index of these values, in time that grows with their number.
   *
   * @param sorted in strictly rising order of their keys
   * @throws IllegalArgumentException if they are not
   */
  public static <K extends Comparable<? super K>, V> SortedIndex<K, V> ofSorted(
      List<? extends V> sorted, Function<? super V, ? extends K> key) {
    if (sorted.isEmpty()) {
      return empty();
    }
    K before = key.apply(sorted.getFirst());
    for (int i = 1; i < sorted.size(); i++) {
      K after = key.apply(sorted.get(i));
      if (before.compareTo(after) >= 0) {
        throw new IllegalArgumentException(
            "cannot index values out of order: " + before + " comes before " + after);
      }
      before = after;
    }
    return new SortedIndex<>(
        SortedIndex.<K, V, V>built(sorted, key, value -> value, 0, sorted.size()));
  }

  private static <K, V, T> @Nullable Node<K, V> built(
      List<? extends T> sorted,
      Function<? super T, ? extends K> key,
      Function<? super T, ? extends V> value,
      int from,
      int to) {
    if (from == to) {
      return null;
    }
    int middle = (from + to) >>> 1;
    T here = sorted.get(middle);
    return node(
        key.apply(here),
        value.apply(here),
        built(sorted, key, value, from, middle),
        built(sorted, key, value, middle + 1, to));
  }

  public int size() {
    return size(root);
  }

  public boolean isEmpty() {
    return root == null;
  }

  public Optional<V> get(K key) {
    return Optional.ofNullable(find(key));
  }

  public boolean containsKey(K key) {
    return find(key) != null;
  }

  private @Nullable V find(K key) {
    Node<K, V> here = root;
    while (here != null) {
      int order = key.compareTo(here.key);
      if (order == 0) {
        return here.value;
      }
      here = order < 0 ? here.left : here.right;
    }
    return null;
  }

  /** This index with one more value, or with another one under that key. */
  public SortedIndex<K, V> with(K key, V value) {
    return new SortedIndex<>(inserted(root, key, value));
  }

  /** This index less one key; itself if the key is not there. */
  public SortedIndex<K, V> without(K key) {
    return containsKey(key) ? wrap(removed(root, key)) : this;
  }

  /**
   * This index after many updates at once, in less time than one by one.
   *
   * @param updates the new value of a key; empty to take the key away
   */
  public SortedIndex<K, V> with(SortedMap<K, Optional<V>> updates) {
    return wrap(updated(root, new Updates<>(updates), 0, updates.size()));
  }

  /** Updates in the order of their keys. */
  private static final class Updates<K, V> {
    private final List<K> keys;
    private final List<Optional<V>> values;

    Updates(SortedMap<K, Optional<V>> updates) {
      keys = List.copyOf(updates.keySet());
      values = List.copyOf(updates.values());
    }
  }

  /** The tree after the updates from one of them up to another, which all belong below it. */
  private static <K extends Comparable<? super K>, V> @Nullable Node<K, V> updated(
      @Nullable Node<K, V> tree, Updates<K, V> updates, int from, int to) {
    if (from == to) {
      return tree;
    }
    if (tree == null) {
      var added = new ArrayList<Node<K, V>>(to - from);
      for (int i = from; i < to; i++) {
        add(updates, i, added);
      }
      return SortedIndex.<K, V, Node<K, V>>built(added, Node::key, Node::value, 0, added.size());
    }
    if ((to - from) * MANY >= tree.size) {
      return merged(tree, updates, from, to);
    }
    int found = Collections.binarySearch(updates.keys.subList(from, to), tree.key);
    int place = found < 0 ? from - found - 1 : from + found;
    Node<K, V> left = updated(tree.left, updates, from, place);
    Node<K, V> right = updated(tree.right, updates, found < 0 ? place : place + 1, to);
    if (found < 0) {
      return linked(tree.key, tree.value, left, right);
    }
    Optional<V> value = updates.values.get(place);
    return value.isPresent()
        ? linked(tree.key, value.get(), left, right)
        : concatenated(left, right);
  }

  private static <K extends Comparable<? super K>, V> SortedIndex<K, V> wrap(
      @Nullable Node<K, V> root) {
    return root == null ? empty() : new SortedIndex<>(root);
  }

  /** The values in the order of their keys; a view that cannot be changed. */
  public Collection<V> values() {
    return new View<>(Map.Entry::getValue);
  }

  /** The keys in their order; a view that cannot be changed. */
  public Collection<K> keys() {
    return new View<>(Map.Entry::getKey);
  }

  /** All entries in the order of their keys. */
  public Iterator<Map.Entry<K, V>> entries() {
    var path = new ArrayDeque<Node<K, V>>();
    descend(root, path);
    return new Walk<>(path);
  }

  /** The entries whose keys are that one or come after it, in their order. */
  public Iterator<Map.Entry<K, V>> entriesFrom(K key) {
    var path = new ArrayDeque<Node<K, V>>();
    Node<K, V> here = root;
    while (here != null) {
      if (key.compareTo(here.key) <= 0) {
        path.push(here);
        here = here.left;
      } else {
        here = here.right;
      }
    }
    return new Walk<>(path);
  }

  /** How many keys come before that one, whether or not it is here itself. */
  public int rank(K key) {
    int before = 0;
    Node<K, V> here = root;
    while (here != null) {
      if (key.compareTo(here.key) <= 0) {
        here = here.left;
      } else {
        before += size(here.left) + 1;
        here = here.right;
      }
    }
    return before;
  }

  private static <K, V> void read(@Nullable Node<K, V> tree, Consumer<? super V> each) {
    for (Node<K, V> here = tree; here != null; here = here.right) {
      read(here.left, each);
      each.accept(here.value);
    }
  }

  /** The same where updates are many: both are read once, side by side, and built anew. */
  private static <K extends Comparable<? super K>, V> @Nullable Node<K, V> merged(
      Node<K, V> tree, Updates<K, V> updates, int from, int to) {
    var all = new ArrayList<Node<K, V>>(tree.size + to - from);
    var path = new ArrayDeque<Node<K, V>>();
    descend(tree, path);
    int next = from;
    for (Node<K, V> here = path.poll(); here != null; here = path.poll()) {
      descend(here.right, path);
      int order = next < to ? updates.keys.get(next).compareTo(here.key) : 1;
      while (order < 0) {
        add(updates, next++, all);
        order = next < to ? updates.keys.get(next).compareTo(here.key) : 1;
      }
      if (order == 0) {
        add(updates, next++, all);
      } else {
        all.add(here);
      }
    }
    while (next < to) {
      add(updates, next++, all);
    }
    return SortedIndex.<K, V, Node<K, V>>built(all, Node::key, Node::value, 0, all.size());
  }

  private static <K, V> void add(Updates<K, V> updates, int number, List<Node<K, V>> to) {
    K key = updates.keys.get(number);
    updates.values.get(number).ifPresent(value -> to.add(node(key, value, null, null)));
  }

  /**
   * Some values that follow each other, which this index shares with those before and after it as
   * long as none of them changes.
   */
  public static final class Block<V> {
    private final Node<?, V> root;

    private Block(Node<?, V> root) {
      this.root = root;
    }

    public int size() {
      return root.size;
    }

    /**
     * What follows from these values alone, remembered for the next who asks, also of a later
     * index. There is room for one such thing, so all who ask of an index should want the same.
     *
     * @param type of what is derived
     * @param how to derive it from the values in their order; what it gives must be immutable
     */
    public <T> T derived(Class<T> type, Function<? super List<V>, ? extends T> how) {
      Object known = root.derived;
      if (type.isInstance(known)) {
        return type.cast(known);
      }
      var values = new ArrayList<V>(root.size);
      read(root, values::add);
      T derived = how.apply(values);
      root.derived = derived;
      return derived;
    }
  }

  /** Takes what {@link #forEachBlock} tells. */
  public interface BlockReader<V> {
    void block(Block<V> block);

    /** A value between two blocks. */
    void value(V value);
  }

  /**
   * Reads the values from one rank on up to, not including, another one, in the order of their
   * keys, block by block where they stand in one.
   *
   * @param most values that a block may have, at least one
   */
  public void forEachBlock(int fromRank, int toRank, int most, BlockReader<V> reader) {
    blocks(root, fromRank, toRank, most, reader);
  }

  private static <K, V> void blocks(
      @Nullable Node<K, V> tree, int from, int to, int most, BlockReader<V> reader) {
    if (tree == null || from >= tree.size || to <= 0 || from >= to) {
      return;
    }
    if (from <= 0 && to >= tree.size && tree.size <= most) {
      reader.block(new Block<>(tree));
      return;
    }
    int rank = size(tree.left);
    blocks(tree.left, from, to, most, reader);
    if (from <= rank && rank < to) {
      reader.value(tree.value);
    }
    blocks(tree.right, from - rank - 1, to - rank - 1, most, reader);
  }

  /** Looks up one key after another; quick where they come in about their order. */
  public SortedReader<K, V> reader() {
    return new SortedReader<>(root);
  }

  private static <K, V> void descend(@Nullable Node<K, V> node, Deque<Node<K, V>> path) {
    for (Node<K, V> here = node; here != null; here = here.left) {
      path.push(here);
    }
  }

  private static int size(@Nullable Node<?, ?> node) {
    return node == null ? 0 : node.size;
  }

  private static int weight(@Nullable Node<?, ?> node) {
    return size(node) + 1;
  }

  private static <K, V> Node<K, V> node(
      K key, V value, @Nullable Node<K, V> left, @Nullable Node<K, V> right) {
    return new Node<>(key, value, left, right, size(left) + size(right) + 1);
  }

  private static <K extends Comparable<? super K>, V> Node<K, V> inserted(
      @Nullable Node<K, V> tree, K key, V value) {
    if (tree == null) {
      return node(key, value, null, null);
    }
    int order = key.compareTo(tree.key);
    if (order == 0) {
      return new Node<>(key, value, tree.left, tree.right, tree.size);
    }
    return order < 0
        ? balanced(tree.key, tree.value, inserted(tree.left, key, value), tree.right)
        : balanced(tree.key, tree.value, tree.left, inserted(tree.right, key, value));
  }

  private static <K extends Comparable<? super K>, V> @Nullable Node<K, V> removed(
      @Nullable Node<K, V> tree, K key) {
    if (tree == null) {
      return null;
    }
    int order = key.compareTo(tree.key);
    if (order < 0) {
      return balanced(tree.key, tree.value, removed(tree.left, key), tree.right);
    }
    if (order > 0) {
      return balanced(tree.key, tree.value, tree.left, removed(tree.right, key));
    }
    return joined(tree.left, tree.right);
  }

  /** Both, all keys of the left one coming before those of the right one. */
  private static <K, V> @Nullable Node<K, V> joined(
      @Nullable Node<K, V> left, @Nullable Node<K, V> right) {
    if (left == null) {
      return right;
    }
    if (right == null) {
      return left;
    }
    if (left.size > right.size) {
      Node<K, V> last = last(left);
      return balanced(last.key, last.value, withoutLast(left), right);
    }
    Node<K, V> first = first(right);
    return balanced(first.key, first.value, left, withoutFirst(right));
  }

  /** Both under that root, whatever their sizes; its key comes between theirs. */
  private static <K, V> Node<K, V> linked(
      K key, V value, @Nullable Node<K, V> left, @Nullable Node<K, V> right) {
    if (right != null && weight(right) > DELTA * weight(left)) {
      return balanced(right.key, right.value, linked(key, value, left, right.left), right.right);
    }
    if (left != null && weight(left) > DELTA * weight(right)) {
      return balanced(left.key, left.value, left.left, linked(key, value, left.right, right));
    }
    return node(key, value, left, right);
  }

  /** Both, whatever their sizes, all keys of the left one coming before those of the right one. */
  private static <K, V> @Nullable Node<K, V> concatenated(
      @Nullable Node<K, V> left, @Nullable Node<K, V> right) {
    if (left == null) {
      return right;
    }
    if (right == null) {
      return left;
    }
    Node<K, V> last = last(left);
    return linked(last.key, last.value, withoutLast(left), right);
  }

  private static <K, V> Node<K, V> first(Node<K, V> tree) {
    Node<K, V> here = tree;
    while (here.left != null) {
      here = here.left;
    }
    return here;
  }

  private static <K, V> Node<K, V> last(Node<K, V> tree) {
    Node<K, V> here = tree;
    while (here.right != null) {
      here = here.right;
    }
    return here;
  }

  private static <K, V> @Nullable Node<K, V> withoutFirst(Node<K, V> tree) {
    return tree.left == null
        ? tree.right
        : balanced(tree.key, tree.value, withoutFirst(tree.left), tree.right);
  }

  private static <K, V> @Nullable Node<K, V> withoutLast(Node<K, V> tree) {
    return tree.right == null
        ? tree.left
        : balanced(tree.key, tree.value, tree.left, withoutLast(tree.right));
  }

  /** A node over two subtrees of which one may have become too heavy by one update. */
  private static <K, V> Node<K, V> balanced(
      K key, V value, @Nullable Node<K, V> left, @Nullable Node<K, V> right) {
    if (right != null && weight(right) > DELTA * weight(left)) {
      return rotatedLeft(key, value, left, right);
    }
    if (left != null && weight(left) > DELTA * weight(right)) {
      return rotatedRight(key, value, left, right);
    }
    return node(key, value, left, right);
  }

  private static <K, V> Node<K, V> rotatedLeft(
      K key, V value, @Nullable Node<K, V> left, Node<K, V> right) {
    Node<K, V> inner = right.left;
    if (inner == null || weight(inner) < GAMMA * weight(right.right)) {
      return node(right.key, right.value, node(key, value, left, inner), right.right);
    }
    return node(
        inner.key,
        inner.value,
        node(key, value, left, inner.left),
        node(right.key, right.value, inner.right, right.right));
  }

  private static <K, V> Node<K, V> rotatedRight(
      K key, V value, Node<K, V> left, @Nullable Node<K, V> right) {
    Node<K, V> inner = left.right;
    if (inner == null || weight(inner) < GAMMA * weight(left.left)) {
      return node(left.key, left.value, left.left, node(key, value, inner, right));
    }
    return node(
        inner.key,
        inner.value,
        node(left.key, left.value, left.left, inner.left),
        node(key, value, inner.right, right));
  }

  /** Goes through a tree in order; the next node is on top of the path. */
  private static final class Walk<K, V> implements Iterator<Map.Entry<K, V>> {
    private final Deque<Node<K, V>> path;

    Walk(Deque<Node<K, V>> path) {
      this.path = path;
    }

    @Override
    public boolean hasNext() {
      return !path.isEmpty();
    }

    @Override
    public Map.Entry<K, V> next() {
      Node<K, V> here = path.poll();
      if (here == null) {
        throw new NoSuchElementException("no more entries");
      }
      descend(here.right, path);
      return here;
    }
  }

  private final class View<T> extends AbstractCollection<T> {
    private final Function<Map.Entry<K, V>, T> part;

    View(Function<Map.Entry<K, V>, T> part) {
      this.part = part;
    }

    @Override
    public Iterator<T> iterator() {
      Iterator<Map.Entry<K, V>> entries = entries();
      return new Iterator<>() {
        @Override
        public boolean hasNext() {
          return entries.hasNext();
        }

        @Override
        public T next() {
          return part.apply(entries.next());
        }
      };
    }

    @Override
    public int size() {
      return SortedIndex.this.size();
    }
  }

  /** Whether no subtree is heavier than the balance allows, for tests. */
  boolean isBalanced() {
    return isBalanced(root);
  }

  private static boolean isBalanced(@Nullable Node<?, ?> tree) {
    return tree == null
        || weight(tree.left) <= DELTA * weight(tree.right)
            && weight(tree.right) <= DELTA * weight(tree.left)
            && isBalanced(tree.left)
            && isBalanced(tree.right);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    if (!(other instanceof SortedIndex<?, ?> that) || that.size() != size()) {
      return false;
    }
    var mine = entries();
    var theirs = that.entries();
    while (mine.hasNext()) {
      var a = mine.next();
      var b = theirs.next();
      if (!a.getKey().equals(b.getKey()) || !a.getValue().equals(b.getValue())) {
        return false;
      }
    }
    return true;
  }

  @Override
  public int hashCode() {
    int hash = 0;
    for (var entries = entries(); entries.hasNext(); ) {
      var entry = entries.next();
      hash = 31 * hash + entry.getKey().hashCode() * 17 + entry.getValue().hashCode();
    }
    return hash;
  }

  @Override
  public String toString() {
    var text = new StringBuilder("{");
    for (var entries = entries(); entries.hasNext(); ) {
      var entry = entries.next();
      text.append(text.length() > 1 ? ", " : "").append(entry.getKey()).append('=');
      text.append(entry.getValue());
    }
    return text.append('}').toString();
  }
}
