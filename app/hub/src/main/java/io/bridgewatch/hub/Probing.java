package io.bridgewatch.hub;

import io.bridgewatch.adapter.probe.ProbeLoop;
import io.bridgewatch.adapter.probe.ProbeSamples;
import io.bridgewatch.adapter.probe.Prober;
import io.bridgewatch.engine.Intake;
import io.bridgewatch.engine.Intake.RefusedException;
import io.bridgewatch.model.Probe;
import io.bridgewatch.model.ProbeResult;
import io.bridgewatch.ports.Timekeeper;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the checks that the options name, and hands their samples to the intake. */
final class Probing implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Probing.class);

  private static final String SOURCE = "probe";
  private static final int MOST_AT_ONCE = 16;
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

  private final List<Probe> probes;
  private final Intake intake;
  private final Timekeeper clock;
  private final Prober prober;
  private final ExecutorService runs = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<String, ProbeResult> last = new ConcurrentHashMap<>();
  private final ProbeLoop loop;
  private final Semaphore bell = new Semaphore(0);
  private final AtomicInteger underWay = new AtomicInteger();
  private volatile Instant next = Instant.MAX;
  private volatile boolean closing;
  private final Thread thread;

  Probing(List<Probe> probes, Intake intake, Timekeeper clock) {
    this.probes = List.copyOf(probes);
    this.intake = intake;
    this.clock = clock;
    try {
      prober = new Prober(Optional.empty());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK has no certificates to trust", e);
    }
    loop =
        new ProbeLoop(
            this.probes,
            prober,
            this::begin,
            MOST_AT_ONCE,
            clock.instant(),
            new SecureRandom().nextLong(),
            this::take);
    thread = Thread.ofPlatform().daemon().name("probes").unstarted(this::run);
  }

  void start() {
    if (!probes.isEmpty()) {
      thread.start();
    }
  }

  /**
   * A check, and what came of it last.
   *
   * @param last empty before the first run has ended
   */
  record Status(Probe probe, Optional<ProbeResult> last) {}

  /** In the order in which they were named. */
  List<Status> statuses() {
    return probes.stream()
        .map(probe -> new Status(probe, Optional.ofNullable(last.get(probe.name()))))
        .toList();
  }

  private void run() {
    try {
      while (!closing) {
        long began = clock.nanos();
        Instant now = clock.instant();
        next = loop.runDue(now);
        Duration wait = Duration.between(now, next);
        wait = wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
        clock.await(bell, began + wait.toNanos());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the hub is stopping
    }
  }

  private void begin(Runnable run) {
    underWay.incrementAndGet();
    runs.execute(
        () -> {
          try {
            run.run();
          } finally {
            underWay.decrementAndGet();
          }
        });
  }

  /** Whether all checks that are due have ended. Costs nothing. */
  boolean settled() {
    return closing || probes.isEmpty() || (underWay.get() == 0 && next.isAfter(clock.instant()));
  }

  private void take(ProbeResult result) {
    last.put(result.probe().name(), result);
    try {
      intake.samples(SOURCE, ProbeSamples.of(result));
    } catch (RefusedException e) {
      LOG.warn("the result of {} is not kept: {}", result.probe().name(), e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closing = true;
    bell.release();
    runs.shutdownNow();
    prober.close();
  }
}
