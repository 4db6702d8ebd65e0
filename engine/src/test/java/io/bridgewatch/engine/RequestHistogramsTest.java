package io.bridgewatch.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.MetricKind;
import io.bridgewatch.model.SampleBatch;
import io.bridgewatch.model.Series;
import io.bridgewatch.model.Window;
import io.bridgewatch.ports.MetricStore;
import io.bridgewatch.ports.QueryTooWideException;
import io.bridgewatch.testkit.InMemoryMetricStore;
import io.bridgewatch.testkit.Telemetry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RequestHistogramsTest {

  private static final Instant END = Instant.parse("2026-03-02T02:00:00Z");
  private static final Window WINDOW = new Window(END.minus(Duration.ofMinutes(30)), END);
  private static final Attributes CART = Telemetry.pod("cart", "1", "n1");
  private static final Attributes BILL = Telemetry.pod("bill", "1", "n1");

  private final MetricStore store = new InMemoryMetricStore(() -> END, 10_000);

  @Test
  void quantilesRateAndShareOfFailuresAreThoseOfTheRequests() {
    var cart = new HistogramPage(CART);
    var bill = new HistogramPage(BILL);
    scrape(
        minute -> {
          cart.requests(90, minute < 20 ? 0.02 : 0.2, "200");
          cart.requests(minute < 20 ? 0 : 30, 2, "503");
          bill.requests(60, 0.04, "200");
        },
        cart,
        bill);
    var found = signs(HistogramPage.BASE + "_bucket", 1_000);

    assertThat(value(found, CART, "_p50", 10)).isBetween(0.01, 0.025);
    assertThat(value(found, CART, "_p50", 28)).isBetween(0.1, 0.25);
    assertThat(value(found, CART, "_p99", 28)).isBetween(1.0, 2.5);
    assertThat(value(found, CART, "_error_share", 10)).isZero();
    assertThat(value(found, CART, "_error_share", 28)).isCloseTo(0.25, within(1e-9));
    assertThat(value(found, BILL, "_error_share", 28)).isZero();
    assertThat(value(found, CART, "request.rate", 10)).isCloseTo(1.5, within(1e-6));
    assertThat(value(found, BILL, "request.rate", 10)).isCloseTo(1, within(1e-6));
    assertThat(found).allSatisfy(one -> assertThat(one.key().point().isEmpty()).isTrue());
  }

  @Test
  void millisecondsBecomeSeconds() {
    var page = new HistogramPage(CART);
    scrape(minute -> page.requests(60, 0.04, "200"), page);
    var metric =
        new MetricStore.Metric(HistogramPage.BASE + "_bucket", "ms", MetricKind.CUMULATIVE, 10);
    assertThat(RequestHistograms.isOne(metric)).isTrue();
    assertThat(RequestHistograms.isOne(metric("workload_requests_bytes_bucket"))).isFalse();
    assertThat(RequestHistograms.isOne(metric("jvm_gc_pause_seconds_bucket"))).isFalse();
    assertThat(RequestHistograms.isOne(metric("http_server_requests_seconds_count"))).isFalse();
    assertThat(RequestHistograms.isOne(metric("grpc_server_latency_ms_bucket"))).isTrue();
  }

  @Test
  void moreBucketsThanMayBeAreRefused() {
    var page = new HistogramPage(CART);
    scrape(minute -> page.requests(60, 0.04, "200"), page);
    assertThatThrownBy(() -> signs(HistogramPage.BASE + "_bucket", 5))
        .isInstanceOf(QueryTooWideException.class);
  }

  @Test
  void ofAnIdleApplicationNothingIsTold() {
    var page = new HistogramPage(CART);
    scrape(minute -> page.requests(0, 0.04, "200"), page);
    assertThat(signs(HistogramPage.BASE + "_bucket", 1_000))
        .extracting(series -> series.key().metric())
        .containsExactly("request.rate");
  }

  private interface Minute {
    void passes(int minute);
  }

  private void scrape(Minute of, HistogramPage... pages) {
    var samples = SampleBatch.builder();
    for (int minute = 0; minute < 34; minute++) {
      of.passes(minute);
      for (HistogramPage page : pages) {
        page.scrape(END.minus(Duration.ofMinutes(33 - minute)), samples);
      }
    }
    store.append(samples.build());
  }

  private static MetricStore.Metric metric(String name) {
    return new MetricStore.Metric(name, "", MetricKind.CUMULATIVE, 10);
  }

  private List<Series> signs(String metric, int mostSeries) {
    var histograms = new RequestHistograms(store, List.of(), WINDOW);
    var found = new ArrayList<>(histograms.signs(metric(metric), mostSeries));
    found.addAll(histograms.requests());
    return found;
  }

  /** So many minutes after the window begins. */
  private static double value(List<Series> found, Attributes of, String ending, int minute) {
    Optional<Series> series =
        found.stream()
            .filter(one -> one.key().resource().equals(of))
            .filter(one -> one.key().metric().endsWith(ending))
            .findFirst();
    long time = WINDOW.from().plus(Duration.ofMinutes(minute)).toEpochMilli();
    return series.orElseThrow().value(series.orElseThrow().firstAtOrAfter(time));
  }
}
