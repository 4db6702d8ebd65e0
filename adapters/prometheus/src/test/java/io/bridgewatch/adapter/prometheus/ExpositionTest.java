package io.bridgewatch.adapter.prometheus;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.MetricKind;
import io.bridgewatch.model.SeriesKey;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpositionTest {
  private static final ExpositionFormat TEXT = ExpositionFormat.TEXT;
  private static final long NOW = 1_700_000_000_000L;
  private static final Attributes POD = Attributes.of("k8s.pod.name", "cart-0");

  private final Exposition exposition =
      new Exposition(ExpositionOptions.of(POD), ExpositionLimits.DEFAULT);

  @Test
  void textTimesAreMillisecondsAndAbsentOnesAreTheScrapes() {
    var page = text("a 1 1395066363000\nb{x=\"1\"} 2.5e3 -3982045\nc{} 3\n");
    assertThat(page.samples().time(0)).isEqualTo(1_395_066_363_000L);
    assertThat(page.samples().time(1)).isEqualTo(-3_982_045);
    assertThat(page.samples().time(2)).isEqualTo(NOW);
    assertThat(page.samples().value(1)).isEqualTo(2500);
    assertThat(page.samples().key(2)).isEqualTo(gauge("c", Attributes.none()));
    assertThat(page.rejected()).isEmpty();
  }

  @Test
  void openMetricsTimesAreSeconds() {
    var page = openMetrics("a 1 1520879607.789\nb 2 1e9\n# EOF\n");
    assertThat(page.samples().time(0)).isEqualTo(1_520_879_607_789L);
    assertThat(page.samples().time(1)).isEqualTo(1_000_000_000_000L);
    assertThat(page.complete()).isTrue();
  }

  @Test
  void escapesInValuesAreUndone() {
    var page =
        text("a{path=\"C:\\\\DIR\\\\F.TXT\",error=\"no \\\"x\\\"\\nline\",tab=\"a\\tb}\"} 1\n");
    assertThat(page.samples().key(0).point())
        .isEqualTo(
            Attributes.of(
                Map.of("path", "C:\\DIR\\F.TXT", "error", "no \"x\"\nline", "tab", "a\\tb}")));
  }

  @Test
  void namesInQuotesMayBeAnyUtf8() {
    var page = text("{\"订单.总数\",\"地区.名\"=\"华东\"} 7\n# TYPE \"my.gauge\" gauge\n{\"my.gauge\"} 1\n");
    assertThat(page.samples().key(0)).isEqualTo(gauge("订单.总数", Attributes.of("地区.名", "华东")));
    assertThat(page.samples().key(1).metric()).isEqualTo("my.gauge");
    assertThat(page.rejected()).isEmpty();
  }

  @Test
  void blanksAndTrailingCommasDoNoHarm() {
    var page = text("  a  { x = \"1\" , y=\"2\", }   5   10  \r\n\n\t# just words\na\t{}\t6\n");
    assertThat(page.samples().size()).isEqualTo(2);
    assertThat(page.samples().key(0).point()).isEqualTo(Attributes.of("x", "1", "y", "2"));
    assertThat(page.samples().time(0)).isEqualTo(10);
    assertThat(page.rejected()).isEmpty();
  }

  @Test
  void labelsWithoutAValueAreAbsent() {
    assertThat(text("a{x=\"\",y=\"1\"} 1\n").samples().key(0).point())
        .isEqualTo(Attributes.of("y", "1"));
  }

  @ParameterizedTest
  @CsvSource({
    "counter, x_total, CUMULATIVE", "counter, x, CUMULATIVE", "counter, x_created, GAUGE",
    "gauge, x, GAUGE", "histogram, x_bucket, CUMULATIVE", "histogram, x_count, CUMULATIVE",
    "histogram, x_sum, CUMULATIVE", "histogram, x_created, GAUGE", "summary, x, GAUGE",
    "summary, x_count, CUMULATIVE", "summary, x_sum, CUMULATIVE", "info, x_info, GAUGE",
    "stateset, x, GAUGE", "gaugehistogram, x_bucket, GAUGE", "gaugehistogram, x_gcount, GAUGE",
    "unknown, x, GAUGE", "untyped, x, GAUGE"
  })
  void theTypeTellsHowNumbersAreRead(String type, String sample, MetricKind kind) {
    var page = openMetrics("# TYPE x " + type + "\n" + sample + " 1\n# EOF\n");
    assertThat(page.samples().key(0).kind()).isEqualTo(kind);
    assertThat(page.rejected()).isEmpty();
  }

  @Test
  void typeUnitAndHelpAreKept() {
    openMetrics(
        "# TYPE wait_seconds histogram\n# UNIT wait_seconds seconds\n"
            + "# HELP wait_seconds How \\\"long\\\"\\nit took.\nwait_seconds_sum 4\n# EOF\n");
    assertThat(exposition.families())
        .isEqualTo(
            Map.of(
                "wait_seconds",
                new MetricFamily(
                    "wait_seconds", MetricType.HISTOGRAM, "How \"long\"\nit took.", "seconds")));
    assertThat(text("wait_seconds_sum 5\n").samples().key(0).unit()).isEqualTo("s");
  }

  @Test
  void aTypeThatChangesChangesTheSeries() {
    assertThat(text("# TYPE a gauge\na 1\n").samples().key(0).kind()).isEqualTo(MetricKind.GAUGE);
    assertThat(text("# TYPE a counter\na 1\n").samples().key(0).kind())
        .isEqualTo(MetricKind.CUMULATIVE);
    assertThat(text("# TYPE a gauge\na 1\n").samples().key(0).kind()).isEqualTo(MetricKind.GAUGE);
  }

  @Test
  void exemplarsAreReadWithTheirOwnTimes() {
    var page =
        openMetrics(
            "# TYPE a counter\na_total{x=\"1\"} 17 1.5 # {trace_id=\"oHg5SJ\"} 0.67 1520879607.7\n"
                + "a_total 3 # {} 2\na_total{x=\"2\"} 3 # {trace_id=} 2\n# EOF\n");
    assertThat(page.samples().size()).isEqualTo(3);
    assertThat(page.exemplars())
        .containsExactly(
            new Exemplar(
                page.samples().key(0),
                Attributes.of("trace_id", "oHg5SJ"),
                0.67,
                1_520_879_607_700L),
            new Exemplar(page.samples().key(1), Attributes.none(), 2, NOW));
    assertThat(page.rejected()).isEqualTo(Map.of(IntakeReason.EXEMPLAR_INVALID, 1L));
    assertThat(page.exemplars().getFirst().traced().orElseThrow().traceId()).isEqualTo("ohg5sj");
    assertThat(page.exemplars().getLast().traced()).as("names no trace").isEmpty();
  }

  @Test
  void anExemplarNamesItsTraceInSeveralSpellings() {
    var page =
        openMetrics(
            "# TYPE a counter\na_total 1 # {traceID=\"0A\",span_id=\"0b\",user=\"u\"} 2 3\n# EOF\n");
    assertThat(page.exemplars().getFirst().traced())
        .contains(
            new io.bridgewatch.model.Exemplar(
                page.samples().key(0), 3_000, 2, "0a", "0b", Attributes.of("user", "u")));
    var noNumber =
        new Exemplar(page.samples().key(0), Attributes.of("trace_id", "a"), Double.NaN, 3);
    assertThat(noNumber.traced()).isEmpty();
  }

  @Test
  void infinitiesAndNotANumberAreValues() {
    var page = text("a +Inf\nb -Inf\nc NaN\nd inf\n");
    assertThat(page.samples().value(0)).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(page.samples().value(1)).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(page.samples().value(2)).isNaN();
    assertThat(page.samples().size()).isEqualTo(4);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "a|VALUE_INVALID",
        "a x|VALUE_INVALID",
        "a 1_000|VALUE_INVALID",
        "a 0x10|VALUE_INVALID",
        "a 1d|VALUE_INVALID",
        "a 1 x|TIMESTAMP_INVALID",
        "a 1 1.5|TIMESTAMP_INVALID",
        "a 1 1 1|TEXT_AFTER_SAMPLE",
        "a 1 # {} 1|TEXT_AFTER_SAMPLE",
        "1a 1|NAME_INVALID",
        "a-b 1|NAME_INVALID",
        "{} 1|NAME_INVALID",
        "a{x=\"1\"}b 1|VALUE_INVALID",
        "a{x} 1|LABELS_INVALID",
        "a{x=1} 1|LABELS_INVALID",
        "a{x=\"1\" y=\"2\"} 1|LABELS_INVALID",
        "a{x=\"1\" 1|LABELS_INVALID",
        "a{x=\"1} 1|LABELS_INVALID",
        "a{,} 1|LABELS_INVALID",
        "a{1x=\"1\"} 1|LABELS_INVALID",
        "a{\"b\"} 1|LABELS_INVALID",
        "a{__name__=\"b\"} 1|LABELS_INVALID",
        "a{x=\"1\",x=\"2\"} 1|DUPLICATE_LABEL",
        "# TYPE|METADATA_INVALID",
        "# TYPE a word|METADATA_INVALID",
        "# HELP 1a word|METADATA_INVALID"
      })
  void aLineThatCannotBeUsedIsCountedAndTheOthersAreKept(String line, IntakeReason reason) {
    var page = text("before 1\n" + line + "\nafter 2\n");
    assertThat(page.rejected()).isEqualTo(Map.of(reason, 1L));
    assertThat(page.samples().size()).isEqualTo(2);
    assertThat(page.samples().key(1).metric()).isEqualTo("after");
  }

  @Test
  void whatIsNotUtf8IsCounted() {
    var page = exposition.read("a{x=\"\u00ff\"} 1\nb 2".getBytes(ISO_8859_1), TEXT, NOW);
    assertThat(page.rejected()).isEqualTo(Map.of(IntakeReason.UTF8_INVALID, 1L));
    assertThat(page.samples().size()).isEqualTo(1);
  }

  @Test
  void theSameSeriesAndTimeTwiceIsADuplicate() {
    var page = text("a 1\na 2\na 3 5\na 4 6\na{} 5\n");
    assertThat(page.rejected()).isEqualTo(Map.of(IntakeReason.DUPLICATE_SAMPLE, 1L));
    assertThat(page.samples().value(0)).isEqualTo(1);
  }

  @Test
  void aPageWithoutItsEndIsNotComplete() {
    text("a 1\nb 1\n");
    var cut = openMetrics("a 1\n");
    assertThat(cut.complete()).isFalse();
    assertThat(cut.vanished()).as("what a cut page lacks may be there").isEmpty();
    assertThat(cut.rejected()).isEqualTo(Map.of(IntakeReason.END_MISSING, 1L));
    var more = openMetrics("a 1\n# EOF\nb 1\n");
    assertThat(more.rejected()).isEqualTo(Map.of(IntakeReason.TEXT_AFTER_END, 1L));
    assertThat(more.vanished()).containsExactly(gauge("b", Attributes.none()));
  }

  @Test
  void vanishedSeriesAreToldOnce() {
    text("a 1\nb 1\nc 1 55\n");
    assertThat(text("a 1\n").vanished())
        .as("c said its own times")
        .containsExactly(gauge("b", Attributes.none()));
    assertThat(text("a 1\n").vanished()).isEmpty();
    assertThat(exposition.allGone()).containsExactly(gauge("a", Attributes.none()));
    assertThat(exposition.allGone()).isEmpty();
    assertThat(text("b 1\n").vanished()).isEmpty();
  }

  @Test
  void limitsCutAndCount() {
    var limits = new ExpositionLimits(200, 40, 3, 2, 10, 1, 1);
    var small = new Exposition(ExpositionOptions.of(POD), limits);
    var lines =
        "# TYPE a counter\n# TYPE b counter\nlonger"
            + "x".repeat(40)
            + " 1\na{x=\"12345678901\"} 1\n";
    var page = small.read((lines + "a{a=\"\",b=\"\",c=\"\"} 1\na 1\n").getBytes(UTF_8), TEXT, NOW);
    assertThat(page.rejected())
        .isEqualTo(
            Map.of(
                IntakeReason.TOO_MANY_FAMILIES, 1L,
                IntakeReason.LINE_TOO_LONG, 1L,
                IntakeReason.LABEL_TOO_LONG, 1L,
                IntakeReason.TOO_MANY_LABELS, 1L));
    assertThat(page.samples().size()).isEqualTo(1);
    var many = small.read("a 1\nb 1\nc 1\nd 1\n".getBytes(UTF_8), TEXT, NOW);
    assertThat(many.samples().size()).isEqualTo(3);
    assertThat(many.rejected()).isEqualTo(Map.of(IntakeReason.TOO_MANY_SAMPLES, 1L));
    var large = small.read(("a 1\n#" + "x".repeat(300)).getBytes(UTF_8), TEXT, NOW);
    assertThat(large.samples().size()).isEqualTo(1);
    assertThat(large.rejected()).containsEntry(IntakeReason.BODY_TOO_LARGE, 1L);
    assertThat(large.complete()).isFalse();
  }

  @Test
  void aLineOfAnyLengthIsSkippedInBoundedMemory() {
    var body = ("a 1\nb{x=\"" + "y".repeat(3 << 20) + "\"} 1\nc 1").getBytes(UTF_8);
    var page = exposition.read(body, TEXT, NOW);
    assertThat(page.samples().size()).isEqualTo(2);
    assertThat(page.rejected()).isEqualTo(Map.of(IntakeReason.LINE_TOO_LONG, 1L));
  }

  @Test
  void jsonAndHtmlAreNoExposition() {
    assertThat(text("{\"error\": \"x\"}").isMetrics()).isFalse();
    assertThat(text("{\n \"kind\": \"Status\"}").isMetrics()).isFalse();
    assertThat(text("<html>").isMetrics()).isFalse();
    assertThat(text("{\"a.b\"} 1").isMetrics()).isTrue();
    assertThat(text("").isMetrics()).isTrue();
  }

  @Test
  void decimalsAreExactlyThoseOfTheLibrary() {
    var random = new Random(20261129);
    var decimals = new Decimals();
    for (int i = 0; i < 200_000; i++) {
      var text =
          switch (i % 4) {
            case 0 -> Double.toString(Math.scalb(random.nextDouble(), random.nextInt(2000) - 1050));
            case 1 -> Double.toString(random.nextGaussian() * 1e3);
            case 2 -> Long.toString(random.nextLong());
            default ->
                random.nextInt(100_000) + "." + random.nextInt(1000) + "e" + random.nextInt(30);
          };
      var bytes = text.getBytes(UTF_8);
      assertThat(decimals.parseDouble(bytes, 0, bytes.length))
          .as(text)
          .isEqualTo(Double.parseDouble(text));
      assertThat(decimals.valid()).as(text).isTrue();
    }
  }

  private ScrapedPage text(String page) {
    return exposition.read(page.getBytes(UTF_8), TEXT, NOW);
  }

  private ScrapedPage openMetrics(String page) {
    return exposition.read(page.getBytes(UTF_8), ExpositionFormat.OPEN_METRICS, NOW);
  }

  private static SeriesKey gauge(String name, Attributes point) {
    return new SeriesKey(POD, name, "", MetricKind.GAUGE, point);
  }
}
