package io.bridgewatch.bench.metrics;

import com.sun.management.OperatingSystemMXBean;
import io.bridgewatch.adapter.prometheus.ExpositionOptions;
import io.bridgewatch.adapter.prometheus.RemoteWriteLimits;
import io.bridgewatch.adapter.prometheus.RemoteWriteReader;
import io.bridgewatch.adapter.store.EmbeddedStore;
import io.bridgewatch.bench.discover.Percentiles;
import io.bridgewatch.bench.engines.Folders;
import io.bridgewatch.model.AttributeMatch;
import io.bridgewatch.model.Attributes;
import io.bridgewatch.ports.MetricQueries;
import io.bridgewatch.ports.MetricQuery;
import io.bridgewatch.ports.MetricSelector;
import io.bridgewatch.ports.MetricStore;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;

/** The embedded store, in this process, fed the same bytes as the others. */
final class OwnRun {

  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  private static final Duration BETWEEN_QUERIES = Duration.ofMillis(100);

  private final MetricsOptions options;
  private final Path folder;

  OwnRun(MetricsOptions options, Path folder) {
    this.options = options;
    this.folder = folder;
  }

  /** Queries, and what they took of the CPU. */
  private static final class Asked {
    final List<Double> oneSeries = new ArrayList<>();
    final List<Double> rate = new ArrayList<>();
    volatile boolean isOver;
    volatile long cpuNanos;
  }

  Measures run() throws IOException, InterruptedException {
    var samples = new MadeUpSamples(options.series(), options.start(), options.seed());
    var writer = new RemoteWrite(samples.keys());
    var reader =
        new RemoteWriteReader(
            Attributes.none(), ExpositionOptions.KUBELET_LABELS, RemoteWriteLimits.DEFAULT);
    double cpuSeconds;
    double readSeconds;
    long taken = 0;
    double heap;
    Percentiles oneSeries;
    Percentiles rate;
    var asked = new Asked();
    try (var store = EmbeddedStore.open(folder)) {
      var metrics = store.metrics();
      var asking = new Thread(() -> askWhileLoading(metrics, asked));
      long cpuBefore = SYSTEM.getProcessCpuTime();
      long making = 0;
      long reading = 0;
      asking.start();
      for (int round = 0; round < options.rounds(); round++) {
        long before = threadCpu();
        samples.next();
        making += threadCpu() - before;
        for (int from = 0; from < samples.size(); from += options.batch()) {
          int to = Math.min(samples.size(), from + options.batch());
          before = threadCpu();
          byte[] request = writer.request(samples, from, to);
          long made = threadCpu();
          var read = reader.read(request, RemoteWriteReader.Version.V1);
          making += made - before;
          reading += threadCpu() - made;
          taken += metrics.append(read.samples()).accepted();
        }
      }
      asked.isOver = true;
      asking.join();
      cpuSeconds = (SYSTEM.getProcessCpuTime() - cpuBefore - making - asked.cpuNanos) / 1e9;
      readSeconds = reading / 1e9;
      heap = heapMiB();
      var quiet = new Asked();
      var random = new SplittableRandom(options.seed());
      for (int i = 0; i < options.queries(); i++) {
        ask(metrics, random, quiet);
      }
      oneSeries = Percentiles.of(quiet.oneSeries);
      rate = Percentiles.of(quiet.rate);
    }
    long before = System.nanoTime();
    try (var store = EmbeddedStore.open(folder)) {
      double reopen = (System.nanoTime() - before) / 1e9;
      var extent = store.metrics().extent();
      if (extent.samples() != taken) {
        throw new IOException(
            "the store has %d samples after reopening, took %d".formatted(extent.samples(), taken));
      }
      return new Measures(
          "Bridgewatch",
          taken,
          cpuSeconds,
          Optional.of(readSeconds),
          extent.bytes(),
          Folders.bytes(folder.resolve("metrics").resolve("log")),
          heap,
          Optional.of(reopen),
          oneSeries,
          rate,
          Optional.of(
              new Measures.Loading(Percentiles.of(asked.oneSeries), Percentiles.of(asked.rate))));
    }
  }

  private static long threadCpu() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static double heapMiB() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / 1048576.0;
  }

  private void askWhileLoading(MetricStore metrics, Asked asked) {
    var random = new SplittableRandom(options.seed() + 1);
    while (!asked.isOver) {
      ask(metrics, random, asked);
      asked.cpuNanos = threadCpu();
      LockSupport.parkNanos(BETWEEN_QUERIES.toNanos());
    }
  }

  private void ask(MetricStore metrics, SplittableRandom random, Asked asked) {
    var end = Instant.ofEpochMilli(options.end());
    int pod = random.nextInt(Math.max(1, options.series() / MadeUpSamples.PER_POD));
    var one =
        new MetricQuery.Select(
            MetricSelector.of(
                MadeUpSamples.metric(random.nextInt(MadeUpSamples.METRICS)),
                AttributeMatch.equal("k8s.pod.name", MadeUpSamples.pod(pod)),
                AttributeMatch.equal("part", "part-1")));
    asked.oneSeries.add(
        seconds(
            () ->
                MetricQueries.evaluate(
                    one, metrics, end.minus(Duration.ofHours(6)), end, Duration.ofMinutes(1), 10)));
    var rate =
        new MetricQuery.Rate(
            MetricSelector.of(MadeUpSamples.metric(MadeUpSamples.EVENTS)), Duration.ofMinutes(5));
    asked.rate.add(
        seconds(
            () ->
                MetricQueries.evaluate(
                    rate,
                    metrics,
                    end.minus(Duration.ofHours(1)),
                    end,
                    Duration.ofMinutes(1),
                    1_000_000)));
  }

  private static double seconds(Runnable work) {
    long before = System.nanoTime();
    work.run();
    return (System.nanoTime() - before) / 1e9;
  }
}
