package io.bridgewatch.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.bridgewatch.model.AttributeNames;
import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.Fact;
import io.bridgewatch.model.Finding;
import io.bridgewatch.model.MetricKind;
import io.bridgewatch.model.Series;
import io.bridgewatch.model.SeriesKey;
import io.bridgewatch.testkit.Telemetry;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class EdgeSeriesTest {

  private static final int BEFORE = 60;
  private static final int AFTER = 40;
  private static final Attributes FRONT = Telemetry.pod("front", "1", "node-1");
  private static final Attributes ORDERS = Telemetry.pod("orders", "1", "node-2");

  @Test
  void timeBetweenTheTwoViewsOfACallIsAGapOfTheEdge() {
    var found =
        findings(
            client("s", Telemetry.levels(BEFORE, 0.055, AFTER, 0.355)),
            server("s", Telemetry.levels(BEFORE, 0.050, AFTER, 0.050)));
    assertThat(found).hasSize(1);
    var gap = (Fact.EdgeGapGrew) found.getFirst().fact();
    assertThat(gap.caller().name()).isEqualTo("front-1");
    assertThat(gap.callee().name()).isEqualTo("orders-1");
    assertThat(gap.beforeSeconds()).isCloseTo(0.005, within(0.001));
    assertThat(gap.afterSeconds()).isCloseTo(0.305, within(0.02));
  }

  @Test
  void aCalleeThatIsSlowItselfOpensNoGap() {
    assertThat(
            findings(
                client("s", Telemetry.levels(BEFORE, 0.05, AFTER, 0.5)),
                server("s", Telemetry.levels(BEFORE, 0.05, AFTER, 0.5))))
        .isEmpty();
  }

  @Test
  void millisecondsGiveTheSameGapAsSeconds() {
    var client = Telemetry.levels(BEFORE, 0.055, AFTER, 0.355);
    var server = Telemetry.levels(BEFORE, 0.050, AFTER, 0.050);
    assertThat(findings(client("ms", thousandfold(client)), server("ms", thousandfold(server))))
        .extracting(f -> Math.round(f.severity() * 1e6))
        .isEqualTo(
            findings(client("s", client), server("s", server)).stream()
                .map(f -> Math.round(f.severity() * 1e6))
                .toList());
  }

  @Test
  void withoutTheOtherSideThereIsNoGap() {
    var slow = Telemetry.levels(BEFORE, 0.055, AFTER, 0.355);
    assertThat(findings(client("s", slow))).isEmpty();
    assertThat(findings(server("s", slow))).isEmpty();
    assertThat(findings(client("s", slow), server("ms", slow))).isEmpty();
  }

  @Test
  void onlyTimesThatBothSidesHaveCount() {
    double[] values = Telemetry.levels(BEFORE, 0.05, AFTER, 0.05);
    var key = server("s", values).key();
    var times = new long[values.length];
    for (int i = 0; i < times.length; i++) {
      times[i] = Telemetry.FROM.toEpochMilli() + i * Telemetry.STEP.toMillis() + 1;
    }
    var gaps =
        EdgeSeries.gaps(
            List.of(
                client("s", Telemetry.levels(BEFORE, 0.05, AFTER, 0.5)),
                new Series(key, times, values)));
    assertThat(gaps).allSatisfy(gap -> assertThat(gap.seconds().size()).isZero());
    assertThat(EdgeSeries.at(gaps, split(), end())).isEmpty();
  }

  @Test
  void whichPodOfTheCalleeComesFirstDoesNotMatter() {
    var client = client("s", Telemetry.levels(BEFORE, 0.055, AFTER, 0.355));
    var one = server("s", Telemetry.levels(BEFORE, 0.050, AFTER, 0.050));
    var other =
        series(
            Telemetry.pod("orders", "2", "node-1"),
            "http.server.request.duration",
            "front",
            "s",
            Telemetry.levels(BEFORE, 0.050, AFTER, 0.300));
    assertThat(findings(client, one, other)).isEqualTo(findings(other, client, one));
  }

  private static double[] thousandfold(double[] values) {
    return Arrays.stream(values).map(v -> v * 1000).toArray();
  }

  private static Series client(String unit, double[] values) {
    return series(FRONT, "http.client.request.duration", "orders", unit, values);
  }

  private static Series server(String unit, double[] values) {
    return series(ORDERS, "http.server.request.duration", "front", unit, values);
  }

  private static Series series(
      Attributes pod, String metric, String peer, String unit, double[] values) {
    return Telemetry.series(
        new SeriesKey(
            pod,
            metric,
            unit,
            MetricKind.GAUGE,
            Attributes.of(AttributeNames.PEER_SERVICE, peer, AttributeNames.QUANTILE, "0.90")),
        values);
  }

  private static List<Finding> findings(Series... series) {
    return EdgeSeries.at(EdgeSeries.gaps(List.of(series)), split(), end());
  }

  private static long split() {
    return Telemetry.FROM.toEpochMilli() + BEFORE * Telemetry.STEP.toMillis();
  }

  private static long end() {
    return split() + AFTER * Telemetry.STEP.toMillis();
  }
}
