package io.bridgewatch.testkit;

import io.bridgewatch.model.KubernetesObject;
import io.bridgewatch.model.ObjectKind;
import io.bridgewatch.ports.ObjectStore;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** The last objects in memory. Safe to share between threads. */
public final class InMemoryObjectStore implements ObjectStore {

  private final Map<String, Map<Key, Edit.Put>> clusters = new HashMap<>();

  private record Key(String resource, String namespace, String name) {}

  @Override
  public synchronized void apply(String cluster, List<Edit> edits) {
    var kept = clusters.computeIfAbsent(cluster, name -> new HashMap<>());
    for (Edit edit : edits) {
      switch (edit) {
        case Edit.Put put -> {
          var object = put.object();
          kept.put(new Key(put.kind().resource(), object.namespace(), object.name()), put);
        }
        case Edit.Remove remove ->
            kept.remove(new Key(remove.kind().resource(), remove.namespace(), remove.name()));
      }
    }
  }

  @Override
  public synchronized Optional<KubernetesObject> find(
      String cluster, String resource, String namespace, String name) {
    return Optional.ofNullable(
            clusters.getOrDefault(cluster, Map.of()).get(new Key(resource, namespace, name)))
        .map(Edit.Put::object);
  }

  @Override
  public synchronized void forEach(
      String cluster, BiConsumer<ObjectKind, KubernetesObject> action) {
    List.copyOf(clusters.getOrDefault(cluster, Map.of()).values())
        .forEach(put -> action.accept(put.kind(), put.object()));
  }

  @Override
  public void forEach(String cluster, String resource, Consumer<KubernetesObject> action) {
    forEach(
        cluster,
        (kind, object) -> {
          if (kind.resource().equals(resource)) {
            action.accept(object);
          }
        });
  }

  @Override
  public synchronized void clear(String cluster) {
    clusters.remove(cluster);
  }
}
