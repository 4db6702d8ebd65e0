package io.bridgewatch.adapter.prometheus;

import io.bridgewatch.model.Attributes;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Applies {@link SampleRules} to one series, as Prometheus does to a sample: the target's labels
 * are put to those of the page, the relabelings change all of them. Afterwards labels that the
 * resource tells anyway are taken away again where no rule has changed them.
 */
final class SeriesRules {
  private static final String NAME = "__name__";
  private static final String EXPORTED = "exported_";

  private final SampleRules rules;
  private final Relabeling relabeling;

  SeriesRules(SampleRules rules) {
    this.rules = rules;
    this.relabeling = new Relabeling(rules.relabelings());
  }

  /**
   * A series as it is to be kept.
   *
   * @param dropped why it is not to be kept; null if it is
   */
  record Ruled(String metric, Attributes point, @Nullable IntakeReason dropped) {}

  /** Whether two series of a page may become one. */
  boolean mayJoin() {
    return !rules.relabelings().isEmpty();
  }

  Ruled apply(String metric, Attributes exposed) {
    if (isNoise(metric)) {
      return new Ruled(metric, exposed, IntakeReason.NOISE);
    }
    if (rules.relabelings().isEmpty() && rules.added().isEmpty()) {
      return new Ruled(metric, exposed, null);
    }
    var labels = new TreeMap<>(exposed.asMap());
    labels.put(NAME, metric);
    rules.added().forEach((name, value) -> put(labels, name, value));
    var hidden = new HashMap<String, String>();
    if (!rules.relabelings().isEmpty()) {
      rules
          .known()
          .forEach(
              (name, value) -> {
                if (put(labels, name, value)) {
                  hidden.put(name, value);
                }
              });
    }
    Optional<Map<String, String>> kept = relabeling.apply(labels);
    if (kept.isEmpty()) {
      return new Ruled(metric, exposed, IntakeReason.RELABELED);
    }
    var after = new TreeMap<>(kept.get());
    String name = after.remove(NAME);
    if (name == null || name.isEmpty()) {
      return new Ruled(metric, exposed, IntakeReason.RELABELED);
    }
    hidden.forEach((label, value) -> unhide(after, exposed, label, value));
    after.keySet().removeIf(label -> label.startsWith("__"));
    return new Ruled(name, Attributes.of(after), null);
  }

  private boolean isNoise(String metric) {
    if (rules.noise().isEmpty() || rules.kept().contains(metric)) {
      return false;
    }
    for (String suffix : Families.SUFFIXES) {
      if (metric.endsWith(suffix)
          && rules.kept().contains(metric.substring(0, metric.length() - suffix.length()))) {
        return false;
      }
    }
    return rules.noise().stream().anyMatch(metric::startsWith);
  }

  /**
   * @return whether the label has the target's value now
   */
  private boolean put(Map<String, String> labels, String name, String value) {
    String before = labels.get(name);
    if (before != null) {
      if (rules.honorLabels()) {
        return false;
      }
      String renamed = EXPORTED + name;
      while (labels.containsKey(renamed)) {
        renamed = EXPORTED + renamed;
      }
      labels.put(renamed, before);
    }
    labels.put(name, value);
    return true;
  }

  private static void unhide(
      Map<String, String> labels, Attributes exposed, String name, String value) {
    if (!value.equals(labels.get(name))) {
      return; // a rule has given it another meaning
    }
    labels.remove(name);
    Optional<String> before = exposed.get(name);
    if (before.isPresent() && labels.remove(EXPORTED + name, before.get())) {
      labels.put(name, before.get());
    }
  }
}
