package io.bridgewatch.adapter.prometheus;

import io.bridgewatch.model.Attributes;
import org.jspecify.annotations.Nullable;

/** Reads {@code io.prometheus.client.Exemplar}, labels and times of that package. */
final class ProtoExemplar {
  /** A time that is not said. */
  static final long NO_TIME = Long.MIN_VALUE;

  private static final long MOST_SECONDS = 253_402_300_799L; // the end of the year 9999

  private final Names names;
  private final LabelPairs labels;
  private boolean there;
  private boolean invalid;
  private double value;
  private long epochMillis = NO_TIME;

  ProtoExemplar(Names names, ExpositionLimits limits) {
    this.names = names;
    this.labels = new LabelPairs(limits.labels(), limits.labelBytes());
  }

  void clear() {
    there = false;
    invalid = false;
    value = 0;
    epochMillis = NO_TIME;
    labels.clear();
  }

  /** Reads the message whose length comes next. */
  void read(ProtoReader in) {
    clear();
    there = true;
    int outer = in.enter(in.length());
    while (in.hasMore()) {
      int tag = in.tag();
      if (tag == ProtoReader.tag(1, ProtoReader.BYTES)) {
        int whole = in.enter(in.length());
        invalid |= readLabel(in, names, labels) != null;
        in.leave(whole);
      } else if (tag == ProtoReader.tag(2, ProtoReader.FIXED64)) {
        value = in.fixedDouble();
      } else if (tag == ProtoReader.tag(3, ProtoReader.BYTES)) {
        epochMillis = readTime(in);
      } else {
        in.skipField(tag);
      }
    }
    in.leave(outer);
  }

  boolean isThere() {
    return there;
  }

  double value() {
    return value;
  }

  /** When it was measured; the sample's time if it does not say. */
  long time(long sampleMillis) {
    return epochMillis == NO_TIME ? sampleMillis : epochMillis;
  }

  /** Null if they cannot be used. */
  @Nullable Attributes labels() {
    return invalid ? null : labels.all();
  }

  /**
   * Reads a {@code LabelPair}, which the reader has entered.
   *
   * @return why it cannot be used; null if it can
   */
  static @Nullable IntakeReason readLabel(ProtoReader in, Names names, LabelPairs into) {
    String name = "";
    String value = "";
    int length = 0;
    boolean utf8 = true;
    while (in.hasMore()) {
      int tag = in.tag();
      if (tag == ProtoReader.tag(1, ProtoReader.BYTES)
          || tag == ProtoReader.tag(2, ProtoReader.BYTES)) {
        int size = in.length();
        String text = names.decode(in.bytes(), in.at(), in.at() + size);
        in.skip(size);
        utf8 &= text != null;
        if (tag >>> 3 == 1) {
          name = text == null ? "" : text;
        } else {
          value = text == null ? "" : text;
          length = size;
        }
      } else {
        in.skipField(tag);
      }
    }
    if (!utf8) {
      return IntakeReason.UTF8_INVALID;
    }
    return in.broken() || name.isEmpty() || name.equals("__name__")
        ? IntakeReason.LABELS_INVALID
        : into.put(name, value, length);
  }

  /**
   * Reads the {@code google.protobuf.Timestamp} whose length comes next.
   *
   * @return in milliseconds since 1970-01-01T00:00Z; {@link #NO_TIME} if it is beyond what can be
   */
  static long readTime(ProtoReader in) {
    int outer = in.enter(in.length());
    long seconds = 0;
    long nanos = 0;
    while (in.hasMore()) {
      int tag = in.tag();
      if (tag == ProtoReader.tag(1, ProtoReader.VARINT)) {
        seconds = in.varint();
      } else if (tag == ProtoReader.tag(2, ProtoReader.VARINT)) {
        nanos = in.varint();
      } else {
        in.skipField(tag);
      }
    }
    in.leave(outer);
    boolean sane = seconds > 0 && seconds <= MOST_SECONDS && nanos >= 0 && nanos < 1_000_000_000;
    return sane && !in.broken() ? seconds * 1000 + nanos / 1_000_000 : NO_TIME;
  }
}
