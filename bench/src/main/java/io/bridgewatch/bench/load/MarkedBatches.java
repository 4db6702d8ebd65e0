package io.bridgewatch.bench.load;

import io.bridgewatch.bench.engines.HubProcess;
import io.bridgewatch.bench.metrics.RemoteWrite;
import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.LogRecord;
import io.bridgewatch.model.MetricKind;
import io.bridgewatch.model.SeriesKey;
import io.bridgewatch.model.Severity;
import io.bridgewatch.model.Span;
import io.bridgewatch.model.SpanKind;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/**
 * Batches by their numbers, and how many records of one a hub has: lines have a word of their
 * batch, spans an attribute, samples a tenth of a second.
 */
final class MarkedBatches {

  static final int SERIES = 2_000;
  static final int RECORDS = 500;

  private static final String METRIC = "marked_level";
  private static final Duration SLOT = Duration.ofMillis(100);

  /** Times of one question. */
  private static final int MOST_SLOTS = 10_000;

  private final Instant start;
  private final List<Attributes> pods =
      IntStream.range(0, 50)
          .mapToObj(
              i -> Attributes.of("service.name", "service-" + i % 10, "k8s.pod.name", "p" + i))
          .toList();
  private final RemoteWrite writer;

  MarkedBatches(Instant start) {
    this.start = start;
    var keys = new ArrayList<SeriesKey>();
    for (int i = 0; i < SERIES; i++) {
      keys.add(
          new SeriesKey(
              pods.get(i % pods.size()),
              METRIC,
              "",
              MetricKind.GAUGE,
              Attributes.of("part", "part-" + i)));
    }
    writer = new RemoteWrite(keys);
  }

  private Instant slot(int batch) {
    return start.plus(SLOT.multipliedBy(batch));
  }

  byte[] samples(int batch) {
    return writer.request(SERIES, slot(batch).toEpochMilli(), batch);
  }

  byte[] lines(int batch) {
    long nanos = nanos(batch);
    var lines = new ArrayList<LogRecord>();
    for (int i = 0; i < RECORDS; i++) {
      lines.add(
          new LogRecord(
              nanos + i,
              Severity.INFO,
              word(batch) + " line " + i + " of a payment, done in " + i % 90 + " ms",
              "",
              "",
              pods.get(i % pods.size()),
              Attributes.of("logger", "com.bank.Handler" + i % 30)));
    }
    return OtlpBytes.logs(lines);
  }

  byte[] spans(int batch) {
    long nanos = nanos(batch);
    var spans = new ArrayList<Span>();
    for (int i = 0; i < RECORDS; i++) {
      long number = (long) batch * RECORDS + i + 1;
      spans.add(
          new Span(
              String.format(Locale.ROOT, "%032x", number),
              String.format(Locale.ROOT, "%016x", number),
              "",
              "POST /api/v1/operation-" + i % 60,
              SpanKind.SERVER,
              nanos + i,
              nanos + i + 1_000_000,
              false,
              pods.get(i % pods.size()),
              Attributes.of("batch", word(batch))));
    }
    return OtlpBytes.spans(spans);
  }

  private long nanos(int batch) {
    return slot(batch).toEpochMilli() * 1_000_000;
  }

  private static String word(int batch) {
    return "batch" + batch + "x";
  }

  /** Samples of each batch from 0 to below that number. */
  long[] samplesFound(HubProcess hub, int batches) throws IOException, InterruptedException {
    var found = new long[batches];
    for (int from = 0; from < batches; from += MOST_SLOTS) {
      int last = Math.min(batches, from + MOST_SLOTS) - 1;
      var values =
          hub.query(
                  """
                  {"kind": "aggregate", "reduction": "sum", "of":
                    {"kind": "over-time", "reduction": "count", "windowSeconds": %s, "metric": "%s"}}
                  """
                      .formatted(SLOT.toMillis() / 1000.0, METRIC),
                  slot(from),
                  slot(last),
                  SLOT.toMillis() / 1000.0)
              .at("/lines/0/values");
      int at = from;
      for (JsonNode value : values) {
        found[at++] = value.asLong(0);
      }
    }
    return found;
  }

  long linesFound(HubProcess hub, int batch) throws IOException, InterruptedException {
    return hub.get("/api/v1/logs?limit=1&q=" + word(batch) + "&" + range(batch))
        .path("total")
        .asLong();
  }

  long spansFound(HubProcess hub, int batch) throws IOException, InterruptedException {
    return hub.get(
            "/api/v1/traces?spans=any&limit=1&attribute=batch=" + word(batch) + "&" + range(batch))
        .path("total")
        .asLong();
  }

  private String range(int batch) {
    return Counted.range(slot(batch).minusSeconds(1), slot(batch).plusSeconds(1));
  }
}
