package io.bridgewatch.adapter.prometheus;

import io.bridgewatch.adapter.prometheus.SeriesCache.Entry;
import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.MetricKind;
import io.bridgewatch.model.SampleBatch;
import io.bridgewatch.model.SeriesKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Reads remote write requests: 1.0 ({@code prometheus.WriteRequest}) and 2.0 ({@code
 * io.prometheus.write.v2.Request}), compressed by Snappy. Series are found by the bytes of their
 * labels. Whatever the bytes are, nothing is thrown: what cannot be used is counted.
 *
 * <p>How the numbers of a series are to be read is what its metadata says. Version 1.0 sends them
 * apart and seldom; until then, names that end in {@code _total}, {@code _bucket}, {@code _count}
 * or {@code _sum} are taken to rise, others for levels.
 *
 * <p>A native histogram {@code x} becomes a classic one: {@code x_bucket} by {@code le}, {@code
 * x_count} and {@code x_sum}, see {@link NativeHistogram}. An empty bucket makes no series; its
 * count is that of the next lower bound. One that ended has markers in {@code x_count} and {@code
 * x_sum}.
 *
 * <p>Not safe for use by several threads.
 */
public final class RemoteWriteReader {

  /** Of the protocol. */
  public enum Version {
    V1,
    V2;

    /**
     * @param contentType the header of that name, such as {@code
     *     application/x-protobuf;proto=io.prometheus.write.v2.Request}
     */
    public static Version of(String contentType) {
      return contentType.contains("io.prometheus.write.v2.Request") ? V2 : V1;
    }
  }

  private static final int V1_SERIES = ProtoReader.tag(1, ProtoReader.BYTES);
  private static final int V1_METADATA = ProtoReader.tag(3, ProtoReader.BYTES);
  private static final int V1_LABELS = ProtoReader.tag(1, ProtoReader.BYTES);
  private static final int V2_SYMBOLS = ProtoReader.tag(4, ProtoReader.BYTES);
  private static final int V2_SERIES = ProtoReader.tag(5, ProtoReader.BYTES);
  private static final int MOST_FAMILIES = 50_000;
  private static final int LONGEST_TEXT = 1024;
  private static final int FIRST_SIZE = 1 << 16;
  private static final int KEPT_SIZE = 1 << 20;

  private final RemoteWriteLimits limits;
  private final Names names = new Names();
  private final ProtoReader in = new ProtoReader();
  private final NativeHistogram histogram = new NativeHistogram();
  private final WriteSeries series;
  private final Families families = new Families(MOST_FAMILIES);
  private final Symbols symbols = new Symbols();
  private byte[] body = new byte[FIRST_SIZE];

  private SampleBatch.Builder samples = SampleBatch.builder();
  private List<Exemplar> exemplars = new ArrayList<>();
  private RejectionCounts rejected = new RejectionCounts();
  private int histograms;
  private boolean full;

  /**
   * @param resource what is measured, as far as the labels do not say
   * @param resourceLabels labels that name what is measured, to the attributes that they become
   */
  public RemoteWriteReader(
      Attributes resource, Map<String, String> resourceLabels, RemoteWriteLimits limits) {
    this.limits = limits;
    this.series = new WriteSeries(resource, Map.copyOf(resourceLabels), limits, names);
  }

  /** What version 1.0 said of the metrics so far, by their names. */
  public Map<String, MetricFamily> families() {
    return families.all();
  }

  /** Reads a request as it came. */
  public ReceivedWrite read(byte[] compressed, Version version) {
    samples = SampleBatch.builder();
    exemplars = new ArrayList<>();
    rejected = new RejectionCounts();
    histograms = 0;
    full = false;
    int length = decompress(compressed);
    if (length >= 0) {
      in.open(body, 0, length);
      switch (version) {
        case V1 -> readV1();
        case V2 -> readV2();
      }
      if (in.broken()) {
        rejected.add(IntakeReason.PROTOBUF_INVALID);
      }
      if (full) {
        rejected.add(IntakeReason.TOO_MANY_SAMPLES);
      }
    }
    if (body.length > KEPT_SIZE) {
      body = new byte[FIRST_SIZE];
    }
    return new ReceivedWrite(samples.build(), exemplars, histograms, rejected.toMap());
  }

