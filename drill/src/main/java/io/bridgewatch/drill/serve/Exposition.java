package io.bridgewatch.drill.serve;

import io.bridgewatch.drill.bank.DurationHistogram;

/** Writes the Prometheus text format. Families come one after the other. */
final class Exposition {

  static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final StringBuilder text = new StringBuilder(1 << 14);
  private String family = "";

  /** Begins a family. */
  Exposition family(String name, String type, String help) {
    family = name;
    text.append("# HELP ").append(name).append(' ').append(help).append('\n');
    text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    return this;
  }

  Exposition counter(String name, String help) {
    return family(name, "counter", help);
  }

  Exposition gauge(String name, String help) {
    return family(name, "gauge", help);
  }

  /**
   * @param labels names and values in turn; those without a value are left out
   */
  Exposition sample(double value, String... labels) {
    return sample("", value, labels);
  }

  Exposition sample(String suffix, double value, String... labels) {
    text.append(family).append(suffix);
    labels(labels);
    text.append(' ');
    number(value);
    text.append('\n');
    return this;
  }

  /** With the time of the measurement, as cadvisor has it. */
  Exposition timed(double value, long epochMillis, String... labels) {
    text.append(family);
    labels(labels);
    text.append(' ');
    number(value);
    text.append(' ').append(epochMillis).append('\n');
    return this;
  }

  Exposition histogram(DurationHistogram durations, String... labels) {
    return histogram(
        DurationHistogram.boundsSeconds(),
        durations.bucketCounts(),
        durations.sumSeconds(),
        labels);
  }

  /**
   * @param counts not cumulated, one more than there are bounds
   */
  Exposition histogram(double[] bounds, long[] counts, double sum, String... labels) {
    long below = 0;
    for (int i = 0; i < counts.length; i++) {
      below += counts[i];
      String bound = i < bounds.length ? plain(bounds[i]) : "+Inf";
      sample("_bucket", below, with(labels, "le", bound));
    }
    sample("_sum", sum, labels);
    return sample("_count", below, labels);
  }

  String text() {
    return text.toString();
  }

  private static String[] with(String[] labels, String name, String value) {
    var more = new String[labels.length + 2];
    System.arraycopy(labels, 0, more, 0, labels.length);
    more[labels.length] = name;
    more[labels.length + 1] = value;
    return more;
  }

  private void labels(String... labels) {
    if (labels.length == 0) {
      return;
    }
    text.append('{');
    for (int i = 0; i < labels.length; i += 2) {
      if (i > 0) {
        text.append(',');
      }
      text.append(labels[i]).append("=\"");
      escaped(labels[i + 1]);
      text.append('"');
    }
    text.append('}');
  }

  private void escaped(String value) {
    for (int i = 0; i < value.length(); i++) {
      char one = value.charAt(i);
      switch (one) {
        case '\\' -> text.append("\\\\");
        case '"' -> text.append("\\\"");
        case '\n' -> text.append("\\n");
        default -> text.append(one);
      }
    }
  }

  private void number(double value) {
    if (value == Math.rint(value) && Math.abs(value) < 1e15) {
      text.append((long) value);
    } else {
      text.append(value);
    }
  }

  private static String plain(double bound) {
    return bound == Math.rint(bound) ? Long.toString((long) bound) : Double.toString(bound);
  }
}
