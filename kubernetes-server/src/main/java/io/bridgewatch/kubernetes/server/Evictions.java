package io.bridgewatch.kubernetes.server;

import io.bridgewatch.kubernetes.server.ObjectStore.Deletion;
import io.bridgewatch.kubernetes.server.ObjectStore.Write;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * Deletes pods if their disruption budget allows it: the budget's status says how many, and is
 * lowered before the pod goes, so that no two evictions take the same one.
 */
final class Evictions {
  private final ObjectStore store;
  private final InstantSource time;
  private final ApiKind pods;
  private final ApiKind budgets;

  Evictions(ObjectStore store, KindRegistry registry, InstantSource time) {
    this.store = store;
    this.time = time;
    this.pods = registry.byPlural("", "v1", "pods").orElseThrow();
    this.budgets = registry.byPlural("policy", "v1", "poddisruptionbudgets").orElseThrow();
  }

  /**
   * @return the Status of a success
   * @throws Refusal 429 when the budget is used up, 500 when there is more than one
   */
  ObjectNode evict(ObjectKey at, ObjectNode eviction) {
    return store.exclusively(
        () -> {
          var found = store.find(pods, at).orElseThrow(() -> Refusal.notFound(pods, at.name()));
          var pod = found.tree(pods);
          var options = eviction.path("deleteOptions");
          var isDryRun = Json.text(options.path("dryRun").path(0)).equals("All");
          if (!mayGoAnyway(pod)) {
            var matching = matching(found, at.namespace());
            if (matching.size() > 1) {
              throw Refusal.of(
                  500,
                  "InternalError",
                  "This pod has more than one PodDisruptionBudget, which the eviction subresource"
                      + " does not support.");
            }
            if (!matching.isEmpty()) {
              take(matching.getFirst(), pod, isDryRun);
            }
          }
          var grace =
              options.path("gracePeriodSeconds").isNumber()
                  ? Optional.of(options.path("gracePeriodSeconds").asLong())
                  : Optional.<Long>empty();
          var uid = Json.text(options, "preconditions", "uid");
          store.delete(
              pods,
              at,
              new Deletion(
                  grace,
                  uid.isEmpty() ? Optional.empty() : Optional.of(uid),
                  Optional.empty(),
                  isDryRun));
          var status = Json.object().put("kind", "Status").put("apiVersion", "v1");
          status.putObject("metadata");
          return status.put("status", "Success").put("code", 201);
        });
  }

  /** Pods that serve nobody are not protected. */
  private static boolean mayGoAnyway(ObjectNode pod) {
    var phase = Json.text(pod, "status", "phase");
    return !phase.equals("Running") || pod.path("metadata").has("deletionTimestamp");
  }

  private List<StoredObject> matching(StoredObject pod, String namespace) {
    var matching = new ArrayList<StoredObject>();
    ListAnswer.Range.of(new ObjectKey(namespace, ""))
        .in(store.latest(budgets).objects())
        .forEachRemaining(
            budget -> {
              var selector = budget.tree(budgets).path("spec").get("selector");
              if (selector != null && LabelSelectors.matches(selector, pod.labels())) {
                matching.add(budget);
              }
            });
    return matching;
  }

  private void take(StoredObject budget, ObjectNode pod, boolean isDryRun) {
    var tree = budget.tree(budgets);
    var status = tree.path("status");
    var generation = tree.path("metadata").path("generation").asLong(0);
    if (status.path("observedGeneration").asLong(0) < generation) {
      throw Refusal.disruption(
          "The disruption budget %s is still being processed by the server."
              .formatted(budget.name()));
    }
    if (status.path("disruptionsAllowed").asInt(0) < 1) {
      throw Refusal.disruption(
          "The disruption budget %s needs %d healthy pods and has %d currently"
              .formatted(
                  budget.name(),
                  status.path("desiredHealthy").asInt(0),
                  status.path("currentHealthy").asInt(0)));
    }
    store.update(
        budgets,
        budget.at(),
        live -> {
          var changed = Json.child(live, "status");
          changed.put("disruptionsAllowed", changed.path("disruptionsAllowed").asInt() - 1);
          Json.child(changed, "disruptedPods")
              .put(Json.text(pod, "metadata", "name"), Timestamps.text(time.instant()));
          return live;
        },
        new Write("kube-apiserver", "status", isDryRun));
  }
}
