package io.bridgewatch.adapter.opensearch;

import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/** How items of one kind are documents. */
interface DocumentForm<T> {

  /** The time of an item in nanoseconds since 1970, by which it is sorted and forgotten. */
  String TIME = "timeUnixNano";

  /** The same in milliseconds, for charts and for other programs. */
  String TIMESTAMP = "@timestamp";

  /** Rises in the order in which items came. */
  String ORDER = "order";

  /** Of the indices' names, such as {@code logs}. */
  String signal();

  long nanos(T item);

  /**
   * Ids of the items of one batch, from what they say: of an item that comes again it is the same.
   */
  List<String> ids(List<T> items);

  /** Writes the fields of an item except for its time and order, inside an object. */
  void write(JsonGenerator json, T item);

  T read(JsonNode source);

  /** Mappings of the fields that {@link #write} writes. */
  Map<String, Object> properties();

  /** Writes a text; halves of surrogate pairs, which no encoding has, become U+FFFD. */
  static void text(JsonGenerator json, String name, String text) {
    json.writeStringProperty(name, whole(text));
  }

  static String whole(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isSurrogate(c)) {
        if (Character.isHighSurrogate(c)
            && i + 1 < text.length()
            && Character.isLowSurrogate(text.charAt(i + 1))) {
          i++;
        } else {
          return replaced(text);
        }
      }
    }
    return text;
  }

  private static String replaced(String text) {
    return text.codePoints()
        .map(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? 0xFFFD : c)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  static Map<String, Object> keyword() {
    // Lucene takes terms of up to 32,766 bytes; a character has at most 3
    return Map.of("type", "keyword", "ignore_above", 8_000);
  }

  static Map<String, Object> number() {
    return Map.of("type", "long");
  }

  /** Kept, never searched. */
  static Map<String, Object> unsearched() {
    return Map.of("type", "object", "enabled", false);
  }

  /** One word, kept and never searched. */
  static Map<String, Object> plain(String type) {
    return Map.of("type", type, "index", false, "doc_values", false);
  }
}
