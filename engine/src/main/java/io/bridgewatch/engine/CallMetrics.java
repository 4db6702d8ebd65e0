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
import io.bridgewatch.ports.StoreException;
import io.bridgewatch.topology.CallEdge;
import io.bridgewatch.topology.CallTraffic;
import io.bridgewatch.topology.EdgeMinute;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes metrics of calls out of spans, so that rates, errors and durations of every edge are kept
 * however many spans are: for each callee and caller, by the minute, {@value #COUNT} and {@value
 * #ERRORS} (what came in since the last sample), and quantiles of {@value #DURATION} and {@value
 * #GAP} in seconds. The caller stands in {@code peer.service}; where it is unknown that is absent.
 *
 * <p>What is waited for is lost when the process ends: at most the last two minutes of calls. Safe
 * for use by several threads.
 */
public final class CallMetrics implements AutoCloseable {

  /** Before the names of all of them. */
  static final String PREFIX = "bridgewatch.call.";

  static final String COUNT = PREFIX + "count";
  static final String ERRORS = PREFIX + "errors";
  static final String DURATION = PREFIX + "duration";
  static final String GAP = PREFIX + "gap";

  private static final Logger LOG = LoggerFactory.getLogger(CallMetrics.class);
  private static final Duration LOOK_EVERY = Duration.ofSeconds(10);
  private static final int MOST_EDGES = 100_000;
  private static final double[] QUANTILES = {0.5, 0.95, 0.99};

  private final MetricStore store;
  private final InstantSource clock;
  private final CallTraffic traffic = new CallTraffic(CallTraffic.Settings.DEFAULT);

  /** The time of each edge's last sample: later parts of a minute stand behind it. */
  private final Map<CallEdge, Long> lastMillis = new HashMap<>();

  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("call-metrics").factory());

  /** Minutes that are over are only handed out as spans come, until {@link #start}. */
  public CallMetrics(MetricStore store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  public void start() {
    thread.scheduleWithFixedDelay(
        () -> take(List.of()), LOOK_EVERY.toSeconds(), LOOK_EVERY.toSeconds(), TimeUnit.SECONDS);
  }

  /** Takes spans; what they came to is kept once their minute is over. */
  public synchronized void take(List<Span> spans) {
    keep(traffic.step(clock.instant(), spans, CallMetrics::component));
  }

  private static Optional<EntityRef> component(Attributes resource) {
    return EntityRef.from(EntityType.SERVICE, resource).or(() -> EntityRef.emitter(resource));
  }

  private void keep(List<EdgeMinute> minutes) {
    if (minutes.isEmpty()) {
      return;
    }
    if (lastMillis.size() > MOST_EDGES) {
      lastMillis.clear();
    }
    var samples = SampleBatch.builder();
    for (EdgeMinute minute : minutes) {
      long end = minute.minute().plusSeconds(60).toEpochMilli();
      long time = Math.max(end, lastMillis.getOrDefault(minute.edge(), Long.MIN_VALUE) + 1);
      lastMillis.put(minute.edge(), time);
      add(minute, time, samples);
    }
    try {
      store.append(samples.build());
    } catch (StoreException e) {
      LOG.error("cannot keep the calls of {} edges; they are lost", minutes.size(), e);
    }
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
    thread.shutdownNow();
    synchronized (this) {
      keep(traffic.finish());
    }
  }
}
