package io.bridgewatch.detect;

import static org.assertj.core.api.Assertions.assertThat;

import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.MetricKind;
import io.bridgewatch.model.Series;
import io.bridgewatch.model.SeriesKey;
import io.bridgewatch.testkit.Telemetry;
import java.util.List;
import org.junit.jupiter.api.Test;

class VolumeTest {

  private static final Attributes POD = Telemetry.pod("orders", "1", "node-1");
  private static final long FROM = Telemetry.FROM.toEpochMilli();
  private static final long END = FROM + 100_000;
  private static final Series LATENCY =
      Telemetry.series(Telemetry.gauge(POD, "http.server.request.duration", "s"), 0.1, 0.1, 0.1);

  @Test
  void whatNobodyCountsIsTakenAtItsWord() {
    assertThat(trust()).isEqualTo(1);
    assertThat(trust(rate(Telemetry.pod("other", "1", "node-1"), 0, 0, 0))).isEqualTo(1);
    assertThat(trust(rate(POD, 0))).isEqualTo(1);
  }

  @Test
  void theMoreRequestsTheMoreTrust() {
    assertThat(trust(rate(POD, 0, 0, 0))).isZero();
    assertThat(trust(rate(POD, 0.5, 0.5, 0.5))).isBetween(0.1, 0.9);
    assertThat(trust(rate(POD, 500, 500, 500))).isEqualTo(1);
  }

  @Test
  void aRateAndACountOfTheSameRequestsAreTrustedAlike() {
    var counted =
        Telemetry.series(
            new SeriesKey(POD, "requests", "{request}", MetricKind.DELTA, Attributes.none()),
            5,
            5,
            5);
    assertThat(trust(counted)).isEqualTo(trust(rate(POD, 0.5, 0.5, 0.5)));
  }

  @Test
  void requestsOutsideTheStretchDoNotCount() {
    var volume = new Volume(List.of(rate(POD, 500, 0.1, 0.1)));
    assertThat(volume.trust(LATENCY, FROM + 10_000, END)).isLessThan(1);
  }

  @Test
  void aMissedCountIsNoCountOfZeroAndHidesNothing() {
    assertThat(trust(rate(POD, 500, Double.NaN, 500))).isEqualTo(1);
  }

  @Test
  void theOrderOfSeriesDoesNotMatterWhereTwoCountRequests() {
    var in = rate(POD, 0.5, 0.5, 0.5);
    var out =
        Telemetry.series(
            Telemetry.gauge(POD, "http.client.request.rate", "{request}/s"), 500, 500, 500);
    assertThat(trust(in, out)).isEqualTo(trust(out, in));
  }

  private static double trust(Series... series) {
    return new Volume(List.of(series)).trust(LATENCY, FROM, END);
  }

  private static Series rate(Attributes pod, double... perSecond) {
    return Telemetry.series(
        Telemetry.gauge(pod, "http.server.request.rate", "{request}/s"), perSecond);
  }
}
