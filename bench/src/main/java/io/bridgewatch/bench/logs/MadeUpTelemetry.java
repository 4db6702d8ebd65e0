package io.bridgewatch.bench.logs;

import io.bridgewatch.model.AttributeNames;
import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.LogRecord;
import io.bridgewatch.model.Severity;
import io.bridgewatch.model.Span;
import io.bridgewatch.model.SpanKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Lines and spans as a payment system writes them; the same seed makes the same. */
public final class MadeUpTelemetry {

  static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

  /** Of record time: 5,000 lines and 5,000 spans a second. */
  public static final long NANOS_BETWEEN = 200_000;

  private static final int PODS = 200;
  private static final int SERVICES = 40;
  public static final int SPANS_OF_TRACE = 8;

  private static final List<String> BODIES =
      List.of(
          "Received POST /api/v1/transfers from 10.%d.%d.7:%d in %d ms, status 200",
          "Accepted transfer TXN-2026-%06d of account 6217%06d, amount %d.%02d CNY",
          "交易 TXN-2026-%06d 受理成功，渠道 %d，流水号 SN%06d，耗时 %d 毫秒",
          "Kafka consumer ledger-%d committed offset %d of partition %d, lag %d",
          "Cache miss for key customer:%d:%d:profile, loading from database shard %d in %d ms",
          "查询账户余额 customer=%d branch=%d 返回 %d 条记录 in %d ms",
          "GC pause young %d ms, heap %dM->%dM of %dM");

  private static final List<String> BAD_BODIES =
      List.of(
          "Connection to db-%d.bank.internal:3306 refused after %d retries, pool %d of %d busy",
          "支付失败 TXN-2026-%06d 原因 余额不足 code=%d channel %d retry %d",
          "java.net.SocketTimeoutException: Read timed out at shard-%d after %d ms, call %d of %d");

  private final SplittableRandom random;
  private final long startNanos;
  private final List<Attributes> resources = new ArrayList<>();
  private long lines;
  private long spans;

  public MadeUpTelemetry(long seed) {
    this(seed, START);
  }

  /**
   * @param start time of the first line and the first span
   */
  public MadeUpTelemetry(long seed, Instant start) {
    random = new SplittableRandom(seed);
    startNanos = start.toEpochMilli() * 1_000_000;
    for (int i = 0; i < PODS; i++) {
      String service = "service-" + i % SERVICES;
      resources.add(
          Attributes.of(
              Map.of(
                  AttributeNames.SERVICE,
                  service,
                  AttributeNames.NAMESPACE,
                  "payments-" + i % 4,
                  AttributeNames.DEPLOYMENT,
                  service,
                  AttributeNames.POD,
                  service + "-7f9c5d" + i,
                  AttributeNames.CONTAINER,
                  "app",
                  AttributeNames.NODE,
                  "node-" + i % 20)));
    }
  }

  /** A word that one line in 100,000 has. */
  public static String rareWord(long line) {
    return "needle" + line / 100_000;
  }

  public List<LogRecord> lines(int count) {
    var batch = new ArrayList<LogRecord>(count);
    for (int i = 0; i < count; i++) {
      batch.add(line());
    }
    return batch;
  }

  private LogRecord line() {
    boolean bad = random.nextInt(50) == 0;
    var bodies = bad ? BAD_BODIES : BODIES;
    String body =
        String.format(
            bodies.get(random.nextInt(bodies.size())),
            random.nextInt(250),
            random.nextInt(250),
            random.nextInt(60_000),
            random.nextInt(2_000));
    long number = lines++;
    if (number % 100_000 == 50_000) {
      body += " " + rareWord(number);
    }
    boolean traced = random.nextInt(2) == 0;
    return new LogRecord(
        nanos(number),
        bad ? (random.nextInt(3) == 0 ? Severity.WARN : Severity.ERROR) : Severity.INFO,
        body,
        traced ? traceId(number / 20) : "",
        traced ? spanId(number) : "",
        resources.get(random.nextInt(PODS)),
        Attributes.of(
            "logger", "com.bank.Handler" + random.nextInt(30), "thread", "http-" + number % 64));
  }

  private long nanos(long number) {
    return startNanos + number * NANOS_BETWEEN;
  }

  public static String traceId(long number) {
    long id = number + 1; // none is all zeros
    return String.format("%016x%016x", id * 0x9E3779B97F4A7C15L, id);
  }

  private static String spanId(long number) {
    return String.format("%016x", number * 0xD1B54A32D192ED03L | 1);
  }

  public List<Span> spans(int count) {
    var batch = new ArrayList<Span>(count);
    for (int i = 0; i < count; i++) {
      long number = spans++;
      long root = number - number % SPANS_OF_TRACE;
      boolean isRoot = number == root;
      long start = nanos(number);
      batch.add(
          new Span(
              traceId(number / SPANS_OF_TRACE),
              spanId(number),
              isRoot ? "" : spanId(number - 1),
              "POST /api/v1/operation-" + random.nextInt(60),
              isRoot ? SpanKind.SERVER : SpanKind.values()[1 + random.nextInt(3)],
              start,
              start + 1_000_000L * (1 + random.nextInt(300)),
              random.nextInt(100) == 0,
              resources.get(random.nextInt(PODS)),
              Attributes.of(
                  Map.of(
                      "http.request.method",
                      "POST",
                      "http.response.status_code",
                      random.nextInt(100) == 0 ? "500" : "200",
                      "server.address",
                      "db-" + random.nextInt(10),
                      "thread.name",
                      "http-" + number % 64))));
    }
    return batch;
  }
}
