package io.bridgewatch.kubernetes.server;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A request for objects.
 *
 * @param at name empty for all, namespace empty for all or where there is none
 * @param subresource empty for the object itself
 * @param rest what follows the subresource in the path: that of a proxied request
 */
record Call(String verb, ApiKind kind, ObjectKey at, String subresource, List<String> rest) {
  Call {
    rest = List.copyOf(rest);
  }

  /** {@code pods/log}, with the group. */
  String resource() {
    return kind.qualifiedPlural() + (subresource.isEmpty() ? "" : "/" + subresource);
  }

  /** Absent for requests that are not about objects. */
  static Optional<Call> of(HttpRequest request, KindRegistry registry) {
    var path = request.path();
    var isCore = !path.isEmpty() && path.getFirst().equals("api");
    var below = isCore ? 2 : 3;
    if (path.size() <= below || !(isCore || path.getFirst().equals("apis"))) {
      return Optional.empty();
    }
    var group = isCore ? "" : path.get(1);
    var version = path.get(below - 1);
    var rest = path.subList(below, path.size());
    var isInNamespace =
        rest.size() > 2
            && rest.getFirst().equals("namespaces")
            && !(rest.size() == 3 && Set.of("status", "finalize").contains(rest.get(2)) && isCore);
    var namespace = isInNamespace ? rest.get(1) : "";
    var named = isInNamespace ? rest.subList(2, rest.size()) : rest;
    var kind =
        registry
            .byPlural(group, version, named.getFirst())
            .filter(known -> known.isNamespaced() || !isInNamespace)
            .orElseThrow(Refusal::unknownResource);
    var name = named.size() > 1 ? named.get(1) : "";
    var subresource = named.size() > 2 ? named.get(2) : "";
    var isProxy = subresource.equals("proxy");
    if ((named.size() > 3 && !isProxy)
        || (kind.isNamespaced() && !name.isEmpty() && namespace.isEmpty())
        || (!subresource.isEmpty() && Subresource.find(kind, subresource).isEmpty())) {
      throw Refusal.unknownResource();
    }
    return Optional.of(
        new Call(
            verb(request, name),
            kind,
            new ObjectKey(namespace, name),
            subresource,
            isProxy ? named.subList(3, named.size()) : List.of()));
  }

  private static String verb(HttpRequest request, String name) {
    return switch (request.method()) {
      case "GET", "HEAD" -> {
        if (!name.isEmpty()) {
          yield "get";
        }
        yield request.flag("watch") ? "watch" : "list";
      }
      case "POST" -> "create";
      case "PUT" -> "update";
      case "PATCH" -> "patch";
      case "DELETE" -> name.isEmpty() ? "deletecollection" : "delete";
      default ->
          throw Refusal.of(
              405,
              "MethodNotAllowed",
              "the server does not allow this method on the requested resource");
    };
  }
}
