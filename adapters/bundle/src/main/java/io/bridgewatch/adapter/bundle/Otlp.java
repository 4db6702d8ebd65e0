package io.bridgewatch.adapter.bundle;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** What the three OTLP signals share: attributes, values of any type, ids. */
final class Otlp {

  /** A key and a value as they are being read. */
  private static final class Pair {
    private String key = "";
    private String value = "";
  }

  private Otlp() {}

  /** The list of key and value pairs as strings; later ones win. */
  static Map<String, String> attributes(JsonParser parser) {
    var found = new TreeMap<String, String>();
    Json.array(
        parser,
        element -> {
          var pair = new Pair();
          Json.object(
              element,
              (p, name) -> {
                switch (name) {
                  case "key" -> pair.key = Json.text(p);
                  case "value" -> pair.value = anyValue(p);
                  default -> Json.skip(p);
                }
              });
          if (!pair.key.isEmpty()) {
            found.put(pair.key, pair.value);
          }
        });
    return found;
  }

  /** The attributes of a resource. */
  static Map<String, String> resource(JsonParser parser) {
    var found = new TreeMap<String, String>();
    Json.object(
        parser,
        (p, name) -> {
          if (name.equals("attributes")) {
            found.putAll(attributes(p));
          } else {
            Json.skip(p);
          }
        });
    return found;
  }

  /** A string as it is; anything else in its JSON form. */
  static String anyValue(JsonParser parser) {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      return Json.text(parser);
    }
    var pair = new Pair();
    Json.object(
        parser,
        (p, name) -> {
          switch (name) {
            case "stringValue", "string_value", "bytesValue", "bytes_value" ->
                pair.value = Json.text(p);
            case "boolValue", "bool_value" -> pair.value = String.valueOf(Json.bool(p));
            case "intValue", "int_value" -> pair.value = Json.text(p);
            case "doubleValue", "double_value" -> pair.value = String.valueOf(Json.number(p));
            case "arrayValue", "array_value" -> pair.value = arrayValue(p);
            case "kvlistValue", "kvlist_value" -> pair.value = mapValue(p);
            default -> Json.skip(p);
          }
        });
    return pair.value;
  }

  private static String arrayValue(JsonParser parser) {
    var out = new StringBuilder("[");
    Json.object(
        parser,
        (p, name) -> {
          if (name.equals("values")) {
            Json.array(
                p,
                element -> {
                  if (out.length() > 1) {
                    out.append(',');
                  }
                  quote(out, anyValue(element));
                });
          } else {
            Json.skip(p);
          }
        });
    return out.append(']').toString();
  }

  private static String mapValue(JsonParser parser) {
    var out = new StringBuilder("{");
    Json.object(
        parser,
        (p, name) -> {
          if (name.equals("values")) {
            attributes(p)
                .forEach(
                    (key, value) -> {
                      if (out.length() > 1) {
                        out.append(',');
                      }
                      quote(out, key);
                      out.append(':');
                      quote(out, value);
                    });
          } else {
            Json.skip(p);
          }
        });
    return out.append('}').toString();
  }

  private static void quote(StringBuilder out, String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"', '\\' -> out.append('\\').append(c);
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> out.append(c);
      }
    }
    out.append('"');
  }

  /** A trace or span id in lower-case hexadecimal; empty where it is absent or all zeros. */
  static String id(JsonParser parser) {
    String id = Json.text(parser);
    boolean zeros = true;
    boolean upper = false;
    for (int i = 0; i < id.length(); i++) {
      char c = id.charAt(i);
      zeros &= c == '0';
      upper |= c >= 'A' && c <= 'F';
    }
    if (zeros) {
      return "";
    }
    return upper ? id.toLowerCase(Locale.ROOT) : id;
  }
}
