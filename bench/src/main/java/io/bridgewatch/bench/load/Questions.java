package io.bridgewatch.bench.load;

import io.bridgewatch.bench.discover.Percentiles;
import io.bridgewatch.bench.engines.HubProcess;
import io.bridgewatch.bench.engines.MetricEngine;
import io.bridgewatch.bench.logs.MadeUpTelemetry;
import io.bridgewatch.bench.metrics.MadeUpSamples;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/** Asks while others load: every question once a second, one after the other. */
final class Questions implements Runnable {

  private static final Duration PACE = Duration.ofSeconds(1);
  private static final Duration ASKED = Duration.ofHours(1);

  private final Map<String, Question> questions = new LinkedHashMap<>();
  private final Map<String, List<Double>> seconds = new LinkedHashMap<>();
  private final SplittableRandom random;
  private final AtomicBoolean isOver = new AtomicBoolean();

  private interface Question {
    /** Returns how many seconds the answer took; {@code NaN} if there is nothing to ask for yet. */
    double ask(SplittableRandom random) throws IOException, InterruptedException;
  }

  private interface Work {
    void run() throws IOException, InterruptedException;
  }

  Questions(long seed) {
    random = new SplittableRandom(seed);
  }

  private static double timed(Work work) throws IOException, InterruptedException {
    long before = System.nanoTime();
    work.run();
    return (System.nanoTime() - before) / 1e9;
  }

  /** One series, and the rates of a metric, over the last hour. */
  Questions ofMetrics(MetricEngine engine, int series) {
    questions.put(
        engine.title() + ": one series",
        some ->
            engine.oneSeries(
                MadeUpSamples.metric(some.nextInt(MadeUpSamples.METRICS)),
                MadeUpSamples.pod(some.nextInt(series / MadeUpSamples.PER_POD)),
                "part-1",
                Instant.now(),
                ASKED));
    questions.put(
        engine.title() + ": rate of a metric",
        some -> engine.rate(MadeUpSamples.metric(MadeUpSamples.EVENTS), Instant.now(), ASKED));
    return this;
  }

  /** What people ask a hub of all signals. */
  Questions ofAll(HubProcess hub, int series, Progress progress) {
    ofMetrics(hub, series);
    questions.put(
        hub.title() + ": quantile of a metric",
        some ->
            hub.seconds(
                """
                {"kind": "aggregate", "reduction": "quantile", "quantile": 0.95, "of":
                  {"kind": "select", "metric": "%s"}}
                """
                    .formatted(MadeUpSamples.metric(MadeUpSamples.METRICS - 4)),
                Instant.now(),
                ASKED));
    questions.put(
        hub.title() + ": lines with a rare word",
        some ->
            progress.lines() == 0
                ? Double.NaN
                : lines(hub, "q=" + MadeUpTelemetry.rareWord(some.nextLong(progress.lines()))));
    questions.put(
        hub.title() + ": errors with a phrase in a namespace",
        some ->
            lines(
                hub,
                "severity=error&namespace=payments-"
                    + some.nextInt(4)
                    + "&q="
                    + Counted.encoded("\"read timed out\"")));
    questions.put(
        hub.title() + ": lines by time",
        some -> timed(() -> hub.get("/api/v1/logs/histogram?q=ms&" + lastHour())));
    questions.put(
        hub.title() + ": slow spans of a service",
        some ->
            timed(
                () ->
                    hub.get(
                        "/api/v1/traces?atLeast=200&service=service-"
                            + some.nextInt(40)
                            + "&"
                            + lastHour())));
    questions.put(
        hub.title() + ": a trace",
        some -> {
          if (progress.spans() == 0) {
            return Double.NaN;
          }
          long trace = some.nextLong(progress.spans()) / MadeUpTelemetry.SPANS_OF_TRACE;
          return timed(() -> hub.get("/api/v1/traces/" + MadeUpTelemetry.traceId(trace)));
        });
    return this;
  }

  /** How much can be asked for already. */
  interface Progress {
    long lines();

    long spans();
  }

  private static double lines(HubProcess hub, String query)
      throws IOException, InterruptedException {
    return timed(() -> hub.get("/api/v1/logs?" + query + "&" + lastHour()));
  }

  private static String lastHour() {
    var end = Instant.now().plus(Duration.ofMinutes(1));
    return Counted.range(end.minus(ASKED), end);
  }

  /** Asks until {@link #end}; a refusal is an answer that took for ever. */
  @Override
  public void run() {
    while (!isOver.get()) {
      long next = System.nanoTime() + PACE.toNanos();
      for (var question : questions.entrySet()) {
        if (isOver.get()) {
          return;
        }
        double took;
        try {
          took = question.getValue().ask(random);
        } catch (IOException e) {
          took = Double.POSITIVE_INFINITY;
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          return;
        }
        if (!Double.isNaN(took)) {
          seconds.computeIfAbsent(question.getKey(), name -> new ArrayList<>()).add(took);
        }
      }
      LockSupport.parkNanos(next - System.nanoTime());
    }
  }

  void end() {
    isOver.set(true);
  }

  /** By question; to be read when it has run. */
  Map<String, Percentiles> answers() {
    var answers = new LinkedHashMap<String, Percentiles>();
    seconds.forEach((name, took) -> answers.put(name, Percentiles.of(took)));
    return answers;
  }
}
