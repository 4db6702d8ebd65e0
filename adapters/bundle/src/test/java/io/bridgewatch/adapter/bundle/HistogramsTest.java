package io.bridgewatch.adapter.bundle;

import static io.bridgewatch.adapter.bundle.BundleFiles.NOON;
import static io.bridgewatch.adapter.bundle.BundleFiles.metric;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.bridgewatch.model.Bundle;
import io.bridgewatch.model.MetricKind;
import io.bridgewatch.model.Series;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistogramsTest {

  private final Path temp;

  HistogramsTest(@TempDir Path temp) {
    this.temp = temp;
  }

  @Test
  void cumulativeHistogramBecomesCountsAsTheyCameAndLevelsOfEachInterval() throws IOException {
    Bundle bundle =
        read(
            metric("h", "s", histogram(NOON, 1, 2, 0))
                + metric("h", "s", histogram(NOON + 60, 1, 12, 0)));

    assertThat(values(bundle, "statistic", "count")).containsExactly(3, 13);
    assertThat(values(bundle, "le", "0.1")).containsExactly(1, 1);
    assertThat(values(bundle, "le", "0.5")).containsExactly(3, 13);
    assertThat(values(bundle, "le", "+Inf")).containsExactly(3, 13);
    assertThat(series(bundle, "le", "0.5").key().kind()).isEqualTo(MetricKind.CUMULATIVE);
    // ten new observations, all between 0.1 and 0.5
    assertThat(values(bundle, "quantile", "0.50")[0]).isCloseTo(0.3, within(1e-9));
    assertThat(values(bundle, "quantile", "0.99")).hasSize(1);
    assertThat(values(bundle, "statistic", "mean")[0]).isCloseTo(0.3, within(1e-9));
    assertThat(series(bundle, "quantile", "0.50").key().kind()).isEqualTo(MetricKind.GAUGE);
  }

  @Test
  void countingThatBeginsAnewIsAnIntervalOfItsOwn() throws IOException {
    Bundle bundle =
        read(
            metric("h", "s", histogram(NOON, 50, 50, 0))
                + metric("h", "s", histogram(NOON + 60, 0, 4, 0)));

    assertThat(values(bundle, "quantile", "0.50")[0]).isCloseTo(0.3, within(1e-9));
    assertThat(values(bundle, "statistic", "mean")[0]).isCloseTo(0.3, within(1e-9));
  }

  @Test
  void exponentialHistogramGivesQuantilesWithinItsGrid() throws IOException {
    Bundle bundle = read(metric("e", "s", exponential(NOON)));

    // four observations in (1, 1.19], four in (2, 2.38], two zeros
    assertThat(values(bundle, "quantile", "0.50")[0]).isBetween(1.0, 1.19);
    assertThat(values(bundle, "quantile", "0.99")[0]).isBetween(2.0, 2.4);
    assertThat(bundle.series()).noneMatch(series -> series.key().point().has("le"));
  }

  @Test
  void summaryBecomesOneLevelPerQuantile() throws IOException {
    Bundle bundle =
        read(
            metric(
                "s",
                "s",
                "\"summary\":{\"dataPoints\":[{\"timeUnixNano\":\""
                    + NOON
                    + "000000000\",\"count\":\"4\",\"sum\":2,\"quantileValues\":["
                    + "{\"quantile\":0.5,\"value\":0.4},{\"quantile\":0.999,\"value\":0.9}]}]}"));

    assertThat(values(bundle, "quantile", "0.50")).containsExactly(0.4);
    assertThat(values(bundle, "quantile", "0.999")).containsExactly(0.9);
    assertThat(values(bundle, "statistic", "count")).containsExactly(4);
    assertThat(bundle.rejections()).isEmpty();
  }

  @Test
  void bucketsThatContradictTheirBoundsAreCounted() throws IOException {
    String wrong = histogram(NOON, 1, 2, 3).replace("[0.1,0.5]", "[0.5,0.1]");

    assertThat(read(metric("h", "s", wrong)).rejections())
        .containsExactly(
            new Bundle.Rejection("metrics.jsonl", "BucketsInvalid", 1, "metrics.jsonl:1"));
  }

  @Test
  void snakeCaseAndNumbersAsStringsAreReadAlike() throws IOException {
    String snake =
        metric("h", "s", histogram(NOON, 1, 2, 0))
            .replace("resourceMetrics", "resource_metrics")
            .replace("scopeMetrics", "scope_metrics")
            .replace("dataPoints", "data_points")
            .replace("timeUnixNano", "time_unix_nano")
            .replace("bucketCounts", "bucket_counts")
            .replace("explicitBounds", "explicit_bounds")
            .replace(
                "\"aggregationTemporality\":2",
                "\"aggregation_temporality\":" + "\"AGGREGATION_TEMPORALITY_CUMULATIVE\"");
    Bundle bundle = read(snake);

    assertThat(values(bundle, "le", "0.5")).containsExactly(3);
    assertThat(bundle.rejections()).isEmpty();
  }

  /** Bounds 0.1 and 0.5, cumulative; the sum puts every observation at 0.3. */
  static String histogram(long epochSeconds, int low, int middle, int high) {
    int count = low + middle + high;
    return "\"histogram\":{\"aggregationTemporality\":2,\"dataPoints\":[{\"timeUnixNano\":\""
        + epochSeconds
        + "000000000\",\"count\":\""
        + count
        + "\",\"sum\":"
        + count * 0.3
        + ",\"explicitBounds\":[0.1,0.5],\"bucketCounts\":[\""
        + low
        + "\",\""
        + middle
        + "\",\""
        + high
        + "\"]}]}";
  }

  /** Delta, scale 3: buckets 0 and 1 begin at 1, buckets 8 and 9 at 2. */
  static String exponential(long epochSeconds) {
    return "\"exponentialHistogram\":{\"aggregationTemporality\":1,\"dataPoints\":[{\"timeUnixNano\":"
        + "\""
        + epochSeconds
        + "000000000\",\"count\":\"10\",\"sum\":14,\"scale\":3,\"zeroCount\":\"2\",\"positive\":"
        + "{\"offset\":0,\"bucketCounts\":[\"2\",\"2\",0,0,0,0,0,0,\"2\",\"2\"]}}]}";
  }

  private Bundle read(String lines) throws IOException {
    return IncidentBundles.read(
        BundleFiles.withManifest().with("metrics.jsonl", lines).asFolder(temp));
  }

  private static double[] values(Bundle bundle, String attribute, String value) {
    return series(bundle, attribute, value).values();
  }

  private static Series series(Bundle bundle, String attribute, String value) {
    Optional<Series> found =
        bundle.series().stream()
            .filter(series -> series.key().point().getOr(attribute, "").equals(value))
            .findFirst();
    return found.orElseThrow();
  }
}
