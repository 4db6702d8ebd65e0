package io.bridgewatch.drill.cluster;

import java.time.Duration;
import java.time.Instant;

/** What a kubelet counts of its own work; read between two steps of the world. */
public final class KubeletCounts {
  private static final double[] BOUNDS_SECONDS = {
    0.5, 1, 2, 3, 4, 5, 6, 8, 10, 20, 30, 45, 60, 120, 180, 240, 300, 360, 480, 600, 900, 1_200,
    1_800, 2_700, 3_600
  };

  private final long[] starts = new long[BOUNDS_SECONDS.length + 1];
  private double startSeconds;
  private long startedPods;
  private long startedContainers;
  private int desiredPods;
  private Instant running;

  KubeletCounts(Instant running) {
    this.running = running;
  }

  /** Upper bounds, inclusive, of {@link #podStarts}, in seconds; above the last is one more. */
  public static double[] boundsSeconds() {
    return BOUNDS_SECONDS.clone();
  }

  /** Pods by the time from when they were seen to when they ran, not cumulated. */
  public long[] podStarts() {
    return starts.clone();
  }

  /** The sum of those times. */
  public double podStartSeconds() {
    return startSeconds;
  }

  /** Pods that it began to start. */
  public long startedPods() {
    return startedPods;
  }

  public long startedContainers() {
    return startedContainers;
  }

  /** Pods that it is told to run. */
  public int desiredPods() {
    return desiredPods;
  }

  /** When its process started. */
  public Instant runningSince() {
    return running;
  }

  void processStarted(Instant now) {
    running = now;
  }

  void podBegun() {
    startedPods++;
  }

  void podRuns(Duration after) {
    double seconds = after.toNanos() / 1e9;
    int bucket = 0;
    while (bucket < BOUNDS_SECONDS.length && seconds > BOUNDS_SECONDS[bucket]) {
      bucket++;
    }
    starts[bucket]++;
    startSeconds += seconds;
  }

  void containerStarted() {
    startedContainers++;
  }

  void podsDesired(int count) {
    desiredPods = count;
  }
}