  /** The length of the body; -1 if there is none. */
  private int decompress(byte[] compressed) {
    long length = Snappy.length(compressed);
    if (length > limits.bodyBytes()) {
      rejected.add(IntakeReason.BODY_TOO_LARGE);
      return -1;
    }
    if (length > body.length) {
      body = new byte[(int) length];
    }
    if (length < 0 || !Snappy.decompress(compressed, body)) {
      rejected.add(IntakeReason.COMPRESSION_INVALID);
      return -1;
    }
    return (int) length;
  }

  private void readV1() {
    while (in.hasMore()) {
      int tag = in.tag();
      if (tag == V1_SERIES) {
        int outer = in.enter(in.length());
        readSeriesV1();
        in.leave(outer);
      } else if (tag == V1_METADATA) {
        int outer = in.enter(in.length());
        readMetadataV1();
        in.leave(outer);
      } else {
        in.skipField(tag);
      }
    }
  }

  private void readMetadataV1() {
    String name = "";
    String help = "";
    String unit = "";
    int type = 0;
    while (in.hasMore()) {
      int tag = in.tag();
      if (tag == ProtoReader.tag(1, ProtoReader.VARINT)) {
        type = (int) in.varint();
      } else if (tag == ProtoReader.tag(2, ProtoReader.BYTES)) {
        name = string();
      } else if (tag == ProtoReader.tag(4, ProtoReader.BYTES)) {
        help = string();
      } else if (tag == ProtoReader.tag(5, ProtoReader.BYTES)) {
        unit = string();
      } else {
        in.skipField(tag);
      }
    }
    if (in.broken()) {
      return;
    }
    if (name.isEmpty()) {
      rejected.add(IntakeReason.METADATA_INVALID);
    } else if (!families.type(name, type(type))
        || !families.unit(name, unit)
        || !families.help(name, help)) {
      rejected.add(IntakeReason.TOO_MANY_FAMILIES);
    }
  }

  private static MetricType type(int number) {
    return switch (number) {
      case 1 -> MetricType.COUNTER;
      case 2 -> MetricType.GAUGE;
      case 3 -> MetricType.HISTOGRAM;
      case 4 -> MetricType.GAUGE_HISTOGRAM;
      case 5 -> MetricType.SUMMARY;
      case 6 -> MetricType.INFO;
      case 7 -> MetricType.STATESET;
      default -> MetricType.UNKNOWN;
    };
  }

  /** At most 1 KiB of a text; empty if it is not UTF-8. */
  private String string() {
    int length = in.length();
    String text =
        length > LONGEST_TEXT ? null : names.decode(in.bytes(), in.at(), in.at() + length);
    in.skip(length);
    return text == null ? "" : text;
  }

  /** Labels first, wherever they stand, then the rest. */
  private void readSeriesV1() {
    int start = in.at();
    series.begin();
    while (in.hasMore()) {
      int tag = in.tag();
      if (tag == V1_LABELS) {
        int outer = in.enter(in.length());
        readLabelV1();
        in.leave(outer);
      } else {
        in.skipField(tag);
      }
    }
    if (in.broken()) {
      return;
    }
    Entry entry = series.resolve(families.round(), this::remembered);
    if (entry == null) {
      rejected.add(series.reason());
      return;
    }
    in.back(start);
    while (in.hasMore()) {
      int tag = in.tag();
      if (tag == ProtoReader.tag(2, ProtoReader.BYTES)) {
        readSample(entry.key);
      } else if (tag == ProtoReader.tag(3, ProtoReader.BYTES)) {
        readExemplar(entry.key, Version.V1);
      } else if (tag == ProtoReader.tag(4, ProtoReader.BYTES)) {
        readHistogram(entry.key);
      } else {
        in.skipField(tag);
      }
    }
  }

