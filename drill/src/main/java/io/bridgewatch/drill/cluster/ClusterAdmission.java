package io.bridgewatch.drill.cluster;

import io.bridgewatch.kubernetes.server.Admission;
import io.bridgewatch.kubernetes.server.DirectObjects;
import io.bridgewatch.kubernetes.server.KubernetesServer.ObjectName;
import io.bridgewatch.kubernetes.server.Refusal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the API server does to objects before it stores them: the namespace must be there and stay,
 * defaults are filled in, limit ranges apply to containers, webhooks are asked, and quotas are
 * kept. A quota's use is counted in its status, in the same step in which the pod is stored.
 */
final class ClusterAdmission implements Admission {
  private static final Set<String> FREE_OF_NAMESPACES = Set.of("Event", "Lease");

  private final Defaults defaults;
  private final Supplier<DirectObjects> server;

  /**
   * @param server the objects that there are; asked when the server has started
   */
  ClusterAdmission(Defaults defaults, Supplier<DirectObjects> server) {
    this.defaults = defaults;
    this.server = server;
  }

  @Override
  public void admit(Review review) {
    switch (review.verb()) {
      case CREATE -> create(review);
      case UPDATE -> {
        if (review.subresource().isEmpty()) {
          defaults.fill(review.object(), false);
        }
        new Webhooks(server.get()).ask(review);
      }
      case DELETE -> {
        protectNamespaces(review);
        new Webhooks(server.get()).ask(review);
      }
    }
  }

  private void create(Review review) {
    var object = review.object();
    var namespace = Trees.namespace(object);
    if (!namespace.isEmpty() && !FREE_OF_NAMESPACES.contains(review.kind())) {
      var found =
          server
              .get()
              .find(new ObjectName("v1", "Namespace", namespace))
              .orElseThrow(
                  () ->
                      Refusal.of(
                          404, "NotFound", "namespaces \"%s\" not found".formatted(namespace)));
      if (Trees.isTerminating(found)) {
        throw forbidden(
            review,
            "unable to create new content in namespace %s because it is being terminated"
                .formatted(namespace));
      }
    }
    if (review.kind().equals("Pod")) {
      applyLimitRanges(review);
    }
    defaults.fill(object, true);
    new Webhooks(server.get()).ask(review);
    applyQuotas(review);
  }

  /** A namespace stays until its controller has emptied it. */
  private static void protectNamespaces(Review review) {
    if (review.kind().equals("Namespace")
        && !Trees.at(review.object(), "spec", "finalizers").isEmpty()) {
      var finalizers = Trees.list(Trees.child(review.object(), "metadata"), "finalizers");
      if (finalizers.isEmpty()) {
        finalizers.add("kubernetes");
      }
    }
  }

  // ------------------------------------------------------------------ limit ranges

  private void applyLimitRanges(Review review) {
    for (var range : server.get().list("v1", "LimitRange")) {
      if (!Trees.namespace(range).equals(Trees.namespace(review.object()))) {
        continue;
      }
      for (var limit : Trees.at(range, "spec", "limits")) {
        if (!Trees.text(limit, "type").equals("Container")) {
          continue;
        }
        for (var container : Trees.at(review.object(), "spec", "containers")) {
          applyLimit(review, limit, (ObjectNode) container);
        }
      }
    }
  }

  private static void applyLimit(Review review, JsonNode limit, ObjectNode container) {
    var resources = Trees.child(container, "resources");
    for (var value : limit.path("default").properties()) {
      Trees.fill(Trees.child(resources, "limits"), value.getKey(), value.getValue().asString(""));
    }
    for (var value : limit.path("defaultRequest").properties()) {
      Trees.fill(Trees.child(resources, "requests"), value.getKey(), value.getValue().asString(""));
    }
    for (var most : limit.path("max").properties()) {
      var name = most.getKey();
      var wanted = Trees.text(resources, "limits", name);
      if (Quantities.milli(wanted) > Quantities.milli(most.getValue().asString(""))) {
        throw forbidden(
            review,
            "maximum %s usage per Container is %s, but limit is %s"
                .formatted(name, most.getValue().asString(""), wanted));
      }
    }
  }

