package io.bridgewatch.engine;

import io.bridgewatch.model.AttributeNames;
import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.LogRecord;
import io.bridgewatch.model.MetricKind;
import io.bridgewatch.model.SampleBatch;
import io.bridgewatch.model.SeriesKey;
import io.bridgewatch.model.Span;
import io.bridgewatch.ports.MetricStore;
import io.bridgewatch.ports.Timekeeper;
import io.bridgewatch.topology.TransactionTraffic;
import io.bridgewatch.topology.Transactions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Marks spans and log lines with the business transaction that they belong to, by rules that may
 * change at any time, and makes metrics of named ones: by component and name, by the minute,
 * {@value #COUNT} and {@value #ERRORS} (what came in since the last sample) and quantiles of
 * {@value #DURATION} in seconds. Names beyond those that {@link TransactionTraffic} tells apart are
 * added up under {@value #OVERFLOW}.
 *
 * <p>To be asked before masking, which hides what the rules look for. Safe for use by several
 * threads.
 */
public final class TransactionMarks implements AutoCloseable {

  static final String PREFIX = "bridgewatch.transaction.";
  static final String COUNT = PREFIX + "count";
  static final String ERRORS = PREFIX + "errors";
  static final String DURATION = PREFIX + "duration";

  /** The attribute by which OpenTelemetry marks what had no place of its own. */
  static final String OVERFLOW = "otel.metric.overflow";

  private static final Duration LOOK_EVERY = Duration.ofSeconds(10);
  private static final double[] QUANTILES = {0.5, 0.95, 0.99};

  private final SerialNumbers serials;
  private final OwnSamples samples;
  private final Timekeeper clock;
  private final TransactionTraffic traffic = new TransactionTraffic();
  private volatile Optional<Timekeeper.Turns> turns = Optional.empty();
  private volatile Transactions rules;

  public TransactionMarks(
      Transactions rules, SerialNumbers serials, MetricStore store, Timekeeper clock) {
    this.rules = rules;
    this.serials = serials;
    this.samples = new OwnSamples(store, OwnSamples.MOST_WAITING);
    this.clock = clock;
  }

  public void start() {
    turns =
        Optional.of(clock.every("transactions", LOOK_EVERY, LOOK_EVERY, () -> count(List.of())));
  }

  /** The rules by which what comes from now on is marked. */
  public Transactions rules() {
    return rules;
  }

  /** Marks by other rules from now on. */
  public void use(Transactions others) {
    rules = others;
  }

  /** The span as it came, with its transaction's name and number. */
  public Span marked(Span span) {
    return rules.marked(span, serials::shown);
  }

  /** The record as it came, with its transaction's number. */
  public LogRecord marked(LogRecord record) {
    return rules.marked(record, serials::shown);
  }

  /** How a serial number that somebody looks for was kept. */
  public String kept(String serial) {
    return serials.shown(serial);
  }

  /** Counts the transactions that spans name, once they are masked. */
  public synchronized void count(List<Span> spans) {
    keep(traffic.step(clock.instant(), spans, CallMetrics::component));
    if (spans.isEmpty()) {
      samples.retry();
    }
  }

  /**
   * How the metrics of transactions are kept.
   *
   * @param kept samples since the start
   * @param waiting samples that the store refused and that are tried again
   * @param lost samples that could not be kept
   * @param overflowed transactions that were added up without their name
   */
  public record Status(long kept, int waiting, long lost, long overflowed) {}

  public synchronized Status status() {
    var now = samples.status();
    return new Status(now.kept(), now.waiting(), now.lost(), traffic.overflowed());
  }

  private void keep(List<TransactionTraffic.Minute> minutes) {
    var batch = SampleBatch.builder();
    for (TransactionTraffic.Minute minute : minutes) {
      long end = minute.minute().plusSeconds(60).toEpochMilli();
      add(minute, samples.timeMillis(minute.kind(), end), batch);
    }
    samples.keep(batch.build());
  }

  private static void add(TransactionTraffic.Minute minute, long time, SampleBatch.Builder to) {
    Attributes entered = minute.kind().entered().identity();
    Attributes name =
        minute.kind().name().isEmpty()
            ? Attributes.of(OVERFLOW, "true")
            : Attributes.of(AttributeNames.TRANSACTION, minute.kind().name());
    to.add(
        new SeriesKey(entered, COUNT, "{transaction}", MetricKind.DELTA, name),
        time,
        minute.count());
    to.add(
        new SeriesKey(entered, ERRORS, "{transaction}", MetricKind.DELTA, name),
        time,
        minute.errors());
    for (double quantile : QUANTILES) {
      to.add(
          new SeriesKey(
              entered,
              DURATION,
              "s",
              MetricKind.GAUGE,
              name.with(AttributeNames.QUANTILE, Double.toString(quantile))),
          time,
          minute.latency().quantile(quantile));
    }
  }

  /** Hands out what is still open. */
  @Override
  public void close() {
    turns.ifPresent(some -> some.end(LOOK_EVERY));
    synchronized (this) {
      keep(traffic.finish());
    }
  }
}
