package io.bridgewatch.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An API object as a tree of maps, lists, strings, numbers, booleans and nulls.
 *
 * <p>Unknown kinds and fields are kept as they came. The tree cannot be changed.
 */
public final class KubernetesObject {

  private final Map<String, @Nullable Object> tree;

  private KubernetesObject(Map<String, @Nullable Object> tree) {
    this.tree = tree;
  }

  /** A copy of that tree. */
  public static KubernetesObject of(Map<String, ? extends @Nullable Object> tree) {
    return new KubernetesObject(copyMap(tree));
  }

  /** The tree; it cannot be changed. */
  public Map<String, @Nullable Object> tree() {
    return tree;
  }

  public String kind() {
    return text("kind").orElse("");
  }

  public String apiVersion() {
    return text("apiVersion").orElse("");
  }

  public String name() {
    return text("metadata", "name").orElse("");
  }

  /** Empty for what lives outside namespaces. */
  public String namespace() {
    return text("metadata", "namespace").orElse("");
  }

  public String uid() {
    return text("metadata", "uid").orElse("");
  }

  /** The string, number or boolean at a path of field names, in its JSON form. */
  public Optional<String> text(String... path) {
    Object found = at(path);
    return found instanceof String || found instanceof Number || found instanceof Boolean
        ? Optional.of(String.valueOf(found))
        : Optional.empty();
  }

  /** The number at a path of field names. */
  public Optional<Double> number(String... path) {
    return at(path) instanceof Number n ? Optional.of(n.doubleValue()) : Optional.empty();
  }

  /** The objects in the list at a path; empty where there is no list. */
  public List<KubernetesObject> list(String... path) {
    if (!(at(path) instanceof List<?> items)) {
      return List.of();
    }
    return items.stream()
        .filter(Map.class::isInstance)
        .map(item -> new KubernetesObject(copied(item)))
        .toList();
  }

  /** The strings of the map at a path, such as labels; empty where there is none. */
  public Map<String, String> strings(String... path) {
    if (!(at(path) instanceof Map<?, ?> map)) {
      return Map.of();
    }
    var found = new LinkedHashMap<String, String>();
    map.forEach((k, v) -> found.put(String.valueOf(k), String.valueOf(v)));
    return found;
  }

  /** The object at a path; empty where there is none. */
  public Optional<KubernetesObject> object(String... path) {
    return at(path) instanceof Map<?, ?> map
        ? Optional.of(new KubernetesObject(copied(map)))
        : Optional.empty();
  }

  private @Nullable Object at(String... path) {
    Object here = tree;
    for (String field : path) {
      if (!(here instanceof Map<?, ?> map)) {
        return null;
      }
      here = map.get(field);
    }
    return here;
  }

  @SuppressWarnings("unchecked") // every map below the root was made by copyMap
  private static Map<String, @Nullable Object> copied(Object map) {
    return (Map<String, @Nullable Object>) map;
  }

  private static Map<String, @Nullable Object> copyMap(Map<?, ?> map) {
    var copy = new LinkedHashMap<String, @Nullable Object>();
    map.forEach((k, v) -> copy.put(String.valueOf(k), copyValue(v)));
    return Collections.unmodifiableMap(copy);
  }

  private static @Nullable Object copyValue(@Nullable Object value) {
    return switch (value) {
      case Map<?, ?> map -> copyMap(map);
      case List<?> list -> list.stream().map(KubernetesObject::copyValue).toList();
      case null -> null;
      default -> value;
    };
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof KubernetesObject that && tree.equals(that.tree);
  }

  @Override
  public int hashCode() {
    return tree.hashCode();
  }

  @Override
  public String toString() {
    return kind() + " " + namespace() + "/" + name();
  }
}