  // ------------------------------------------------------------------ quotas

  private void applyQuotas(Review review) {
    var namespace = Trees.namespace(review.object());
    if (namespace.isEmpty()) {
      return;
    }
    for (var quota : server.get().list("v1", "ResourceQuota")) {
      if (Trees.namespace(quota).equals(namespace)) {
        applyQuota(review, quota);
      }
    }
  }

  private void applyQuota(Review review, ObjectNode quota) {
    var hard = Trees.at(quota, "spec", "hard");
    var wanted = Usage.of(review.object(), hard);
    if (wanted.isEmpty()) {
      return;
    }
    mustSpecify(review, quota, hard);
    var used = Trees.at(quota, "status", "used");
    var over = new ArrayList<String>();
    wanted.forEach(
        (name, amount) -> {
          var limit = Quantities.milli(Trees.text(hard, name));
          if (amount > 0 && amount + Quantities.milli(Trees.text(used, name)) > limit) {
            over.add(name);
          }
        });
    if (!over.isEmpty()) {
      throw forbidden(
          review,
          "exceeded quota: %s, requested: %s, used: %s, limited: %s"
              .formatted(
                  Trees.name(quota),
                  Usage.words(over, name -> Usage.text(name, wanted.getOrDefault(name, 0L))),
                  Usage.words(over, name -> orZero(Trees.text(used, name))),
                  Usage.words(over, name -> Trees.text(hard, name))));
    }
    if (!review.isDryRun()) {
      count(quota, hard, used, wanted);
    }
  }

  private void count(ObjectNode quota, JsonNode hard, JsonNode used, Map<String, Long> wanted) {
    var sums = new LinkedHashMap<String, Long>();
    hard.properties()
        .forEach(
            limit ->
                sums.put(
                    limit.getKey(),
                    Quantities.milli(Trees.text(used, limit.getKey()))
                        + wanted.getOrDefault(limit.getKey(), 0L)));
    server
        .get()
        .update(
            Trees.named(quota),
            "kube-apiserver",
            "status",
            live -> {
              var status = Trees.child(live, "status");
              status.set("hard", hard.deepCopy());
              var counted = status.putObject("used");
              sums.forEach((name, amount) -> counted.put(name, Usage.text(name, amount)));
              return live;
            });
  }

  /** With a quota on a resource, each container must say how much of it it wants. */
  private static void mustSpecify(Review review, ObjectNode quota, JsonNode hard) {
    if (!review.kind().equals("Pod")) {
      return;
    }
    for (var limit : hard.properties()) {
      var name = limit.getKey();
      var where = name.startsWith("limits.") ? "limits" : "requests";
      var resource = name.substring(name.indexOf('.') + 1);
      if (!List.of("cpu", "memory").contains(resource)) {
        continue;
      }
      var silent = new ArrayList<String>();
      for (var container : Trees.at(review.object(), "spec", "containers")) {
        if (Trees.text(container, "resources", where, resource).isEmpty()) {
          silent.add(Trees.text(container, "name"));
        }
      }
      if (!silent.isEmpty()) {
        throw forbidden(
            review,
            "failed quota: %s: must specify %s for: %s"
                .formatted(Trees.name(quota), name, String.join(",", silent)));
      }
    }
  }

  private static String orZero(String text) {
    return text.isEmpty() ? "0" : text;
  }

  private static Refusal forbidden(Review review, String why) {
    var plural = review.kind().toLowerCase(java.util.Locale.ROOT) + "s";
    return Refusal.of(
        403,
        "Forbidden",
        "%s \"%s\" is forbidden: %s".formatted(plural, Trees.name(review.object()), why));
  }
}
