package io.bridgewatch.model;

/**
 * A kind of the Kubernetes API.
 *
 * @param group empty for the core group
 * @param version such as {@code v1}
 * @param plural as paths spell it, such as {@code deployments}
 * @param kind as objects spell it, such as {@code Deployment}
 */
public record ObjectKind(
    String group, String version, String plural, String kind, boolean namespaced)
    implements Comparable<ObjectKind> {

  /** Such as {@code apps/v1}, or {@code v1} in the core group. */
  public String apiVersion() {
    return group.isEmpty() ? version : group + "/" + version;
  }

  /** Such as {@code deployments.apps}, or {@code pods} in the core group. */
  public String resource() {
    return group.isEmpty() ? plural : plural + "." + group;
  }

  @Override
  public int compareTo(ObjectKind other) {
    int byResource = resource().compareTo(other.resource());
    return byResource != 0 ? byResource : version.compareTo(other.version);
  }

  @Override
  public String toString() {
    return resource();
  }
}
