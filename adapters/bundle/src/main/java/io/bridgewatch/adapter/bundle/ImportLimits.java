package io.bridgewatch.adapter.bundle;

import java.time.Duration;

/**
 * How much a bundle may ask for. A bundle beyond a limit is refused whole; a record whose time lies
 * beyond {@code timeMargin} is rejected alone.
 *
 * @param maxArchiveBytes size of the archive as it came, or of all files of a folder
 * @param maxUncompressedBytes bytes after unpacking, over all layers of compression
 * @param maxRatio uncompressed to compressed bytes; looked at once 64 MiB were unpacked
 * @param maxEntries entries of an archive
 * @param maxLineBytes longest line of a {@code .jsonl} or {@code .ndjson} file
 * @param maxDocumentBytes longest {@code bundle.json} or {@code objects.json}
 * @param maxDepth how deep JSON may nest
 * @param maxSamples samples of metrics, the buckets of histograms counted one by one
 * @param maxRecords spans, log records, Kubernetes objects, watch events, changes and calls, each
 * @param maxWindow longest window of a bundle
 * @param timeMargin how far outside its window telemetry and watch events may lie
 * @param changeHistory how far before the window changes may lie
 */
public record ImportLimits(
    long maxArchiveBytes,
    long maxUncompressedBytes,
    int maxRatio,
    int maxEntries,
    int maxLineBytes,
    int maxDocumentBytes,
    int maxDepth,
    long maxSamples,
    long maxRecords,
    Duration maxWindow,
    Duration timeMargin,
    Duration changeHistory) {

  /**
   * 1 GiB archive, 4 GiB unpacked, ratio 200, 10,000 entries, 64 MiB a line, 256 MiB a document,
   * 100 levels of JSON, 20 million samples, 2 million records of each kind, a window of 31 days,
   * one hour around it, 31 days of changes before it.
   */
  public static final ImportLimits DEFAULT =
      new ImportLimits(
          1L << 30,
          4L << 30,
          200,
          10_000,
          64 << 20,
          256 << 20,
          100,
          20_000_000,
          2_000_000,
          Duration.ofDays(31),
          Duration.ofHours(1),
          Duration.ofDays(31));

  /**
   * @throws IllegalArgumentException if a limit is not positive
   */
  public ImportLimits {
    if (maxArchiveBytes <= 0
        || maxUncompressedBytes <= 0
        || maxRatio <= 0
        || maxEntries <= 0
        || maxLineBytes <= 0
        || maxDocumentBytes <= 0
        || maxDepth <= 0
        || maxSamples <= 0
        || maxRecords <= 0
        || maxWindow.isNegative()
        || timeMargin.isNegative()
        || changeHistory.isNegative()) {
      throw new IllegalArgumentException("an import limit is not positive");
    }
  }
}
