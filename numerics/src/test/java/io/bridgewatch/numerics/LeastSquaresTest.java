package io.bridgewatch.numerics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LeastSquaresTest {

  @Test
  void weightsThatMadeTheTargetsAreFoundAgain() {
    var random = new SplittableRandom(7);
    double[] made = {0.3, -2, 5, 0};
    var squares = new LeastSquares(4);
    for (int row = 0; row < 500; row++) {
      double[] columns = {1, random.nextDouble(), random.nextDouble() - 3, random.nextDouble()};
      double target = 0;
      for (int i = 0; i < made.length; i++) {
        target += made[i] * columns[i];
      }
      squares.add(columns, target);
    }
    assertThat(squares.solve(1e-10)).containsExactly(made, within(1e-4));
    assertThat(squares.rows()).isEqualTo(500);
  }

  @Test
  void aColumnThatSaysNothingOrTheSameTwiceDoesNoHarm() {
    var squares = new LeastSquares(4);
    for (int row = 0; row < 100; row++) {
      squares.add(new double[] {1, row, row, 0}, 3 + 4.0 * row);
    }
    double[] weights = squares.solve(1e-6);
    assertThat(weights[3]).isZero();
    assertThat(weights[1] + weights[2]).isCloseTo(4, within(1e-2));
    assertThat(weights[0] + 50 * (weights[1] + weights[2])).isCloseTo(203, within(0.1));
  }

  @Test
  void aRidgeDrawsAllButTheFirstToZero() {
    var squares = new LeastSquares(2);
    for (int row = -50; row <= 50; row++) {
      squares.add(new double[] {1, row}, 10 + 2.0 * row);
    }
    double[] weights = squares.solve(1);
    assertThat(weights[0]).isCloseTo(10, within(1e-6));
    assertThat(weights[1]).isCloseTo(1, within(1e-6));
  }

  @Test
  void nothingCannotBeSolved() {
    assertThatThrownBy(() -> new LeastSquares(2).solve(1e-4))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("at least one row");
  }
}
