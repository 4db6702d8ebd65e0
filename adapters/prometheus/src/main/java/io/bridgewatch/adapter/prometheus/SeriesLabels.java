package io.bridgewatch.adapter.prometheus;

import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.MetricKind;
import io.bridgewatch.model.SeriesKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Series as labels that any Prometheus takes, and back.
 *
 * <p>Names become legal by putting {@code _} for what is not: {@code k8s.pod.name} is found as
 * {@code k8s_pod_name}. What that loses, with unit and kind, stands in one more label, {@value
 * #ORIGIN}, which has as many values as there are metrics: so a series comes back as it was. Series
 * that others wrote have no such label; their labels are the point's, but those that name a
 * resource.
 */
final class SeriesLabels {
  static final String NAME = "__name__";
  static final String ORIGIN = "bridgewatch_series";
  private static final Pattern ILLEGAL = Pattern.compile("[^a-zA-Z0-9_]");
  private static final char FIELD = '|';
  private static final char ITEM = ',';

  private final Map<String, String> resourceLabels;

  /**
   * @param resourceLabels of series that others wrote: labels that name what is measured, to the
   *     attributes that they become
   */
  SeriesLabels(Map<String, String> resourceLabels) {
    this.resourceLabels = Map.copyOf(resourceLabels);
  }

  /** The legal name that is likest. */
  static String legal(String name) {
    String plain = ILLEGAL.matcher(name).replaceAll("_");
    return plain.isEmpty() || Character.isDigit(plain.charAt(0)) ? "_" + plain : plain;
  }

  /** The labels in the order of their names, as the protocol wants them. */
  static TreeMap<String, String> of(SeriesKey key) {
    var labels = new TreeMap<String, String>();
    var origin = new StringBuilder();
    origin.append(key.kind().name().toLowerCase(Locale.ROOT)).append(FIELD);
    escape(origin, key.unit()).append(FIELD);
    escape(origin, key.metric());
    labels.put(NAME, legal(key.metric()));
    append(origin, labels, key.point());
    append(origin, labels, key.resource());
    labels.put(ORIGIN, origin.toString());
    return labels;
  }

  /** Adds attributes; one whose label is taken, by the point's above all, has a number added. */
  private static void append(
      StringBuilder origin, TreeMap<String, String> labels, Attributes attributes) {
    origin.append(FIELD);
    boolean first = true;
    for (Map.Entry<String, String> pair : attributes.asMap().entrySet()) {
      String label = free(labels, legal(pair.getKey()));
      labels.put(label, pair.getValue());
      if (!first) {
        origin.append(ITEM);
      }
      first = false;
      escape(origin, pair.getKey());
    }
  }

  private static String free(Map<String, String> labels, String wanted) {
    String label = wanted;
    for (int i = 2; labels.containsKey(label) || label.equals(ORIGIN); i++) {
      label = wanted + "_" + i;
    }
    return label;
  }

  private static StringBuilder escape(StringBuilder origin, String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == FIELD || c == ITEM || c == '\\') {
        origin.append('\\');
      }
      origin.append(c);
    }
    return origin;
  }

  /**
   * The series of labels; those given are taken out.
   *
   * @param others labels that are no part of it, such as the store's own
   */
  SeriesKey key(Map<String, String> labels, Map<String, String> others) {
    String origin = labels.get(ORIGIN);
    List<List<String>> fields = origin == null ? List.of() : fields(origin);
    if (fields.size() != 5) {
      return foreign(labels, others);
    }
    var used = new TreeMap<String, String>();
    used.put(NAME, "");
    Attributes point = attributes(labels, fields.get(3), used);
    Attributes resource = attributes(labels, fields.get(4), used);
    return new SeriesKey(
        resource,
        fields.get(2).getFirst(),
        fields.get(1).getFirst(),
        kind(fields.get(0).getFirst()),
        point);
  }

  private static MetricKind kind(String word) {
    return switch (word) {
      case "cumulative" -> MetricKind.CUMULATIVE;
      case "delta" -> MetricKind.DELTA;
      default -> MetricKind.GAUGE;
    };
  }

  private static Attributes attributes(
      Map<String, String> labels, List<String> names, TreeMap<String, String> used) {
    var values = new TreeMap<String, String>();
    for (String name : names) {
      if (names.size() == 1 && name.isEmpty()) {
        break;
      }
      String label = free(used, legal(name));
      used.put(label, "");
      values.put(name, labels.getOrDefault(label, ""));
    }
    return Attributes.of(values);
  }

  private SeriesKey foreign(Map<String, String> labels, Map<String, String> others) {
    var point = new TreeMap<>(labels);
    point.keySet().removeAll(others.keySet());
    String metric = labels.getOrDefault(NAME, "");
    point.remove(NAME);
    var resource = new TreeMap<String, String>();
    resourceLabels.forEach(
        (label, attribute) -> {
          String value = point.remove(label);
          if (value != null) {
            resource.put(attribute, value);
          }
        });
    return new SeriesKey(
        Attributes.of(resource),
        metric,
        "",
        WriteSeries.kind(metric, MetricType.UNKNOWN),
        Attributes.of(point));
  }

  private static List<List<String>> fields(String origin) {
    var fields = new ArrayList<List<String>>();
    var items = new ArrayList<String>();
    var item = new StringBuilder();
    for (int i = 0; i < origin.length(); i++) {
      char c = origin.charAt(i);
      if (c == '\\' && i + 1 < origin.length()) {
        item.append(origin.charAt(++i));
      } else if (c == ITEM || c == FIELD) {
        items.add(item.toString());
        item.setLength(0);
        if (c == FIELD) {
          fields.add(List.copyOf(items));
          items.clear();
        }
      } else {
        item.append(c);
      }
    }
    items.add(item.toString());
    fields.add(List.copyOf(items));
    return fields;
  }
}
