package io.bridgewatch.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.MetricKind;
import io.bridgewatch.model.Series;
import io.bridgewatch.model.SeriesKey;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ChartsTest {

  private static Series series(long[] times, double[] values) {
    return new Series(
        new SeriesKey(Attributes.none(), "m", "s", MetricKind.GAUGE, Attributes.none()),
        times,
        values);
  }

  /** Property, printed seed. */
  @Test
  void drawnPointsAreFewMeasuredAndKeepTheExtremes() {
    long seed = 20260301;
    System.out.println("seed " + seed);
    var random = new Random(seed);
    for (int round = 0; round < 200; round++) {
      int size = 1 + random.nextInt(5000);
      var times = new long[size];
      var values = new double[size];
      long time = 0;
      for (int i = 0; i < size; i++) {
        time += random.nextInt(100) == 0 ? 60_000 : 1_000;
        times[i] = time;
        values[i] = random.nextInt(50) == 0 ? Double.NaN : random.nextGaussian();
      }
      var points = Charts.points(series(times, values));
      assertThat(points).hasSizeLessThanOrEqualTo(Charts.MOST_POINTS).isNotEmpty();
      var seen = Arrays.stream(values).filter(Double::isFinite).summaryStatistics();
      var drawn =
          points.stream()
              .map(point -> point.get(1))
              .filter(Objects::nonNull)
              .mapToDouble(Double::doubleValue)
              .summaryStatistics();
      assertThat(drawn.getMin()).isEqualTo(seen.getMin());
      assertThat(drawn.getMax()).isEqualTo(seen.getMax());
      for (int i = 1; i < points.size(); i++) {
        assertThat(points.get(i).get(0)).isGreaterThan(points.get(i - 1).get(0));
      }
    }
  }

  @Test
  void aHoleAndWhatIsNoNumberAreDrawnAsGaps() {
    var points =
        Charts.points(
            series(new long[] {0, 10, 20, 70, 80}, new double[] {1, Double.NaN, 3, 4, 5}));
    assertThat(points)
        .containsExactly(
            Arrays.asList(0.0, 1.0),
            Arrays.asList(10.0, null),
            Arrays.asList(20.0, 3.0),
            Arrays.asList(30.0, null),
            Arrays.asList(70.0, 4.0),
            Arrays.asList(80.0, 5.0));
  }

  @Test
  void theTimeBeforeTheOnsetIsSummedUp() {
    var times = new long[101];
    var values = new double[101];
    for (int i = 0; i < 101; i++) {
      times[i] = i;
      values[i] = i < 100 ? i + 1 : 1e9;
    }
    assertThat(Charts.before(series(times, values), Instant.ofEpochMilli(100)))
        .isEqualTo(new Api.Before(50.5, 5.95, 95.05));
    assertThat(Charts.before(series(times, values), Instant.EPOCH)).isNull();
  }
}
