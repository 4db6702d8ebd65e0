package io.bridgewatch.testkit;

import io.bridgewatch.ports.Chronicle;
import io.bridgewatch.ports.ClusterRegistry;
import io.bridgewatch.ports.ExemplarStore;
import io.bridgewatch.ports.LogPatternStore;
import io.bridgewatch.ports.LogStore;
import io.bridgewatch.ports.MetricStore;
import io.bridgewatch.ports.ObjectStore;
import io.bridgewatch.ports.SpanJournal;
import io.bridgewatch.ports.SpanStore;
import io.bridgewatch.ports.TopologyHistory;
import java.time.InstantSource;
import org.junit.jupiter.api.Nested;

/** The fakes keep the contracts. */
class InMemoryStoresTest {

  @Nested
  class Users extends UserStoreContractTest {
    @Override
    protected Stores stores() {
      return InMemoryStores.empty();
    }
  }

  @Nested
  class Sessions extends SessionStoreContractTest {
    @Override
    protected Stores stores() {
      return InMemoryStores.empty();
    }
  }

  @Nested
  class Audit extends AuditLogContractTest {
    @Override
    protected Stores stores() {
      return InMemoryStores.empty();
    }
  }

  @Nested
  class Imports extends ImportStoreContractTest {
    @Override
    protected Stores stores() {
      return InMemoryStores.empty();
    }
  }

  @Nested
  class LiveIncidents extends LiveIncidentStoreContractTest {
    @Override
    protected Stores stores() {
      return InMemoryStores.empty();
    }
  }

  @Nested
  class Incidents extends IncidentStoreContractTest {
    @Override
    protected Stores stores() {
      return InMemoryStores.empty();
    }
  }

  @Nested
  class History extends TopologyHistoryContractTest {
    @Override
    protected TopologyHistory history() {
      return new InMemoryTopologyHistory();
    }
  }

  @Nested
  class Happenings extends ChronicleContractTest {
    @Override
    protected Chronicle chronicle() {
      return new InMemoryChronicle();
    }
  }

  @Nested
  class LogPatterns extends LogPatternStoreContractTest {
    @Override
    protected LogPatternStore patterns() {
      return new InMemoryLogPatternStore();
    }
  }

  @Nested
  class Exemplars extends ExemplarStoreContractTest {
    @Override
    protected ExemplarStore store(int most) {
      return new InMemoryExemplarStore(most);
    }
  }

  @Nested
  class Objects extends ObjectStoreContractTest {
    @Override
    protected ObjectStore objects() {
      return new InMemoryObjectStore();
    }
  }

  @Nested
  class Clusters extends ClusterRegistryContractTest {
    @Override
    protected ClusterRegistry registry() {
      return new InMemoryClusterRegistry();
    }
  }

  @Nested
  class Metrics extends MetricStoreContractTest {
    @Override
    protected MetricStore store(InstantSource clock, int mostSeries) {
      return new InMemoryMetricStore(clock, mostSeries);
    }
  }

  @Nested
  class Logs extends LogStoreContractTest {
    @Override
    protected LogStore logs() {
      return new InMemoryLogStore();
    }
  }

  @Nested
  class Journal extends SpanJournalContractTest {
    @Override
    protected SpanJournal journal() {
      return new InMemorySpanJournal();
    }
  }

  @Nested
  class Spans extends SpanStoreContractTest {
    @Override
    protected SpanStore spans() {
      return new InMemorySpanStore();
    }
  }
}
