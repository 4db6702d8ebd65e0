package io.bridgewatch.adapter.prometheus;

import static io.bridgewatch.adapter.prometheus.RemoteWriteReader.Version.V1;
import static io.bridgewatch.adapter.prometheus.RemoteWriteReader.Version.V2;
import static org.assertj.core.api.Assertions.assertThat;

import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.MetricKind;
import io.bridgewatch.model.SampleBatch;
import io.bridgewatch.model.SeriesKey;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class RemoteWriteReaderTest {
  private static final Attributes CLUSTER = Attributes.of("k8s.cluster.name", "prod");

  private final RemoteWriteReader reader = reader(RemoteWriteLimits.DEFAULT);

  private static RemoteWriteReader reader(RemoteWriteLimits limits) {
    return new RemoteWriteReader(CLUSTER, Map.of("pod", "k8s.pod.name"), limits);
  }

  @Test
  void labelsBecomeAttributesOfResourceAndPoint() {
    var read =
        v1(
            series("__name__", "http_requests_total", "code", "200", "empty", "", "pod", "cart-0")
                .andThen(sample(3.5, 1000))
                .andThen(sample(SampleBatch.STALE, 2000)));
    assertThat(read.rejected()).isEmpty();
    assertThat(read.samples().key(0))
        .isEqualTo(
            new SeriesKey(
                CLUSTER.with("k8s.pod.name", "cart-0"),
                "http_requests_total",
                "",
                MetricKind.CUMULATIVE,
                Attributes.of("code", "200")));
    assertThat(read.samples().value(0)).isEqualTo(3.5);
    assertThat(read.samples().time(0)).isEqualTo(1000);
    assertThat(SampleBatch.isStale(read.samples().value(1))).isTrue();
    assertThat(read.isReadable()).isTrue();
  }

  @Test
  void metadataThatComesLaterChangesHowASeriesIsRead() {
    var request = series("__name__", "queue_sum").andThen(sample(1, 1));
    assertThat(v1(request).samples().key(0).kind()).isEqualTo(MetricKind.CUMULATIVE);
    var metadata = new ProtoWriter();
    metadata.varint(1, 2);
    metadata.string(2, "queue_sum");
    metadata.string(4, "Sum of queues.");
    metadata.string(5, "bytes");
    var whole = new ProtoWriter();
    whole.message(3, metadata);
    reader.read(compressed(whole), V1);
    var key = v1(request).samples().key(0);
    assertThat(key.kind()).isEqualTo(MetricKind.GAUGE);
    assertThat(key.unit()).isEqualTo("By");
    assertThat(reader.families())
        .containsEntry(
            "queue_sum",
            new MetricFamily("queue_sum", MetricType.GAUGE, "Sum of queues.", "bytes"));
  }

  @Test
  void versionTwoReadsSymbolsTypesAndUnits() {
    var whole = new ProtoWriter();
    for (var symbol :
        List.of("", "__name__", "took", "pod", "cart-0", "seconds", "trace_id", "7")) {
      whole.string(4, symbol);
    }
    var series = new ProtoWriter();
    packed(series, 1, 1, 2, 3, 4);
    sample(0.25, 5).accept(series);
    var exemplar = new ProtoWriter();
    packed(exemplar, 1, 6, 7);
    exemplar.fixed(2, 9);
    exemplar.varint(3, 4);
    series.message(4, exemplar);
    var metadata = new ProtoWriter();
    metadata.varint(1, 1);
    metadata.varint(4, 5);
    series.message(5, metadata);
    whole.message(5, series);
    var broken = new ProtoWriter();
    packed(broken, 1, 1, 2, 3, 99);
    sample(1, 1).accept(broken);
    whole.message(5, broken);

    var read = reader.read(compressed(whole), V2);
    var key =
        new SeriesKey(
            CLUSTER.with("k8s.pod.name", "cart-0"),
            "took",
            "s",
            MetricKind.CUMULATIVE,
            Attributes.none());
    assertThat(read.samples().size()).isEqualTo(1);
    assertThat(read.samples().key(0)).isEqualTo(key);
    assertThat(read.exemplars())
        .containsExactly(new Exemplar(key, Attributes.of("trace_id", "7"), 9, 4));
    assertThat(read.rejected()).isEqualTo(Map.of(IntakeReason.SYMBOL_INVALID, 1L));
  }

  @Test
  void seriesThatAreNoneAreCountedAndTheOthersKept() {
    var read =
        v1(
            series("code", "200").andThen(sample(1, 1)),
            series("__name__", "a", "x", "1", "x", "2").andThen(sample(1, 1)),
            series("__name__", "a", "", "1").andThen(sample(1, 1)),
            series("__name__", "a", "x", "y".repeat(9000)).andThen(sample(1, 1)),
            series("__name__", "b").andThen(sample(1, 1)));
    assertThat(read.samples().size()).isEqualTo(1);
    assertThat(read.rejected())
        .isEqualTo(
            Map.of(
                IntakeReason.NAME_INVALID, 1L,
                IntakeReason.DUPLICATE_LABEL, 1L,
                IntakeReason.LABELS_INVALID, 1L,
                IntakeReason.LABEL_TOO_LONG, 1L));
  }

  @Test
  void whatCameBeforeTheBreakIsUsed() {
    var whole = new ProtoWriter();
    for (int i = 0; i < 2; i++) {
      var one = new ProtoWriter();
      series("__name__", "a" + i).andThen(sample(1, 1)).accept(one);
      whole.message(1, one);
    }
    var read = reader.read(Snappy.compress(whole.bytes(), whole.size() - 3), V1);
    assertThat(read.samples().size()).isEqualTo(1);
    assertThat(read.rejected()).isEqualTo(Map.of(IntakeReason.PROTOBUF_INVALID, 1L));
    assertThat(read.isReadable()).isFalse();
  }

  @Test
  void limitsCutAndCount() {
    var small = reader(new RemoteWriteLimits(100, 2, 2, 10, 1, 10, 4));
    var request = series("__name__", "a").andThen(sample(1, 1)).andThen(sample(2, 2));
    var read = small.read(request(request, series("__name__", "b").andThen(sample(3, 3))), V1);
    assertThat(read.samples().size()).isEqualTo(2);
    assertThat(read.rejected()).isEqualTo(Map.of(IntakeReason.TOO_MANY_SAMPLES, 1L));
    assertThat(small.read(request(series("__name__", "x".repeat(200))), V1).rejected())
        .isEqualTo(Map.of(IntakeReason.BODY_TOO_LARGE, 1L));
    var labels = series("__name__", "a", "x", "1", "y", "1", "z", "1").andThen(sample(1, 1));
    assertThat(small.read(request(labels), V1).rejected())
        .isEqualTo(Map.of(IntakeReason.TOO_MANY_LABELS, 1L));
  }

  @Test
  void seriesBeyondTheMemoryAreStillRead() {
    var small = reader(new RemoteWriteLimits(1 << 20, 1000, 8, 100, 1, 10, 4));
    for (int i = 0; i < 100; i++) {
      var read = small.read(request(series("__name__", "a" + i).andThen(sample(i, 1))), V1);
      assertThat(read.samples().key(0).metric()).isEqualTo("a" + i);
    }
  }

  @Test
  void aNativeHistogramBecomesAClassicOne() {
    var histogram = new ProtoWriter();
    histogram.varint(1, 14);
    histogram.fixed(3, 18.4);
    histogram.varint(4, 0);
    histogram.fixed(5, 0.001);
    histogram.varint(6, 2);
    span(histogram, 8, 1, 2);
    packed(histogram, 9, zigzag(1), zigzag(2));
    span(histogram, 11, 0, 2);
    span(histogram, 11, 1, 1);
    packed(histogram, 12, zigzag(1), zigzag(3), zigzag(-1));
    histogram.varint(15, 7000);
    var read = v1(series("__name__", "took", "pod", "p").andThen(it -> it.message(4, histogram)));
    // negative: (-4,-2] 3, (-2,-1] 1 … positive: (0.5,1] 1, (1,2] 4, (4,8] 3
    assertThat(lines(read.samples()))
        .containsExactly(
            "took_bucket{le=-2} 3.0",
            "took_bucket{le=-1} 4.0",
            "took_bucket{le=0.001} 6.0",
            "took_bucket{le=1} 7.0",
            "took_bucket{le=2} 11.0",
            "took_bucket{le=8} 14.0",
            "took_bucket{le=+Inf} 14.0",
            "took_count{} 14.0",
            "took_sum{} 18.4");
    assertThat(read.histograms()).isEqualTo(1);
    assertThat(read.samples().time(0)).isEqualTo(7000);
    assertThat(read.samples().key(0).kind()).isEqualTo(MetricKind.CUMULATIVE);
  }

  @Test
  void customBoundsAndMarkersAreKept() {
    var histogram = new ProtoWriter();
    histogram.fixed(2, 6);
    histogram.fixed(3, 12);
    histogram.varint(4, zigzag(NativeHistogram.CUSTOM));
    span(histogram, 11, 0, 3);
    doubles(histogram, 13, 1, 2, 3);
    doubles(histogram, 16, 0.005, 2592000);
    var ended = new ProtoWriter();
    ended.fixed(3, SampleBatch.STALE);
    var read =
        v1(
            series("__name__", "a").andThen(it -> it.message(4, histogram)),
            series("__name__", "b").andThen(it -> it.message(4, ended)));
    assertThat(lines(read.samples()))
        .containsExactly(
            "a_bucket{le=0.005} 1.0",
            "a_bucket{le=2592000} 3.0",
            "a_bucket{le=+Inf} 6.0",
            "a_count{} 6.0",
            "a_sum{} 12.0",
            "b_count{} stale",
            "b_sum{} stale");
  }

  @Test
  void histogramsThatDoNotFitTogetherAreCounted() {
    Consumer<ProtoWriter> fewer = it -> packed(it, 12, zigzag(1));
    Consumer<ProtoWriter> negative = it -> packed(it, 12, zigzag(-1), zigzag(1));
    Consumer<ProtoWriter> schema =
        it -> {
          packed(it, 12, zigzag(1), zigzag(1));
          it.varint(4, zigzag(9));
        };
    for (Consumer<ProtoWriter> part : List.of(fewer, negative, schema)) {
      var histogram = new ProtoWriter();
      span(histogram, 11, 0, 2);
      part.accept(histogram);
      var read = v1(series("__name__", "a").andThen(it -> it.message(4, histogram)));
      assertThat(read.rejected()).isEqualTo(Map.of(IntakeReason.HISTOGRAM_INVALID, 1L));
      assertThat(read.samples().size()).isZero();
    }
  }

  /** Property, printed seed: counts at the bounds that are left are exactly those observed. */
  @Test
  void joinedBucketsKeepTheirCounts() {
    long seed = 20261129;
    System.out.println("seed " + seed);
    var random = new Random(seed);
    for (int round = 0; round < 50; round++) {
      int schema = 3;
      double base = Math.pow(2, Math.pow(2, -schema));
      var buckets = new TreeMap<Integer, Integer>();
      var observed = new ArrayList<Double>();
      for (int i = 0; i < 500; i++) {
        double value = Math.exp(3 * random.nextGaussian());
        observed.add(value);
        buckets.merge((int) Math.ceil(Math.log(value) / Math.log(base)), 1, Integer::sum);
      }
      var histogram = new ProtoWriter();
      histogram.varint(1, observed.size());
      histogram.varint(4, zigzag(schema));
      int next = 0;
      var counts = new ArrayList<Double>();
      for (var bucket : buckets.entrySet()) {
        span(histogram, 11, bucket.getKey() - next, 1);
        next = bucket.getKey() + 1;
        counts.add((double) bucket.getValue());
      }
      doubles(histogram, 13, counts.stream().mapToDouble(Double::doubleValue).toArray());
      var read = v1(series("__name__", "a").andThen(it -> it.message(4, histogram)));
      var samples = read.samples();
      assertThat(samples.size()).isBetween(4, RemoteWriteLimits.DEFAULT.buckets() + 3);
      for (int i = 0; i < samples.size() - 3; i++) {
        double bound = Double.parseDouble(samples.key(i).point().getOr("le", ""));
        // a value on a bound may fall to either side by rounding; none of these does
        assertThat(samples.value(i))
            .isEqualTo(observed.stream().filter(value -> value <= bound).count());
      }
    }
  }

  @Test
  void boundsAreWrittenAsPlainNumbersAsFarAsTheyGo() {
    assertThat(BucketBounds.text(0.1)).isEqualTo("0.1");
    assertThat(BucketBounds.text(1e-4)).isEqualTo("0.0001");
    assertThat(BucketBounds.text(-2.5e-7)).isEqualTo("-2.5e-07");
    assertThat(BucketBounds.text(1e6)).isEqualTo("1000000");
    assertThat(BucketBounds.text(1e21)).isEqualTo("1e+21");
    assertThat(BucketBounds.text(1.5e300)).isEqualTo("1.5e+300");
    assertThat(BucketBounds.text(Double.POSITIVE_INFINITY)).isEqualTo("+Inf");
    assertThat(BucketBounds.text(Double.NEGATIVE_INFINITY)).isEqualTo("-Inf");
    assertThat(BucketBounds.text(Double.NaN)).isEqualTo("NaN");
  }

  @Test
  void snappyBringsBackEveryBlock() {
    var random = new Random(5);
    for (int round = 0; round < 2000; round++) {
      var bytes = new byte[random.nextInt(round < 1990 ? 3000 : 300_000)];
      int kinds = 1 + random.nextInt(1 + round % 255);
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = (byte) random.nextInt(kinds);
      }
      var compressed = Snappy.compress(bytes, bytes.length);
      assertThat(Snappy.length(compressed)).isEqualTo(bytes.length);
      var back = new byte[bytes.length];
      assertThat(Snappy.decompress(compressed, back)).isTrue();
      assertThat(back).isEqualTo(bytes);
    }
    var zeros = new byte[1 << 20];
    assertThat(Snappy.compress(zeros, zeros.length).length).isLessThan(1 << 16);
  }

  @Test
  void aLieAboutTheLengthCostsNoMemory() {
    byte[] lie = {(byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0x0f, 0, 1};
    var read = reader.read(lie, V1);
    assertThat(read.rejected()).isEqualTo(Map.of(IntakeReason.COMPRESSION_INVALID, 1L));
    assertThat(reader.read(new byte[0], V2).rejected())
        .isEqualTo(Map.of(IntakeReason.COMPRESSION_INVALID, 1L));
  }

  @Test
  void aRequestLikeTheOneBeforeMakesLittleGarbage() {
    var all = new ArrayList<Consumer<ProtoWriter>>();
    for (int i = 0; i < 2000; i++) {
      all.add(
          series("__name__", "container_memory_usage_bytes", "namespace", "bank", "pod", "p" + i)
              .andThen(sample(i, 1000)));
    }
    byte[] request = request(all);
    for (int i = 0; i < 20; i++) {
      reader.read(request, V1);
    }
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < 20; i++) {
      reader.read(request, V1);
    }
    long each = (threads.getCurrentThreadAllocatedBytes() - before) / (20 * 2000);
    assertThat(each).as("bytes a sample").isLessThan(120);
  }

  @SafeVarargs
  private ReceivedWrite v1(Consumer<ProtoWriter>... series) {
    return reader.read(request(series), V1);
  }

  @SafeVarargs
  private static byte[] request(Consumer<ProtoWriter>... series) {
    return request(Arrays.asList(series));
  }

  private static byte[] request(List<Consumer<ProtoWriter>> series) {
    var whole = new ProtoWriter();
    for (var one : series) {
      var message = new ProtoWriter();
      one.accept(message);
      whole.message(1, message);
    }
    return compressed(whole);
  }

  private static byte[] compressed(ProtoWriter message) {
    return Snappy.compress(message.bytes(), message.size());
  }

  private static Consumer<ProtoWriter> series(String... labels) {
    return message -> {
      for (int i = 0; i < labels.length; i += 2) {
        var label = new ProtoWriter();
        label.string(1, labels[i]);
        label.string(2, labels[i + 1]);
        message.message(1, label);
      }
    };
  }

  private static Consumer<ProtoWriter> sample(double value, long time) {
    return message -> {
      var sample = new ProtoWriter();
      sample.fixed(1, value);
      sample.varint(2, time);
      message.message(2, sample);
    };
  }

  private static void packed(ProtoWriter message, int field, long... values) {
    var packed = new ProtoWriter();
    for (long value : values) {
      packed.raw(value);
    }
    message.message(field, packed);
  }

  private static void doubles(ProtoWriter message, int field, double... values) {
    var packed = new ProtoWriter();
    for (double value : values) {
      packed.fixed(value);
    }
    message.message(field, packed);
  }

  private static void span(ProtoWriter message, int field, int offset, int length) {
    var span = new ProtoWriter();
    span.varint(1, zigzag(offset));
    span.varint(2, length);
    message.message(field, span);
  }

  private static long zigzag(long value) {
    return value << 1 ^ value >> 63;
  }

  private static List<String> lines(SampleBatch batch) {
    var lines = new ArrayList<String>();
    for (int i = 0; i < batch.size(); i++) {
      var value = SampleBatch.isStale(batch.value(i)) ? "stale" : "" + batch.value(i);
      lines.add(batch.key(i).metric() + batch.key(i).point() + " " + value);
    }
    return lines;
  }
}
