package io.bridgewatch.bench.fuzz;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What became of a target's inputs.
 *
 * @param failures what should never be, with the number of the input that makes it again; the first
 *     ones
 * @param failed how many there were
 * @param cpuMillisMost of one input
 * @param allocatedBytesMost by one input
 * @param seconds for all of them
 * @param clean inputs of which nothing was rejected
 * @param rejections by reason
 */
record FuzzOutcome(
    String target,
    long inputs,
    List<String> failures,
    long failed,
    double cpuMillisMost,
    long allocatedBytesMost,
    double seconds,
    long clean,
    Map<String, Long> rejections) {
  FuzzOutcome {
    failures = List.copyOf(failures);
    rejections = new TreeMap<>(rejections);
  }
}
