package io.bridgewatch.bench.logs;

import com.sun.management.OperatingSystemMXBean;
import io.bridgewatch.adapter.store.EmbeddedStore;
import io.bridgewatch.bench.logs.StoreMeasures.Latency;
import io.bridgewatch.detect.LogPatterns;
import io.bridgewatch.engine.masking.Masking;
import io.bridgewatch.engine.masking.MaskingSettings;
import io.bridgewatch.model.AttributeMatch;
import io.bridgewatch.model.AttributeNames;
import io.bridgewatch.model.LogRecord;
import io.bridgewatch.model.Severity;
import io.bridgewatch.ports.LogStore;
import io.bridgewatch.ports.PageRequest;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Fills an embedded store with made-up telemetry, opens it again, and asks. */
final class StoreRun {

  private static final int BATCH = 1_000;
  private static final int QUERIES = 100;
  private static final int WARM_UP = 20;
  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final Path folder;
  private final int lines;
  private final int spans;
  private final long seed;

  StoreRun(Path folder, int lines, int spans, long seed) {
    this.folder = folder;
    this.lines = lines;
    this.spans = spans;
    this.seed = seed;
  }

  StoreMeasures run() {
    var telemetry = new MadeUpTelemetry(seed);
    double lineSeconds =
        cpuOfStoring(
            lines, () -> telemetry.lines(BATCH), (store, batch) -> store.logs().append(batch));
    double spanSeconds =
        cpuOfStoring(
            spans, () -> telemetry.spans(BATCH), (store, batch) -> store.spans().append(batch));
    var masking = new Masking(MaskingSettings.DEFAULTS);
    var patterns = new LogPatterns(LogPatterns.Settings.DEFAULTS);
    double maskSeconds = cpuOfEach(masking::mask);
    double groupSeconds = cpuOfEach(line -> patterns.add(line.resource(), line));
    try (var store = EmbeddedStore.open(folder)) {
      var logs = store.logs();
      var random = new SplittableRandom(seed);
      var page = PageRequest.first(100);
      return new StoreMeasures(
          lines,
          lines / lineSeconds,
          (double) logs.extent().bytes() / lines,
          latency(() -> logs.find(words(MadeUpTelemetry.rareWord(random.nextInt(lines))), page)),
          latency(() -> logs.find(phraseAndFilter(random.nextInt(4)), page)),
          latency(() -> logs.histogram(words("ms"), Duration.ofMinutes(1))),
          spans,
          spans / spanSeconds,
          (double) store.spans().extent().bytes() / spans,
          latency(() -> store.spans().trace(MadeUpTelemetry.traceId(random.nextInt(spans / 8)))),
          lines / maskSeconds,
          lines / groupSeconds);
    }
  }

  private static LogStore.Query words(String text) {
    var all = LogStore.Query.between(Instant.MIN, Instant.MAX);
    return new LogStore.Query(all.from(), all.to(), text, Set.of(), List.of(), "");
  }

  private static LogStore.Query phraseAndFilter(int namespace) {
    var phrase = words("\"read timed out\"");
    return new LogStore.Query(
        phrase.from(),
        phrase.to(),
        phrase.text(),
        Set.of(Severity.ERROR),
        List.of(AttributeMatch.equal(AttributeNames.NAMESPACE, "payments-" + namespace)),
        "");
  }

  /** From opening to closing, less what making the batches up took. */
  private <T> double cpuOfStoring(
      int count, Supplier<List<T>> made, BiConsumer<EmbeddedStore, List<T>> stored) {
    long before = SYSTEM.getProcessCpuTime();
    long making = 0;
    try (var store = EmbeddedStore.open(folder)) {
      for (int done = 0; done < count; done += BATCH) {
        long start = THREADS.getCurrentThreadCpuTime();
        var batch = made.get();
        making += THREADS.getCurrentThreadCpuTime() - start;
        stored.accept(store, batch);
      }
    }
    return (SYSTEM.getProcessCpuTime() - before - making) / 1e9;
  }

  private double cpuOfEach(Consumer<LogRecord> work) {
    var telemetry = new MadeUpTelemetry(seed);
    long nanos = 0;
    for (int done = 0; done < lines; done += BATCH) {
      var batch = telemetry.lines(BATCH);
      long start = THREADS.getCurrentThreadCpuTime();
      batch.forEach(work);
      nanos += THREADS.getCurrentThreadCpuTime() - start;
    }
    return nanos / 1e9;
  }

  private static Latency latency(Runnable query) {
    var millis = new double[QUERIES];
    for (int i = -WARM_UP; i < QUERIES; i++) {
      long start = System.nanoTime();
      query.run();
      if (i >= 0) {
        millis[i] = (System.nanoTime() - start) / 1e6;
      }
    }
    Arrays.sort(millis);
    return new Latency(millis[QUERIES / 2 - 1], millis[QUERIES * 95 / 100 - 1]);
  }
}
