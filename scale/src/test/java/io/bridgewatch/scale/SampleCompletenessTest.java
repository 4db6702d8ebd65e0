package io.bridgewatch.scale;

import static org.assertj.core.api.Assertions.assertThat;

import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.MetricKind;
import io.bridgewatch.model.Series;
import io.bridgewatch.model.SeriesKey;
import io.bridgewatch.scale.Readiness.Completeness;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.LongPredicate;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SampleCompletenessTest {

  private static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");
  private static final Instant END = NOON.plusSeconds(3600);

  private static Series every(long seconds, LongPredicate there) {
    long[] times =
        LongStream.range(0, 3600 / seconds)
            .filter(there)
            .map(i -> NOON.toEpochMilli() + i * seconds * 1000)
            .toArray();
    return new Series(
        new SeriesKey(Attributes.none(), "cpu", "s", MetricKind.CUMULATIVE, Attributes.none()),
        times,
        new double[times.length]);
  }

  @Test
  void aSampleEachIntervalIsComplete() {
    assertThat(
            SampleCompleteness.of(
                "cpu",
                Map.of("a", NOON.minusSeconds(900)),
                Map.of("a", List.of(every(15, i -> true))),
                NOON,
                END))
        .contains(new Completeness("cpu", 239, 239));
  }

  @Test
  void whatIsMissingIsCountedWhereverItIs() {
    var found =
        SampleCompleteness.of(
                "cpu",
                Map.of("a", NOON.minusSeconds(900), "silent", NOON.minusSeconds(900)),
                Map.of(
                    "a",
                    List.of(every(15, i -> i % 10 != 3)),
                    "gone",
                    List.of(every(15, i -> true))),
                NOON,
                END)
            .orElseThrow();
    assertThat(found.expected()).isEqualTo(2 * 239);
    assertThat(found.seen()).isEqualTo(216);
  }

  @Test
  void aYoungPodOwesNothingOfBefore() {
    var found =
        SampleCompleteness.of(
                "cpu",
                Map.of("a", NOON.plusSeconds(1800)),
                Map.of("a", List.of(every(15, i -> i >= 122))),
                NOON,
                END)
            .orElseThrow();
    assertThat(found.share()).isEqualTo(1);
    assertThat(found.expected()).isEqualTo(117);
  }

  @Test
  void withoutTwoSamplesNothingIsKnown() {
    assertThat(SampleCompleteness.of("cpu", Map.of("a", NOON), Map.of(), NOON, END)).isEmpty();
  }
}
