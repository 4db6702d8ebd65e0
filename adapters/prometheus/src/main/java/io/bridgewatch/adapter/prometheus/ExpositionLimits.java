package io.bridgewatch.adapter.prometheus;

/**
 * How much one page may hold; the rest is counted and left out.
 *
 * @param pageBytes after decompression
 * @param lineBytes of one line
 * @param samples of one page
 * @param labels of one sample
 * @param labelBytes of one label's value
 * @param families metrics of which type, unit and help are remembered
 * @param exemplars of one page
 */
public record ExpositionLimits(
    int pageBytes,
    int lineBytes,
    int samples,
    int labels,
    int labelBytes,
    int families,
    int exemplars) {

  /** 64 MiB, lines of 64 KiB, 500,000 samples of 64 labels with 8 KiB each. */
  public static final ExpositionLimits DEFAULT =
      new ExpositionLimits(64 << 20, 64 << 10, 500_000, 64, 8 << 10, 20_000, 10_000);

  /**
   * @throws IllegalArgumentException if one of them is not positive
   */
  public ExpositionLimits {
    positive("pageBytes", pageBytes);
    positive("lineBytes", lineBytes);
    positive("samples", samples);
    positive("labels", labels);
    positive("labelBytes", labelBytes);
    positive("families", families);
    positive("exemplars", exemplars);
  }

  private static void positive(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " is " + value + ", wanted 1 or more");
    }
  }

  /** The same with another number of samples. */
  public ExpositionLimits withSamples(int most) {
    return new ExpositionLimits(
        pageBytes, lineBytes, most, labels, labelBytes, families, exemplars);
  }

  /** The same with another number of labels. */
  public ExpositionLimits withLabels(int most) {
    return new ExpositionLimits(
        pageBytes, lineBytes, samples, most, labelBytes, families, exemplars);
  }
}
