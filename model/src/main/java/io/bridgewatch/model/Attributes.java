package io.bridgewatch.model;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An immutable set of attributes: OpenTelemetry names to values, in the order of their names.
 *
 * <p>Values are strings; numbers and booleans appear in their JSON form. Kept as one array, because
 * there are millions of them where a large cluster is watched.
 */
public final class Attributes implements Comparable<Attributes> {

  private static final Attributes NONE = new Attributes(new String[0]);

  /** Name, value, name, value …, names rising. */
  private final String[] pairs;

  /** Zero until it is asked for; every thread that asks computes the same. */
  private int hash;

  private Attributes(String[] pairs) {
    this.pairs = pairs;
  }

  public static Attributes none() {
    return NONE;
  }

  public static Attributes of(Map<String, String> values) {
    if (values.isEmpty()) {
      return NONE;
    }
    SortedMap<String, String> sorted =
        values instanceof TreeMap<String, String> tree && tree.comparator() == null
            ? tree
            : new TreeMap<>(values);
    var pairs = new String[2 * sorted.size()];
    int at = 0;
    for (Map.Entry<String, String> entry : sorted.entrySet()) {
      pairs[at++] = entry.getKey();
      pairs[at++] = entry.getValue();
    }
    return new Attributes(pairs);
  }

  public static Attributes of(String name, String value) {
    return new Attributes(new String[] {name, value});
  }

  public static Attributes of(String name1, String value1, String name2, String value2) {
    return of(Map.of(name1, value1, name2, value2));
  }

  /**
   * Attributes from alternating names and values.
   *
   * @throws IllegalArgumentException if the names do not rise strictly, or one has no value
   */
  public static Attributes ofSorted(String... pairs) {
    if (pairs.length % 2 != 0) {
      throw new IllegalArgumentException(
          "cannot pair " + pairs.length + " names and values: " + pairs[pairs.length - 1]);
    }
    for (int i = 2; i < pairs.length; i += 2) {
      if (pairs[i - 2].compareTo(pairs[i]) >= 0) {
        throw new IllegalArgumentException(
            "cannot take attributes out of order: " + pairs[i - 2] + " comes before " + pairs[i]);
      }
    }
    return pairs.length == 0 ? NONE : new Attributes(pairs.clone());
  }

  public Optional<String> get(String name) {
    return Optional.ofNullable(find(name));
  }

  public String getOr(String name, String otherwise) {
    String found = find(name);
    return found == null ? otherwise : found;
  }

  public boolean has(String name) {
    return find(name) != null;
  }

  public boolean isEmpty() {
    return pairs.length == 0;
  }

  public int size() {
    return pairs.length / 2;
  }

  /** The name at a position from 0 on, below {@link #size}. */
  public String name(int position) {
    return pairs[2 * position];
  }

  /** The value at a position from 0 on, below {@link #size}. */
  public String value(int position) {
    return pairs[2 * position + 1];
  }

  private @Nullable String find(String name) {
    for (int i = 0; i < pairs.length; i += 2) {
      if (pairs[i].equals(name)) {
        return pairs[i + 1];
      }
    }
    return null;
  }

  /** These attributes and one more; a value already there under that name is replaced. */
  public Attributes with(String name, String value) {
    return with(of(name, value));
  }

  /** These attributes and the others; where both have a name, the other's value wins. */
  public Attributes with(Attributes others) {
    if (others.isEmpty()) {
      return this;
    }
    if (isEmpty()) {
      return others;
    }
    var merged = new String[pairs.length + others.pairs.length];
    int mine = 0;
    int theirs = 0;
    int at = 0;
    while (mine < pairs.length || theirs < others.pairs.length) {
      int order =
          mine == pairs.length
              ? 1
              : theirs == others.pairs.length ? -1 : pairs[mine].compareTo(others.pairs[theirs]);
      if (order < 0) {
        merged[at++] = pairs[mine];
        merged[at++] = pairs[mine + 1];
      } else {
        merged[at++] = others.pairs[theirs];
        merged[at++] = others.pairs[theirs + 1];
        theirs += 2;
      }
      mine += order <= 0 ? 2 : 0;
    }
    return new Attributes(at == merged.length ? merged : Arrays.copyOf(merged, at));
  }

  /** These attributes less one name. */
  public Attributes without(String name) {
    if (!has(name)) {
      return this;
    }
    var next = new TreeMap<>(asMap());
    next.remove(name);
    return of(next);
  }

  /** An unmodifiable view in the order of the names. */
  public Map<String, String> asMap() {
    return new View();
  }

  @Override
  @SuppressWarnings("ReferenceEquality") // a short cut: what is not the same is compared
  public int compareTo(Attributes other) {
    if (this == other) {
      return 0;
    }
    int shared = Math.min(pairs.length, other.pairs.length);
    for (int i = 0; i < shared; i++) {
      // names, namespaces and clusters are mostly the same strings
      int order = pairs[i] == other.pairs[i] ? 0 : pairs[i].compareTo(other.pairs[i]);
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(pairs.length, other.pairs.length);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Attributes that
        && hashCode() == that.hashCode()
        && Arrays.equals(pairs, that.pairs);
  }

  @Override
  public int hashCode() {
    int known = hash;
    if (known == 0) {
      known = Arrays.hashCode(pairs);
      hash = known;
    }
    return known;
  }

  @Override
  public String toString() {
    return asMap().toString();
  }

  private final class View extends AbstractMap<String, String> {
    @Override
    public Set<Map.Entry<String, String>> entrySet() {
      return new AbstractSet<>() {
        @Override
        public Iterator<Map.Entry<String, String>> iterator() {
          return new Pairs();
        }

        @Override
        public int size() {
          return Attributes.this.size();
        }
      };
    }

    @Override
    public @Nullable String get(@Nullable Object name) {
      return name instanceof String text ? find(text) : null;
    }

    @Override
    public boolean containsKey(@Nullable Object name) {
      return get(name) != null;
    }
  }

  private final class Pairs implements Iterator<Map.Entry<String, String>> {
    private int at;

    @Override
    public boolean hasNext() {
      return at < pairs.length;
    }

    @Override
    public Map.Entry<String, String> next() {
      if (!hasNext()) {
        throw new NoSuchElementException("no more attributes");
      }
      at += 2;
      return Map.entry(pairs[at - 2], pairs[at - 1]);
    }
  }
}
