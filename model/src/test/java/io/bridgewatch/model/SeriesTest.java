package io.bridgewatch.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SeriesTest {

  private static final SeriesKey KEY =
      new SeriesKey(
          Attributes.of(AttributeNames.POD, "a-1"),
          "container.cpu.usage",
          "{cpu}",
          MetricKind.GAUGE,
          Attributes.none());

  @Test
  void timesHaveToAscendAndToBeAsManyAsValues() {
    assertThatThrownBy(() -> series(new long[] {10, 10}, 1, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("container.cpu.usage")
        .hasMessageContaining("sample 1");
    assertThatThrownBy(() -> series(new long[] {20, 10}, 1, 2))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> series(new long[] {10}, 1, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1 times, 2 values");
  }

  @Test
  void nobodyCanChangeTheSamplesFromOutside() {
    long[] times = {10, 20};
    double[] values = {1, 2};
    var series = new Series(KEY, times, values);
    times[0] = 15;
    values[0] = 9;
    series.times()[1] = 0;
    series.values()[1] = 0;
    assertThat(series.times()).containsExactly(10, 20);
    assertThat(series.values()).containsExactly(1, 2);
  }

  @Test
  void aStretchHoldsItsStartAndNotItsEnd() {
    var series = series(new long[] {10, 20, 30, 40}, 1, 2, 3, 4);
    assertThat(series.between(20, 40).values()).containsExactly(2, 3);
    assertThat(series.between(11, 39).values()).containsExactly(2, 3);
    assertThat(series.between(41, 99).size()).isZero();
    assertThat(series.between(30, 20).size()).isZero();
  }

  @Test
  void theFirstSampleAtOrAfterATimeIsFound() {
    var series = series(new long[] {10, 20}, 1, 2);
    assertThat(series.firstAtOrAfter(0)).isZero();
    assertThat(series.firstAtOrAfter(10)).isZero();
    assertThat(series.firstAtOrAfter(11)).isEqualTo(1);
    assertThat(series.firstAtOrAfter(21)).isEqualTo(series.size());
    assertThat(series(new long[0]).firstAtOrAfter(5)).isZero();
  }

  private static Series series(long[] times, double... values) {
    return new Series(KEY, times, values);
  }
}
