package io.bridgewatch.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.bridgewatch.model.AttributeMatch;
import io.bridgewatch.model.AttributeNames;
import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.MetricKind;
import io.bridgewatch.model.SampleBatch;
import io.bridgewatch.model.SeriesKey;
import io.bridgewatch.ports.MetricStore;
import io.bridgewatch.ports.QueryTooWideException;
import io.bridgewatch.scale.WorkloadRecording;
import io.bridgewatch.scale.WorkloadRecording.Signal;
import io.bridgewatch.testkit.InMemoryMetricStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WorkloadReaderTest {

  private static final Instant START = Instant.parse("2026-03-02T00:00:00Z");
  private static final int MINUTES = 60;
  private static final Instant END = START.plus(Duration.ofMinutes(MINUTES));
  private static final Duration STEP = Duration.ofMinutes(1);

  private final MetricStore store = new InMemoryMetricStore(() -> END, 10_000);
  private final SampleBatch.Builder batch = SampleBatch.builder();

  private static WorkloadSubject cart(String... services) {
    return new WorkloadSubject(
        AttributeMatch.equal(AttributeNames.CLUSTER, "east"),
        "east",
        "shop",
        "Deployment",
        "cart",
        Set.of("cart-odd"),
        Set.of(services));
  }

  private static Attributes pod(String name) {
    return Attributes.of(
        Map.of(
            AttributeNames.CLUSTER,
            "east",
            AttributeNames.NAMESPACE,
            "shop",
            AttributeNames.POD,
            name,
            AttributeNames.CONTAINER,
            "app"));
  }

  private void counter(
      Attributes pod, String metric, Attributes point, double perSecond, int from, int to) {
    for (int second = from * 60; second <= to * 60; second += 15) {
      batch.add(
          new SeriesKey(pod, metric, "", MetricKind.CUMULATIVE, point),
          START.plusSeconds(second).toEpochMilli(),
          1000 + perSecond * second);
    }
  }

  private void gauge(Attributes of, String metric, double value, int from, int to) {
    for (int second = from * 60; second <= to * 60; second += 15) {
      batch.add(
          new SeriesKey(of, metric, "", MetricKind.GAUGE, Attributes.none()),
          START.plusSeconds(second).toEpochMilli(),
          value);
    }
  }

  /** A histogram of which 90 % take 50 ms and the rest 200 ms; the rest fails. */
  private void histogram(String podName, String base, double perSecond, int from, int to) {
    Attributes pod = pod(podName);
    for (String status : new String[] {"200", "503"}) {
      Attributes point = Attributes.of("status", status);
      double rate = status.equals("200") ? 0.9 * perSecond : 0.1 * perSecond;
      double seconds = status.equals("200") ? 0.05 : 0.2;
      counter(pod, base + "_count", point, rate, from, to);
      counter(pod, base + "_sum", point, rate * seconds, from, to);
      for (String bound : new String[] {"0.1", "0.3", "+Inf"}) {
        boolean in = bound.equals("+Inf") || seconds <= Double.parseDouble(bound);
        counter(pod, base + "_bucket", point.with("le", bound), in ? rate : 0, from, to);
      }
    }
  }

  private WorkloadRecording read(WorkloadSubject of) {
    store.append(batch.build());
    return new WorkloadReader(store, 500).history(of, START, END, STEP);
  }

  @Test
  void requestsOfAllPodsThatWereComeFromTheHistogramOfWhatItAnswered() {
    histogram("cart-5d9f-2bcdf", "http_server_requests_seconds", 10, 0, 60);
    histogram("cart-odd", "http_server_requests_seconds", 5, 30, 60);
    histogram("cart-api-5d9f-2bcdf", "http_server_requests_seconds", 100, 0, 60);
    histogram("cart-5d9f-2bcdf", "http_client_requests_seconds", 500, 0, 60);
    counter(
        pod("cart-5d9f-2bcdf"), "container_cpu_usage_seconds_total", Attributes.none(), 0.5, 0, 60);
    counter(pod("cart-odd"), "container_cpu_usage_seconds_total", Attributes.none(), 0.25, 30, 60);
    var history = read(cart());
    assertThat(history.steps()).isEqualTo(MINUTES);
    assertThat(history.at(Signal.REQUESTS, 10)).isCloseTo(10, within(0.01));
    assertThat(history.at(Signal.REQUESTS, 50)).isCloseTo(15, within(0.01));
    assertThat(history.at(Signal.ERROR_SHARE, 50)).isCloseTo(0.1, within(1e-6));
    assertThat(history.at(Signal.LATENCY_MEAN, 50)).isCloseTo(0.065, within(1e-6));
    assertThat(history.at(Signal.IN_FLIGHT, 50)).isCloseTo(0.975, within(1e-3));
    assertThat(history.at(Signal.LATENCY_P95, 50)).isCloseTo(0.2, within(0.01));
    assertThat(history.at(Signal.CPU, 10)).isCloseTo(0.5, within(1e-3));
    assertThat(history.at(Signal.CPU, 50)).isCloseTo(0.75, within(1e-3));
    assertThat(history.at(Signal.READY, 10)).as("pods measured").isEqualTo(1);
    assertThat(history.at(Signal.READY, 50)).isEqualTo(2);
    assertThat(history.share(Signal.REPLICAS)).isZero();
    assertThat(history.share(Signal.REQUESTS)).isGreaterThan(0.95);
    assertThat(history.load().perSecond()[50]).isCloseTo(15, within(0.01));
  }

  @Test
  void memoryIsThatOfTheContainersOfAllPods() {
    histogram("cart-5d9f-2bcdf", "http_server_requests_seconds", 10, 0, 60);
    histogram("cart-odd", "http_server_requests_seconds", 5, 30, 60);
    gauge(pod("cart-5d9f-2bcdf"), "container_memory_working_set_bytes", 400e6, 0, 60);
    gauge(pod("cart-odd"), "container_memory_working_set_bytes", 300e6, 30, 60);
    gauge(pod("cart-api-5d9f-2bcdf"), "container_memory_working_set_bytes", 900e6, 0, 60);
    var history = read(cart());
    assertThat(history.at(Signal.MEMORY, 10)).isCloseTo(400e6, within(1.0));
    assertThat(history.at(Signal.MEMORY, 50)).isCloseTo(700e6, within(1.0));
  }

  @Test
  void aSumOfSomePodsIsUnseen() {
    var cart = cart();
    histogram("cart-5d9f-2bcdf", "http_server_requests_seconds", 10, 0, 60);
    histogram("cart-5d9f-4bcdf", "http_server_requests_seconds", 10, 0, 20);
    gauge(cart.resource(), WorkloadReader.READY, 2, 0, 60);
    gauge(cart.resource(), WorkloadReader.REPLICAS, 3, 0, 60);
    var history = read(cart);
    assertThat(history.at(Signal.REQUESTS, 10)).isCloseTo(20, within(0.01));
    assertThat(history.at(Signal.REQUESTS, 30)).isNaN();
    assertThat(history.at(Signal.IN_FLIGHT, 30)).isNaN();
    assertThat(history.at(Signal.READY, 30)).isEqualTo(2);
    assertThat(history.at(Signal.REPLICAS, 30)).isEqualTo(3);
    assertThat(history.share(Signal.REQUESTS)).isBetween(0.3, 0.37);
  }

  @Test
  void whatWasBeforeReplicasWereToldIsNotLost() {
    var cart = cart();
    histogram("cart-5d9f-2bcdf", "http_server_requests_seconds", 10, 0, 60);
    histogram("cart-5d9f-4bcdf", "http_server_requests_seconds", 10, 0, 60);
    gauge(cart.resource(), WorkloadReader.READY, 3, 30, 40);
    var history = read(cart);
    assertThat(history.at(Signal.READY, 10)).as("pods measured").isEqualTo(2);
    assertThat(history.at(Signal.READY, 35)).isEqualTo(3);
    assertThat(history.at(Signal.REQUESTS, 35)).as("two of three").isNaN();
    assertThat(history.at(Signal.READY, 50)).as("who told before may have stopped").isNaN();
  }

  @Test
  void aMeshCountsOnlyOnTheWayIn() {
    Attributes pod = pod("cart-5d9f-2bcdf");
    counter(
        pod,
        "istio_requests_total",
        Attributes.of("reporter", "destination", "response_code", "200"),
        8,
        0,
        60);
    counter(
        pod,
        "istio_requests_total",
        Attributes.of("reporter", "destination", "response_code", "502"),
        2,
        0,
        60);
    counter(
        pod,
        "istio_requests_total",
        Attributes.of("reporter", "source", "response_code", "200"),
        300,
        0,
        60);
    var history = read(cart());
    assertThat(history.at(Signal.REQUESTS, 10)).isCloseTo(10, within(0.01));
    assertThat(history.at(Signal.ERROR_SHARE, 10)).isCloseTo(0.2, within(1e-6));
    assertThat(history.has(Signal.LATENCY_MEAN)).isFalse();
  }

  @Test
  void openTelemetrysHistogramsAreReadToo() {
    for (String statistic : new String[] {"count", "sum"}) {
      counter(
          pod("cart-odd"),
          "http.server.request.duration",
          Attributes.of(AttributeNames.STATISTIC, statistic),
          statistic.equals("count") ? 20 : 1,
          0,
          60);
    }
    var history = read(cart());
    assertThat(history.at(Signal.REQUESTS, 10)).isCloseTo(20, within(0.01));
    assertThat(history.at(Signal.LATENCY_MEAN, 10)).isCloseTo(0.05, within(1e-6));
  }

  @Test
  void whereNoPodTellsItTracesDo() {
    Attributes service =
        Attributes.of(AttributeNames.CLUSTER, "east", AttributeNames.SERVICE, "cart");
    for (int minute = 1; minute <= MINUTES; minute++) {
      for (String caller : new String[] {"web", "app"}) {
        Attributes point = Attributes.of(AttributeNames.PEER_SERVICE, caller);
        long time = START.plusSeconds(60L * minute).toEpochMilli();
        batch.add(
            new SeriesKey(service, CallMetrics.COUNT, "{request}", MetricKind.DELTA, point),
            time,
            300);
        batch.add(
            new SeriesKey(service, CallMetrics.ERRORS, "{request}", MetricKind.DELTA, point),
            time,
            30);
      }
    }
    store.append(batch.build());
    var reader = new WorkloadReader(store, 500);
    var history = reader.history(cart("cart"), START, END, STEP);
    assertThat(history.at(Signal.REQUESTS, 30)).isCloseTo(10, within(0.5));
    assertThat(history.at(Signal.ERROR_SHARE, 30)).isCloseTo(0.1, within(1e-6));
    assertThat(reader.history(cart(), START, END, STEP).has(Signal.REQUESTS)).isFalse();
  }

  @Test
  void tooManySeriesAreRefusedAndPagesAreSeamless() {
    histogram("cart-odd", "http_server_requests_seconds", 10, 0, 60);
    store.append(batch.build());
    assertThatThrownBy(() -> new WorkloadReader(store, 1).history(cart(), START, END, STEP))
        .isInstanceOf(QueryTooWideException.class);
    var reader = new WorkloadReader(store, 500);
    var whole = reader.history(cart(), START.minus(Duration.ofHours(9)), END, STEP);
    var end = reader.history(cart(), START, END, STEP);
    assertThat(whole.slice(540, 600)).isEqualTo(end);
    assertThat(whole.fromFirstSeen().steps()).isBetween(59, 60);
  }

  @Test
  void aStatefulSetsPodsHaveNumbers() {
    var subject =
        new WorkloadSubject(
            AttributeMatch.equal(AttributeNames.CLUSTER, "east"),
            "east",
            "shop",
            "StatefulSet",
            "db",
            Set.of(),
            Set.of());
    assertThat(subject.podNames().matcher("db-12").matches()).isTrue();
    assertThat(subject.podNames().matcher("db-2-2").matches()).isFalse();
    assertThat(cart().podNames().matcher("cart-import-abcde").matches()).isFalse();
  }
}
