package io.bridgewatch.scale;

import io.bridgewatch.model.KubernetesObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Label selectors and node selector terms, as the Kubernetes API writes them. */
final class LabelRequirements {

  private LabelRequirements() {}

  /** Whether a selector of {@code matchLabels} and {@code matchExpressions} takes these labels. */
  static boolean matches(KubernetesObject selector, Map<String, String> labels) {
    return selector.strings("matchLabels").entrySet().stream()
            .allMatch(wanted -> wanted.getValue().equals(labels.get(wanted.getKey())))
        && expressionsMatch(selector, labels);
  }

  /** Whether all of {@code matchExpressions} hold. */
  static boolean expressionsMatch(KubernetesObject selector, Map<String, String> labels) {
    return selector.list("matchExpressions").stream().allMatch(one -> holds(one, labels));
  }

  private static boolean holds(KubernetesObject expression, Map<String, String> labels) {
    Optional<String> value = Optional.ofNullable(labels.get(expression.text("key").orElse("")));
    List<String> values = texts(expression, "values");
    return switch (expression.text("operator").orElse("")) {
      case "In" -> value.filter(values::contains).isPresent();
      case "NotIn" -> value.filter(values::contains).isEmpty();
      case "Exists" -> value.isPresent();
      case "DoesNotExist" -> value.isEmpty();
      case "Gt" -> compared(value, values) > 0;
      case "Lt" -> compared(value, values) < 0;
      default -> false;
    };
  }

  /** Zero where either is no whole number, so that neither comparison holds. */
  private static int compared(Optional<String> value, List<String> values) {
    try {
      return value.isEmpty() || values.isEmpty()
          ? 0
          : Long.compare(Long.parseLong(value.get()), Long.parseLong(values.getFirst()));
    } catch (NumberFormatException noNumber) {
      return 0;
    }
  }

  /** The texts of a list field; empty where there is none. */
  static List<String> texts(KubernetesObject object, String field) {
    return object.tree().get(field) instanceof List<?> items
        ? items.stream().map(String::valueOf).toList()
        : List.of();
  }
}
