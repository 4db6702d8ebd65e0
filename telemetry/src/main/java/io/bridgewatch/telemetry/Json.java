package io.bridgewatch.telemetry;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;

/**
 * Reads proto3 JSON token by token.
 *
 * <p>Each method that takes a parser is called with the parser on the first token of a value and
 * leaves it on the last one. Integers may be numbers or strings; so may {@code NaN} and the
 * infinities.
 */
public final class Json {

  /** Stands for an integer that is absent or cannot be read. */
  public static final long UNREADABLE = Long.MIN_VALUE;

  /** Handles one field of an object; must consume its value or leave it to {@link #skip}. */
  public interface Field {
    /** Called with the parser on the first token of the value. */
    void read(JsonParser parser, String name);
  }

  /** Handles one element of an array. */
  public interface Element {
    /** Called with the parser on the first token of the element. */
    void read(JsonParser parser);
  }

  private final JsonFactory factory;

  /**
   * @param maxDepth how deep a value may nest
   * @param maxStringLength of a string, in bytes
   */
  public Json(int maxDepth, int maxStringLength) {
    factory =
        JsonFactory.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxNestingDepth(maxDepth)
                    .maxStringLength(maxStringLength)
                    .build())
            .build();
  }

  public JsonParser parser(byte[] bytes, int offset, int length) {
    return factory.createParser(ObjectReadContext.empty(), bytes, offset, length);
  }

  /** Reads every field of the object; a JSON null counts as an empty object. */
  public static void object(JsonParser parser, Field field) {
    if (parser.currentToken() == JsonToken.VALUE_NULL) {
      return;
    }
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      throw new ShapeException("wanted an object, saw " + parser.currentToken());
    }
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      field.read(parser, name);
    }
  }

  /** Reads every element of the array; a JSON null counts as an empty array. */
  public static void array(JsonParser parser, Element element) {
    if (parser.currentToken() == JsonToken.VALUE_NULL) {
      return;
    }
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      throw new ShapeException("wanted an array, saw " + parser.currentToken());
    }
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      element.read(parser);
    }
  }

  public static void skip(JsonParser parser) {
    parser.skipChildren();
  }

  /** A string, or a scalar in its JSON form; empty for null. */
  public static String text(JsonParser parser) {
    JsonToken token = parser.currentToken();
    if (token == JsonToken.VALUE_NULL) {
      return "";
    }
    if (token == null || !token.isScalarValue()) {
      throw new ShapeException("wanted a string, saw " + token);
    }
    return parser.getString();
  }

  /** A 64-bit integer given as a number or a string; {@link #UNREADABLE} if it is neither. */
  public static long integer(JsonParser parser) {
    JsonToken token = parser.currentToken();
    if (token == JsonToken.VALUE_STRING || (token != null && token.isNumeric())) {
      String text = parser.getString();
      try {
        return Long.parseLong(text);
      } catch (NumberFormatException e) {
        double value = parseDouble(text);
        return Math.abs(value) < 9.2e18 ? (long) value : UNREADABLE;
      }
    }
    skip(parser);
    return UNREADABLE;
  }

  /** A number given as a number or a string; {@code NaN} if it is neither. */
  public static double number(JsonParser parser) {
    JsonToken token = parser.currentToken();
    if (token == JsonToken.VALUE_STRING || (token != null && token.isNumeric())) {
      return parseDouble(parser.getString());
    }
    skip(parser);
    return Double.NaN;
  }

  private static double parseDouble(String text) {
    try {
      return switch (text) {
        case "Infinity", "+Infinity", "+INF", "INF" -> Double.POSITIVE_INFINITY;
        case "-Infinity", "-INF" -> Double.NEGATIVE_INFINITY;
        default -> Double.parseDouble(text);
      };
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  public static boolean bool(JsonParser parser) {
    JsonToken token = parser.currentToken();
    boolean value =
        token == JsonToken.VALUE_TRUE
            || (token == JsonToken.VALUE_STRING && parser.getString().equals("true"));
    skip(parser);
    return value;
  }

  /**
   * An enum given as its number or its name.
   *
   * @param prefix of the names, such as {@code SPAN_KIND_}
   * @param names without the prefix, by number
   * @return the number; -1 if it is unknown
   */
  public static int enumeration(JsonParser parser, String prefix, List<String> names) {
    JsonToken token = parser.currentToken();
    if (token == JsonToken.VALUE_NUMBER_INT) {
      long number = integer(parser);
      return number >= 0 && number <= Integer.MAX_VALUE ? (int) number : -1;
    }
    if (token == JsonToken.VALUE_STRING) {
      String text = parser.getString().toUpperCase(Locale.ROOT);
      int found = names.indexOf(text.startsWith(prefix) ? text.substring(prefix.length()) : text);
      return found >= 0 ? found : digits(text);
    }
    skip(parser);
    return -1;
  }

  private static int digits(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  /** A whole value as a tree of maps, lists, strings, numbers, booleans and nulls. */
  public static @Nullable Object tree(JsonParser parser) {
    return switch (parser.currentToken()) {
      case START_OBJECT -> treeMap(parser);
      case START_ARRAY -> treeList(parser);
      case VALUE_STRING -> parser.getString();
      case VALUE_NUMBER_INT -> {
        long value = integer(parser);
        yield value == UNREADABLE ? (Object) number(parser) : (Object) value;
      }
      case VALUE_NUMBER_FLOAT -> number(parser);
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      case null, default ->
          throw new ShapeException("wanted a value, saw " + parser.currentToken());
    };
  }

  public static Map<String, @Nullable Object> treeMap(JsonParser parser) {
    var map = new LinkedHashMap<String, @Nullable Object>();
    object(parser, (p, name) -> map.put(name, tree(p)));
    return map;
  }

  private static List<@Nullable Object> treeList(JsonParser parser) {
    var list = new ArrayList<@Nullable Object>();
    array(parser, p -> list.add(tree(p)));
    return list;
  }

  /** An object whose values are scalars, as strings; nested values are left out. */
  public static Map<String, String> strings(JsonParser parser) {
    var map = new LinkedHashMap<String, String>();
    object(
        parser,
        (p, name) -> {
          JsonToken token = p.currentToken();
          if (token != null && token.isScalarValue() && token != JsonToken.VALUE_NULL) {
            map.put(name, p.getString());
          } else {
            skip(p);
          }
        });
    return map;
  }
}
