package io.bridgewatch.telemetry;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** The text of a value of any type: a string as it is, anything else in its JSON form. */
final class ValueText {

  private static final HexFormat HEX = HexFormat.of();

  /** Elements of a list or a map, as they are being read. */
  private final List<String> elements = new ArrayList<>();

  void element(String json) {
    elements.add(json.isEmpty() ? "null" : json);
  }

  void element(String key, String json) {
    elements.add(quoted(key) + ":" + (json.isEmpty() ? "null" : json));
  }

  String list() {
    return "[" + String.join(",", elements) + "]";
  }

  String map() {
    return "{" + String.join(",", elements) + "}";
  }

  /** The string as it is, or quoted where it stands inside a list or a map. */
  static String string(String text, boolean inside) {
    return inside ? quoted(text) : text;
  }

  private static String quoted(String text) {
    var out = new StringBuilder(text.length() + 2).append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"', '\\' -> out.append('\\').append(c);
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          if (c < ' ') {
            out.append("\\u00").append(HEX.toHexDigits((byte) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    return out.append('"').toString();
  }
}
