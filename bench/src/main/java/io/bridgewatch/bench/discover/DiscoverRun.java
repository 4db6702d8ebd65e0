package io.bridgewatch.bench.discover;

import com.sun.management.OperatingSystemMXBean;
import io.bridgewatch.adapter.kubernetes.FeedSettings;
import io.bridgewatch.adapter.kubernetes.KubernetesClusters;
import io.bridgewatch.engine.Discovery;
import io.bridgewatch.engine.DiscoverySettings;
import io.bridgewatch.engine.DiscoveryStores;
import io.bridgewatch.model.EntityType;
import io.bridgewatch.model.FeedStatus;
import io.bridgewatch.ports.RegisteredCluster;
import io.bridgewatch.ports.Timekeeper;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Reads a cluster with the real adapter, engine and stores, and measures.
 *
 * <ol>
 *   <li>From the start until all pods are known and the cluster is live.
 *   <li>Heap after a full collection.
 *   <li>Changes of pods at a steady rate; for each, the time until a snapshot shows it. The CPU
 *       meanwhile is that of this process.
 *   <li>What is known at the end against what the cluster says it has.
 *   <li>Topologies of random seconds since the start.
 *   <li>Searches of the topology at the end.
 * </ol>
 */
final class DiscoverRun {
  private static final String CLUSTER = "bench";
  private static final Duration LOOK_EVERY = Duration.ofMillis(5);
  private static final Duration PATIENCE = Duration.ofMinutes(15);
  private static final int PAST_READS = 100;
  private static final int SEARCH_ROUNDS = 50;

  private final BigCluster cluster;
  private final DiscoveryStores stores;
  private final Timekeeper clock;
  private final long seed;
  private final AtomicLong heapPeak = new AtomicLong();

  DiscoverRun(BigCluster cluster, DiscoveryStores stores, Timekeeper clock, long seed) {
    this.cluster = cluster;
    this.stores = stores;
    this.clock = clock;
    this.seed = seed;
  }

  /**
   * @param changes pods to change in all
   * @throws IOException if the cluster's process fails, or what it has is not known in time
   */
  Measures run(int changes, int perSecond) throws IOException, InterruptedException {
    var expected = cluster.state();
    var feed =
        new KubernetesClusters(FeedSettings.defaults(), clock)
            .registered(
                new RegisteredCluster(
                    CLUSTER,
                    cluster.url().toString(),
                    Optional.empty(),
                    new RegisteredCluster.Credential.Token("none"),
                    "bench",
                    clock.instant()));
    try (var discovery = new Discovery(feed, stores, DiscoverySettings.usual(), clock)) {
      var cpuAtStart = cpu();
      var start = System.nanoTime();
      discovery.start();
      await(
          "all of %d pods are known".formatted(expected.pods()),
          () ->
              discovery.snapshot().status().state() == FeedStatus.State.LIVE
                  && pods(discovery) == expected.pods());
      var complete = Duration.ofNanos(System.nanoTime() - start);
      var listCpu = cpu().minus(cpuAtStart);
      var since = clock.instant();
      var heap = heapAfterCollection();

      var visibility = new Visibility(discovery.snapshot().topology());
      var cpuBefore = cpu();
      var changesStart = System.nanoTime();
      watchWhile(discovery, visibility, () -> cluster.change(changes, perSecond, visibility::made));
      var elapsed = Duration.ofNanos(System.nanoTime() - changesStart);
      var cores = (double) cpu().minus(cpuBefore).toNanos() / elapsed.toNanos();

      var truth = cluster.state();
      var known = known(discovery);
      var heapAfterChanges = heapAfterCollection();
      return new Measures(
          discovery.snapshot().topology().entities().size(),
          complete.toMillis() / 1000.0,
          listCpu.toMillis() / 1000.0,
          gibibytes(Math.max(heap, heapAfterChanges)),
          gibibytes(heapPeak.get()),
          cores,
          visibility.seconds(),
          past(since, clock.instant()),
          new SearchRun(discovery.snapshot().topology(), seed).run(SEARCH_ROUNDS),
          visibility.waiting()
              + Math.abs(truth.pods() - known.pods())
              + Math.abs(truth.restarts() - known.restarts()),
          discovery.snapshot().counts().rejected());
    }
  }

  private static int pods(Discovery discovery) {
    var count = 0;
    for (var _ : discovery.snapshot().topology().entities(EntityType.POD)) {
      count++;
    }
    return count;
  }

  private static BigCluster.State known(Discovery discovery) {
    var count = 0;
    var restarts = 0L;
    for (var pod : discovery.snapshot().topology().entities(EntityType.POD)) {
      count++;
      restarts += Visibility.restarts(pod);
    }
    return new BigCluster.State(count, restarts);
  }

  private interface Work {
    void run() throws IOException;
  }

  private void watchWhile(Discovery discovery, Visibility visibility, Work work)
      throws IOException, InterruptedException {
    var over = new AtomicBoolean();
    var looker =
        Thread.ofPlatform()
            .name("bench-looker")
            .start(
                () -> {
                  while (!over.get()) {
                    visibility.look(discovery.snapshot().topology(), micros());
                    noteHeap();
                    LockSupport.parkNanos(LOOK_EVERY.toNanos());
                  }
                });
    try {
      work.run();
      var deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
      while (visibility.waiting() > 0 && System.nanoTime() < deadline) {
        LockSupport.parkNanos(LOOK_EVERY.toNanos());
      }
    } finally {
      over.set(true);
      looker.join();
    }
  }

  private Percentiles past(Instant from, Instant to) {
    var random = new SplittableRandom(seed);
    var seconds = new ArrayList<Double>();
    var span = Math.max(1, Duration.between(from, to).toMillis());
    for (var i = 0; i < PAST_READS; i++) {
      var time = from.plus(random.nextLong(span), ChronoUnit.MILLIS);
      var start = System.nanoTime();
      if (stores.history().at(CLUSTER, time).isEmpty()) {
        throw new IllegalStateException("nothing is known of " + time + ", after " + from);
      }
      seconds.add((System.nanoTime() - start) / 1e9);
    }
    return Percentiles.of(seconds);
  }

  private interface Condition {
    boolean holds();
  }

  private void await(String what, Condition condition) throws IOException {
    var deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.holds()) {
      if (System.nanoTime() > deadline) {
        throw new IOException("waited %s in vain until %s".formatted(PATIENCE, what));
      }
      noteHeap();
      LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
    }
  }

  private long micros() {
    var now = clock.instant();
    return now.getEpochSecond() * 1_000_000 + now.getNano() / 1000;
  }

  private static Duration cpu() {
    var system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    return Duration.ofNanos(system.getProcessCpuTime());
  }

  private void noteHeap() {
    var used = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    heapPeak.accumulateAndGet(used, Math::max);
  }

  private static long heapAfterCollection() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  private static double gibibytes(long bytes) {
    return bytes / (double) (1L << 30);
  }
}