  private MetricFamily remembered(String sample) {
    MetricFamily family = families.of(sample);
    return family == null ? new MetricFamily(sample, MetricType.UNKNOWN, "", "") : family;
  }

  private void readLabelV1() {
    int nameFrom = in.at();
    int nameTo = nameFrom;
    int valueFrom = nameFrom;
    int valueTo = nameFrom;
    while (in.hasMore()) {
      int tag = in.tag();
      if (tag == ProtoReader.tag(1, ProtoReader.BYTES)) {
        int length = in.length();
        nameFrom = in.at();
        nameTo = nameFrom + length;
        in.skip(length);
      } else if (tag == ProtoReader.tag(2, ProtoReader.BYTES)) {
        int length = in.length();
        valueFrom = in.at();
        valueTo = valueFrom + length;
        in.skip(length);
      } else {
        in.skipField(tag);
      }
    }
    series.add(in.bytes(), nameFrom, nameTo);
    series.add(in.bytes(), valueFrom, valueTo);
  }

  private void readV2() {
    int start = in.at();
    symbols.clear();
    while (in.hasMore()) {
      int tag = in.tag();
      if (tag == V2_SYMBOLS) {
        int length = in.length();
        if (!symbols.add(in.at(), length)) {
          rejected.add(IntakeReason.SYMBOL_INVALID);
          return;
        }
        in.skip(length);
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
      if (tag == V2_SERIES) {
        int outer = in.enter(in.length());
        readSeriesV2();
        in.leave(outer);
      } else {
        in.skipField(tag);
      }
    }
  }

  private void readSeriesV2() {
    int start = in.at();
    series.begin();
    int type = 0;
    String unit = "";
    while (in.hasMore()) {
      int tag = in.tag();
      if (tag == ProtoReader.tag(1, ProtoReader.BYTES)) {
        int outer = in.enter(in.length());
        while (in.hasMore()) {
          addSymbol(in.varint());
        }
        in.leave(outer);
      } else if (tag == ProtoReader.tag(1, ProtoReader.VARINT)) {
        addSymbol(in.varint());
      } else if (tag == ProtoReader.tag(5, ProtoReader.BYTES)) {
        int outer = in.enter(in.length());
        while (in.hasMore()) {
          int field = in.tag();
          if (field == ProtoReader.tag(1, ProtoReader.VARINT)) {
            type = (int) in.varint();
          } else if (field == ProtoReader.tag(4, ProtoReader.VARINT)) {
            unit = symbol(in.varint());
          } else {
            in.skipField(field);
          }
        }
        in.leave(outer);
      } else {
        in.skipField(tag);
      }
    }
    if (in.broken()) {
      return;
    }
    var family = new MetricFamily("", type(type), "", unit);
    int metadata = ~(31 * type + unit.hashCode() & Integer.MAX_VALUE);
    Entry entry = series.resolve(metadata, sample -> family);
    if (entry == null) {
      rejected.add(series.reason());
      return;
    }
    in.back(start);
    while (in.hasMore()) {
      int tag = in.tag();
      if (tag == ProtoReader.tag(2, ProtoReader.BYTES)) {
        readSample(entry.key);
      } else if (tag == ProtoReader.tag(3, ProtoReader.BYTES)) {
        readHistogram(entry.key);
      } else if (tag == ProtoReader.tag(4, ProtoReader.BYTES)) {
        readExemplar(entry.key, Version.V2);
      } else {
        in.skipField(tag);
      }
    }
  }

  private void addSymbol(long reference) {
    if (symbols.has(reference)) {
      int symbol = (int) reference;
      series.add(in.bytes(), symbols.from(symbol), symbols.to(symbol));
    } else {
      series.fail(IntakeReason.SYMBOL_INVALID);
    }
  }

  /** The text of a symbol of up to 1 KiB; empty if there is none. */
  private String symbol(long reference) {
    if (!symbols.has(reference)) {
      return "";
    }
    int from = symbols.from((int) reference);
    int to = symbols.to((int) reference);
    String text = to - from > LONGEST_TEXT ? null : names.decode(in.bytes(), from, to);
    return text == null ? "" : text;
  }

  private void readSample(SeriesKey key) {
    int outer = in.enter(in.length());
    double value = 0;
    long time = 0;
    while (in.hasMore()) {
      int tag = in.tag();
      if (tag == ProtoReader.tag(1, ProtoReader.FIXED64)) {
        value = in.fixedDouble();
      } else if (tag == ProtoReader.tag(2, ProtoReader.VARINT)) {
        time = in.varint();
      } else {
        in.skipField(tag);
      }
    }
    in.leave(outer);
    add(key, time, value);
  }

  private void add(SeriesKey key, long time, double value) {
    if (in.broken()) {
      return;
    }
    if (samples.size() >= limits.samples()) {
      full = true;
    } else {
      samples.add(key, time, value);
    }
  }

  private void readExemplar(SeriesKey key, Version version) {
    int outer = in.enter(in.length());
    double value = 0;
    long time = 0;
    series.begin();
    while (in.hasMore()) {
      int tag = in.tag();
      if (tag == ProtoReader.tag(1, ProtoReader.BYTES)) {
        int whole = in.enter(in.length());
        switch (version) {
          case V1 -> readLabelV1();
          case V2 -> {
            while (in.hasMore()) {
              addSymbol(in.varint());
            }
          }
        }
        in.leave(whole);
      } else if (tag == ProtoReader.tag(2, ProtoReader.FIXED64)) {
        value = in.fixedDouble();
      } else if (tag == ProtoReader.tag(3, ProtoReader.VARINT)) {
        time = in.varint();
      } else {
        in.skipField(tag);
      }
    }
    in.leave(outer);
    if (in.broken()) {
      return;
    }
    var labels = series.attributes();
    if (labels == null) {
      rejected.add(IntakeReason.EXEMPLAR_INVALID);
    } else if (exemplars.size() >= limits.exemplars()) {
      rejected.add(IntakeReason.TOO_MANY_EXEMPLARS);
    } else {
      exemplars.add(new Exemplar(key, labels, value, time));
    }
  }

  private void readHistogram(SeriesKey key) {
    int outer = in.enter(in.length());
    histogram.read(in);
    in.leave(outer);
    if (in.broken()) {
      return;
    }
    var kind = histogram.isGauge() ? MetricKind.GAUGE : MetricKind.CUMULATIVE;
    var count = part(key, "_count", kind);
    var sum = part(key, "_sum", kind);
    long time = histogram.epochMillis();
    if (SampleBatch.isStale(histogram.sum())) {
      add(count, time, SampleBatch.STALE);
      add(sum, time, SampleBatch.STALE);
      return;
    }
    if (!histogram.convert(limits.buckets())) {
      rejected.add(IntakeReason.HISTOGRAM_INVALID);
      return;
    }
    histograms++;
    var bucket = part(key, "_bucket", kind);
    for (int i = 0; i < histogram.size(); i++) {
      add(upTo(bucket, histogram.upper(i)), time, histogram.cumulative(i));
    }
    add(upTo(bucket, Double.POSITIVE_INFINITY), time, histogram.count());
    add(count, time, histogram.count());
    add(sum, time, histogram.sum());
  }

  private static SeriesKey part(SeriesKey key, String suffix, MetricKind kind) {
    return new SeriesKey(key.resource(), key.metric() + suffix, key.unit(), kind, key.point());
  }

  private static SeriesKey upTo(SeriesKey bucket, double bound) {
    return new SeriesKey(
        bucket.resource(),
        bucket.metric(),
        bucket.unit(),
        bucket.kind(),
        bucket.point().with("le", BucketBounds.text(bound)));
  }
}
