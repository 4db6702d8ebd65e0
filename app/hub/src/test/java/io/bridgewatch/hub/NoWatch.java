package io.bridgewatch.hub;

import io.bridgewatch.engine.Discoveries;
import io.bridgewatch.engine.DiscoverySettings;
import io.bridgewatch.engine.DiscoveryStores;
import io.bridgewatch.model.Happening;
import io.bridgewatch.model.KubernetesObject;
import io.bridgewatch.model.ObjectKind;
import io.bridgewatch.model.Observation;
import io.bridgewatch.model.Topology;
import io.bridgewatch.model.TopologyDelta;
import io.bridgewatch.ports.Chronicle;
import io.bridgewatch.ports.ClusterRegistry;
import io.bridgewatch.ports.ObjectStore;
import io.bridgewatch.ports.RegisteredCluster;
import io.bridgewatch.ports.StoreException;
import io.bridgewatch.ports.Timekeeper;
import io.bridgewatch.ports.TopologyHistory;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.springframework.http.HttpStatus;

/** A hub that watches no cluster, and says so. */
final class NoWatch implements Watch, Chronicle {

  static ClusterParts parts() {
    var none = new NoWatch();
    var nothing = new Nothing();
    var stores = new DiscoveryStores(none, nothing, nothing);
    var discoveries = new Discoveries(stores, DiscoverySettings.usual(), Timekeeper.system());
    return new ClusterParts(none, discoveries, none, nothing, nothing, nothing);
  }

  private static HubProblem notWatching() {
    return new HubProblem(
        HttpStatus.NOT_IMPLEMENTED, "NotWatching", "this hub watches no clusters");
  }

  private static StoreException notKept() {
    return new StoreException("this hub watches no clusters and keeps nothing of them");
  }

  @Override
  public List<Live> all() {
    return List.of();
  }

  @Override
  public Optional<Live> find(String cluster) {
    return Optional.empty();
  }

  @Override
  public void begin(RegisteredCluster cluster) {
    throw notWatching();
  }

  @Override
  public void end(String cluster) {
    throw notWatching();
  }

  @Override
  public void tell(String cluster, List<Observation> observations) {}

  @Override
  public Check check(RegisteredCluster cluster) {
    throw notWatching();
  }

  @Override
  public void put(String cluster, List<Happening> happenings) {
    throw notKept();
  }

  @Override
  public Part find(Query query) {
    return new Part(List.of(), Optional.empty());
  }

  @Override
  public long forgetBefore(Instant time) {
    return 0;
  }

  /** Keeps nothing. */
  private static final class Nothing implements TopologyHistory, ObjectStore, ClusterRegistry {
    @Override
    public void forgetBefore(Instant time) {}

    @Override
    public void checkpoint(String cluster, Instant time, Topology topology) {
      throw notKept();
    }

    @Override
    public void append(String cluster, Instant time, TopologyDelta delta) {
      throw notKept();
    }

    @Override
    public Optional<Runnable> dueCheckpoint(String cluster, Instant now, Topology topology) {
      return Optional.empty();
    }

    @Override
    public Optional<Past> at(String cluster, Instant time) {
      return Optional.empty();
    }

    @Override
    public List<Stretch> heard(String cluster) {
      return List.of();
    }

    @Override
    public void apply(String cluster, List<Edit> edits) {
      throw notKept();
    }

    @Override
    public Optional<KubernetesObject> find(
        String cluster, String resource, String namespace, String name) {
      return Optional.empty();
    }

    @Override
    public void forEach(String cluster, BiConsumer<ObjectKind, KubernetesObject> action) {}

    @Override
    public void forEach(String cluster, String resource, Consumer<KubernetesObject> action) {}

    @Override
    public void clear(String cluster) {}

    @Override
    public List<RegisteredCluster> clusters() {
      return List.of();
    }

    @Override
    public Optional<RegisteredCluster> cluster(String name) {
      return Optional.empty();
    }

    @Override
    public void put(RegisteredCluster cluster) {
      throw notWatching();
    }

    @Override
    public boolean remove(String name) {
      return false;
    }
  }
}
