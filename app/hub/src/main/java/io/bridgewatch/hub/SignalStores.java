package io.bridgewatch.hub;

import io.bridgewatch.adapter.opensearch.OpenSearchEndpoint;
import io.bridgewatch.adapter.opensearch.OpenSearchStores;
import io.bridgewatch.adapter.store.EmbeddedStore;
import io.bridgewatch.engine.TelemetryStores;
import io.bridgewatch.ports.Retained;
import io.bridgewatch.ports.Storage;
import io.bridgewatch.ports.StoreException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where telemetry is kept: all of it in the embedded store, or log lines and spans in a cluster of
 * OpenSearch. What the embedded store holds of them from before stays until it is too old.
 */
final class SignalStores implements AutoCloseable {

  /** Of the bean, which others name to be closed before it. */
  static final String NAME = "signalStores";

  private final EmbeddedStore embedded;
  private final Optional<OpenSearchStores> external;

  private SignalStores(EmbeddedStore embedded, Optional<OpenSearchStores> external) {
    this.embedded = embedded;
    this.external = external;
  }

  /**
   * @throws StoreException if the cluster's certificates cannot be read; the cluster itself may be
   *     away
   */
  static SignalStores open(
      EmbeddedStore embedded, Optional<OpenSearchEndpoint> cluster, InstantSource clock) {
    return new SignalStores(
        embedded, cluster.map(endpoint -> OpenSearchStores.open(endpoint, clock)));
  }

  TelemetryStores telemetry() {
    return new TelemetryStores(
        embedded.metrics(),
        embedded.exemplars(),
        external.map(OpenSearchStores::logs).orElseGet(embedded::logs),
        external.map(OpenSearchStores::spans).orElseGet(embedded::spans));
  }

  Storage storage() {
    return external.<Storage>map(Both::new).orElseGet(embedded::storage);
  }

  private final class Both implements Storage {
    private final OpenSearchStores elsewhere;

    Both(OpenSearchStores elsewhere) {
      this.elsewhere = elsewhere;
    }

    @Override
    public List<Retained> retained() {
      var all = new ArrayList<Retained>();
      for (Retained one : embedded.storage().retained()) {
        boolean replaced =
            switch (one.kind()) {
              case HAPPENINGS, TOPOLOGY, METRICS, RECORDINGS -> false;
              case LOGS, SPANS -> one.oldest().equals(Instant.MAX);
            };
        if (!replaced) {
          all.add(one);
        }
      }
      all.addAll(elsewhere.retained());
      return all;
    }

    @Override
    public long usableBytes() {
      return embedded.storage().usableBytes();
    }
  }

  /** How the cluster does; empty if there is none. */
  Optional<OpenSearchStores.Status> external() {
    return external.map(OpenSearchStores::status);
  }

  @Override
  public void close() {
    external.ifPresent(OpenSearchStores::close);
  }
}
