package io.bridgewatch.drill.serve;

import static org.assertj.core.api.Assertions.assertThat;

import io.bridgewatch.drill.plan.StandardBank;
import io.bridgewatch.drill.world.BankWorld;
import io.bridgewatch.model.AttributeNames;
import io.bridgewatch.model.Exemplar;
import io.bridgewatch.model.LogRecord;
import io.bridgewatch.model.SeriesKey;
import io.bridgewatch.model.Span;
import io.bridgewatch.telemetry.Histograms;
import io.bridgewatch.telemetry.OtlpReader;
import io.bridgewatch.telemetry.OtlpSignal;
import io.bridgewatch.telemetry.Pool;
import io.bridgewatch.telemetry.Rejection;
import io.bridgewatch.telemetry.TelemetryLimits;
import io.bridgewatch.telemetry.TelemetrySink;
import io.bridgewatch.telemetry.TimeRange;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class OtlpExportTest {
  private static final Instant START = Instant.parse("2026-03-02T02:00:00Z");
  private static final TimeRange TIMES = new TimeRange(START, START.plusSeconds(20));

  /** Keeps what it is given; nothing may be refused. */
  private static final class Kept implements TelemetrySink<RuntimeException> {
    final List<Span> spans = new ArrayList<>();
    final List<LogRecord> logs = new ArrayList<>();

    @Override
    public void sample(SeriesKey key, long epochMillis, double value) {
      throw new AssertionError("no samples are exported");
    }

    @Override
    public void histogram(Histograms.Key key, Histograms.Point point) {
      throw new AssertionError("no histograms are exported");
    }

    @Override
    public void exemplar(Exemplar exemplar) {
      throw new AssertionError("no exemplars are exported");
    }

    @Override
    public void span(Span span) {
      spans.add(span);
    }

    @Override
    public void log(LogRecord record) {
      logs.add(record);
    }

    @Override
    public void reject(Rejection reason, long count) {
      throw new AssertionError("%d refused: %s".formatted(count, reason));
    }
  }

  private static Kept read(double traceShare, boolean withLogs) throws Exception {
    var options = new BankWorld.Options(traceShare, withLogs, UnaryOperator.identity());
    var kept = new Kept();
    var reader = new OtlpReader(TelemetryLimits.DEFAULT);
    try (var world = BankWorld.start(StandardBank.plan(), START, 5, options)) {
      world.advance(Duration.ofSeconds(20));
      int items = 0;
      for (var request : world.export().take(500)) {
        assertThat(request.items()).isBetween(1, 500);
        items += request.items();
        var signal = request.path().equals("/v1/traces") ? OtlpSignal.TRACES : OtlpSignal.LOGS;
        reader.protobuf(signal, request.body()).deliver(TIMES, new Pool(), kept);
      }
      assertThat(kept.spans.size() + kept.logs.size()).isEqualTo(items);
      assertThat(world.export().take(500)).isEmpty();
      assertThat(world.export().dropped()).isZero();
    }
    return kept;
  }

  @Test
  void tracesAreReadBackWhole() throws Exception {
    Kept kept = read(1, true);
    assertThat(kept.spans).hasSizeGreaterThan(1_000);
    assertThat(kept.logs).isNotEmpty();
    Set<String> services = new HashSet<>();
    for (var service : StandardBank.plan().services()) {
      services.add(service.name());
    }
    for (Span span : kept.spans) {
      assertThat(services).contains(span.resource().get(AttributeNames.SERVICE).orElseThrow());
      assertThat(span.resource().get(AttributeNames.POD)).isPresent();
      assertThat(span.resource().get(AttributeNames.NODE)).isPresent();
    }
  }

  @Test
  void aShareOfTheTracesIsToldAndNoLogsUnlessWanted() throws Exception {
    Kept all = read(1, false);
    Kept some = read(0.1, false);
    assertThat(some.logs).isEmpty();
    assertThat((double) some.spans.size() / all.spans.size()).isBetween(0.05, 0.15);
  }
}
