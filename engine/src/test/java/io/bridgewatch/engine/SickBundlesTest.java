package io.bridgewatch.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.Bundle;
import io.bridgewatch.model.Call;
import io.bridgewatch.model.LogRecord;
import io.bridgewatch.model.Series;
import io.bridgewatch.model.Severity;
import io.bridgewatch.model.Span;
import io.bridgewatch.model.SpanKind;
import io.bridgewatch.model.SymptomHint;
import io.bridgewatch.testkit.MadeUpSystem;
import io.bridgewatch.testkit.Telemetry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Half, broken and hostile observations: a report comes all the same, and claims nothing false. */
class SickBundlesTest {

  private static final Attributes POD = Telemetry.pod("orders", "0", "node-1");

  @Test
  void anEmptyBundleHasNoIncident() {
    assertNothing(bundle(Duration.ofMinutes(20), List.of(), List.of()));
    assertNothing(bundle(Duration.ZERO, List.of(), List.of()));
  }

  @Test
  void aReportInsideOrOutsideTheWindowOfAnEmptyBundleIsNoError() {
    var empty = bundle(Duration.ofMinutes(20), List.of(), List.of());
    for (Instant at :
        List.of(
            Telemetry.FROM,
            Telemetry.FROM.plusSeconds(700),
            Instant.EPOCH,
            Telemetry.FROM.plusSeconds(99_999))) {
      assertNothing(
          empty.withHints(
              Optional.of(at),
              Optional.of(new SymptomHint(Telemetry.service("nobody"), "no.metric"))));
    }
    assertNothing(
        empty.withHints(Optional.empty(), Optional.of(new SymptomHint(Attributes.none(), ""))));
  }

  @Test
  void seriesOfOneSampleOrOnlyGapsSayNothing() {
    var key = Telemetry.gauge(POD, "container.cpu.usage", "{cpu}");
    var memory = Telemetry.gauge(POD, "container.memory.usage", "By");
    var gaps = new double[120];
    Arrays.fill(gaps, Double.NaN);
    assertNothing(
        bundle(
            Duration.ofMinutes(20),
            List.of(Telemetry.series(key, 7), Telemetry.series(memory, gaps)),
            List.of()));
    assertNothing(bundle(Duration.ofMinutes(20), List.of(Telemetry.series(key)), List.of()));
  }

  @Test
  void infinitiesAreNoIncident() {
    var key = Telemetry.gauge(POD, "http.server.request.duration", "s");
    var values = new double[120];
    Arrays.fill(values, Double.POSITIVE_INFINITY);
    values[3] = Double.NEGATIVE_INFINITY;
    assertNothing(
        bundle(Duration.ofMinutes(20), List.of(Telemetry.series(key, values)), List.of()));
  }

  @Test
  void spansWithLoopsAndReversedTimesAreNoError() {
    var spans = new ArrayList<Span>();
    var front = Telemetry.pod("front", "0", "node-0");
    for (int i = 0; i < 200; i++) {
      double at = i * 5_000;
      spans.add(span("t" + i, "a", "b", front, at, 10));
      spans.add(span("t" + i, "b", "a", POD, at, -10));
      spans.add(span("t" + i, "c", "c", POD, at, 1e9));
      spans.add(span("t" + i, "d", "", Attributes.none(), at, 5));
      spans.add(span("", "", "", POD, at, 0));
    }
    assertNothing(bundle(Duration.ofMinutes(20), List.of(), spans));
  }

  @Test
  void componentsThatCallEachOtherInACircleAreNoError() {
    var calls = new ArrayList<Call>();
    for (String[] edge : new String[][] {{"a", "b"}, {"b", "c"}, {"c", "a"}, {"a", "a"}}) {
      calls.add(new Call(Telemetry.service(edge[0]), Telemetry.service(edge[1])));
    }
    var series = new ArrayList<Series>();
    for (String name : List.of("a", "b", "c")) {
      series.add(
          Telemetry.series(
              Telemetry.gauge(
                  Telemetry.pod(name, "0", "node-0"), "http.server.request.duration", "s"),
              Telemetry.levels(70, 0.05, 50, name.equals("b") ? 2 : 0.5)));
    }
    var report =
        new BundleDiagnosis()
            .diagnose(
                Telemetry.bundle(
                    "circle",
                    Duration.ofMinutes(20),
                    series,
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    calls));
    assertThat(report.incidents()).allSatisfy(BundleDiagnosisTest::assertSound);
  }

