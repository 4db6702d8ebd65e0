package io.bridgewatch.kubernetes.server;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/**
 * One version of a kind that the server serves.
 *
 * @param group empty for the core group
 * @param emptyRest what the real server sends after the metadata of a bookmark of this kind,
 *     without the comma; may be empty
 */
record ApiKind(
    String group,
    String version,
    String plural,
    String kind,
    Scope scope,
    Set<Trait> traits,
    List<String> shortNames,
    List<String> categories,
    String emptyRest) {
  /** Whether objects live in namespaces. */
  enum Scope {
    NAMESPACED,
    CLUSTER
  }

  /** What only some kinds have. */
  enum Trait {
    /** A {@code /status} subresource. */
    STATUS,
    /** A {@code /scale} subresource over {@code spec.replicas}. */
    SCALE,
    /** {@code metadata.generation}, which counts changes of the spec. */
    GENERATION,
    /** Served from a definition: items of lists carry apiVersion and kind. */
    CUSTOM,
    /** Nothing is stored: what is read is measured when it is asked for. */
    MEASURED,
    /** Nothing is stored: what is created is an answer. */
    REVIEW
  }

  ApiKind {
    traits = Set.copyOf(traits);
    shortNames = List.copyOf(shortNames);
    categories = List.copyOf(categories);
  }

  boolean has(Trait trait) {
    return traits.contains(trait);
  }

  boolean isNamespaced() {
    return scope == Scope.NAMESPACED;
  }

  /** {@code apps/v1}, {@code v1}. */
  String apiVersion() {
    return group.isEmpty() ? version : group + "/" + version;
  }

  /** {@code deployments.apps}, {@code pods}: also the name of the store that versions share. */
  String qualifiedPlural() {
    return group.isEmpty() ? plural : plural + "." + group;
  }

  String qualifiedKind() {
    return group.isEmpty() ? kind : kind + "." + group;
  }

  /** What may be done to its objects. */
  List<String> verbs() {
    if (has(Trait.MEASURED)) {
      return List.of("get", "list");
    }
    return has(Trait.REVIEW)
        ? List.of("create")
        : List.of(
            "create", "delete", "deletecollection", "get", "list", "patch", "update", "watch");
  }

  /** The fields before the metadata, in the real server's order, with the comma. */
  byte[] head() {
    var text =
        has(Trait.CUSTOM)
            ? "\"apiVersion\":\"%s\",\"kind\":\"%s\",".formatted(apiVersion(), kind)
            : "\"kind\":\"%s\",\"apiVersion\":\"%s\",".formatted(kind, apiVersion());
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
