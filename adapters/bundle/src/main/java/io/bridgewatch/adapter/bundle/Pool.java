package io.bridgewatch.adapter.bundle;

import io.bridgewatch.model.Attributes;
import java.util.HashMap;
import java.util.Map;

/** Keeps one copy of equal strings and attributes of a bundle. */
final class Pool {

  private static final int MAX_STRINGS = 1 << 20;

  private final Map<String, String> strings = new HashMap<>();
  private final Map<Attributes, Attributes> attributes = new HashMap<>();

  String string(String value) {
    if (strings.size() >= MAX_STRINGS) {
      return value;
    }
    String known = strings.putIfAbsent(value, value);
    return known == null ? value : known;
  }

  Attributes attributes(Map<String, String> values) {
    if (values.isEmpty()) {
      return Attributes.none();
    }
    return attributes(Attributes.of(values));
  }

  Attributes attributes(Attributes value) {
    Attributes known = attributes.putIfAbsent(value, value);
    return known == null ? value : known;
  }
}
