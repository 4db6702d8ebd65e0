package io.bridgewatch.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.bridgewatch.model.AttributeNames;
import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.Bundle;
import io.bridgewatch.model.Cause;
import io.bridgewatch.model.CauseKind;
import io.bridgewatch.model.EntityRef;
import io.bridgewatch.model.EntityType;
import io.bridgewatch.model.Layer;
import io.bridgewatch.model.LogRecord;
import io.bridgewatch.model.MetricKind;
import io.bridgewatch.model.Series;
import io.bridgewatch.model.SeriesKey;
import io.bridgewatch.model.Span;
import io.bridgewatch.testkit.MadeUpSystem;
import io.bridgewatch.testkit.Telemetry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongToDoubleFunction;
import org.junit.jupiter.api.Test;

/** From an exporter's counters to the device that is to blame. */
class MachineCauseTest {

  private static final long STEP = 15_000;
  private static final long ONSET =
      Duration.between(Telemetry.FROM, MadeUpSystem.ONSET).toMillis() / STEP;

  private final MadeUpSystem system =
      new MadeUpSystem(42)
          .service("front", 1, "orders", "users")
          .service("orders", 3, "stock", "bank")
          .service("users", 1)
          .service("stock", 1)
          .service("bank", 1);
  private final String node = system.pods("bank").getFirst().getOr(AttributeNames.NODE, "");

  @Test
  void aDiskThatGetsSlowIsNamedWithTheWayToWhomItHurts() {
    Cause cause = first(withDisks(system.slowCode("bank", 300).bundle(), 0.12));
    assertThat(cause.entity()).isEqualTo(disk());
    assertThat(cause.kind()).isEqualTo(CauseKind.NODE_DISK);
    assertThat(cause.layer()).isEqualTo(Layer.HARDWARE);
    assertThat(cause.path())
        .extracting(EntityRef::name)
        .containsExactly("sdb", node, "bank", "orders", "front");
  }

  @Test
  void aDiskAsQuickAsEverIsNotNamed() {
    Cause cause = first(withDisks(system.slowCode("bank", 300).bundle(), 0.002));
    assertThat(cause.entity().name()).isEqualTo("bank-0");
  }

  @Test
  void disksThatDoTheirWorkAreNoIncident() {
    var report = new BundleDiagnosis().diagnose(withDisks(system.bundle(), 0.003));
    assertThat(report.incidents()).isEmpty();
  }

  @Test
  void aRecordingThatNamesItsClusterIsReadAsOneThatDoesNot() {
    var bundle = withDisks(system.slowCode("bank", 300).bundle(), 0.12);
    assertThat(OneCluster.of(named(bundle))).isEqualTo(OneCluster.of(bundle)).isEqualTo(bundle);
  }

  private EntityRef disk() {
    return new EntityRef(
        EntityType.DEVICE, Attributes.of(AttributeNames.NODE, node, AttributeNames.DEVICE, "sdb"));
  }

  private static Cause first(Bundle bundle) {
    var incidents = new BundleDiagnosis().diagnose(bundle).incidents();
    assertThat(incidents).hasSize(1);
    return incidents.getFirst().causes().getFirst();
  }

  /** Two disks of each node, of which one of the bank's node takes that long from the onset on. */
  private Bundle withDisks(Bundle bundle, double seconds) {
    var series = new ArrayList<>(bundle.series());
    for (String name : List.of("node-0", "node-1", "node-2")) {
      for (String device : List.of("sda", "sdb")) {
        boolean faulty = name.equals(node) && device.equals("sdb");
        series.add(counter(name, device, "node_disk_writes_completed_total", t -> 40.0 * t));
        series.add(
            counter(
                name,
                device,
                "node_disk_write_time_seconds_total",
                t ->
                    40 * (0.002 * Math.min(t, ONSET))
                        + 40 * (faulty ? seconds : 0.002) * Math.max(0, t - ONSET)));
      }
    }
    return bundle.withSeries(series);
  }

  private static Series counter(
      String node, String device, String metric, LongToDoubleFunction value) {
    int size = (int) (MadeUpSystem.LENGTH.toMillis() / STEP);
    var times = new long[size];
    var values = new double[size];
    for (int i = 0; i < size; i++) {
      times[i] = Telemetry.FROM.toEpochMilli() + i * STEP;
      values[i] = value.applyAsDouble(i);
    }
    var key =
        new SeriesKey(
            Attributes.of(AttributeNames.NODE, node),
            metric,
            "",
            MetricKind.CUMULATIVE,
            Attributes.of("device", device));
    return new Series(key, times, values);
  }

  private static Bundle named(Bundle bundle) {
    return new Bundle(
        bundle.name(),
        bundle.window(),
        bundle.reportedAt(),
        bundle.symptom(),
        bundle.series().stream()
            .map(
                one ->
                    new Series(
                        new SeriesKey(
                            named(one.key().resource()),
                            one.key().metric(),
                            one.key().unit(),
                            one.key().kind(),
                            one.key().point()),
                        one.times(),
                        one.values()))
            .toList(),
        bundle.spans().stream()
            .map(
                span ->
                    new Span(
                        span.traceId(),
                        span.spanId(),
                        span.parentSpanId(),
                        span.name(),
                        span.kind(),
                        span.startNanos(),
                        span.endNanos(),
                        span.failed(),
                        named(span.resource()),
                        span.attributes()))
            .toList(),
        bundle.logs().stream()
            .map(
                log ->
                    new LogRecord(
                        log.epochNanos(),
                        log.severity(),
                        log.body(),
                        log.traceId(),
                        log.spanId(),
                        named(log.resource()),
                        log.attributes()))
            .toList(),
        bundle.objects(),
        bundle.watch(),
        bundle.changes(),
        bundle.calls(),
        bundle.rejections());
  }

  private static Attributes named(Attributes resource) {
    return resource.with(AttributeNames.CLUSTER, "prod");
  }
}
