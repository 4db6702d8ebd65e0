package io.bridgewatch.bench.discover;

/**
 * What discovery of a cluster cost.
 *
 * @param entities in the topology at the end
 * @param completeSeconds from the start to the first complete topology
 * @param completeCpuSeconds CPU of this process until then
 * @param heapGiB after full collections, the larger of before and after the changes
 * @param heapPeakGiB most that was seen in use, garbage included
 * @param cores CPU of this process per second while pods changed
 * @param visibleSeconds from a change to the snapshot that shows it
 * @param pastSeconds to read the topology of a random time
 * @param search searches of the topology at the end
 * @param wrong changes lost, doubled or not seen in time
 * @param rejected observations that could not be read
 */
record Measures(
    int entities,
    double completeSeconds,
    double completeCpuSeconds,
    double heapGiB,
    double heapPeakGiB,
    double cores,
    Percentiles visibleSeconds,
    Percentiles pastSeconds,
    SearchMeasures search,
    long wrong,
    long rejected) {}
