package io.bridgewatch.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.bridgewatch.model.Bundle;
import io.bridgewatch.model.Cause;
import io.bridgewatch.model.Incident;
import io.bridgewatch.model.Series;
import io.bridgewatch.model.SeriesKey;
import io.bridgewatch.model.SituationReport;
import io.bridgewatch.model.Span;
import io.bridgewatch.testkit.MadeUpSystem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What has to hold of any report, whatever the constants are. */
class LawsTest {

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void theSameBundleGivesTheSameReport(long seed) {
    var report = diagnose(sick(seed, name -> name).bundle());
    assertThat(report.incidents()).isNotEmpty().allSatisfy(BundleDiagnosisTest::assertSound);
    assertThat(diagnose(sick(seed, name -> name).bundle())).isEqualTo(report);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void theOrderOfSeriesAndSpansChangesNothing(long seed) {
    var bundle = sick(seed, name -> name).bundle();
    List<Series> series = new ArrayList<>(bundle.series());
    List<Span> spans = new ArrayList<>(bundle.spans());
    Collections.shuffle(series, new Random(seed));
    Collections.shuffle(spans, new Random(seed));
    assertThat(diagnose(with(bundle, series, spans))).isEqualTo(diagnose(bundle));
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void renamingEveryServiceChangesNothingButNames(long seed) {
    var plain = diagnose(sick(seed, name -> name).bundle());
    var renamed = diagnose(sick(seed, name -> "shop-" + name).bundle());
    assertThat(numbers(renamed)).isEqualTo(numbers(plain));
    assertThat(causes(renamed)).isEqualTo(causes(plain).stream().map(n -> "shop-" + n).toList());
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void otherUnitsOfTheSameLatencyBlameTheSame(long seed) {
    var bundle = sick(seed, name -> name).bundle();
    var inMillis = bundle.series().stream().map(LawsTest::secondsAsMillis).toList();
    assertThat(first(diagnose(with(bundle, inMillis, bundle.spans()))))
        .isEqualTo(first(diagnose(bundle)));
    var untraced = with(bundle, bundle.series(), List.of());
    assertThat(causes(diagnose(with(bundle, inMillis, List.of()))))
        .isEqualTo(causes(diagnose(untraced)));
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void aCalmNeighbourMoreNeverChangesTheFirstCause(long seed) {
    var bundle = sick(seed, name -> name).bundle();
    var calm = new MadeUpSystem(seed + 100).service("calm", 2, "quiet").service("quiet", 1);
    List<Series> series = new ArrayList<>(bundle.series());
    List<Span> spans = new ArrayList<>(bundle.spans());
    series.addAll(calm.bundle().series());
    for (Span span : calm.bundle().spans()) {
      spans.add(
          new Span(
              "calm-" + span.traceId(),
              span.spanId(),
              span.parentSpanId(),
              span.name(),
              span.kind(),
              span.startNanos(),
              span.endNanos(),
              span.failed(),
              span.resource(),
              span.attributes()));
    }
    assertThat(first(diagnose(with(bundle, series, spans)))).isEqualTo(first(diagnose(bundle)));
  }

  /** A system with a fault that depends on the seed. */
  private static MadeUpSystem sick(long seed, UnaryOperator<String> name) {
    var system =
        new MadeUpSystem(seed)
            .service(name.apply("front"), 1, name.apply("orders"), name.apply("users"))
            .service(name.apply("orders"), 2, name.apply("stock"))
            .service(name.apply("stock"), 1)
            .service(name.apply("users"), 1);
    return switch ((int) (seed % 5)) {
      case 0 -> system.busyPod(name.apply("orders"), 1, 300);
      case 1 -> system.slowNetwork(name.apply("stock"), 200);
      case 2 -> system.failing(name.apply("users"), 0.5);
      case 3 -> system.slowCode(name.apply("stock"), 300);
      default -> system.busyPod(name.apply("users"), 0, 300).skipsCheck(name.apply("users"));
    };
  }

  private static Series secondsAsMillis(Series series) {
    SeriesKey key = series.key();
    return key.unit().equals("s")
        ? new Series(
            new SeriesKey(key.resource(), key.metric(), "ms", key.kind(), key.point()),
            series.times(),
            Arrays.stream(series.values()).map(v -> v * 1000).toArray())
        : series;
  }

  static Bundle with(Bundle bundle, List<Series> series, List<Span> spans) {
    return new Bundle(
        bundle.name(),
        bundle.window(),
        bundle.reportedAt(),
        bundle.symptom(),
        series,
        spans,
        bundle.logs(),
        bundle.objects(),
        bundle.watch(),
        bundle.changes(),
        bundle.calls(),
        bundle.rejections());
  }

  private static SituationReport diagnose(Bundle bundle) {
    return new BundleDiagnosis().diagnose(bundle);
  }

  private static List<String> causes(SituationReport report) {
    return report.incidents().stream()
        .flatMap(incident -> incident.causes().stream())
        .map(cause -> cause.entity().name())
        .toList();
  }

  private static List<String> first(SituationReport report) {
    return report.incidents().stream()
        .map(incident -> incident.causes().getFirst())
        .map(cause -> cause.entity().name() + " " + cause.kind())
        .toList();
  }

  private static List<String> numbers(SituationReport report) {
    var numbers = new ArrayList<String>();
    for (Incident incident : report.incidents()) {
      numbers.add(incident.onset() + " " + incident.symptoms().size());
      for (Cause cause : incident.causes()) {
        numbers.add(cause.kind() + " " + cause.confidence() + " " + cause.evidence().size());
      }
      incident.map().nodes().forEach(n -> numbers.add(n.role() + " " + n.severity()));
    }
    return numbers;
  }
}
