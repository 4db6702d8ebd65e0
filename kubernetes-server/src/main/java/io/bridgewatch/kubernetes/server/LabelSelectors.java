package io.bridgewatch.kubernetes.server;

import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Label selectors as objects have them: {@code matchLabels} and {@code matchExpressions}. */
public final class LabelSelectors {
  private LabelSelectors() {}

  /** Whether all requirements hold; an empty selector matches everything. */
  public static boolean matches(JsonNode selector, Map<String, String> labels) {
    for (var label : selector.path("matchLabels").properties()) {
      if (!label.getValue().asString("").equals(labels.get(label.getKey()))) {
        return false;
      }
    }
    for (var expression : selector.path("matchExpressions")) {
      if (!matchesExpression(expression, labels)) {
        return false;
      }
    }
    return true;
  }

  /** One expression, as in selectors and in node affinities. */
  public static boolean matchesExpression(JsonNode expression, Map<String, String> labels) {
    var value = labels.get(Json.text(expression, "key"));
    var values = expression.path("values").valueStream().map(v -> v.asString("")).toList();
    return switch (Json.text(expression, "operator")) {
      case "In" -> value != null && values.contains(value);
      case "NotIn" -> value == null || !values.contains(value);
      case "Exists" -> value != null;
      case "DoesNotExist" -> value == null;
      case "Gt" -> value != null && number(value) > number(values.getFirst());
      case "Lt" -> value != null && number(value) < number(values.getFirst());
      default -> false;
    };
  }

  private static long number(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      return 0;
    }
  }
}
