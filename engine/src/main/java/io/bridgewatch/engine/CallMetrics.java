package io.bridgewatch.engine;

import io.bridgewatch.model.AttributeNames;
import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.EntityRef;
import io.bridgewatch.model.EntityType;
import io.bridgewatch.model.MetricKind;
import io.bridgewatch.model.SampleBatch;
import io.bridgewatch.model.SeriesKey;
import io.bridgewatch.model.Span;
import io.bridgewatch.numerics.QuantileSketch;
import io.bridgewatch.ports.MetricStore;
import io.bridgewatch.ports.Timekeeper;
import io.bridgewatch.topology.CallTraffic;
import io.bridgewatch.topology.EdgeMinute;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Makes metrics of calls out of spans, so that rates, errors and durations of every edge are kept
 * however many spans are: for each callee and caller, by the minute, {@value #COUNT} and {@value
 * #ERRORS} (what came in since the last sample), and quantiles of {@value #DURATION} and {@value
 * #GAP} in seconds. The caller stands in {@code peer.service}; where it is unknown that is absent.
 *
 * <p>Every span counts, whether its trace is kept or not. What the store refuses is tried again for
 * a while, see {@link OwnSamples}. What is waited for is lost when the process ends: at most the
 * last two minutes of calls. Safe for use by several threads.
 */
public final class CallMetrics implements AutoCloseable {

  /** Before the names of all of them. */
  static final String PREFIX = "bridgewatch.call.";

  static final String COUNT = PREFIX + "count";
  static final String ERRORS = PREFIX + "errors";
  static final String DURATION = PREFIX + "duration";
  static final String GAP = PREFIX + "gap";

  private static final Duration LOOK_EVERY = Duration.ofSeconds(10);
  private static final double[] QUANTILES = {0.5, 0.95, 0.99};

  private final OwnSamples samples;
  private final Timekeeper clock;
  private final Consumer<List<EdgeMinute>> over;
  private final CallTraffic traffic = new CallTraffic(CallTraffic.Settings.DEFAULT);

  private Optional<Timekeeper.Turns> turns = Optional.empty();

  /**
   * Minutes that are over are only handed out as spans come, until {@link #start}.
   *
   * @param over hears of them too
   */
  public CallMetrics(MetricStore store, Timekeeper clock, Consumer<List<EdgeMinute>> over) {
    this.samples = new OwnSamples(store, OwnSamples.MOST_WAITING);
    this.clock = clock;
    this.over = over;
  }

  public synchronized void start() {
    turns = Optional.of(clock.every("call-metrics", LOOK_EVERY, LOOK_EVERY, () -> take(List.of())));
  }

  /** Takes spans; what they came to is kept once their minute is over. */
  public synchronized void take(List<Span> spans) {
    keep(traffic.step(clock.instant(), spans, CallMetrics::component));
    if (spans.isEmpty()) {
      samples.retry();
    }
  }

  /**
   * How the samples of calls are kept.
   *
   * @param kept since the start
   * @param waiting that the store refused and that are tried again
   * @param lost that could not be kept since the start
   * @param settledEarly spans whose other side was not waited for, because too many waited
   */
  public record Status(long kept, int waiting, long lost, long settledEarly) {}

  public synchronized Status status() {
    var now = samples.status();
    return new Status(now.kept(), now.waiting(), now.lost(), traffic.settledEarly());
  }

  /** The service that a resource names, or what else sent it. */
  static Optional<EntityRef> component(Attributes resource) {
    return EntityRef.from(EntityType.SERVICE, resource).or(() -> EntityRef.emitter(resource));
  }

  private void keep(List<EdgeMinute> minutes) {
    if (minutes.isEmpty()) {
      return;
    }
    over.accept(minutes);
    var batch = SampleBatch.builder();
    for (EdgeMinute minute : minutes) {
      long end = minute.minute().plusSeconds(60).toEpochMilli();
      add(minute, samples.timeMillis(minute.edge(), end), batch);
    }
    samples.keep(batch.build());
  }

  private static void add(EdgeMinute minute, long time, SampleBatch.Builder to) {
    Attributes callee = minute.edge().callee().identity();
    Attributes caller =
        minute
            .edge()
            .caller()
            .map(ref -> Attributes.of(AttributeNames.PEER_SERVICE, ref.name()))
            .orElse(Attributes.none());
    to.add(
        new SeriesKey(callee, COUNT, "{request}", MetricKind.DELTA, caller), time, minute.calls());
    to.add(
        new SeriesKey(callee, ERRORS, "{request}", MetricKind.DELTA, caller),
        time,
        minute.errors());
    quantiles(callee, caller, DURATION, minute.latency(), time, to);
    quantiles(callee, caller, GAP, minute.gap(), time, to);
  }

  private static void quantiles(
      Attributes callee,
      Attributes caller,
      String metric,
      QuantileSketch sketch,
      long time,
      SampleBatch.Builder to) {
    if (sketch.count() == 0) {
      return;
    }
    for (double quantile : QUANTILES) {
      to.add(
          new SeriesKey(
              callee,
              metric,
              "s",
              MetricKind.GAUGE,
              caller.with(AttributeNames.QUANTILE, Double.toString(quantile))),
          time,
          sketch.quantile(quantile));
    }
  }

  /** Hands out what is still waited for. */
  @Override
  public void close() {
    Optional<Timekeeper.Turns> running;
    synchronized (this) {
      running = turns;
    }
    running.ifPresent(some -> some.end(LOOK_EVERY));
    synchronized (this) {
      keep(traffic.finish());
    }
  }
}
