package io.bridgewatch.adapter.prometheus;

import io.bridgewatch.adapter.prometheus.SeriesCache.Entry;
import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.MetricKind;
import io.bridgewatch.model.SeriesKey;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Series of remote write requests by their labels: {@link #begin}, {@link #add} names and values in
 * turn, {@link #resolve}. What came before is found by its bytes; when there are too many, those
 * not seen lately are forgotten.
 */
final class WriteSeries {
  private static final int LONGEST_NAME = 1024;

  private final Attributes resource;
  private final Map<String, String> resourceLabels;
  private final RemoteWriteLimits limits;
  private final Names names;
  private final LabelPairs labels;
  private final SeriesCache cache = new SeriesCache();
  private long generation;

  /** The strings one after the other, each with its length before it. */
  private byte[] text = new byte[1024];

  private int size;
  private int strings;
  private @Nullable IntakeReason reason;

  WriteSeries(
      Attributes resource,
      Map<String, String> resourceLabels,
      RemoteWriteLimits limits,
      Names names) {
    this.resource = resource;
    this.resourceLabels = resourceLabels;
    this.limits = limits;
    this.names = names;
    this.labels = new LabelPairs(limits.labels(), limits.labelBytes());
  }

  void begin() {
    size = 0;
    strings = 0;
    reason = null;
  }

  /** Adds the next name or value. */
  void add(byte[] bytes, int from, int to) {
    int length = to - from;
    boolean name = (strings++ & 1) == 0;
    if (strings > 2 * (limits.labels() + 1)) {
      fail(IntakeReason.TOO_MANY_LABELS);
    } else if (length > (name ? LONGEST_NAME : limits.labelBytes())) {
      fail(IntakeReason.LABEL_TOO_LONG);
    }
    if (reason != null) {
      return;
    }
    if (size + Integer.BYTES + length > text.length) {
      text = Arrays.copyOf(text, Math.max(2 * text.length, size + Integer.BYTES + length));
    }
    for (int i = 0; i < Integer.BYTES; i++) {
      text[size++] = (byte) (length >>> (8 * i));
    }
    System.arraycopy(bytes, from, text, size, length);
    size += length;
  }

  /** The labels cannot be used, for that reason. */
  void fail(IntakeReason why) {
    reason = reason == null ? why : reason;
  }

  /** Why the last labels are no series. */
  IntakeReason reason() {
    return reason == null ? IntakeReason.LABELS_INVALID : reason;
  }

  /**
   * The series of the labels.
   *
   * @param metadata a number that changes whenever type or unit may
   * @return null if they are none, see {@link #reason}
   */
  @Nullable Entry resolve(int metadata, TypeOf typeOf) {
    if (reason != null) {
      return null;
    }
    int hash = SeriesCache.hash(text, 0, size);
    Entry entry = cache.find(text, 0, size, hash);
    if (entry == null) {
      String metric = readLabels();
      if (metric == null) {
        return null;
      }
      makeRoom();
      entry = cache.add(text, 0, size, hash, key(metric, typeOf));
      entry.metadata = metadata;
    } else if (entry.metadata != metadata) {
      SeriesKey old = entry.key;
      MetricFamily family = typeOf.family(old.metric());
      entry.key =
          new SeriesKey(
              old.resource(),
              old.metric(),
              Units.ucum(family.unit()),
              kind(old.metric(), family.type()),
              old.point());
      entry.metadata = metadata;
    }
    entry.page = generation;
    return entry;
  }

  /** What is known of a metric. */
  interface TypeOf {
    MetricFamily family(String sample);
  }

  /** The labels as attributes, for exemplars; null if they are none, see {@link #reason}. */
  @Nullable Attributes attributes() {
    if (reason != null) {
      return null;
    }
    String name = readLabels();
    return name == null && reason != IntakeReason.NAME_INVALID ? null : labels.all();
  }

  private SeriesKey key(String metric, TypeOf typeOf) {
    MetricFamily family = typeOf.family(metric);
    return new SeriesKey(
        names.one(labels.resource(resource, resourceLabels)),
        metric,
        Units.ucum(family.unit()),
        kind(metric, family.type()),
        names.one(labels.point(resourceLabels)));
  }

  /** The metric's name; null if there is none. */
  private @Nullable String readLabels() {
    labels.clear();
    String metric = "";
    int at = 0;
    while (at < size) {
      int nameEnd = at + Integer.BYTES + length(at);
      String name = names.decode(text, at + Integer.BYTES, nameEnd);
      if (nameEnd == size) {
        fail(IntakeReason.LABELS_INVALID);
        return null;
      }
      int valueLength = length(nameEnd);
      at = nameEnd + Integer.BYTES + valueLength;
      String value = names.decode(text, at - valueLength, at);
      if (name == null || value == null) {
        fail(IntakeReason.UTF8_INVALID);
        return null;
      }
      if (name.isEmpty()) {
        fail(IntakeReason.LABELS_INVALID);
        return null;
      }
      if (name.equals("__name__")) {
        metric = value;
        continue;
      }
      IntakeReason refused = labels.put(name, value, valueLength);
      if (refused != null) {
        fail(refused);
        return null;
      }
    }
    if (metric.isEmpty()) {
      fail(IntakeReason.NAME_INVALID);
      return null;
    }
    return metric;
  }

  private int length(int at) {
    int length = 0;
    for (int i = Integer.BYTES - 1; i >= 0; i--) {
      length = length << 8 | (text[at + i] & 0xff);
    }
    return length;
  }

  private void makeRoom() {
    if (cache.size() < limits.series()) {
      return;
    }
    cache.keepOnly(generation, entry -> {});
    generation++;
    if (cache.size() > limits.series() / 2) {
      cache.keepOnly(generation, entry -> {});
    }
  }

  /**
   * How a series' numbers are to be read: by its type, or where that is not known by its name's
   * end.
   */
  static MetricKind kind(String metric, MetricType type) {
    boolean created = metric.endsWith("_created");
    return switch (type) {
      case COUNTER, HISTOGRAM -> created ? MetricKind.GAUGE : MetricKind.CUMULATIVE;
      case SUMMARY ->
          metric.endsWith("_count") || metric.endsWith("_sum")
              ? MetricKind.CUMULATIVE
              : MetricKind.GAUGE;
      case GAUGE, GAUGE_HISTOGRAM, INFO, STATESET -> MetricKind.GAUGE;
      case UNKNOWN ->
          metric.endsWith("_total")
                  || metric.endsWith("_bucket")
                  || metric.endsWith("_count")
                  || metric.endsWith("_sum")
              ? MetricKind.CUMULATIVE
              : MetricKind.GAUGE;
    };
  }
}
