package io.bridgewatch.adapter.store;

/**
 * How much of the machine metrics may have.
 *
 * @param mostSeries known at once; what is of others is rejected
 * @param headBytes memory for samples that are not yet in chunks, all series together
 * @param logBytes disk for the log of such samples, beyond which the oldest are put in chunks
 * @param segmentBytes of each of the log's files
 */
record MetricSettings(int mostSeries, long headBytes, long logBytes, long segmentBytes) {

  static final MetricSettings DEFAULTS =
      new MetricSettings(2_000_000, 256L << 20, 64L << 20, 8L << 20);

  private static final int MOST_HEAD_BYTES = 4096;
  private static final int LEAST_HEAD_BYTES = 128;

  /** Bytes after which the samples of one of so many series are put in a chunk. */
  int headBytesOfEach(int series) {
    long share = headBytes / Math.max(1, series);
    return (int) Math.max(LEAST_HEAD_BYTES, Math.min(MOST_HEAD_BYTES, share));
  }
}
