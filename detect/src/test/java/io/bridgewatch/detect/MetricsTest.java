package io.bridgewatch.detect;

import static org.assertj.core.api.Assertions.assertThat;

import io.bridgewatch.model.SeriesKey;
import io.bridgewatch.model.Signal;
import io.bridgewatch.testkit.Telemetry;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MetricsTest {

  @ParameterizedTest
  @CsvSource({
    "http.server.request.duration, s, LATENCY, UP",
    "rpc_latency_p99, ms, LATENCY, UP",
    "http.server.success_ratio, 1, ERRORS, DOWN",
    "http_5xx_total, '', ERRORS, UP",
    "request.errors, {request}/s, ERRORS, UP",
    "container.cpu.usage, {cpu}, CPU, UP",
    "container.memory.working_set, By, MEMORY, UP",
    "jvm.heap.used, By, MEMORY, UP",
    "db.client.connections.usage, {connection}, SATURATION, UP",
    "executor.queue.size, 1, SATURATION, UP",
    "kafka.consumer.lag, '', SATURATION, UP",
    "container.filesystem.usage, By, DISK, BOTH",
    "tcp.retransmissions, 1, NETWORK, BOTH",
    "http.server.request.count, {request}/s, TRAFFIC, BOTH",
    "calls, {request}, TRAFFIC, BOTH",
    "room.temperature, Cel, OTHER, BOTH",
    "scrape_duration_seconds, s, OTHER, BOTH",
    "node.memory.free, By, MEMORY, DOWN",
  })
  void aNameAndAUnitTellTheSignalAndWhichWayHurts(
      String metric, String unit, Signal signal, Metrics.Harm harm) {
    SeriesKey key = Telemetry.gauge(Telemetry.service("a"), metric, unit);
    assertThat(Metrics.signal(key)).isEqualTo(signal);
    assertThat(Metrics.harm(key)).isEqualTo(harm);
    SeriesKey shouted =
        Telemetry.gauge(Telemetry.service("a"), metric.toUpperCase(Locale.ROOT), unit);
    assertThat(Metrics.signal(shouted)).isEqualTo(signal);
  }
}
