package io.bridgewatch.kubernetes.server;

import io.bridgewatch.kubernetes.server.KubernetesServer.ObjectName;
import io.bridgewatch.kubernetes.server.ObjectStore.Deletion;
import io.bridgewatch.kubernetes.server.ObjectStore.Write;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import tools.jackson.databind.node.ObjectNode;

/**
 * What clients do over HTTP, done by whoever started the server, in trees: with admission, managed
 * fields, versions and the rules of subresources. Trees that come back belong to the caller.
 */
public final class DirectObjects {
  private final ObjectStore store;
  private final KindRegistry registry;
  private final Evictions evictions;

  DirectObjects(ObjectStore store, KindRegistry registry, InstantSource time) {
    this.store = store;
    this.registry = registry;
    this.evictions = new Evictions(store, registry, time);
  }

  /**
   * Makes an object.
   *
   * @param object belongs to the store from now on
   * @param manager who owns its fields
   * @throws Refusal when there is one already, or it is not admitted
   */
  public ObjectNode create(ObjectNode object, String manager) {
    var kind = kind(Json.text(object, "apiVersion"), Json.text(object, "kind"));
    var namespace = kind.isNamespaced() ? Json.text(object, "metadata", "namespace") : "";
    return store.create(kind, namespace, object, new Write(manager, "", false)).object().tree(kind);
  }

  /**
   * Changes an object.
   *
   * @param change gets a tree of its own and returns the object as wanted
   * @param subresource {@code status}, {@code scale} and so on; empty for the object itself
   * @return the object as stored
   * @throws Refusal 404 when there is none
   */
  public ObjectNode update(
      ObjectName name, String manager, String subresource, UnaryOperator<ObjectNode> change) {
    var kind = kind(name.apiVersion(), name.kind());
    return store
        .update(
            kind,
            key(name),
            live -> {
              Json.child(live, "metadata").remove("resourceVersion");
              return change.apply(live);
            },
            new Write(manager, subresource, false))
        .object()
        .tree(kind);
  }

  /**
   * Deletes an object, or begins to.
   *
   * @param gracePeriodSeconds absent for the object's own
   * @throws Refusal 404 when there is none
   */
  public void delete(ObjectName name, Optional<Long> gracePeriodSeconds) {
    store.delete(
        kind(name.apiVersion(), name.kind()),
        key(name),
        new Deletion(gracePeriodSeconds, Optional.empty(), Optional.empty(), false));
  }

  /**
   * Deletes a pod if its disruption budget allows it.
   *
   * @throws Refusal 404 when there is no such pod, 429 when its budget is used up
   */
  public void evict(String namespace, String pod) {
    evictions.evict(new ObjectKey(namespace, pod), Json.object());
  }

  /**
   * Gives a pod its node.
   *
   * @throws Refusal 404 when there is no such pod, 409 when it has a node
   */
  public void bind(String namespace, String pod, String node) {
    Bindings.bind(store, registry, new ObjectKey(namespace, pod), node);
  }

  public Optional<ObjectNode> find(ObjectName name) {
    var kind = kind(name.apiVersion(), name.kind());
    return store.find(kind, key(name)).map(found -> found.tree(kind));
  }

  /** All of a kind, in the order of their namespaces and names. */
  public List<ObjectNode> list(String apiVersion, String kind) {
    var known = kind(apiVersion, kind);
    var list = new ArrayList<ObjectNode>();
    store.latest(known).objects().from("").forEachRemaining(found -> list.add(found.tree(known)));
    return list;
  }

  private static ObjectKey key(ObjectName name) {
    return new ObjectKey(name.namespace(), name.name());
  }

  private ApiKind kind(String apiVersion, String kind) {
    return registry
        .byKind(apiVersion, kind)
        .orElseThrow(
            () ->
                Refusal.badRequest(
                    "no kind \"%s\" in version \"%s\" is served here".formatted(kind, apiVersion)));
  }
}
