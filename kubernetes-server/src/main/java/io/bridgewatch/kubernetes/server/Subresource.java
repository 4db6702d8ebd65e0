package io.bridgewatch.kubernetes.server;

import io.bridgewatch.kubernetes.server.ApiKind.Trait;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What can be asked for below an object. */
enum Subresource {
  BINDING("binding", List.of("create")),
  EPHEMERAL_CONTAINERS("ephemeralcontainers", List.of("get", "patch", "update")),
  EVICTION("eviction", List.of("create")),
  LOG("log", List.of("get")),
  PROXY("proxy", List.of("create", "delete", "get", "patch", "update")),
  RESIZE("resize", List.of("get", "patch", "update")),
  SCALE("scale", List.of("get", "patch", "update")),
  STATUS("status", List.of("get", "patch", "update"));

  private final String path;
  private final List<String> verbs;

  Subresource(String path, List<String> verbs) {
    this.path = path;
    this.verbs = verbs;
  }

  /** The kind of what is sent and comes back; group and version empty for the object's own. */
  record Form(String group, String version, String kind) {}

  String path() {
    return path;
  }

  List<String> verbs() {
    return verbs;
  }

  Form form(ApiKind kind) {
    return switch (this) {
      case BINDING -> new Form("", "v1", "Binding");
      case EVICTION -> new Form("policy", "v1", "Eviction");
      case PROXY -> new Form("", "v1", kind.kind() + "ProxyOptions");
      case SCALE -> new Form("autoscaling", "v1", "Scale");
      case EPHEMERAL_CONTAINERS, LOG, RESIZE, STATUS -> new Form("", "", kind.kind());
    };
  }

  static List<Subresource> of(ApiKind kind) {
    var all = new ArrayList<Subresource>();
    switch (kind.qualifiedPlural()) {
      case "pods" ->
          all.addAll(List.of(BINDING, EPHEMERAL_CONTAINERS, EVICTION, LOG, PROXY, RESIZE));
      case "nodes", "services" -> all.add(PROXY);
      default -> {}
    }
    if (kind.has(Trait.SCALE)) {
      all.add(SCALE);
    }
    if (kind.has(Trait.STATUS)) {
      all.add(STATUS);
    }
    return all;
  }

  static Optional<Subresource> find(ApiKind kind, String path) {
    return of(kind).stream().filter(subresource -> subresource.path.equals(path)).findFirst();
  }
}
