package io.bridgewatch.numerics;

import java.util.Arrays;

/**
 * Linear regression by least squares with a ridge (Hoerl and Kennard, 1970), summed row by row.
 *
 * <ol>
 *   <li>{@link #add} sums the products of a row's columns, so rows need not be kept;
 *   <li>{@link #solve} adds a share of each column's own sum of squares to the diagonal and solves
 *       by Cholesky's decomposition.
 * </ol>
 *
 * <p>Columns that always were zero get the weight zero. The order of the rows changes nothing but
 * rounding.
 */
public final class LeastSquares {

  private static final double LEAST = 1e-12;

  private final int width;
  private final double[][] products;
  private final double[] targets;
  private long rows;

  /**
   * @param width columns of a row, at least 1; the first one is not drawn to zero by the ridge
   */
  public LeastSquares(int width) {
    if (width < 1) {
      throw new IllegalArgumentException("width must be at least 1, was " + width);
    }
    this.width = width;
    this.products = new double[width][width];
    this.targets = new double[width];
  }

  /**
   * @param row finite numbers, as many as the width
   * @param target what they are to explain, finite
   */
  public void add(double[] row, double target) {
    for (int i = 0; i < width; i++) {
      double left = row[i];
      for (int j = 0; j <= i; j++) {
        products[i][j] += left * row[j];
      }
      targets[i] += left * target;
    }
    rows++;
  }

  public long rows() {
    return rows;
  }

  /**
   * @param ridge share of a column's sum of squares, above 0
   * @return a weight for each column
   * @throws IllegalStateException if there was no row
   */
  public double[] solve(double ridge) {
    if (rows == 0) {
      throw new IllegalStateException("least squares need at least one row, had none");
    }
    double[][] lower = new double[width][];
    for (int i = 0; i < width; i++) {
      lower[i] = Arrays.copyOf(products[i], i + 1);
      double drawn = i == 0 ? 0 : ridge * products[i][i];
      lower[i][i] += drawn + LEAST * rows;
      for (int j = 0; j <= i; j++) {
        double sum = lower[i][j];
        for (int k = 0; k < j; k++) {
          sum -= lower[i][k] * lower[j][k];
        }
        lower[i][j] = i == j ? Math.sqrt(Math.max(sum, LEAST * rows)) : sum / lower[j][j];
      }
    }
    double[] weights = targets.clone();
    for (int i = 0; i < width; i++) {
      for (int k = 0; k < i; k++) {
        weights[i] -= lower[i][k] * weights[k];
      }
      weights[i] /= lower[i][i];
    }
    for (int i = width - 1; i >= 0; i--) {
      for (int k = i + 1; k < width; k++) {
        weights[i] -= lower[k][i] * weights[k];
      }
      weights[i] /= lower[i][i];
    }
    return weights;
  }
}
