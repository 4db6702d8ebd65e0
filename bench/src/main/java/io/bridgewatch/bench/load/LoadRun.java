package io.bridgewatch.bench.load;

import io.bridgewatch.bench.engines.HubProcess;
import io.bridgewatch.bench.engines.MetricEngine;
import io.bridgewatch.bench.engines.OtherEngine;
import io.bridgewatch.bench.engines.ProcessUse;
import io.bridgewatch.bench.load.Feed.Batch;
import io.bridgewatch.bench.load.Feed.Target;
import io.bridgewatch.bench.load.LoadMeasures.Engine;
import io.bridgewatch.bench.load.LoadMeasures.Phase;
import io.bridgewatch.bench.load.LoadMeasures.Signal;
import io.bridgewatch.bench.logs.MadeUpTelemetry;
import io.bridgewatch.bench.metrics.MadeUpSamples;
import io.bridgewatch.bench.metrics.RemoteWrite;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A hub under load.
 *
 * <ol>
 *   <li>A minute of all signals to warm up, counted apart.
 *   <li>Metrics alone, for some minutes, the same bytes to the other engines at the same time.
 *   <li>All signals, for as long.
 *   <li>All signals at a multiple of the rate, for a minute.
 *   <li>The hub is started again, and all that it acknowledged is counted once more.
 * </ol>
 */
final class LoadRun {

  static final int BATCH = 1_000;

  private static final int SAMPLES_AT_ONCE = 2_000;
  private static final Duration TO_BE_FOUND = Duration.ofSeconds(60);
  static final String METRICS = "metrics";
  static final String LOGS = "logs";
  static final String SPANS = "spans";

  /** Names of the two phases at the rate that has to be kept up with. */
  static final String ALONE = "metrics alone";

  static final String ALL = "all signals";

  /** Rejections of batches that were refused as a whole, which their senders know. */
  private static final Set<String> TOLD = Set.of("Busy", "StoreRefused");

  private final LoadOptions options;
  private final Path folder;
  private final Consumer<String> progress;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Instant start;
  private final MadeUpSamples samples;
  private final RemoteWrite writer;
  private final MadeUpTelemetry lines;
  private final MadeUpTelemetry spans;
  private final Map<String, Long> acknowledged = new TreeMap<>();
  private int nextSample;
  private long rounds;
  private volatile long madeLines;
  private volatile long madeSpans;

  LoadRun(LoadOptions options, Path folder, Consumer<String> progress) {
    this.options = options;
    this.folder = folder;
    this.progress = progress;
    start = Instant.ofEpochSecond(Instant.now().getEpochSecond() - aheadSeconds(options));
    samples = new MadeUpSamples(options.series(), start.toEpochMilli(), options.seed());
    writer = new RemoteWrite(samples.keys());
    lines = new MadeUpTelemetry(options.seed(), start);
    spans = new MadeUpTelemetry(options.seed() + 1L, start);
  }

  /** By how much the times of records would be ahead of the clock at the end. */
  private static long aheadSeconds(LoadOptions options) {
    long seconds = 60 * (1L + options.minutes() + options.beyond());
    long rate = Math.max(options.linesPerSecond(), options.spansPerSecond());
    long ofRecords = seconds * rate * MadeUpTelemetry.NANOS_BETWEEN / 1_000_000_000 - seconds;
    return 15 + 60L * (options.beyond() - 1) + Math.max(0, ofRecords);
  }

  /** Times of the records of one phase. */
  private record Between(Instant from, Instant to) {}

  private record Ranges(Between samples, Between lines, Between spans) {}

  LoadMeasures run() throws IOException, InterruptedException {
    var settings = new HubProcess.Settings(options.hub(), options.heap(), folder.resolve("hub"));
    var phases = new ArrayList<Phase>();
    var ranges = new ArrayList<Ranges>();
    long partly = 0;
    var hub = HubProcess.start(settings);
    try {
      phases.add(phase("warming up", hub, List.of(), true, 1, 1, ranges));
      phases.add(metricsBesideOthers(hub, ranges));
      phases.add(phase(ALL, hub, List.of(), true, options.minutes(), 1, ranges));
      if (options.beyond() > 1) {
        var name = options.beyond() + " times the rate";
        phases.add(phase(name, hub, List.of(), true, 1, options.beyond(), ranges));
      }
      partly =
          phases.stream()
              .flatMap(it -> it.signals().values().stream())
              .mapToLong(Signal::partly)
              .sum();
    } finally {
      hub.close();
      client.close();
    }
    progress.accept("starting the hub again");
    try (var again = HubProcess.start(settings)) {
      long found = 0;
      for (var range : ranges) {
        for (long count : counts(again, range).values()) {
          found += count;
        }
      }
      long told = acknowledged.values().stream().mapToLong(Long::longValue).sum();
      return new LoadMeasures(
          phases, again.startUp().toMillis() / 1000.0, Math.max(0, told - partly - found));
    }
  }

