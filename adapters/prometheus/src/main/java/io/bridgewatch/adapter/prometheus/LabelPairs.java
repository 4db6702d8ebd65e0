package io.bridgewatch.adapter.prometheus;

import io.bridgewatch.model.Attributes;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The labels of one series while they are read, within bounds. Labels without a value count as
 * absent.
 */
final class LabelPairs {
  private final int most;
  private final int longest;
  private final TreeMap<String, String> labels = new TreeMap<>();
  private int count;

  /**
   * @param most labels of a series
   * @param longest value of a label in bytes
   */
  LabelPairs(int most, int longest) {
    this.most = most;
    this.longest = longest;
  }

  void clear() {
    labels.clear();
    count = 0;
  }

  /**
   * @param length of the value in bytes
   * @return why it is not taken; null if it is
   */
  @Nullable IntakeReason put(String label, String value, int length) {
    if (++count > most) {
      return IntakeReason.TOO_MANY_LABELS;
    }
    if (length > longest) {
      return IntakeReason.LABEL_TOO_LONG;
    }
    if (value.isEmpty()) {
      return null;
    }
    return labels.put(label, value) == null ? null : IntakeReason.DUPLICATE_LABEL;
  }

  /** The labels, but those that go to the resource. */
  Attributes point(Map<String, String> toResource) {
    if (toResource.isEmpty() || labels.isEmpty()) {
      return Attributes.of(labels);
    }
    var rest = new TreeMap<>(labels);
    rest.keySet().removeAll(toResource.keySet());
    return Attributes.of(rest);
  }

  /** The resource with those labels that belong to it, by the attributes' names. */
  Attributes resource(Attributes resource, Map<String, String> toResource) {
    Attributes all = resource;
    for (Map.Entry<String, String> label : toResource.entrySet()) {
      String value = labels.get(label.getKey());
      if (value != null) {
        all = all.with(label.getValue(), value);
      }
    }
    return all;
  }

  Attributes all() {
    return Attributes.of(labels);
  }
}
