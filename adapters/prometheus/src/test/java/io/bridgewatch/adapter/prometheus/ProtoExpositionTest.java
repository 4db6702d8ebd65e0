package io.bridgewatch.adapter.prometheus;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.MetricKind;
import io.bridgewatch.model.SampleBatch;
import io.bridgewatch.model.SeriesKey;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ProtoExpositionTest {
  private static final long NOW = 1_700_000_000_000L;
  private static final Attributes POD = Attributes.of("k8s.pod.name", "cart-0");
  private static final int COUNTER = 0;
  private static final int GAUGE = 1;
  private static final int SUMMARY = 2;
  private static final int HISTOGRAM = 4;

  private final Exposition exposition = exposition(ExpositionLimits.DEFAULT);

  private static Exposition exposition(ExpositionLimits limits) {
    return new Exposition(ExpositionOptions.of(POD), limits);
  }

  @Test
  void bytesWrittenByHandAreRead() {
    var gauge = "12 0a0161 1801 220b 1209 09000000000000f83f";
    var nativeHistogram =
        "33 0a0168 1804 222c 0a06 0a0178 120179 3a22 0805 110000000000001c40"
            + "2800 31000000000000e03f 3801 6204 0802 1002 6806 6803";
    var page = read(HexFormat.of().parseHex((gauge + nativeHistogram).replace(" ", "")));
    assertThat(page.rejected()).isEmpty();
    assertThat(page.complete()).isTrue();
    assertThat(lines(page))
        .containsExactly(
            "a{} 1.5",
            "h_bucket{le=0.5, x=y} 1.0",
            "h_bucket{le=2, x=y} 4.0",
            "h_bucket{le=4, x=y} 5.0",
            "h_bucket{le=+Inf, x=y} 5.0",
            "h_count{x=y} 5.0",
            "h_sum{x=y} 7.0");
    assertThat(page.samples().key(0))
        .isEqualTo(new SeriesKey(POD, "a", "", MetricKind.GAUGE, Attributes.none()));
    assertThat(page.samples().key(1).kind()).isEqualTo(MetricKind.CUMULATIVE);
  }

  @Test
  void classicHistogramsKeepTheirBucketsAndExemplars() {
    var histogram = message(it -> it.varint(1, 10));
    histogram.fixed(2, 12.5);
    histogram.message(
        3, bucket(0.1, 4, exemplar(0.07, "trace_id", "abc", 1_699_999_999, 5_000_000)));
    histogram.message(3, bucket(2.5, 9, null));
    var page = read(family("took_seconds", HISTOGRAM, "s", metric(7, histogram, "path", "/a")));
    assertThat(lines(page))
        .containsExactly(
            "took_seconds_bucket{le=0.1, path=/a} 4.0",
            "took_seconds_bucket{le=2.5, path=/a} 9.0",
            "took_seconds_bucket{le=+Inf, path=/a} 10.0",
            "took_seconds_count{path=/a} 10.0",
            "took_seconds_sum{path=/a} 12.5");
    assertThat(page.exemplars())
        .containsExactly(
            new Exemplar(
                page.samples().key(0), Attributes.of("trace_id", "abc"), 0.07, 1_699_999_999_005L));
    assertThat(page.samples().key(0).unit()).isEqualTo("s");
  }

  @Test
  void exemplarsOfNativeHistogramsStandAtTheirBucket() {
    var histogram = message(it -> it.varint(1, 3));
    histogram.fixed(2, 3);
    histogram.varint(5, 0);
    histogram.message(12, span(0, 2));
    packed(histogram, 13, 4, 1); // 2 and 1
    histogram.message(16, exemplar(1.5, "trace_id", "t", 0, 0));
    var page = read(family("h", HISTOGRAM, "", metric(7, histogram)));
    assertThat(lines(page))
        .containsExactly(
            "h_bucket{le=1} 2.0",
            "h_bucket{le=2} 3.0",
            "h_bucket{le=+Inf} 3.0",
            "h_count{} 3.0",
            "h_sum{} 3.0");
    assertThat(page.exemplars())
        .containsExactly(
            new Exemplar(page.samples().key(1), Attributes.of("trace_id", "t"), 1.5, NOW));
  }

  @Test
  void summariesCountersAndUntypedAreRead() {
    var quantile = message(it -> it.fixed(1, 0.99));
    quantile.fixed(2, 0.2);
    var summary = message(it -> it.varint(1, 7));
    summary.fixed(2, 1.5);
    summary.message(3, quantile);
    var page =
        read(
            family("rpc", SUMMARY, "", metric(4, summary)),
            family("hits_total", COUNTER, "", metric(3, message(it -> it.fixed(1, 5)))),
            family("what", 3, "", metric(5, message(it -> it.fixed(1, -1)), "a", "")),
            family("zero", GAUGE, "", metric(2, new ProtoWriter())));
    assertThat(page.rejected()).isEmpty();
    assertThat(lines(page))
        .containsExactly(
            "rpc{quantile=0.99} 0.2",
            "rpc_count{} 7.0",
            "rpc_sum{} 1.5",
            "hits_total{} 5.0",
            "what{} -1.0",
            "zero{} 0.0");
    assertThat(page.samples().key(3).kind()).isEqualTo(MetricKind.CUMULATIVE);
    assertThat(page.samples().key(4).kind()).isEqualTo(MetricKind.GAUGE);
    assertThat(exposition.families())
        .containsEntry("rpc", new MetricFamily("rpc", MetricType.SUMMARY, "", ""));
  }

  @Test
  void ownTimesAreHonouredAndVanishedSeriesToldOnce() {
    var timed = metric(2, message(it -> it.fixed(1, 3)), "x", "1");
    timed.varint(6, NOW - 500);
    var page = read(family("a", GAUGE, "", timed), family("b", GAUGE, "", gauge(1)));
    assertThat(page.samples().time(0)).isEqualTo(NOW - 500);
    var next = read(NOW + 1, family("a", GAUGE, "", timed));
    assertThat(next.vanished()).extracting(SeriesKey::metric).containsExactly("b");
    assertThat(read(NOW + 2).vanished()).isEmpty(); // it said its own times
  }

  @Test
  void anotherFormatOfTheSameSeriesEndsNothing() {
    read(family("a", GAUGE, "", gauge(1)), family("b", GAUGE, "", gauge(1)));
    var text = "# TYPE a gauge\na 2\n".getBytes(UTF_8);
    var page = exposition.read(text, ExpositionFormat.TEXT, NOW + 1);
    assertThat(page.vanished()).extracting(SeriesKey::metric).containsExactly("b");
  }

  @Test
  void aCountThatBeganSinceThePageBeforeBeginsAtZero() {
    var old = counter(4, NOW - 60_000);
    assertThat(lines(read(NOW, family("c", COUNTER, "", old)))).containsExactly("c{} 4.0");
    assertThat(lines(read(NOW + 15_000, family("c", COUNTER, "", old)))).containsExactly("c{} 4.0");
    var anew = read(NOW + 30_000, family("c", COUNTER, "", counter(3, NOW + 20_000)));
    assertThat(lines(anew)).containsExactly("c{} 0.0", "c{} 3.0");
    assertThat(anew.samples().time(0)).isEqualTo(NOW + 20_000);
    var later = read(NOW + 45_000, family("c", COUNTER, "", counter(9, NOW + 20_000)));
    assertThat(lines(later)).containsExactly("c{} 9.0");
    var ahead = read(NOW + 60_000, family("c", COUNTER, "", counter(1, NOW + 99_000)));
    assertThat(lines(ahead)).as("a clock that is ahead").containsExactly("c{} 1.0");
  }

  @Test
  void whatCannotBeUsedIsCountedAndTheRestIsKept() {
    var wrongSpans = message(it -> it.varint(1, 3));
    wrongSpans.message(12, span(0, 5));
    packed(wrongSpans, 13, 4);
    var twice = metric(2, message(it -> it.fixed(1, 1)), "x", "1", "x", "2");
    var nameless = metric(2, message(it -> it.fixed(1, 1)), "", "1");
    var mismatched = metric(3, message(it -> it.fixed(1, 1)));
    var page =
        read(
            family("h", HISTOGRAM, "", metric(7, wrongSpans)),
            family("a", GAUGE, "", twice, nameless, mismatched, gauge(1), gauge(2)),
            family("", GAUGE, "", gauge(1)),
            family("b", GAUGE, "", gauge(3)));
    assertThat(lines(page)).containsExactly("a{} 1.0", "b{} 3.0");
    assertThat(page.rejected())
        .isEqualTo(
            Map.of(
                IntakeReason.HISTOGRAM_INVALID, 1L,
                IntakeReason.DUPLICATE_LABEL, 1L,
                IntakeReason.LABELS_INVALID, 1L,
                IntakeReason.VALUE_INVALID, 1L,
                IntakeReason.DUPLICATE_SAMPLE, 1L,
                IntakeReason.NAME_INVALID, 1L));
  }

  @Test
  void pagesHaveTheirBounds() {
    var limits = new ExpositionLimits(400, 64 << 10, 3, 2, 8, 10, 10);
    var many = new ProtoWriter[5];
    Arrays.setAll(many, i -> metric(2, message(it -> it.fixed(1, 1)), "i", "" + i));
    var full = exposition(limits).read(page(family("a", GAUGE, "", many)), PROTOBUF, NOW);
    assertThat(full.samples().size()).isEqualTo(3);
    assertThat(full.complete()).isFalse();
    assertThat(full.rejected()).containsOnlyKeys(IntakeReason.TOO_MANY_SAMPLES);

    var labels = metric(2, message(it -> it.fixed(1, 1)), "a", "1", "b", "1", "c", "1");
    var longValue = metric(2, message(it -> it.fixed(1, 1)), "a", "123456789");
    var odd =
        exposition(limits).read(page(family("a", GAUGE, "", labels, longValue)), PROTOBUF, NOW);
    assertThat(odd.rejected())
        .containsOnlyKeys(IntakeReason.TOO_MANY_LABELS, IntakeReason.LABEL_TOO_LONG);

    var small = page(family("a", GAUGE, "", gauge(1)));
    var large = page(family("b", GAUGE, "x".repeat(390), gauge(1)));
    var cut = exposition(limits).read(joined(small, large), PROTOBUF, NOW);
    assertThat(lines(cut)).containsExactly("a{} 1.0");
    assertThat(cut.rejected()).isEqualTo(Map.of(IntakeReason.BODY_TOO_LARGE, 1L));
  }

  @Test
  void whatIsNoProtobufIsNoMetrics() {
    assertThat(read("<html>Service Unavailable</html>".getBytes(UTF_8)).isMetrics()).isFalse();
    assertThat(read("{\"error\":\"no\"}".getBytes(UTF_8)).isMetrics()).isFalse();
    var torn =
        Arrays.copyOf(page(family("a", GAUGE, "", gauge(1)), family("b", GAUGE, "", gauge(1))), 30);
    var page = read(torn);
    assertThat(page.isMetrics()).isTrue();
    assertThat(page.complete()).isFalse();
    assertThat(page.rejected()).isEqualTo(Map.of(IntakeReason.PROTOBUF_INVALID, 1L));
    assertThat(lines(page)).containsExactly("a{} 1.0");
  }

  @Test
  void mutatedPagesNeverThrow() {
    long seed = 20_261_129;
    var random = new Random(seed);
    var histogram = message(it -> it.varint(1, 3));
    histogram.message(12, span(0, 2));
    packed(histogram, 13, 4, 1);
    byte[] good =
        page(
            family("h", HISTOGRAM, "s", metric(7, histogram, "a", "b")),
            family("c_total", COUNTER, "", counter(1, NOW)));
    for (int round = 0; round < 20_000; round++) {
      byte[] bad = good.clone();
      for (int i = 0; i <= round % 4; i++) {
        bad[random.nextInt(bad.length)] = (byte) random.nextInt(256);
      }
      var page = read(Arrays.copyOf(bad, bad.length - random.nextInt(3)));
      assertThat(page.samples().size()).as("seed %d, round %d", seed, round).isLessThan(1000);
    }
  }

  private static final ExpositionFormat PROTOBUF = ExpositionFormat.PROTOBUF;

  private ScrapedPage read(byte[] body) {
    return exposition.read(body, PROTOBUF, NOW);
  }

  private ScrapedPage read(ProtoWriter... families) {
    return read(NOW, families);
  }

  private ScrapedPage read(long time, ProtoWriter... families) {
    return exposition.read(page(families), PROTOBUF, time);
  }

  static byte[] page(ProtoWriter... families) {
    var whole = new ProtoWriter();
    var out = new ByteArrayOutputStream();
    for (var family : families) {
      whole.clear();
      whole.raw(family.size());
      out.writeBytes(whole.toArray());
      out.writeBytes(family.toArray());
    }
    return out.toByteArray();
  }

  private static byte[] joined(byte[] first, byte[] second) {
    var both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  static ProtoWriter family(String name, int type, String unit, ProtoWriter... metrics) {
    var family = new ProtoWriter();
    family.string(1, name);
    family.varint(3, type);
    for (var metric : metrics) {
      family.message(4, metric);
    }
    if (!unit.isEmpty()) {
      family.string(5, unit);
    }
    return family;
  }

  static ProtoWriter metric(int field, ProtoWriter value, String... labels) {
    var metric = new ProtoWriter();
    for (int i = 0; i < labels.length; i += 2) {
      metric.message(1, label(labels[i], labels[i + 1]));
    }
    metric.message(field, value);
    return metric;
  }

  private static ProtoWriter label(String name, String value) {
    var label = new ProtoWriter();
    label.string(1, name);
    label.string(2, value);
    return label;
  }

  static ProtoWriter message(Consumer<ProtoWriter> content) {
    var message = new ProtoWriter();
    content.accept(message);
    return message;
  }

  private static ProtoWriter gauge(double value) {
    return metric(2, message(it -> it.fixed(1, value)));
  }

  private static ProtoWriter counter(double value, long createdMillis) {
    var counter = message(it -> it.fixed(1, value));
    counter.message(3, time(createdMillis / 1000, 0));
    return metric(3, counter);
  }

  private static ProtoWriter time(long seconds, long nanos) {
    var time = new ProtoWriter();
    time.varint(1, seconds);
    time.varint(2, nanos);
    return time;
  }

  static ProtoWriter bucket(double bound, long count, @Nullable ProtoWriter exemplar) {
    var bucket = new ProtoWriter();
    bucket.varint(1, count);
    bucket.fixed(2, bound);
    if (exemplar != null) {
      bucket.message(3, exemplar);
    }
    return bucket;
  }

  private static ProtoWriter exemplar(
      double value, String label, String its, long seconds, long nanos) {
    var exemplar = new ProtoWriter();
    exemplar.message(1, label(label, its));
    exemplar.fixed(2, value);
    if (seconds > 0) {
      exemplar.message(3, time(seconds, nanos));
    }
    return exemplar;
  }

  static ProtoWriter span(int offset, int length) {
    var span = new ProtoWriter();
    span.varint(1, (long) offset << 1 ^ offset >> 31);
    span.varint(2, length);
    return span;
  }

  /** Numbers that are zigzag already. */
  static void packed(ProtoWriter message, int field, long... values) {
    var packed = new ProtoWriter();
    for (long value : values) {
      packed.raw(value);
    }
    message.message(field, packed);
  }

  private static List<String> lines(ScrapedPage page) {
    SampleBatch batch = page.samples();
    var lines = new ArrayList<String>();
    for (int i = 0; i < batch.size(); i++) {
      lines.add(batch.key(i).metric() + batch.key(i).point() + " " + batch.value(i));
    }
    return lines;
  }
}
