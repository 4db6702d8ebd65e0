package io.bridgewatch.adapter.prometheus;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.bridgewatch.adapter.prometheus.SeriesCache.Entry;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code io.prometheus.client.Metric} messages of one family: {@link #family}, then {@link
 * #read} each. A series is found by the bytes of its labels as they came, with its part of the
 * family before them. Not safe for use by several threads.
 */
final class ProtoMetric {
  private static final int LABEL = ProtoReader.tag(1, ProtoReader.BYTES);
  private static final int HEAD = 1 + Long.BYTES;
  private static final int LONGEST_NAME = 1024;

  /** What of a family a series is. */
  private enum Part {
    WHOLE(""),
    QUANTILE(""),
    BUCKET("_bucket"),
    COUNT("_count"),
    SUM("_sum");

    private final String suffix;

    Part(String suffix) {
      this.suffix = suffix;
    }
  }

  private final PageSeries page;
  private final Names names;
  private final boolean honorTimestamps;
  private final LabelPairs labels;
  private final NativeHistogram histogram = new NativeHistogram();
  private final ProtoReader labelReader = new ProtoReader();
  private final ProtoExemplar exemplar;

  private String name = "";
  private MetricType type = MetricType.UNKNOWN;

  /** Part, bound or quantile, the name's length and the name, and the labels with theirs. */
  private byte[] key = new byte[1024];

  private int keySize;
  private int nameEnd;

  private final int longest;
  private long time;
  private boolean ownTime;
  private boolean overflowed;

  ProtoMetric(PageSeries page, Names names, ExpositionLimits limits, boolean honorTimestamps) {
    this.page = page;
    this.names = names;
    this.honorTimestamps = honorTimestamps;
    this.labels = new LabelPairs(limits.labels(), limits.labelBytes());
    this.longest = limits.lineBytes();
    this.exemplar = new ProtoExemplar(names, limits);
  }

  /** Begins with another page. */
  void begin() {
    overflowed = false;
  }

  /** What the next metrics belong to. */
  void family(String familyName, MetricType familyType) {
    name = familyName;
    type = familyType;
    keySize = HEAD;
    byte[] bytes = familyName.getBytes(UTF_8);
    append(bytes, 0, bytes.length);
    nameEnd = keySize;
  }

  private void append(byte[] bytes, int from, int length) {
    if (keySize + Integer.BYTES + length > key.length) {
      key = Arrays.copyOf(key, Math.max(2 * key.length, keySize + Integer.BYTES + length));
    }
    for (int i = 0; i < Integer.BYTES; i++) {
      key[keySize++] = (byte) (length >>> (8 * i));
    }
    System.arraycopy(bytes, from, key, keySize, length);
    keySize += length;
  }

  /** Reads one metric, whose message the reader has entered. */
  void read(ProtoReader in) {
    keySize = nameEnd;
    time = page.scrapeMillis();
    ownTime = false;
    int wanted = valueTag();
    int valueAt = -1;
    while (in.hasMore()) {
      int tag = in.tag();
      if (tag == LABEL) {
        int length = in.length();
        append(in.bytes(), in.at(), length);
        in.skip(length);
      } else if (tag == ProtoReader.tag(6, ProtoReader.VARINT)) {
        long said = in.varint();
        ownTime = honorTimestamps && said != 0;
        time = ownTime ? said : time;
      } else {
        valueAt = tag == wanted ? in.at() : valueAt;
        in.skipField(tag);
      }
    }
    if (in.broken()) {
      return;
    }
    if (name.length() > LONGEST_NAME || keySize > longest) {
      page.count(IntakeReason.LINE_TOO_LONG);
      return;
    }
    if (valueAt < 0) {
      page.count(IntakeReason.VALUE_INVALID);
      return;
    }
    in.back(valueAt);
    int outer = in.enter(in.length());
    switch (type) {
      case COUNTER -> readCounter(in);
      case SUMMARY -> readSummary(in);
      case HISTOGRAM, GAUGE_HISTOGRAM -> readHistogram(in);
      case GAUGE, INFO, STATESET, UNKNOWN -> readLevel(in);
    }
    in.leave(outer);
  }

  /** Whether there was more than the page may hold. */
  boolean overflowed() {
    return overflowed;
  }

  private int valueTag() {
    int field =
        switch (type) {
          case GAUGE, INFO, STATESET -> 2;
          case COUNTER -> 3;
          case SUMMARY -> 4;
          case UNKNOWN -> 5;
          case HISTOGRAM, GAUGE_HISTOGRAM -> 7;
        };
    return ProtoReader.tag(field, ProtoReader.BYTES);
  }

  private void readLevel(ProtoReader in) {
    double value = 0;
    while (in.hasMore()) {
      int tag = in.tag();
      if (tag == ProtoReader.tag(1, ProtoReader.FIXED64)) {
        value = in.fixedDouble();
      } else {
        in.skipField(tag);
      }
    }
    add(in, Part.WHOLE, 0, value, ProtoExemplar.NO_TIME);
  }

  private void readCounter(ProtoReader in) {
    double value = 0;
    long created = ProtoExemplar.NO_TIME;
    exemplar.clear();
    while (in.hasMore()) {
      int tag = in.tag();
      if (tag == ProtoReader.tag(1, ProtoReader.FIXED64)) {
        value = in.fixedDouble();
      } else if (tag == ProtoReader.tag(2, ProtoReader.BYTES)) {
        exemplar.read(in);
      } else if (tag == ProtoReader.tag(3, ProtoReader.BYTES)) {
        created = ProtoExemplar.readTime(in);
      } else {
        in.skipField(tag);
      }
    }
    tell(add(in, Part.WHOLE, 0, value, created));
  }

  private void readSummary(ProtoReader in) {
    int start = in.at();
    double count = 0;
    double sum = 0;
    long created = ProtoExemplar.NO_TIME;
    while (in.hasMore()) {
      int tag = in.tag();
      if (tag == ProtoReader.tag(1, ProtoReader.VARINT)) {
        count = NativeHistogram.unsigned(in.varint());
      } else if (tag == ProtoReader.tag(2, ProtoReader.FIXED64)) {
        sum = in.fixedDouble();
      } else if (tag == ProtoReader.tag(4, ProtoReader.BYTES)) {
        created = ProtoExemplar.readTime(in);
      } else {
        in.skipField(tag);
      }
    }
    if (in.broken()) {
      return;
    }
    in.back(start);
    while (in.hasMore()) {
      int tag = in.tag();
      if (tag == ProtoReader.tag(3, ProtoReader.BYTES)) {
        readQuantile(in);
      } else {
        in.skipField(tag);
      }
    }
    add(in, Part.COUNT, 0, count, created);
    add(in, Part.SUM, 0, sum, created);
  }

  private void readQuantile(ProtoReader in) {
    int outer = in.enter(in.length());
    double quantile = 0;
    double value = 0;
    while (in.hasMore()) {
      int tag = in.tag();
      if (tag == ProtoReader.tag(1, ProtoReader.FIXED64)) {
        quantile = in.fixedDouble();
      } else if (tag == ProtoReader.tag(2, ProtoReader.FIXED64)) {
        value = in.fixedDouble();
      } else {
        in.skipField(tag);
      }
    }
    in.leave(outer);
    add(in, Part.QUANTILE, quantile, value, ProtoExemplar.NO_TIME);
  }

  /** The native part where there is one, else the classic one: both have the same names. */
  private void readHistogram(ProtoReader in) {
    int start = in.at();
    histogram.readExposed(in);
    if (in.broken()) {
      return;
    }
    in.back(start);
    long created = ProtoExemplar.NO_TIME;
    while (in.hasMore()) {
      int tag = in.tag();
      if (tag == ProtoReader.tag(15, ProtoReader.BYTES)) {
        created = ProtoExemplar.readTime(in);
      } else {
        in.skipField(tag);
      }
    }
    if (in.broken()) {
      return;
    }
    boolean fits = true;
    if (histogram.isNative()) {
      fits = histogram.convert(RemoteWriteLimits.DEFAULT.buckets());
      page.count(fits ? null : IntakeReason.HISTOGRAM_INVALID);
      if (fits) {
        in.back(start);
        addNative(in, created);
      }
    } else {
      in.back(start);
      addClassic(in, created);
    }
    if (fits) {
      add(in, Part.COUNT, 0, histogram.count(), created);
      add(in, Part.SUM, 0, histogram.sum(), created);
    }
  }

  private void addNative(ProtoReader in, long created) {
    int start = in.at();
    for (int i = 0; i < histogram.size(); i++) {
      add(in, Part.BUCKET, histogram.upper(i), histogram.cumulative(i), ProtoExemplar.NO_TIME);
    }
    add(in, Part.BUCKET, Double.POSITIVE_INFINITY, histogram.count(), created);
    in.back(start);
    while (in.hasMore()) {
      int tag = in.tag();
      if (tag == ProtoReader.tag(16, ProtoReader.BYTES)) {
        exemplar.clear();
        exemplar.read(in);
        if (!in.broken()) {
          tell(find(Part.BUCKET, boundOf(exemplar.value())));
        }
      } else {
        in.skipField(tag);
      }
    }
  }

  /** Of the bucket that a value falls into. */
  private double boundOf(double value) {
    for (int i = 0; i < histogram.size(); i++) {
      if (value <= histogram.upper(i)) {
        return histogram.upper(i);
      }
    }
    return Double.POSITIVE_INFINITY;
  }

  private void addClassic(ProtoReader in, long created) {
    boolean infinite = false;
    while (in.hasMore()) {
      int tag = in.tag();
      if (tag == ProtoReader.tag(3, ProtoReader.BYTES)) {
        infinite |= readBucket(in, created);
      } else {
        in.skipField(tag);
      }
    }
    if (!infinite) {
      add(in, Part.BUCKET, Double.POSITIVE_INFINITY, histogram.count(), created);
    }
  }

  /**
   * @return whether it is the one up to infinity
   */
  private boolean readBucket(ProtoReader in, long created) {
    int outer = in.enter(in.length());
    double count = 0;
    double bound = 0;
    exemplar.clear();
    while (in.hasMore()) {
      int tag = in.tag();
      if (tag == ProtoReader.tag(1, ProtoReader.VARINT)) {
        count = NativeHistogram.unsigned(in.varint());
      } else if (tag == ProtoReader.tag(2, ProtoReader.FIXED64)) {
        bound = in.fixedDouble();
      } else if (tag == ProtoReader.tag(3, ProtoReader.BYTES)) {
        exemplar.read(in);
      } else if (tag == ProtoReader.tag(4, ProtoReader.FIXED64)) {
        count = in.fixedDouble();
      } else {
        in.skipField(tag);
      }
    }
    in.leave(outer);
    tell(add(in, Part.BUCKET, bound, count, created));
    return bound == Double.POSITIVE_INFINITY;
  }

  /**
   * Adds a sample.
   *
   * @param bound of a bucket, or the quantile
   * @param created when the count began; {@link ProtoExemplar#NO_TIME} if that is not said
   * @return its series; null if it is not used
   */
  private @Nullable Entry add(ProtoReader in, Part part, double bound, double value, long created) {
    overflowed |= page.isFull();
    if (in.broken() || overflowed) {
      return null;
    }
    Entry entry = find(part, bound);
    if (entry == null) {
      return null;
    }
    if (created != ProtoExemplar.NO_TIME) {
      page.began(entry, created, time);
    }
    IntakeReason refused = page.add(entry, time, ownTime, value);
    page.count(refused);
    return refused == null ? entry : null;
  }

  /** The series; null if its labels are none, which is counted. */
  private @Nullable Entry find(Part part, double bound) {
    key[0] = (byte) part.ordinal();
    long bits = Double.doubleToLongBits(bound);
    for (int i = 0; i < Long.BYTES; i++) {
      key[1 + i] = (byte) (bits >>> (8 * i));
    }
    int hash = SeriesCache.hash(key, 0, keySize);
    Entry entry = page.find(key, 0, keySize, hash);
    if (entry != null) {
      return entry;
    }
    IntakeReason refused = readLabels(part, bound);
    if (refused != null) {
      page.count(refused);
      return null;
    }
    return page.make(key, 0, keySize, hash, name + part.suffix, labels);
  }

  private @Nullable IntakeReason readLabels(Part part, double bound) {
    labels.clear();
    int at = nameEnd;
    while (at < keySize) {
      int length = 0;
      for (int i = Integer.BYTES - 1; i >= 0; i--) {
        length = length << 8 | (key[at + i] & 0xff);
      }
      at += Integer.BYTES;
      labelReader.open(key, at, at + length);
      IntakeReason refused = ProtoExemplar.readLabel(labelReader, names, labels);
      if (refused != null) {
        return refused;
      }
      at += length;
    }
    return switch (part) {
      case WHOLE, COUNT, SUM -> null;
      case BUCKET -> put("le", bound);
      case QUANTILE -> put("quantile", bound);
    };
  }

  private @Nullable IntakeReason put(String label, double bound) {
    String text = BucketBounds.text(bound);
    return labels.put(label, text, text.length());
  }

  /** Hands on the exemplar that was read, if there is one. */
  private void tell(@Nullable Entry entry) {
    if (entry == null || !exemplar.isThere()) {
      return;
    }
    var its = exemplar.labels();
    page.count(
        its == null
            ? IntakeReason.EXEMPLAR_INVALID
            : page.addExemplar(entry, its, exemplar.value(), exemplar.time(time)));
  }
}
