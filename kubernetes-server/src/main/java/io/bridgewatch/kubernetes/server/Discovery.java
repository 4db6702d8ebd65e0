package io.bridgewatch.kubernetes.server;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Tells clients which kinds there are: {@code /api}, {@code /apis} and below. */
final class Discovery {

  private Discovery() {}

  static ObjectNode version() {
    return Json.object()
        .put("major", "1")
        .put("minor", "36")
        .put("emulationMajor", "1")
        .put("emulationMinor", "36")
        .put("minCompatibilityMajor", "1")
        .put("minCompatibilityMinor", "35")
        .put("gitVersion", "v1.36.2")
        .put("gitCommit", "")
        .put("gitTreeState", "clean")
        .put("buildDate", "2026-07-01T00:00:00Z")
        .put("goVersion", "go1.26.10")
        .put("compiler", "gc")
        .put("platform", "linux/amd64");
  }

  static ObjectNode coreVersions(String address) {
    var versions = Json.object().put("kind", "APIVersions");
    versions.putArray("versions").add("v1");
    versions
        .putArray("serverAddressByClientCIDRs")
        .addObject()
        .put("clientCIDR", "0.0.0.0/0")
        .put("serverAddress", address);
    return versions;
  }

  static ObjectNode groups(List<ApiKind> kinds) {
    var list = Json.object().put("kind", "APIGroupList").put("apiVersion", "v1");
    var groups = list.putArray("groups");
    versionsByGroup(kinds)
        .forEach(
            (group, versions) -> {
              if (!group.isEmpty()) {
                describe(groups.addObject(), group, versions);
              }
            });
    return list;
  }

  static ObjectNode group(List<ApiKind> kinds, String group) {
    var versions = versionsByGroup(kinds).getOrDefault(group, Set.of());
    if (versions.isEmpty()) {
      throw Refusal.unknownResource();
    }
    var described = Json.object().put("kind", "APIGroup").put("apiVersion", "v1");
    describe(described, group, versions);
    return described;
  }

  static ObjectNode resources(List<ApiKind> kinds, String group, String version) {
    var groupVersion = group.isEmpty() ? version : group + "/" + version;
    var list =
        Json.object()
            .put("kind", "APIResourceList")
            .put("apiVersion", "v1")
            .put("groupVersion", groupVersion);
    var resources = list.putArray("resources");
    for (var kind : kinds) {
      if (!kind.apiVersion().equals(groupVersion)) {
        continue;
      }
      var resource =
          resources
              .addObject()
              .put("name", kind.plural())
              .put("singularName", singular(kind))
              .put("namespaced", kind.isNamespaced())
              .put("kind", kind.kind());
      texts(resource.putArray("verbs"), kind.verbs());
      name(resource, kind);
      for (var subresource : Subresource.of(kind)) {
        var below =
            resources
                .addObject()
                .put("name", kind.plural() + "/" + subresource.path())
                .put("singularName", "")
                .put("namespaced", kind.isNamespaced());
        var form = subresource.form(kind);
        if (!form.group().isEmpty()) {
          below.put("group", form.group()).put("version", form.version());
        }
        below.put("kind", form.kind());
        texts(below.putArray("verbs"), subresource.verbs());
      }
    }
    if (resources.isEmpty()) {
      throw Refusal.unknownResource();
    }
    return list;
  }

  /**
   * All at once, in apidiscovery.k8s.io/v2.
   *
   * @param core whether the core group is asked for, or all the others
   */
  static ObjectNode aggregated(List<ApiKind> kinds, boolean core) {
    var list =
        Json.object()
            .put("kind", "APIGroupDiscoveryList")
            .put("apiVersion", "apidiscovery.k8s.io/v2");
    list.putObject("metadata");
    var items = list.putArray("items");
    versionsByGroup(kinds)
        .forEach(
            (group, versions) -> {
              if (group.isEmpty() != core) {
                return;
              }
              var item = items.addObject();
              var metadata = item.putObject("metadata");
              if (!core) {
                metadata.put("name", group);
              }
              var described = item.putArray("versions");
              for (var version : versions) {
                var of = described.addObject().put("version", version);
                var resources = of.putArray("resources");
                kinds.stream()
                    .filter(kind -> kind.group().equals(group) && kind.version().equals(version))
                    .forEach(kind -> aggregate(resources.addObject(), kind));
                of.put("freshness", "Current");
              }
            });
    return list;
  }

  private static void aggregate(ObjectNode resource, ApiKind kind) {
    resource.put("resource", kind.plural());
    responseKind(resource, "", "", kind.kind());
    resource.put("scope", kind.isNamespaced() ? "Namespaced" : "Cluster");
    resource.put("singularResource", singular(kind));
    texts(resource.putArray("verbs"), kind.verbs());
    name(resource, kind);
    var subresources = Subresource.of(kind);
    if (subresources.isEmpty()) {
      return;
    }
    var list = resource.putArray("subresources");
    for (var subresource : subresources) {
      var below = list.addObject().put("subresource", subresource.path());
      var form = subresource.form(kind);
      responseKind(below, form.group(), form.version(), form.kind());
      texts(below.putArray("verbs"), subresource.verbs());
    }
  }

  private static void responseKind(ObjectNode of, String group, String version, String kind) {
    of.putObject("responseKind").put("group", group).put("version", version).put("kind", kind);
  }

  private static void name(ObjectNode resource, ApiKind kind) {
    if (!kind.shortNames().isEmpty()) {
      texts(resource.putArray("shortNames"), kind.shortNames());
    }
    if (!kind.categories().isEmpty()) {
      texts(resource.putArray("categories"), kind.categories());
    }
  }

  private static void describe(ObjectNode group, String name, Set<String> versions) {
    group.put("name", name);
    var list = group.putArray("versions");
    for (var version : versions) {
      list.addObject().put("groupVersion", name + "/" + version).put("version", version);
    }
    var preferred = versions.iterator().next();
    group
        .putObject("preferredVersion")
        .put("groupVersion", name + "/" + preferred)
        .put("version", preferred);
  }

  private static Map<String, Set<String>> versionsByGroup(List<ApiKind> kinds) {
    var groups = new LinkedHashMap<String, Set<String>>();
    for (var kind : kinds) {
      groups.computeIfAbsent(kind.group(), group -> new LinkedHashSet<>()).add(kind.version());
    }
    return groups;
  }

  private static String singular(ApiKind kind) {
    return kind.kind().toLowerCase(java.util.Locale.ROOT);
  }

  private static void texts(ArrayNode array, List<String> texts) {
    texts.forEach(array::add);
  }
}
