package io.bridgewatch.kubernetes.server;

import io.bridgewatch.kubernetes.server.ApiKind.Scope;
import io.bridgewatch.kubernetes.server.ApiKind.Trait;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The kinds that are served now: built-in ones, then those of custom resource definitions. */
final class KindRegistry {
  private volatile List<ApiKind> kinds;

  /**
   * @param isMeasured whether there is a metrics API
   */
  KindRegistry(boolean isMeasured) {
    var all = new ArrayList<>(BuiltInKinds.list());
    if (isMeasured) {
      all.addAll(BuiltInKinds.measured());
    }
    kinds = List.copyOf(all);
  }

  /** In the order in which they were made known. */
  List<ApiKind> kinds() {
    return kinds;
  }

  Optional<ApiKind> byPlural(String group, String version, String plural) {
    return kinds.stream()
        .filter(
            kind ->
                kind.plural().equals(plural)
                    && kind.version().equals(version)
                    && kind.group().equals(group))
        .findFirst();
  }

  Optional<ApiKind> byKind(String apiVersion, String name) {
    return kinds.stream()
        .filter(kind -> kind.kind().equals(name) && kind.apiVersion().equals(apiVersion))
        .findFirst();
  }

  /** Some version of the kind that a store holds. */
  Optional<ApiKind> byStore(String qualifiedPlural) {
    return kinds.stream()
        .filter(kind -> kind.qualifiedPlural().equals(qualifiedPlural))
        .findFirst();
  }

  /** Serves what a definition says, instead of what it said before. */
  synchronized void define(JsonNode definition) {
    var changed = new ArrayList<>(kinds);
    changed.removeIf(kind -> kind.qualifiedPlural().equals(qualifiedPlural(definition)));
    var spec = definition.path("spec");
    var names = spec.path("names");
    for (var version : spec.path("versions")) {
      if (!version.path("served").asBoolean(true)) {
        continue;
      }
      var traits = EnumSet.of(Trait.CUSTOM, Trait.GENERATION);
      if (version.path("subresources").has("status")) {
        traits.add(Trait.STATUS);
      }
      if (version.path("subresources").has("scale")) {
        traits.add(Trait.SCALE);
      }
      changed.add(
          new ApiKind(
              Json.text(spec, "group"),
              Json.text(version, "name"),
              Json.text(names, "plural"),
              Json.text(names, "kind"),
              Json.text(spec, "scope").equals("Cluster") ? Scope.CLUSTER : Scope.NAMESPACED,
              traits,
              texts(names.path("shortNames")),
              texts(names.path("categories")),
              ""));
    }
    kinds = List.copyOf(changed);
  }

  synchronized void forget(JsonNode definition) {
    var changed = new ArrayList<>(kinds);
    changed.removeIf(kind -> kind.qualifiedPlural().equals(qualifiedPlural(definition)));
    kinds = List.copyOf(changed);
  }

  static String qualifiedPlural(JsonNode definition) {
    var spec = definition.path("spec");
    return Json.text(spec, "names", "plural") + "." + Json.text(spec, "group");
  }

  /** Gives a definition the status that the real server's controllers would. */
  static void accept(ObjectNode definition, String now) {
    var status = Json.child(definition, "status");
    if (status.has("conditions")) {
      return;
    }
    status.set("acceptedNames", definition.path("spec").path("names").deepCopy());
    var conditions = status.putArray("conditions");
    conditions
        .addObject()
        .put("type", "NamesAccepted")
        .put("status", "True")
        .put("lastTransitionTime", now)
        .put("reason", "NoConflicts")
        .put("message", "no conflicts found");
    conditions
        .addObject()
        .put("type", "Established")
        .put("status", "True")
        .put("lastTransitionTime", now)
        .put("reason", "InitialNamesAccepted")
        .put("message", "the initial names have been accepted");
    var stored = status.putArray("storedVersions");
    for (var version : definition.path("spec").path("versions")) {
      if (version.path("storage").asBoolean(false)) {
        stored.add(Json.text(version, "name"));
      }
    }
  }

  private static List<String> texts(JsonNode array) {
    return array.valueStream().map(node -> node.asString("")).toList();
  }
}
