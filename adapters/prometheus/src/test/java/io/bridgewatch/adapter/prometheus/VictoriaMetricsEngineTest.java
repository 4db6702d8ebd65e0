package io.bridgewatch.adapter.prometheus;

import io.bridgewatch.model.SampleBatch;
import io.bridgewatch.model.Series;
import io.bridgewatch.model.SeriesKey;
import io.bridgewatch.ports.MetricSelector;
import io.bridgewatch.ports.MetricStore;
import io.bridgewatch.testkit.MetricStoreContractTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The store of metrics in a real VictoriaMetrics; stores share it, each with its own label. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class VictoriaMetricsEngineTest extends MetricStoreContractTest {
  private final AtomicInteger stores = new AtomicInteger();
  private RealEngine engine;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    engine = RealEngine.victoriaMetrics(folder);
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
    return new Flushed(
        new PrometheusMetricStore(RemoteEndpoint.of(engine.base(), labels), Map.of(), clock));
  }

  @Override
  protected Set<Freedom> freedoms() {
    return EnumSet.complementOf(EnumSet.of(Freedom.PAST));
  }

  /** The engine shows what it took after some seconds, or when it is told to. */
  private final class Flushed implements MetricStore {
    private final MetricStore store;
    private volatile boolean changed;

    private Flushed(MetricStore store) {
      this.store = store;
    }

    private void flush() {
      if (changed) {
        changed = false;
        try {
          engine.get("/internal/force_flush");
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
          throw new IllegalStateException(e);
        }
      }
    }

    @Override
    public Appended append(SampleBatch batch) {
      var appended = store.append(batch);
      changed = true;
      return appended;
    }

    @Override
    public Appended appendPast(SampleBatch batch) {
      var appended = store.appendPast(batch);
      changed = true;
      return appended;
    }

    @Override
    public List<Series> select(MetricSelector selector, Instant from, Instant to, int most) {
      flush();
      return store.select(selector, from, to, most);
    }

    @Override
    public List<SeriesKey> series(MetricSelector selector, Instant from, Instant to, int most) {
      flush();
      return store.series(selector, from, to, most);
    }

    @Override
    public List<Metric> metrics(MetricSelector selector) {
      flush();
      return store.metrics(selector);
    }

    @Override
    public List<String> values(String attribute, MetricSelector selector, int most) {
      flush();
      return store.values(attribute, selector, most);
    }

    @Override
    public void forgetBefore(Instant time) {
      store.forgetBefore(time);
    }

    @Override
    public Extent extent() {
      flush();
      return store.extent();
    }
  }
}
