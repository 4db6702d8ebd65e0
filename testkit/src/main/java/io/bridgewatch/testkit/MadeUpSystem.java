package io.bridgewatch.testkit;

import io.bridgewatch.model.AttributeNames;
import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.Bundle;
import io.bridgewatch.model.KubernetesObject;
import io.bridgewatch.model.LogRecord;
import io.bridgewatch.model.MetricKind;
import io.bridgewatch.model.Series;
import io.bridgewatch.model.SeriesKey;
import io.bridgewatch.model.Severity;
import io.bridgewatch.model.Span;
import io.bridgewatch.model.SpanKind;
import io.bridgewatch.model.WatchEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * A made-up system of services and what it would have recorded, for tests that need to know the
 * right answer. The same calls in the same order give the same bundle; names leave no trace in the
 * numbers.
 *
 * <p>The first service added is where requests enter, one every five seconds. A visit to a service
 * writes a line, takes the local step {@code check}, calls each of its callees in turn (seen from
 * both sides) and takes 5 ms of its own; the network takes 1 ms. CPU, memory, latency and share of
 * errors of every pod come once in ten seconds. Faults begin at {@link #ONSET} and stay.
 */
public final class MadeUpSystem {

  public static final Duration LENGTH = Duration.ofMinutes(20);
  public static final Instant ONSET = Telemetry.FROM.plus(Duration.ofMinutes(12));

  private static final long TRACE_STEP_MILLIS = 5_000;
  private static final long METRIC_STEP_MILLIS = 10_000;
  private static final long ONSET_MILLIS = Duration.between(Telemetry.FROM, ONSET).toMillis();

  private final long seed;
  private final Map<String, Service> services = new LinkedHashMap<>();
  private final List<KubernetesObject> objects = new ArrayList<>();
  private final List<WatchEvent> watch = new ArrayList<>();

  private static final class Service {
    final List<Attributes> pods;
    final List<String> callees;
    int busyPod = -1;
    double busyMillis;
    double slowMillis;
    double gapMillis;
    double failing;
    boolean skipsCheck;

    Service(List<Attributes> pods, List<String> callees) {
      this.pods = pods;
      this.callees = callees;
    }
  }

  public MadeUpSystem(long seed) {
    this.seed = seed;
  }

  /** Adds a service; what it calls may be added later. */
  public MadeUpSystem service(String name, int pods, String... callees) {
    var all = new ArrayList<Attributes>();
    for (int i = 0; i < pods; i++) {
      all.add(Telemetry.pod(name, String.valueOf(i), "node-" + (services.size() + i) % 3));
    }
    services.put(name, new Service(all, List.of(callees)));
    return this;
  }

  /** One pod needs ten times its CPU, and what it serves takes that much longer. */
  public MadeUpSystem busyPod(String service, int pod, double millis) {
    at(service).busyPod = pod;
    at(service).busyMillis = millis;
    return this;
  }

  /** The service takes that much longer by itself. */
  public MadeUpSystem slowCode(String service, double millis) {
    at(service).slowMillis = millis;
    return this;
  }

  /** Every call to the service spends that much longer on the network. */
  public MadeUpSystem slowNetwork(String service, double millis) {
    at(service).gapMillis = millis;
    return this;
  }

  /** That share of the service's visits fails, and with them everything above. */
  public MadeUpSystem failing(String service, double share) {
    at(service).failing = share;
    return this;
  }

  /** The service takes its local step no more. */
  public MadeUpSystem skipsCheck(String service) {
    at(service).skipsCheck = true;
    return this;
  }

  /** What the API server held at the end, as JSON. */
  public MadeUpSystem object(String json) {
    objects.add(KubernetesSample.object(json));
    return this;
  }

  /** What a watch reported so long after the start, as JSON. */
  public MadeUpSystem watch(Duration after, WatchEvent.Type type, String json) {
    watch.add(new WatchEvent(Telemetry.FROM.plus(after), type, KubernetesSample.object(json)));
    return this;
  }

  /** The pods of a service, in the order of their numbers. */
  public List<Attributes> pods(String service) {
    return List.copyOf(at(service).pods);
  }

  public Bundle bundle() {
    var random = new SplittableRandom(seed);
    var recording = new Recording(random);
    for (long at = 0; at < LENGTH.toMillis() - 2_000; at += TRACE_STEP_MILLIS) {
      recording.trace = "t" + at;
      recording.next = 0;
      visit(services.keySet().iterator().next(), "", at, at >= ONSET_MILLIS, recording);
    }
    var series = new ArrayList<Series>();
    services.forEach((name, service) -> series(name, service, random, series));
    return Telemetry.bundle(
        "made-up-" + seed,
        LENGTH,
        series,
        recording.spans,
        recording.logs,
        objects,
        watch,
        List.of());
  }

  private static final class Recording {
    final SplittableRandom random;
    final List<Span> spans = new ArrayList<>();
    final List<LogRecord> logs = new ArrayList<>();
    String trace = "";
    int next;

    Recording(SplittableRandom random) {
      this.random = random;
    }

    String id() {
      return "s" + next++;
    }

    /** Milliseconds around that, never less than a fifth of it. */
    double about(double millis) {
      return millis * Math.max(0.2, 1 + 0.1 * random.nextGaussian());
    }
  }

  private record Visited(double millis, boolean failed) {}

  private Visited visit(
      String name, String parent, double startMillis, boolean faulty, Recording to) {
    Service service = at(name);
    int number = to.random.nextInt(service.pods.size());
    Attributes pod = service.pods.get(number);
    String id = to.id();
    double own = to.about(5);
    double now = startMillis + own;
    if (faulty) {
      now += service.slowMillis > 0 ? to.about(service.slowMillis) : 0;
      now += number == service.busyPod ? to.about(service.busyMillis) : 0;
    }
    boolean fails = to.random.nextDouble() < (faulty ? service.failing : 0);
    double check = to.about(0.5);
    if (!(faulty && service.skipsCheck)) {
      to.spans.add(
          Telemetry.span(
              to.trace, to.id(), id, "check", SpanKind.INTERNAL, pod, startMillis, check, false));
    }
    boolean failed = fails;
    for (String callee : service.callees) {
      String client = to.id();
      double gap = to.about(1) + (faulty ? at(callee).gapMillis : 0);
      var below = visit(callee, client, now + gap / 2, faulty, to);
      double millis = below.millis + gap;
      to.spans.add(
          Telemetry.span(
              to.trace,
              client,
              id,
              "GET /" + callee,
              SpanKind.CLIENT,
              pod,
              now,
              millis,
              below.failed));
      now += millis;
      failed |= below.failed;
    }
    Span server =
        Telemetry.span(
            to.trace,
            id,
            parent,
            "GET /" + name,
            SpanKind.SERVER,
            pod,
            startMillis,
            now - startMillis,
            failed);
    to.spans.add(server);
    to.logs.add(
        fails
            ? Telemetry.line(server, startMillis, Severity.ERROR, "cannot answer: state is broken")
            : Telemetry.line(
                server, startMillis, Severity.INFO, "answered in " + to.next + " steps"));
    return new Visited(now - startMillis, failed);
  }

  private void series(String name, Service service, SplittableRandom random, List<Series> series) {
    double calm = millis(name, false);
    double sick = millis(name, true);
    for (int i = 0; i < service.pods.size(); i++) {
      Attributes pod = service.pods.get(i);
      double cpu = 0.1 + 0.1 * random.nextDouble();
      double busy = i == service.busyPod ? 10 * cpu : cpu;
      double memory = (100 + random.nextInt(100)) * 1024.0 * 1024;
      series.add(
          series(Telemetry.gauge(pod, "container.cpu.usage", "{cpu}"), random, cpu, busy, 0.05));
      series.add(
          series(
              Telemetry.gauge(pod, "container.memory.usage", "By"), random, memory, memory, 0.01));
      series.add(
          series(
              new SeriesKey(
                  pod,
                  "http.server.request.duration",
                  "s",
                  MetricKind.GAUGE,
                  Attributes.of(AttributeNames.QUANTILE, "0.90")),
              random,
              calm / 1000,
              sick / 1000,
              0.05));
      series.add(
          series(
              Telemetry.gauge(pod, "http.server.error_ratio", "1"),
              random,
              0,
              failing(name),
              0.05));
    }
  }

  /** How long the slowest visits take. */
  private double millis(String name, boolean faulty) {
    Service service = at(name);
    double millis = 5 + (faulty ? service.slowMillis + service.busyMillis : 0);
    for (String callee : service.callees) {
      millis += 1 + (faulty ? at(callee).gapMillis : 0) + millis(callee, faulty);
    }
    return millis;
  }

  /** The share of visits that fail once the fault is there, by itself or by a callee. */
  private double failing(String name) {
    Service service = at(name);
    double succeeding = 1 - service.failing;
    for (String callee : service.callees) {
      succeeding *= 1 - failing(callee);
    }
    return 1 - succeeding;
  }

  private static Series series(
      SeriesKey key, SplittableRandom random, double before, double after, double noise) {
    int size = (int) (LENGTH.toMillis() / METRIC_STEP_MILLIS);
    var values = new double[size];
    for (int i = 0; i < size; i++) {
      double level = i * METRIC_STEP_MILLIS < ONSET_MILLIS ? before : after;
      values[i] = level * (1 + noise * random.nextGaussian());
    }
    return Telemetry.series(key, values);
  }

  private Service at(String name) {
    Service service = services.get(name);
    if (service == null) {
      throw new IllegalArgumentException("no service " + name + " among " + services.keySet());
    }
    return service;
  }
}
