package io.bridgewatch.telemetry;

import io.bridgewatch.model.Attributes;
import java.util.HashMap;
import java.util.Map;

/** Keeps one copy of equal strings and attributes of one message or recording. */
public final class Pool {

  private static final int MAX_STRINGS = 1 << 20;

  private final Map<String, String> strings = new HashMap<>();
  private final Map<Attributes, Attributes> attributes = new HashMap<>();

  public String string(String value) {
    if (strings.size() >= MAX_STRINGS) {
      return value;
    }
    String known = strings.putIfAbsent(value, value);
    return known == null ? value : known;
  }

  public Attributes attributes(Map<String, String> values) {
    if (values.isEmpty()) {
      return Attributes.none();
    }
    return attributes(Attributes.of(values));
  }

  public Attributes attributes(Attributes value) {
    Attributes known = attributes.putIfAbsent(value, value);
    return known == null ? value : known;
  }
}
