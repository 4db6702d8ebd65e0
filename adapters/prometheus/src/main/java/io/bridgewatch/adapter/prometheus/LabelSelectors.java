package io.bridgewatch.adapter.prometheus;

import io.bridgewatch.model.KubernetesObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Kubernetes' label selectors: {@code matchLabels} and {@code matchExpressions}. */
final class LabelSelectors {
  private LabelSelectors() {}

  /**
   * @param selector an empty one chooses all
   * @return empty if it has an operator that is none
   */
  static Optional<Predicate<Map<String, String>>> of(KubernetesObject selector) {
    Map<String, String> wanted = selector.strings("matchLabels");
    Predicate<Map<String, String>> all = labels -> labels.entrySet().containsAll(wanted.entrySet());
    for (KubernetesObject expression : selector.list("matchExpressions")) {
      String key = expression.text("key").orElse("");
      List<String> values = strings(expression);
      switch (expression.text("operator").orElse("")) {
        case "In" ->
            all = all.and(labels -> labels.containsKey(key) && values.contains(labels.get(key)));
        case "NotIn" ->
            all = all.and(labels -> !labels.containsKey(key) || !values.contains(labels.get(key)));
        case "Exists" -> all = all.and(labels -> labels.containsKey(key));
        case "DoesNotExist" -> all = all.and(labels -> !labels.containsKey(key));
        default -> {
          return Optional.empty();
        }
      }
    }
    return Optional.of(all);
  }

  private static List<String> strings(KubernetesObject expression) {
    return strings(expression, "values");
  }

  /** The strings of the list in a field. */
  static List<String> strings(KubernetesObject object, String field) {
    return object.tree().get(field) instanceof List<?> items
        ? items.stream().map(String::valueOf).toList()
        : List.of();
  }
}
