package io.bridgewatch.bench.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bridgewatch.adapter.prometheus.RemoteWriteLimits;
import io.bridgewatch.adapter.prometheus.RemoteWriteReader;
import io.bridgewatch.model.Attributes;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsBenchTest {

  private static final long NOW = Instant.parse("2026-03-01T12:00:00Z").toEpochMilli();

  private static MetricsOptions options(String... more) throws MetricsOptions.UsageException {
    return MetricsOptions.parse(NOW, more);
  }

  @Test
  void requestsHoldTheSamples() {
    var samples = new MadeUpSamples(500, NOW, 1);
    samples.next();
    byte[] request = new RemoteWrite(samples.keys()).request(samples, 100, 400);
    var read =
        new RemoteWriteReader(Attributes.none(), Map.of(), RemoteWriteLimits.DEFAULT)
            .read(request, RemoteWriteReader.Version.V1);
    assertThat(read.rejected()).isEmpty();
    assertThat(read.samples().size()).isEqualTo(300);
    for (int i = 0; i < 300; i++) {
      assertThat(read.samples().time(i)).isEqualTo(samples.time(100 + i));
      assertThat(read.samples().value(i)).isEqualTo(samples.value(100 + i));
      assertThat(read.samples().key(i).metric()).isEqualTo(samples.keys().get(100 + i).metric());
    }
  }

  @Test
  void theSameSeedMakesTheSameSamples() {
    var one = new MadeUpSamples(500, NOW, 7);
    var two = new MadeUpSamples(500, NOW, 7);
    for (int round = 0; round < 5; round++) {
      one.next();
      two.next();
      for (int i = 0; i < 500; i++) {
        assertThat(two.time(i)).isEqualTo(one.time(i));
        assertThat(two.value(i)).isEqualTo(one.value(i));
      }
    }
  }

  @Test
  void theStoreTakesAllAndIsMeasured(@TempDir Path folder) throws Exception {
    var options = options("--series", "500", "--hours", "0.25", "--queries", "3");
    var measures = new OwnRun(options, folder).run();
    assertThat(measures.samples()).isEqualTo(500L * 60);
    assertThat(measures.cpuSeconds()).isPositive();
    assertThat(measures.bytesPerSample()).isPositive();
    assertThat(measures.reopenSeconds()).isPresent();
    assertThat(measures.oneSeries().count()).isEqualTo(3);
    assertThat(measures.rate().p95()).isPositive();
    var floors =
        new MetricsFloors(
            Map.of("samplesPerCpuSecond", 1e12), Map.of("reopenSeconds", 60.0, "noSuch", 1.0));
    assertThat(floors.broken(measures))
        .hasSize(2)
        .anySatisfy(sentence -> assertThat(sentence).contains("samplesPerCpuSecond"))
        .anySatisfy(sentence -> assertThat(sentence).contains("noSuch"));
  }

  @Test
  void whatCannotBeFollowedIsRefused() {
    assertThatThrownBy(() -> options("--series", "many"))
        .isInstanceOf(MetricsOptions.UsageException.class)
        .hasMessageContaining("many");
    assertThatThrownBy(() -> options("--peers", "nobody")).hasMessageContaining("nobody");
    assertThatThrownBy(() -> options("--hours")).hasMessageContaining("--hours");
    assertThatThrownBy(() -> options("--no-such")).hasMessageContaining("--no-such");
  }
}
