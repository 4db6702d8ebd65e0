package io.bridgewatch.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SampleBatchTest {

  private static final SeriesKey KEY =
      new SeriesKey(Attributes.none(), "up", "", MetricKind.GAUGE, Attributes.none());

  @Test
  void itHoldsWhatWasAddedInItsOrder() {
    var builder = SampleBatch.builder();
    for (int i = 0; i < 1_000; i++) {
      builder.add(KEY, i, i / 2.0);
    }
    SampleBatch batch = builder.build();
    builder.add(KEY, 0, 0);
    assertThat(batch.size()).isEqualTo(1_000);
    assertThat(batch.time(999)).isEqualTo(999);
    assertThat(batch.value(999)).isEqualTo(499.5);
    assertThat(batch.key(0)).isEqualTo(KEY);
  }

  @Test
  void onlyTheStaleMarkerIsStale() {
    assertThat(SampleBatch.isStale(SampleBatch.STALE)).isTrue();
    assertThat(SampleBatch.isStale(Double.NaN)).isFalse();
    assertThat(SampleBatch.isStale(0)).isFalse();
  }
}
