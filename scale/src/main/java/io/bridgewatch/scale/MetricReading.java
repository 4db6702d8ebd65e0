package io.bridgewatch.scale;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What was read of one metric. All amounts are in thousandths of the metric's unit. */
public sealed interface MetricReading {

  /** Of each pod; pods without a sample are missing. */
  record Samples(Map<String, PodSample> byPod) implements MetricReading {
    public Samples {
      byPod = Map.copyOf(byPod);
    }
  }

  /** One number of an object, or those of all matching external series. */
  record Amounts(List<Long> milli) implements MetricReading {
    public Amounts {
      milli = List.copyOf(milli);
    }
  }

  /** It could not be read. */
  record Failed(String why) implements MetricReading {}

  /**
   * @param milli by container; a metric of the whole pod stands under the empty name
   * @param window over which it was measured, before {@code time}
   */
  record PodSample(Map<String, Long> milli, Instant time, Duration window) {
    public PodSample {
      milli = Map.copyOf(milli);
    }

    long total() {
      long total = 0;
      for (long one : milli.values()) {
        total += one;
      }
      return total;
    }
  }
}
