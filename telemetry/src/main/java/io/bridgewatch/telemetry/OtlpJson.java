package io.bridgewatch.telemetry;

import java.util.Locale;
import java.util.Map;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** What the three OTLP signals share: attributes, values of any type, ids. */
final class OtlpJson {

  /** A key and a value as they are being read. */
  private static final class Pair {
    private String key = "";
    private String value = "";
  }

  private final TelemetryLimits limits;

  OtlpJson(TelemetryLimits limits) {
    this.limits = limits;
  }

  /** The list of key and value pairs as strings; later ones win. */
  Map<String, String> attributes(JsonParser parser) {
    var found = new AttributeDraft(limits);
    attributes(parser, found);
    return found.values();
  }

  private static void attributes(JsonParser parser, AttributeDraft found) {
    Json.array(
        parser,
        element -> {
          Pair pair = pair(element, false);
          found.put(pair.key, pair.value);
        });
  }

  /** The attributes of a resource. */
  Map<String, String> resource(JsonParser parser) {
    var found = new AttributeDraft(limits);
    Json.object(
        parser,
        (p, name) -> {
          if (name.equals("attributes")) {
            attributes(p, found);
          } else {
            Json.skip(p);
          }
        });
    return found.values();
  }

  /** A string as it is; anything else in its JSON form; empty where there is no value. */
  static String anyValue(JsonParser parser) {
    return anyValue(parser, false);
  }

  private static String anyValue(JsonParser parser, boolean inside) {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      return ValueText.string(Json.text(parser), inside);
    }
    String[] text = {""};
    Json.object(
        parser,
        (p, name) -> {
          switch (name) {
            case "stringValue", "string_value", "bytesValue", "bytes_value" ->
                text[0] = ValueText.string(Json.text(p), inside);
            case "boolValue", "bool_value" -> text[0] = String.valueOf(Json.bool(p));
            case "intValue", "int_value" -> text[0] = Json.text(p);
            case "doubleValue", "double_value" -> text[0] = String.valueOf(Json.number(p));
            case "arrayValue", "array_value" -> text[0] = list(p);
            case "kvlistValue", "kvlist_value" -> text[0] = map(p);
            default -> Json.skip(p);
          }
        });
    return text[0];
  }

  private static String list(JsonParser parser) {
    var list = new ValueText();
    values(parser, element -> list.element(anyValue(element, true)));
    return list.list();
  }

  private static String map(JsonParser parser) {
    var map = new ValueText();
    values(
        parser,
        element -> {
          Pair pair = pair(element, true);
          map.element(pair.key, pair.value);
        });
    return map.map();
  }

  private static void values(JsonParser parser, Json.Element each) {
    Json.object(
        parser,
        (p, name) -> {
          if (name.equals("values")) {
            Json.array(p, each);
          } else {
            Json.skip(p);
          }
        });
  }

  private static Pair pair(JsonParser parser, boolean inside) {
    var pair = new Pair();
    Json.object(
        parser,
        (p, name) -> {
          switch (name) {
            case "key" -> pair.key = Json.text(p);
            case "value" -> pair.value = anyValue(p, inside);
            default -> Json.skip(p);
          }
        });
    return pair;
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
