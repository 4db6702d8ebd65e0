package io.bridgewatch.adapter.opensearch;

import io.bridgewatch.model.AttributeMatch;
import io.bridgewatch.model.Attributes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/**
 * Attributes in an index. As they came they are kept and not searched. Searched are terms: of the
 * item's own attributes and those of the resource that it has not itself, each {@code name=value}
 * in one field and its name in another. So however many names telemetry has, the mapping has two
 * fields. What is empty counts as absent and makes no term.
 *
 * <p>Compared are the first {@value #LONGEST_NAME} characters of a name and the first {@value
 * #LONGEST_VALUE} of a value.
 */
final class AttributeTerms {

  static final String PAIRS = "pairs";
  static final String NAMES = "names";
  static final String RESOURCE = "resource";
  static final String OWN = "attributes";

  static final int LONGEST_NAME = 250;
  static final int LONGEST_VALUE = 1_000;

  private AttributeTerms() {}

  static Map<String, Object> properties() {
    return Map.of(
        RESOURCE, DocumentForm.unsearched(),
        OWN, DocumentForm.unsearched(),
        PAIRS, Map.of("type", "keyword"),
        NAMES, Map.of("type", "keyword", "doc_values", false));
  }

  static void write(JsonGenerator json, Attributes resource, Attributes own) {
    write(json, RESOURCE, resource);
    write(json, OWN, own);
    var all = resource.with(own);
    json.writeArrayPropertyStart(PAIRS);
    for (int i = 0; i < all.size(); i++) {
      if (!all.value(i).isEmpty()) {
        json.writeString(pair(all.name(i), all.value(i)));
      }
    }
    json.writeEndArray();
    json.writeArrayPropertyStart(NAMES);
    for (int i = 0; i < all.size(); i++) {
      if (!all.value(i).isEmpty()) {
        json.writeString(cut(all.name(i), LONGEST_NAME));
      }
    }
    json.writeEndArray();
  }

  private static void write(JsonGenerator json, String field, Attributes attributes) {
    if (attributes.isEmpty()) {
      return;
    }
    json.writeObjectPropertyStart(field);
    for (int i = 0; i < attributes.size(); i++) {
      DocumentForm.text(json, DocumentForm.whole(attributes.name(i)), attributes.value(i));
    }
    json.writeEndObject();
  }

  static Attributes read(JsonNode source, String field) {
    var values = new TreeMap<String, String>();
    source
        .path(field)
        .properties()
        .forEach(one -> values.put(one.getKey(), one.getValue().asString("")));
    return Attributes.of(values);
  }

  private static String pair(String name, String value) {
    return prefix(name) + cut(value, LONGEST_VALUE);
  }

  /** With which the pairs of a name begin, and no other's. */
  private static String prefix(String name) {
    return cut(name, LONGEST_NAME).replace("\\", "\\\\").replace("=", "\\=") + "=";
  }

  private static String cut(String text, int longest) {
    return DocumentForm.whole(text.length() <= longest ? text : text.substring(0, longest));
  }

  /** Lucene's regular expression of all pairs of a name. */
  static String expression(String name) {
    var expression = new StringBuilder();
    prefix(name)
        .codePoints()
        .forEach(
            c -> {
              if (!Character.isLetterOrDigit(c)) {
                expression.append('\\');
              }
              expression.appendCodePoint(c);
            });
    return expression.append(".*").toString();
  }

  /** The values in pairs of one name. */
  static List<String> values(String name, Collection<String> pairs) {
    int length = prefix(name).length();
    return pairs.stream().map(pair -> pair.substring(length)).toList();
  }

  /**
   * A filter for what holds.
   *
   * @param valuesOf all values that there are of an attribute: expressions as Java spells them are
   *     compared here, and the cluster is asked for the values that they accept
   */
  static Map<String, Object> filter(AttributeMatch match, Function<String, List<String>> valuesOf) {
    var name = match.attribute();
    return switch (match) {
      case AttributeMatch.OneOf one -> oneOf(name, one.values());
      case AttributeMatch.NoneOf none -> Filters.not(oneOf(name, none.values()));
      case AttributeMatch.Like like -> {
        Predicate<String> accepts = like::matches;
        var values = valuesOf.apply(name);
        yield like.matches("")
            ? Filters.not(oneOf(name, values.stream().filter(accepts.negate()).toList()))
            : oneOf(name, values.stream().filter(accepts).toList());
      }
    };
  }

  private static Map<String, Object> oneOf(String name, Collection<String> values) {
    var any = new ArrayList<Map<String, Object>>();
    var pairs =
        values.stream()
            .filter(value -> !value.isEmpty())
            .map(value -> pair(name, value))
            .distinct()
            .toList();
    if (!pairs.isEmpty()) {
      any.add(Filters.terms(PAIRS, pairs));
    }
    if (values.contains("")) {
      any.add(Filters.not(Filters.terms(NAMES, Set.of(cut(name, LONGEST_NAME)))));
    }
    return Filters.any(any);
  }
}
