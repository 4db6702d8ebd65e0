package io.bridgewatch.bench.metrics;

import io.bridgewatch.bench.discover.Percentiles;
import java.util.Optional;

/**
 * What one engine took.
 *
 * @param samples that were taken
 * @param cpuSeconds of its process for that
 * @param readSeconds of these, to read the requests; where that can be told apart
 * @param bytes on its disk afterwards
 * @param logBytes of these, of its log
 * @param heapMiB after a full collection, resident for another process
 * @param reopenSeconds until it is open again with all that was taken
 * @param oneSeries queries of one series over six hours, or all there is, in seconds
 * @param rate queries of the rate of a metric's series over an hour, in seconds
 * @param loading the same while samples come as fast as they can
 */
record Measures(
    String name,
    long samples,
    double cpuSeconds,
    Optional<Double> readSeconds,
    long bytes,
    long logBytes,
    double heapMiB,
    Optional<Double> reopenSeconds,
    Percentiles oneSeries,
    Percentiles rate,
    Optional<Loading> loading) {

  record Loading(Percentiles oneSeries, Percentiles rate) {}

  double samplesPerCpuSecond() {
    return samples / cpuSeconds;
  }

  double bytesPerSample() {
    return (double) bytes / samples;
  }
}
