package io.bridgewatch.adapter.store;

import io.bridgewatch.ports.BundleArchive;
import io.bridgewatch.ports.Chronicle;
import io.bridgewatch.ports.ClusterRegistry;
import io.bridgewatch.ports.ExemplarStore;
import io.bridgewatch.ports.LogPatternStore;
import io.bridgewatch.ports.LogStore;
import io.bridgewatch.ports.MetricStore;
import io.bridgewatch.ports.ObjectStore;
import io.bridgewatch.ports.ScalingStore;
import io.bridgewatch.ports.SettingStore;
import io.bridgewatch.ports.SpanJournal;
import io.bridgewatch.ports.SpanStore;
import io.bridgewatch.ports.TopologyHistory;
import io.bridgewatch.testkit.AuditLogContractTest;
import io.bridgewatch.testkit.BundleArchiveContractTest;
import io.bridgewatch.testkit.ChronicleContractTest;
import io.bridgewatch.testkit.ClusterRegistryContractTest;
import io.bridgewatch.testkit.ExemplarStoreContractTest;
import io.bridgewatch.testkit.ImportStoreContractTest;
import io.bridgewatch.testkit.IncidentStoreContractTest;
import io.bridgewatch.testkit.LiveIncidentStoreContractTest;
import io.bridgewatch.testkit.LogPatternStoreContractTest;
import io.bridgewatch.testkit.LogStoreContractTest;
import io.bridgewatch.testkit.MetricStoreContractTest;
import io.bridgewatch.testkit.ObjectStoreContractTest;
import io.bridgewatch.testkit.ScalingStoreContractTest;
import io.bridgewatch.testkit.SessionStoreContractTest;
import io.bridgewatch.testkit.SettingStoreContractTest;
import io.bridgewatch.testkit.SpanJournalContractTest;
import io.bridgewatch.testkit.SpanStoreContractTest;
import io.bridgewatch.testkit.Stores;
import io.bridgewatch.testkit.TopologyHistoryContractTest;
import io.bridgewatch.testkit.UserStoreContractTest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** The embedded store keeps the contracts of its ports. */
class EmbeddedStoreContractTest {

  private EmbeddedStore store;

  @BeforeEach
  void open(@TempDir Path directory) {
    store = EmbeddedStore.open(directory);
  }

  @AfterEach
  void close() {
    store.close();
  }

  private Stores ports() {
    return new Stores(
        store.users(),
        store.sessions(),
        store.audit(),
        store.imports(),
        store.incidents(),
        store.liveIncidents());
  }

  @Nested
  class Users extends UserStoreContractTest {
    @Override
    protected Stores stores() {
      return ports();
    }
  }

  @Nested
  class Sessions extends SessionStoreContractTest {
    @Override
    protected Stores stores() {
      return ports();
    }
  }

  @Nested
  class Audit extends AuditLogContractTest {
    @Override
    protected Stores stores() {
      return ports();
    }
  }

  @Nested
  class Imports extends ImportStoreContractTest {
    @Override
    protected Stores stores() {
      return ports();
    }
  }

  @Nested
  class LiveIncidents extends LiveIncidentStoreContractTest {
    @Override
    protected Stores stores() {
      return ports();
    }
  }

  @Nested
  class Incidents extends IncidentStoreContractTest {
    @Override
    protected Stores stores() {
      return ports();
    }
  }

  @Nested
  class Archive extends BundleArchiveContractTest {
    @Override
    protected BundleArchive archive(Path directory) throws IOException {
      return FileArchive.open(directory.resolve("recordings"));
    }
  }

  @Nested
  class Happenings extends ChronicleContractTest {
    @Override
    protected Chronicle chronicle() {
      return store.chronicle();
    }
  }

  @Nested
  class Topologies extends TopologyHistoryContractTest {
    @Override
    protected TopologyHistory history() {
      return store.topologyHistory();
    }
  }

  @Nested
  class Objects extends ObjectStoreContractTest {
    @Override
    protected ObjectStore objects() {
      return store.objects();
    }
  }

  @Nested
  class LogPatterns extends LogPatternStoreContractTest {
    @Override
    protected LogPatternStore patterns() {
      return store.logPatterns();
    }
  }

  @Nested
  class Exemplars extends ExemplarStoreContractTest {
    private final HistoryDb db;

    Exemplars(@TempDir Path folder) {
      db = HistoryDb.open(folder.resolve("history"));
    }

    @Override
    protected ExemplarStore store(int most) {
      return RocksExemplars.open(db, most);
    }

    @AfterEach
    void closeHistory() {
      db.close();
    }
  }

  @Nested
  class Clusters extends ClusterRegistryContractTest {
    @Override
    protected ClusterRegistry registry() {
      return store.clusters();
    }
  }

  @Nested
  class Metrics extends MetricStoreContractTest {
    private final Path folder;
    private final List<RocksMetrics> opened = new ArrayList<>();

    Metrics(@TempDir Path folder) {
      this.folder = folder;
    }

    @Override
    protected MetricStore store(InstantSource clock, int mostSeries) {
      var settings = new MetricSettings(mostSeries, 1 << 20, 64 << 10, 16 << 10);
      opened.add(RocksMetrics.open(folder.resolve("metrics"), settings, clock));
      return opened.getFirst();
    }

    @AfterEach
    void closeMetrics() {
      opened.forEach(RocksMetrics::close);
    }
  }

  @Nested
  class Logs extends LogStoreContractTest {
    @Override
    protected LogStore logs() {
      return store.logs();
    }
  }

  @Nested
  class Scaling extends ScalingStoreContractTest {
    @Override
    protected ScalingStore scaling() {
      return store.scaling();
    }
  }

  @Nested
  class Settings extends SettingStoreContractTest {
    @Override
    protected SettingStore settings() {
      return store.settings();
    }
  }

  @Nested
  class Journal extends SpanJournalContractTest {
    @Override
    protected SpanJournal journal() {
      return store.pendingSpans();
    }
  }

  @Nested
  class Spans extends SpanStoreContractTest {
    @Override
    protected SpanStore spans() {
      return store.spans();
    }
  }
}
