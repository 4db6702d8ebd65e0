package io.bridgewatch.adapter.prometheus;

import io.bridgewatch.ports.MetricStore;
import io.bridgewatch.testkit.MetricStoreContractTest;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The store of metrics in a real Prometheus; stores share it, each with a label of its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PrometheusEngineTest extends MetricStoreContractTest {
  private final AtomicInteger stores = new AtomicInteger();
  private RealEngine engine;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    engine = RealEngine.prometheus(folder);
  }

  @AfterAll
  void stop() throws InterruptedException {
    if (engine != null) {
      engine.close();
    }
  }

  @Override
  protected MetricStore store(InstantSource clock, int mostSeries) {
    var labels = Map.of("store", "s" + stores.incrementAndGet());
    return new PrometheusMetricStore(RemoteEndpoint.of(engine.base(), labels), Map.of(), clock);
  }

  @Override
  protected Set<Freedom> freedoms() {
    return Set.of(
        Freedom.REFUSALS, Freedom.PAST, Freedom.MARKERS, Freedom.RETENTION, Freedom.BYTES);
  }
}
