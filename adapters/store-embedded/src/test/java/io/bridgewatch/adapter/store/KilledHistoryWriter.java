package io.bridgewatch.adapter.store;

import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.Entity;
import io.bridgewatch.model.EntityRef;
import io.bridgewatch.model.Happening;
import io.bridgewatch.model.KubernetesObject;
import io.bridgewatch.model.ObjectKind;
import io.bridgewatch.model.Topology;
import io.bridgewatch.model.TopologyDelta;
import io.bridgewatch.ports.ObjectStore;
import io.bridgewatch.testkit.StoredSamples;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** Writes history until it is killed; prints a number as soon as all of it was acknowledged. */
final class KilledHistoryWriter {

  static final String CLUSTER = "south";
  static final ObjectKind PODS = new ObjectKind("", "v1", "pods", "Pod", true);

  private KilledHistoryWriter() {}

  static EntityRef ref(int number) {
    return EntityRef.service("s" + number);
  }

  static Instant at(int number) {
    return StoredSamples.NOON.plusSeconds(number);
  }

  public static void main(String[] args) {
    int number = Integer.parseInt(args[1]);
    try (var store = EmbeddedStore.open(Path.of(args[0]))) {
      Topology known =
          store
              .topologyHistory()
              .at(CLUSTER, at(number))
              .map(past -> past.topology())
              .orElseGet(Topology::empty);
      store.topologyHistory().checkpoint(CLUSTER, at(number), known);
      while (true) {
        var entity = new Entity(ref(number), Attributes.none());
        var pod =
            KubernetesObject.of(
                Map.of("kind", "Pod", "metadata", Map.of("name", "p" + number, "namespace", "n")));
        store.objects().apply(CLUSTER, List.of(new ObjectStore.Edit.Put(PODS, pod)));
        store
            .chronicle()
            .put(
                CLUSTER,
                List.of(
                    new Happening.Lived(
                        "h" + number,
                        at(number),
                        entity.ref(),
                        Happening.Stage.CREATED,
                        "",
                        "",
                        OptionalInt.empty())));
        store
            .topologyHistory()
            .append(
                CLUSTER,
                at(number),
                new TopologyDelta(List.of(entity), List.of(), List.of(), List.of()));
        System.out.println(number);
        System.out.flush();
        number++;
      }
    }
  }
}
