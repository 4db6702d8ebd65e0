package io.bridgewatch.drill.cluster;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/** The environment that a container is started with. */
final class Environment {
  private final World world;

  Environment(World world) {
    this.world = world;
  }

  /**
   * Either the variables, or why there is one missing.
   *
   * @param missing in the kubelet's words; empty when all are there
   */
  record Resolved(Map<String, String> variables, Optional<String> missing) {}

  Resolved resolve(Pod pod, JsonNode container, String podIp) {
    var variables = new LinkedHashMap<String, String>();
    for (var source : container.path("envFrom")) {
      for (var kind : new String[] {"configMap", "secret"}) {
        var reference = source.get(kind + "Ref");
        if (reference == null) {
          continue;
        }
        var name = Trees.text(reference, "name");
        var data = data(kind, pod.namespace(), name);
        if (data.isEmpty() && !reference.path("optional").asBoolean(false)) {
          return missing(notFound(kind, name));
        }
        data.ifPresent(
            found ->
                found
                    .properties()
                    .forEach(
                        one ->
                            variables.put(
                                Trees.text(source, "prefix") + one.getKey(),
                                one.getValue().asString(""))));
      }
    }
    for (var variable : container.path("env")) {
      var name = Trees.text(variable, "name");
      var from = variable.get("valueFrom");
      if (from == null) {
        variables.put(name, Trees.text(variable, "value"));
        continue;
      }
      var problem = take(pod, from, podIp, value -> variables.put(name, value));
      if (problem.isPresent()) {
        return missing(problem.get());
      }
    }
    return new Resolved(variables, Optional.empty());
  }

  /** The config map or secret that a volume needs and that is not there, in the kubelet's words. */
  Optional<String> missingVolume(Pod pod) {
    for (var volume : pod.spec().path("volumes")) {
      for (var kind : new String[] {"configMap", "secret"}) {
        var source = volume.get(kind);
        var name = Trees.text(volume, kind, kind.equals("secret") ? "secretName" : "name");
        if (source != null
            && !source.path("optional").asBoolean(false)
            && data(kind, pod.namespace(), name).isEmpty()) {
          return Optional.of(
              "MountVolume.SetUp failed for volume \"%s\" : %s"
                  .formatted(Trees.text(volume, "name"), notFound(kind, name)));
        }
      }
    }
    return Optional.empty();
  }

  private Optional<String> take(Pod pod, JsonNode from, String podIp, Consumer<String> use) {
    for (var kind : new String[] {"configMap", "secret"}) {
      var reference = from.get(kind + "KeyRef");
      if (reference == null) {
        continue;
      }
      var name = Trees.text(reference, "name");
      var key = Trees.text(reference, "key");
      var isOptional = reference.path("optional").asBoolean(false);
      var data = data(kind, pod.namespace(), name);
      if (data.isEmpty()) {
        return isOptional ? Optional.empty() : Optional.of(notFound(kind, name));
      }
      if (!data.get().has(key)) {
        return isOptional
            ? Optional.empty()
            : Optional.of(
                "couldn't find key %s in %s %s/%s"
                    .formatted(
                        key,
                        kind.equals("secret") ? "Secret" : "ConfigMap",
                        pod.namespace(),
                        name));
      }
      use.accept(Trees.text(data.get(), key));
      return Optional.empty();
    }
    var field = Trees.text(from, "fieldRef", "fieldPath");
    use.accept(
        switch (field) {
          case "metadata.name" -> pod.name();
          case "metadata.namespace" -> pod.namespace();
          case "metadata.uid" -> pod.uid();
          case "spec.nodeName" -> pod.nodeName();
          case "status.podIP" -> podIp;
          default -> "";
        });
    return Optional.empty();
  }

  private Optional<JsonNode> data(String kind, String namespace, String name) {
    return world
        .cache()
        .find(kind.equals("secret") ? "Secret" : "ConfigMap", namespace, name)
        .map(found -> found.path("data").isMissingNode() ? Trees.object() : found.path("data"));
  }

  private static String notFound(String kind, String name) {
    return "%s \"%s\" not found".formatted(kind.toLowerCase(java.util.Locale.ROOT), name);
  }

  private static Resolved missing(String why) {
    return new Resolved(Map.of(), Optional.of(why));
  }
}
