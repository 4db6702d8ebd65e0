package io.bridgewatch.bench.logs;

/**
 * What logs and spans cost. CPU is the process's, with merging, garbage collection and compiling;
 * making the telemetry up is not in it.
 *
 * @param linesPerCpuSecond taken, journaled, indexed and committed
 * @param bytesPerLine on disk after the last commit
 * @param rareWord of all lines
 * @param phraseAndFilter a phrase, a severity and a namespace, newest 100
 * @param histogram of a frequent word by minute
 * @param maskedPerCpuSecond lines
 * @param groupedPerCpuSecond lines into patterns
 */
record StoreMeasures(
    int lines,
    double linesPerCpuSecond,
    double bytesPerLine,
    Latency rareWord,
    Latency phraseAndFilter,
    Latency histogram,
    int spans,
    double spansPerCpuSecond,
    double bytesPerSpan,
    Latency trace,
    double maskedPerCpuSecond,
    double groupedPerCpuSecond) {

  /** In milliseconds, by nearest rank. */
  record Latency(double p50, double p95) {}
}
