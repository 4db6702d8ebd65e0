package io.bridgewatch.kubernetes.server;

import java.util.List;
import java.util.Locale;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code /openapi/v3}: the index, and for each version of a group its paths and kinds without their
 * fields. So clients learn that patches may ask for validation, which kubectl wants to know before
 * it applies anything.
 */
final class OpenApi {
  private OpenApi() {}

  /**
   * @param path from {@code openapi} on
   */
  static ObjectNode answer(List<ApiKind> kinds, List<String> path) {
    if (path.size() < 2 || !path.get(1).equals("v3")) {
      throw Refusal.unknownResource();
    }
    if (path.size() == 2) {
      return index(kinds);
    }
    var wanted = String.join("/", path.subList(2, path.size()));
    var known = kinds.stream().filter(kind -> path(kind).equals(wanted)).toList();
    if (known.isEmpty()) {
      throw Refusal.unknownResource();
    }
    return document(known);
  }

  private static ObjectNode index(List<ApiKind> kinds) {
    var index = Json.object();
    var paths = index.putObject("paths");
    kinds.stream()
        .map(OpenApi::path)
        .distinct()
        .forEach(path -> paths.putObject(path).put("serverRelativeURL", "/openapi/v3/" + path));
    return index;
  }

  private static ObjectNode document(List<ApiKind> kinds) {
    var document = Json.object().put("openapi", "3.0.0");
    document.putObject("info").put("title", "Kubernetes").put("version", "v1.36.2");
    var paths = document.putObject("paths");
    var schemas = document.putObject("components").putObject("schemas");
    for (var kind : kinds) {
      var schema =
          schemas
              .putObject(schemaName(kind))
              .put("type", "object")
              .put("x-kubernetes-preserve-unknown-fields", true);
      about(schema.putArray("x-kubernetes-group-version-kind").addObject(), kind);
      if (!kind.verbs().contains("patch")) {
        continue;
      }
      var patch =
          paths
              .putObject(
                  "/%s%s/%s/{name}"
                      .formatted(
                          path(kind),
                          kind.isNamespaced() ? "/namespaces/{namespace}" : "",
                          kind.plural()))
              .putObject("patch");
      patch.put("operationId", "patch" + kind.kind()).put("x-kubernetes-action", "patch");
      about(patch.putObject("x-kubernetes-group-version-kind"), kind);
      var parameters = patch.putArray("parameters");
      for (var name : List.of("dryRun", "fieldManager", "fieldValidation")) {
        parameters
            .addObject()
            .put("name", name)
            .put("in", "query")
            .putObject("schema")
            .put("type", "string");
      }
      patch.putObject("responses").putObject("200").put("description", "OK");
    }
    return document;
  }

  private static void about(ObjectNode of, ApiKind kind) {
    of.put("group", kind.group()).put("version", kind.version()).put("kind", kind.kind());
  }

  private static String path(ApiKind kind) {
    return (kind.group().isEmpty() ? "api/" : "apis/") + kind.apiVersion();
  }

  private static String schemaName(ApiKind kind) {
    var group = kind.group().isEmpty() ? "core" : kind.group();
    return "io.k8s.api.%s.%s.%s"
        .formatted(group.replace('.', '_'), kind.version(), kind.kind())
        .toLowerCase(Locale.ROOT);
  }
}
