package io.bridgewatch.bench.fuzz;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;

/**
 * Feeds a target: no input may throw, nor take more processor time or memory than its bounds. What
 * does not come to an end is told of by a watch and ends the process.
 */
final class FuzzRun {
  private static final int INPUTS_PER_READER = 20_000;
  private static final int MOST_FAILURES = 10;
  private static final int SHOWN_BYTES = 400;
  private static final Duration HUNG = Duration.ofSeconds(60);

  private final FuzzTarget target;
  private final FuzzBounds bounds;
  private final long seed;
  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private final ArrayList<String> failures = new ArrayList<>();
  private final Map<String, Long> rejections = new HashMap<>();
  private long failed;
  private long clean;
  private double cpuMillisMost;
  private long allocatedMost;

  private volatile long at;
  private volatile boolean over;

  FuzzRun(FuzzTarget target, FuzzBounds bounds, long seed) {
    this.target = target;
    this.bounds = bounds;
    this.seed = seed;
  }

  FuzzOutcome run(long inputs) throws InterruptedException {
    long start = System.nanoTime();
    var watch = Thread.ofPlatform().daemon().start(this::watch);
    var mutator = new Mutator(target.seeds(), target.words(), new Random(seed));
    var reader = target.readers().get();
    for (long i = 0; i < inputs; i++) {
      if (i % INPUTS_PER_READER == 0) {
        reader = target.readers().get();
      }
      at = i;
      feed(reader, mutator.next(), i);
    }
    over = true;
    watch.interrupt();
    watch.join();
    return new FuzzOutcome(
        target.name(),
        inputs,
        failures,
        failed,
        cpuMillisMost,
        allocatedMost,
        (System.nanoTime() - start) / 1e9,
        clean,
        rejections);
  }

  private void feed(FuzzTarget.Reader reader, byte[] input, long number) {
    long allocated = threads.getCurrentThreadAllocatedBytes();
    long cpu = threads.getCurrentThreadCpuTime();
    try {
      var rejected = reader.read(input);
      clean += rejected.isEmpty() ? 1 : 0;
      rejected.forEach((reason, count) -> rejections.merge(reason, count, Long::sum));
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      fail(number, "throws " + e, input);
      return;
    }
    double cpuMillis = (threads.getCurrentThreadCpuTime() - cpu) / 1e6;
    long bytes = threads.getCurrentThreadAllocatedBytes() - allocated;
    cpuMillisMost = Math.max(cpuMillisMost, cpuMillis);
    allocatedMost = Math.max(allocatedMost, bytes);
    if (cpuMillis > bounds.cpu().toMillis()) {
      fail(number, "takes %.0f ms".formatted(cpuMillis), input);
    }
    if (bytes > bounds.allocatedBytes()) {
      fail(number, "allocates " + bytes + " bytes", input);
    }
  }

  private void fail(long number, String what, byte[] input) {
    failed++;
    if (failures.size() < MOST_FAILURES) {
      int shown = Math.min(input.length, SHOWN_BYTES);
      failures.add(
          "input %d of seed %d %s; its %d bytes begin with %s"
              .formatted(
                  number, seed, what, input.length, HexFormat.of().formatHex(input, 0, shown)));
    }
  }

  /** Ends the process when one input is under way for too long. */
  private void watch() {
    long last = -1;
    while (!over) {
      long now = at;
      if (now == last) {
        System.err.printf("%s: input %d of seed %d hangs%n", target.name(), now, seed);
        Runtime.getRuntime().halt(3);
      }
      last = now;
      try {
        synchronized (this) {
          wait(HUNG.toMillis());
        }
      } catch (InterruptedException e) {
        return;
      }
    }
  }
}
