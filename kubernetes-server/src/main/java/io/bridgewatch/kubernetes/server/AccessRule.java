package io.bridgewatch.kubernetes.server;

/**
 * What a token may do; a star stands for any.
 *
 * @param group empty for the core group
 * @param resource plural, with {@code /subresource} where it is about one
 * @param verb of Kubernetes: get, list, watch, create, update, patch, delete, deletecollection
 */
public record AccessRule(String group, String resource, String verb) {
  /** Reads of a resource. */
  public static java.util.List<AccessRule> reading(String group, String resource) {
    return java.util.List.of(
        new AccessRule(group, resource, "get"),
        new AccessRule(group, resource, "list"),
        new AccessRule(group, resource, "watch"));
  }

  boolean allows(String wantedGroup, String wantedResource, String wantedVerb) {
    return matches(group, wantedGroup)
        && matches(resource, wantedResource)
        && matches(verb, wantedVerb);
  }

  private static boolean matches(String rule, String wanted) {
    return rule.equals("*") || rule.equals(wanted);
  }
}
