package io.bridgewatch.hub;

import io.bridgewatch.model.AttributeNames;
import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.LogRecord;
import io.bridgewatch.model.MetricKind;
import io.bridgewatch.model.SampleBatch;
import io.bridgewatch.model.SeriesKey;
import io.bridgewatch.model.Severity;
import io.bridgewatch.model.Span;
import io.bridgewatch.model.SpanKind;
import io.bridgewatch.ports.LogStore;
import io.bridgewatch.ports.MetricStore;
import io.bridgewatch.ports.SpanStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the pods of the {@link Shop} would have sent in the last ten minutes: pods cart-5d9-00 and
 * -01 of Deployment cart, and a pod of another.
 */
final class ShopSignals {

  static final String TRACE = "0123456789abcdef0123456789abcdef";
  static final String CPU = "container.cpu.time";
  static final String MEMORY = "container.memory.usage";
  static final String LATENCY = "http.server.request.duration";
  static final int MINUTES = 10;

  private final Instant now;

  /**
   * @param now the time of the newest
   */
  ShopSignals(Instant now) {
    this.now = now;
  }

  static Attributes pod(String name) {
    return Attributes.of(
        Map.of(
            AttributeNames.CLUSTER,
            WatchedShop.CLUSTER,
            AttributeNames.NAMESPACE,
            "shop",
            AttributeNames.POD,
            name,
            AttributeNames.CONTAINER,
            "app",
            AttributeNames.NODE,
            "worker-1",
            AttributeNames.SERVICE,
            name.replaceFirst("-.*", "")));
  }

  void into(MetricStore metrics, LogStore logs, SpanStore spans) {
    metrics.append(samples());
    logs.append(lines());
    spans.append(spans());
  }

  /** CPU of pod 0 is half a core, of pod 1 a quarter, of the other pod a tenth. */
  private SampleBatch samples() {
    var batch = SampleBatch.builder();
    var cpu = Map.of("cart-5d9-00", 0.5, "cart-5d9-01", 0.25, "till-1", 0.1);
    for (var one : new TreeMap<>(cpu).entrySet()) {
      var pod = pod(one.getKey());
      var time = now.minus(Duration.ofMinutes(MINUTES));
      for (int i = 0; !time.isAfter(now); i++) {
        long millis = time.toEpochMilli();
        batch.add(
            new SeriesKey(pod, CPU, "s", MetricKind.CUMULATIVE, Attributes.none()),
            millis,
            1000 + i * 15 * one.getValue());
        batch.add(
            new SeriesKey(pod, MEMORY, "By", MetricKind.GAUGE, Attributes.none()),
            millis,
            1e6 * (1 + one.getValue()));
        latency(batch, pod, millis, i);
        time = time.plusSeconds(15);
      }
    }
    return batch.build();
  }

  /** Each interval 8 requests below a tenth of a second, and 2 more below a second. */
  private static void latency(SampleBatch.Builder batch, Attributes pod, long millis, int i) {
    var counts = new TreeMap<>(Map.of("0.1", 8, "1", 10, "+Inf", 10));
    counts.forEach(
        (bound, each) ->
            batch.add(
                new SeriesKey(
                    pod,
                    LATENCY,
                    "1",
                    MetricKind.CUMULATIVE,
                    Attributes.of(AttributeNames.STATISTIC, "bucket", "le", bound)),
                millis,
                (double) each * i));
    batch.add(
        new SeriesKey(
            pod,
            LATENCY,
            "1",
            MetricKind.CUMULATIVE,
            Attributes.of(AttributeNames.STATISTIC, "count")),
        millis,
        10.0 * i);
    batch.add(
        new SeriesKey(
            pod,
            LATENCY,
            "s",
            MetricKind.CUMULATIVE,
            Attributes.of(AttributeNames.STATISTIC, "sum")),
        millis,
        2.0 * i);
  }

  private List<LogRecord> lines() {
    var lines = new ArrayList<LogRecord>();
    for (int i = 0; i < 250; i++) {
      lines.add(
          line(
              "cart-5d9-00",
              now.minusSeconds(500).plusSeconds(2L * i),
              i % 25 == 0 ? Severity.ERROR : Severity.INFO,
              i % 25 == 0 ? "cannot reserve item " + i + ": 库存不足" : "reserved item " + i,
              ""));
    }
    lines.add(line("till-1", now.minusSeconds(60), Severity.WARN, "slow printer", ""));
    lines.add(line("cart-5d9-01", now.minusSeconds(30), Severity.INFO, "checkout began", TRACE));
    return lines;
  }

  static LogRecord line(String pod, Instant time, Severity severity, String body, String trace) {
    return new LogRecord(
        nanos(time), severity, body, trace, "", pod(pod), Attributes.of("code.namespace", "a,b"));
  }

  /** A checkout of 100 ms: 60 ms in the database, which failed, 10 ms of them twice at a time. */
  private List<Span> spans() {
    var start = now.minusSeconds(30);
    var spans = new ArrayList<Span>();
    spans.add(span("1", "", "POST /checkout", SpanKind.SERVER, start, 0, 100, true));
    spans.add(span("2", "1", "SELECT stock", SpanKind.CLIENT, start, 10, 40, false));
    spans.add(span("3", "1", "UPDATE stock", SpanKind.CLIENT, start, 30, 70, true));
    spans.add(
        new Span(
            "f".repeat(32),
            "4".repeat(16),
            "",
            "GET /receipt",
            SpanKind.SERVER,
            nanos(start),
            nanos(start) + 5_000_000,
            false,
            pod("till-1"),
            Attributes.none()));
    return spans;
  }

  private static Span span(
      String id,
      String parent,
      String name,
      SpanKind kind,
      Instant start,
      long fromMillis,
      long toMillis,
      boolean failed) {
    return new Span(
        TRACE,
        id.repeat(16),
        parent.repeat(16),
        name,
        kind,
        nanos(start) + fromMillis * 1_000_000,
        nanos(start) + toMillis * 1_000_000,
        failed,
        pod("cart-5d9-01"),
        Attributes.of("db.system", "made-up"));
  }

  static long nanos(Instant time) {
    return time.getEpochSecond() * 1_000_000_000 + time.getNano();
  }
}
