package io.bridgewatch.adapter.prometheus;

import io.bridgewatch.model.MetricKind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What TYPE, HELP and UNIT lines said, kept from page to page until they say otherwise. Not safe
 * for use by several threads.
 */
final class Families {
  static final List<String> SUFFIXES =
      List.of("_total", "_created", "_bucket", "_count", "_sum", "_gcount", "_gsum", "_info");

  private final int most;
  private final Map<String, MetricFamily> byName = new HashMap<>();
  private int round;

  Families(int most) {
    this.most = most;
  }

  /** A number that changes whenever a type or unit does. */
  int round() {
    return round;
  }

  Map<String, MetricFamily> all() {
    return Map.copyOf(byName);
  }

  /**
   * @return whether there was room for it
   */
  boolean type(String name, MetricType type) {
    MetricFamily known = known(name);
    return known.type() == type
        ? byName.containsKey(name) || put(known)
        : put(new MetricFamily(name, type, known.help(), known.unit()));
  }

  /** The same for the unit. */
  boolean unit(String name, String unit) {
    MetricFamily known = known(name);
    return known.unit().equals(unit)
        || put(new MetricFamily(name, known.type(), known.help(), unit));
  }

  /** The same for the help. */
  boolean help(String name, String help) {
    MetricFamily known = known(name);
    if (known.help().equals(help)) {
      return true;
    }
    int before = round;
    boolean room = put(new MetricFamily(name, known.type(), help, known.unit()));
    round = before;
    return room;
  }

  private MetricFamily known(String name) {
    MetricFamily known = byName.get(name);
    return known == null ? new MetricFamily(name, MetricType.UNKNOWN, "", "") : known;
  }

  private boolean put(MetricFamily family) {
    if (byName.size() >= most && !byName.containsKey(family.name())) {
      return false;
    }
    byName.put(family.name(), family);
    round++;
    return true;
  }

  /** The metric that a sample of that name belongs to, if something was said of it. */
  @Nullable MetricFamily of(String sample) {
    MetricFamily exact = byName.get(sample);
    if (exact != null) {
      return exact;
    }
    for (String suffix : SUFFIXES) {
      if (sample.endsWith(suffix)) {
        return byName.get(sample.substring(0, sample.length() - suffix.length()));
      }
    }
    return null;
  }

  /**
   * How the numbers of a sample are to be read: counters, buckets, counts and sums rise from a
   * start; quantiles, {@code _created} times, states and all of unknown type are levels.
   */
  static MetricKind kind(String sample, @Nullable MetricFamily family) {
    if (family == null) {
      return MetricKind.GAUGE;
    }
    boolean created = sample.endsWith("_created") && !sample.equals(family.name());
    return switch (family.type()) {
      case COUNTER, HISTOGRAM -> created ? MetricKind.GAUGE : MetricKind.CUMULATIVE;
      case SUMMARY ->
          created || sample.equals(family.name()) ? MetricKind.GAUGE : MetricKind.CUMULATIVE;
      case GAUGE, GAUGE_HISTOGRAM, INFO, STATESET, UNKNOWN -> MetricKind.GAUGE;
    };
  }
}
