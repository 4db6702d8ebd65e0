package io.bridgewatch.kubernetes.server;

import java.util.List;
import java.util.Set;

/** How objects are wanted. */
enum Form {
  FULL,
  /** Metadata only. */
  PARTIAL,
  /** Columns for people to read. */
  TABLE;

  /** The first that the client takes; refuses clients that take no JSON. */
  static Form of(HttpRequest request) {
    for (var type : types(request)) {
      if (type.contains("as=PartialObjectMetadata") && type.contains("g=meta.k8s.io")) {
        return PARTIAL;
      }
      if (type.contains("as=Table") && type.contains("g=meta.k8s.io") && type.contains("v=v1")) {
        return TABLE;
      }
      var isPlain = !type.contains("as=");
      var name = type.contains(";") ? type.substring(0, type.indexOf(';')) : type;
      if (isPlain && Set.of("", "*/*", "application/*", "application/json").contains(name)) {
        return FULL;
      }
    }
    throw Refusal.notAcceptable();
  }

  /** Media types that the client takes, the preferred first. */
  static List<String> types(HttpRequest request) {
    return List.of(request.header("accept").replace(" ", "").split(",", -1));
  }
}
