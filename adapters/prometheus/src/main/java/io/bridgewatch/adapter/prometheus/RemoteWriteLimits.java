package io.bridgewatch.adapter.prometheus;

/**
 * How much one request may hold; the rest is counted and left out.
 *
 * @param bodyBytes after decompression
 * @param samples of one request, buckets of native histograms included
 * @param labels of one series
 * @param labelBytes of one label's value
 * @param exemplars of one request
 * @param series of all senders that are remembered by their bytes, for speed
 * @param buckets that a native histogram becomes; finer ones are made coarser
 */
public record RemoteWriteLimits(
    int bodyBytes,
    int samples,
    int labels,
    int labelBytes,
    int exemplars,
    int series,
    int buckets) {

  /** 32 MiB, 200,000 samples of 64 labels with 8 KiB each; 64 buckets. */
  public static final RemoteWriteLimits DEFAULT =
      new RemoteWriteLimits(32 << 20, 200_000, 64, 8 << 10, 10_000, 500_000, 64);
}