  private Phase metricsBesideOthers(HubProcess hub, List<Ranges> ranges)
      throws IOException, InterruptedException {
    var others = new ArrayList<MetricEngine>();
    try {
      for (var kind : options.peers()) {
        var program = kind.find();
        if (program.isPresent()) {
          others.add(OtherEngine.start(kind, program.get(), folder.resolve(kind.name())));
        } else {
          progress.accept(kind.title() + " is not installed and left out");
        }
      }
      return phase(ALONE, hub, others, false, options.minutes(), 1, ranges);
    } finally {
      for (var other : others) {
        other.close();
      }
    }
  }

  private Phase phase(
      String name,
      HubProcess hub,
      List<MetricEngine> others,
      boolean all,
      int minutes,
      int factor,
      List<Ranges> ranges)
      throws IOException, InterruptedException {
    progress.accept(name + ", " + minutes + " min");
    var engines = new ArrayList<MetricEngine>(List.of(hub));
    engines.addAll(others);
    var cpu = new ArrayList<Double>();
    for (var engine : engines) {
      cpu.add(ProcessUse.cpuSeconds(engine.pid()));
    }
    var before = hub.pipeline();
    var tallies = engines.stream().map(engine -> new Tally()).toList();
    var ofLines = new Tally();
    var ofSpans = new Tally();
    var questions = new Questions(options.seed());
    if (all) {
      questions.ofAll(hub, options.series(), asked());
    } else {
      engines.forEach(engine -> questions.ofMetrics(engine, options.series()));
    }
    long began = System.nanoTime();
    long firstRound = rounds;
    var firstLine = timeOf(madeLines);
    var firstSpan = timeOf(madeSpans);
    int seconds = 60 * minutes;
    try (var threads = Executors.newThreadPerTaskExecutor(Thread.ofPlatform().factory())) {
      var asking = threads.submit(questions);
      var feeding = new ArrayList<Future<?>>();
      var targets = new ArrayList<Target>();
      for (int i = 0; i < engines.size(); i++) {
        targets.add(new Target(engines.get(i)::write, tallies.get(i)));
      }
      feeding.add(threads.submit(() -> feedSamples(seconds, factor, targets)));
      if (all) {
        var toLogs = List.of(new Target(() -> hub.otlp("/v1/logs"), ofLines));
        var toTraces = List.of(new Target(() -> hub.otlp("/v1/traces"), ofSpans));
        feeding.add(
            threads.submit(
                () -> feed(options.linesPerSecond(), seconds, factor, this::someLines, toLogs)));
        feeding.add(
            threads.submit(
                () -> feed(options.spansPerSecond(), seconds, factor, this::someSpans, toTraces)));
      }
      for (var one : feeding) {
        get(one);
      }
      questions.end();
      get(asking);
    }
    double took = (System.nanoTime() - began) / 1e9;
    var used = new ArrayList<Engine>();
    for (int i = 0; i < engines.size(); i++) {
      var engine = engines.get(i);
      engine.flush();
      double now = ProcessUse.cpuSeconds(engine.pid());
      used.add(
          new Engine(
              engine.title(),
              now - cpu.get(i),
              ProcessUse.residentMiB(engine.pid()),
              (i == 0 ? acknowledged.getOrDefault(METRICS, 0L) : 0)
                  + tallies.get(i).result().acknowledged(),
              engine.bytes()));
    }
    var range =
        new Ranges(
            new Between(roundEnd(firstRound), roundEnd(rounds)),
            new Between(firstLine, timeOf(madeLines)),
            new Between(firstSpan, timeOf(madeSpans)));
    ranges.add(range);
    var sent = new LinkedHashMap<String, Tally.Sent>();
    sent.put(METRICS, tallies.getFirst().result());
    if (all) {
      sent.put(LOGS, ofLines.result());
      sent.put(SPANS, ofSpans.result());
    }
    var found = found(hub, range, sent);
    var rejected = rejected(before, hub.pipeline());
    var signals = new LinkedHashMap<String, Signal>();
    for (var one : sent.entrySet()) {
      long records = acknowledged.merge(one.getKey(), one.getValue().acknowledged(), Long::sum);
      signals.put(
          one.getKey(),
          new Signal(
              one.getValue(),
              partly(rejected, one.getKey()),
              found.getOrDefault(one.getKey(), 0L),
              hub.bytesOf(one.getKey()),
              records));
    }
    return new Phase(
        name, took, used, signals, rejected, questions.answers(), hub.heapMiB(), hub.heapPeakMiB());
  }

