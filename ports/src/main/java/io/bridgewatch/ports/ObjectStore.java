package io.bridgewatch.ports;

import io.bridgewatch.model.KubernetesObject;
import io.bridgewatch.model.ObjectKind;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * The last known version of each object of the clusters, trimmed and masked. What a writing method
 * has returned from survives a crash.
 */
public interface ObjectStore {

  /** Applies these in their order. */
  void apply(String cluster, List<Edit> edits);

  Optional<KubernetesObject> find(String cluster, String resource, String namespace, String name);

  /**
   * Tells all objects of a cluster, in no promised order.
   *
   * @throws StoreException if they cannot be read
   */
  void forEach(String cluster, BiConsumer<ObjectKind, KubernetesObject> action);

  /**
   * Tells all objects of a cluster of one resource, such as {@code pods}, in no promised order.
   *
   * @throws StoreException if they cannot be read
   */
  void forEach(String cluster, String resource, Consumer<KubernetesObject> action);

  /** Forgets a cluster. */
  void clear(String cluster);

  /** One object to keep or to forget. */
  sealed interface Edit {
    record Put(ObjectKind kind, KubernetesObject object) implements Edit {}

    record Remove(ObjectKind kind, String namespace, String name) implements Edit {}
  }
}
