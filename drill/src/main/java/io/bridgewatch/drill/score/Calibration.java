package io.bridgewatch.drill.score;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Whether confidences keep their word: of claims made with 0.8, eight of ten should be right.
 *
 * @param claims how many
 * @param error expected calibration error (Naeini and others, 2015): the gap between confidence and
 *     share of right claims in each bin, weighted by its claims; 0 is best, 1 is worst; empty
 *     without claims
 * @param bins that hold claims, in order
 */
public record Calibration(int claims, Optional<Double> error, List<Bin> bins) {

  private static final int BINS = 10;

  public Calibration {
    bins = List.copyOf(bins);
  }

  /**
   * Claims with confidences of one range.
   *
   * @param from inclusive
   * @param to exclusive, but for 1
   * @param confidence the mean
   * @param right the share of right ones
   */
  public record Bin(double from, double to, int claims, double confidence, double right) {}

  static Calibration of(List<RunScore.Claim> claims) {
    int[] counts = new int[BINS];
    int[] right = new int[BINS];
    double[] confidence = new double[BINS];
    for (RunScore.Claim claim : claims) {
      int bin = Math.min(BINS - 1, (int) (claim.confidence() * BINS));
      counts[bin]++;
      right[bin] += claim.right() ? 1 : 0;
      confidence[bin] += claim.confidence();
    }
    var bins = new ArrayList<Bin>();
    double error = 0;
    for (int bin = 0; bin < BINS; bin++) {
      if (counts[bin] > 0) {
        double mean = confidence[bin] / counts[bin];
        double share = (double) right[bin] / counts[bin];
        error += Math.abs(mean - share) * counts[bin] / claims.size();
        bins.add(new Bin((double) bin / BINS, (double) (bin + 1) / BINS, counts[bin], mean, share));
      }
    }
    return new Calibration(
        claims.size(), claims.isEmpty() ? Optional.empty() : Optional.of(error), bins);
  }
}