  private static void get(Future<?> work) throws IOException, InterruptedException {
    try {
      work.get();
    } catch (ExecutionException e) {
      throw new IOException("cannot send or ask: " + e.getCause(), e);
    }
  }

  // Sending

  private Void feedSamples(int seconds, int factor, List<Target> targets)
      throws InterruptedException {
    long batches = Math.ceilDiv(options.series(), SAMPLES_AT_ONCE);
    var interval = Duration.ofMillis(MadeUpSamples.STEP_MILLIS).dividedBy(batches * factor);
    long perPhase = batches * factor * (1000L * seconds / MadeUpSamples.STEP_MILLIS);
    new Feed(client, interval, this::someSamples).run(perPhase, targets);
    return null;
  }

  private Void feed(
      int rate, int seconds, int factor, Supplier<Batch> batches, List<Target> targets)
      throws InterruptedException {
    var interval = Duration.ofSeconds(1).multipliedBy(BATCH).dividedBy((long) rate * factor);
    new Feed(client, interval, batches).run((long) rate * factor * seconds / BATCH, targets);
    return null;
  }

  private Batch someSamples() {
    if (nextSample == 0) {
      samples.next();
    }
    int to = Math.min(samples.size(), nextSample + SAMPLES_AT_ONCE);
    var batch = new Batch(writer.request(samples, nextSample, to), to - nextSample);
    nextSample = to;
    if (to == samples.size()) {
      nextSample = 0;
      rounds++;
    }
    return batch;
  }

  private Batch someLines() {
    var batch = new Batch(OtlpBytes.logs(lines.lines(BATCH)), BATCH);
    madeLines += BATCH;
    return batch;
  }

  private Batch someSpans() {
    var batch = new Batch(OtlpBytes.spans(spans.spans(BATCH)), BATCH);
    madeSpans += BATCH;
    return batch;
  }

  /** What came five seconds ago can be asked for. */
  private Questions.Progress asked() {
    return new Questions.Progress() {
      @Override
      public long lines() {
        return Math.max(0, madeLines - 5L * options.linesPerSecond());
      }

      @Override
      public long spans() {
        return Math.max(0, madeSpans - 5L * options.spansPerSecond());
      }
    };
  }

  // Counting

  private Instant timeOf(long record) {
    return start.plusNanos(record * MadeUpTelemetry.NANOS_BETWEEN);
  }

  /** After the samples of so many rounds and before those of the next, whose clocks may err. */
  private Instant roundEnd(long round) {
    return start.plusMillis(round * MadeUpSamples.STEP_MILLIS - 100);
  }

  /** What can be found; waited for, because it may take a moment to show. */
  private Map<String, Long> found(HubProcess hub, Ranges range, Map<String, Tally.Sent> sent)
      throws IOException, InterruptedException {
    long latest = System.nanoTime() + TO_BE_FOUND.toNanos();
    while (true) {
      var counts = counts(hub, range);
      boolean all =
          sent.entrySet().stream()
              .allMatch(
                  one -> counts.getOrDefault(one.getKey(), 0L) >= one.getValue().acknowledged());
      if (all || System.nanoTime() > latest) {
        return counts;
      }
      LockSupport.parkNanos(Duration.ofSeconds(1).toNanos());
    }
  }

  private static Map<String, Long> counts(HubProcess hub, Ranges range)
      throws IOException, InterruptedException {
    var counted = new Counted(hub);
    var counts = new TreeMap<String, Long>();
    counts.put(METRICS, counted.samples(range.samples.from, range.samples.to));
    counts.put(LOGS, counted.lines(range.lines.from, range.lines.to));
    counts.put(SPANS, counted.spans(range.spans.from, range.spans.to));
    return counts;
  }

  private static Map<String, Long> rejected(HubProcess.Pipeline before, HubProcess.Pipeline after) {
    var rejected = new TreeMap<String, Long>();
    after
        .rejected()
        .forEach(
            (reason, count) -> {
              long more = count - before.rejected().getOrDefault(reason, 0L);
              if (more > 0) {
                rejected.put(reason, more);
              }
            });
    return rejected;
  }

  /** Of those, what was rejected out of batches that were acknowledged. */
  static long partly(Map<String, Long> rejected, String signal) {
    String word = signal.equals(METRICS) ? " SAMPLES " : signal.equals(LOGS) ? " LOGS " : " SPANS ";
    return rejected.entrySet().stream()
        .filter(one -> one.getKey().contains(word) && !one.getKey().startsWith("topology "))
        .filter(one -> TOLD.stream().noneMatch(one.getKey()::endsWith))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }
}
