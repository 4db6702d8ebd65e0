package io.bridgewatch.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.bridgewatch.bench.logs.MadeUpTelemetry;
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
import java.util.List;
import org.junit.jupiter.api.Test;

class OtlpBytesTest {

  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  private final List<LogRecord> lines = new ArrayList<>();
  private final List<Span> spans = new ArrayList<>();
  private final List<Rejection> rejected = new ArrayList<>();

  private void read(OtlpSignal signal, byte[] request) throws Exception {
    var times = new TimeRange(NOW.minus(Duration.ofDays(1)), NOW.plus(Duration.ofDays(1)));
    new OtlpReader(TelemetryLimits.DEFAULT)
        .protobuf(signal, request)
        .deliver(times, new Pool(), new Keeping());
  }

  private final class Keeping implements TelemetrySink<RuntimeException> {
    @Override
    public void sample(SeriesKey key, long epochMillis, double value) {
      throw new AssertionError(key);
    }

    @Override
    public void histogram(Histograms.Key key, Histograms.Point point) {
      throw new AssertionError(key);
    }

    @Override
    public void exemplar(Exemplar exemplar) {
      throw new AssertionError(exemplar);
    }

    @Override
    public void span(Span span) {
      spans.add(span);
    }

    @Override
    public void log(LogRecord record) {
      lines.add(record);
    }

    @Override
    public void reject(Rejection reason, long count) {
      rejected.add(reason);
    }
  }

  @Test
  void requestsHoldTheRecords() throws Exception {
    var made = new MadeUpTelemetry(1, NOW);
    var madeLines = made.lines(500);
    var madeSpans = made.spans(500);
    read(OtlpSignal.LOGS, OtlpBytes.logs(madeLines));
    read(OtlpSignal.TRACES, OtlpBytes.spans(madeSpans));
    assertThat(rejected).isEmpty();
    assertThat(lines).containsExactlyInAnyOrderElementsOf(madeLines);
    assertThat(spans).containsExactlyInAnyOrderElementsOf(madeSpans);
  }
}