  @Test
  void linesOfNoSpanAndOfNobodyAreNoError() {
    var logs = new ArrayList<LogRecord>();
    for (int i = 0; i < 50; i++) {
      logs.add(
          new LogRecord(
              Telemetry.nanos(i * 1_000), Severity.ERROR, "", "", "", POD, Attributes.none()));
      logs.add(
          new LogRecord(
              0, Severity.FATAL, "x", "t", "never-seen", Attributes.none(), Attributes.none()));
      logs.add(
          new LogRecord(
              Long.MAX_VALUE, Severity.INFO, "x", "", "", Attributes.none(), Attributes.none()));
    }
    assertThat(
            new BundleDiagnosis()
                .diagnose(
                    Telemetry.bundle(
                        "lines",
                        Duration.ofMinutes(20),
                        List.of(),
                        List.of(),
                        logs,
                        List.of(),
                        List.of(),
                        List.of()))
                .incidents())
        .isEmpty();
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void aFifthOfTheSamplesAndSpansMissingNeitherInventsNorHidesAnIncident(long seed) {
    var random = new SplittableRandom(seed);
    assertThat(new BundleDiagnosis().diagnose(thinned(system(seed).bundle(), random)).incidents())
        .isEmpty();
    var sick =
        new BundleDiagnosis()
            .diagnose(thinned(system(seed).busyPod("stock", 0, 300).bundle(), random));
    assertThat(sick.incidents()).hasSize(1);
    assertThat(sick.incidents().getFirst().causes().getFirst().entity().name())
        .isEqualTo("stock-0");
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void withoutTracesTheCauseIsStillFoundByItsSeries(long seed) {
    var bundle = system(seed).busyPod("stock", 0, 300).bundle();
    var calls =
        List.of(
            new Call(Telemetry.service("front"), Telemetry.service("orders")),
            new Call(Telemetry.service("orders"), Telemetry.service("stock")));
    var report =
        new BundleDiagnosis()
            .diagnose(
                Telemetry.bundle(
                    "untraced",
                    MadeUpSystem.LENGTH,
                    bundle.series(),
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    calls));
    assertThat(report.incidents()).hasSize(1);
    assertThat(report.incidents().getFirst().causes().getFirst().entity().name())
        .isEqualTo("stock-0");
  }

  private static MadeUpSystem system(long seed) {
    return new MadeUpSystem(seed)
        .service("front", 1, "orders")
        .service("orders", 2, "stock")
        .service("stock", 1);
  }

  private static Bundle thinned(Bundle bundle, SplittableRandom random) {
    var series =
        bundle.series().stream()
            .map(
                s ->
                    new Series(
                        s.key(),
                        s.times(),
                        Arrays.stream(s.values())
                            .map(v -> random.nextInt(5) == 0 ? Double.NaN : v)
                            .toArray()))
            .toList();
    var spans = bundle.spans().stream().filter(s -> random.nextInt(5) != 0).toList();
    return LawsTest.with(bundle, series, spans);
  }

  private static Span span(
      String trace, String id, String parent, Attributes resource, double at, double millis) {
    return Telemetry.span(trace, id, parent, "GET /", SpanKind.SERVER, resource, at, millis, false);
  }

  private static Bundle bundle(Duration length, List<Series> series, List<Span> spans) {
    return Telemetry.bundle(
        "sick", length, series, spans, List.of(), List.of(), List.of(), List.of());
  }

  private static void assertNothing(Bundle bundle) {
    assertThat(new BundleDiagnosis().diagnose(bundle).incidents()).isEmpty();
  }
}
