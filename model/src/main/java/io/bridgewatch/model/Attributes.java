package io.bridgewatch.model;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An immutable set of attributes: OpenTelemetry names to values, in the order of their names.
 *
 * <p>Values are strings; numbers and booleans appear in their JSON form.
 */
public final class Attributes implements Comparable<Attributes> {

  private static final Attributes NONE = new Attributes(new TreeMap<>());

  private final SortedMap<String, String> byName;
  private final int hash;

  private Attributes(TreeMap<String, String> byName) {
    this.byName = Collections.unmodifiableSortedMap(byName);
    this.hash = byName.hashCode();
  }

  public static Attributes none() {
    return NONE;
  }

  public static Attributes of(Map<String, String> values) {
    return values.isEmpty() ? NONE : new Attributes(new TreeMap<>(values));
  }

  public static Attributes of(String name, String value) {
    return of(Map.of(name, value));
  }

  public static Attributes of(String name1, String value1, String name2, String value2) {
    return of(Map.of(name1, value1, name2, value2));
  }

  public Optional<String> get(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  public String getOr(String name, String otherwise) {
    return byName.getOrDefault(name, otherwise);
  }

  public boolean has(String name) {
    return byName.containsKey(name);
  }

  public boolean isEmpty() {
    return byName.isEmpty();
  }

  /** These attributes and one more; a value already there under that name is replaced. */
  public Attributes with(String name, String value) {
    var next = new TreeMap<>(byName);
    next.put(name, value);
    return new Attributes(next);
  }

  /** These attributes and the others; where both have a name, the other's value wins. */
  public Attributes with(Attributes others) {
    if (others.isEmpty()) {
      return this;
    }
    var next = new TreeMap<>(byName);
    next.putAll(others.byName);
    return new Attributes(next);
  }

  /** These attributes less one name. */
  public Attributes without(String name) {
    if (!byName.containsKey(name)) {
      return this;
    }
    var next = new TreeMap<>(byName);
    next.remove(name);
    return of(next);
  }

  /** An unmodifiable view in the order of the names. */
  public SortedMap<String, String> asMap() {
    return byName;
  }

  @Override
  public int compareTo(Attributes other) {
    var mine = byName.entrySet().iterator();
    var theirs = other.byName.entrySet().iterator();
    while (mine.hasNext() && theirs.hasNext()) {
      var a = mine.next();
      var b = theirs.next();
      int byKey = a.getKey().compareTo(b.getKey());
      if (byKey != 0) {
        return byKey;
      }
      int byValue = a.getValue().compareTo(b.getValue());
      if (byValue != 0) {
        return byValue;
      }
    }
    return Boolean.compare(mine.hasNext(), theirs.hasNext());
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Attributes that && hash == that.hash && byName.equals(that.byName);
  }

  @Override
  public int hashCode() {
    return hash;
  }

  @Override
  public String toString() {
    return byName.toString();
  }
}
