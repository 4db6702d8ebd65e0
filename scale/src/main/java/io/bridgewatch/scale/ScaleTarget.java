package io.bridgewatch.scale;

import io.bridgewatch.model.KubernetesObject;

/**
 * What is scaled.
 *
 * @param apiVersion such as {@code apps/v1}
 * @param kind as objects spell it, such as {@code Deployment}
 */
public record ScaleTarget(String apiVersion, String kind, String namespace, String name) {

  public ScaleTarget {
    required("apiVersion", apiVersion);
    required("kind", kind);
    required("namespace", namespace);
    required("name", name);
  }

  /** The target that a workload is. */
  public static ScaleTarget of(KubernetesObject workload) {
    return new ScaleTarget(
        workload.apiVersion(), workload.kind(), workload.namespace(), workload.name());
  }

  /** Group without version, such as {@code apps}; empty for the core group. */
  String group() {
    return group(apiVersion);
  }

  static String group(String apiVersion) {
    int slash = apiVersion.indexOf('/');
    return slash < 0 ? "" : apiVersion.substring(0, slash);
  }

  private static void required(String field, String value) {
    if (value.isBlank()) {
      throw new IllegalArgumentException("a target of scaling needs its " + field);
    }
  }

  @Override
  public String toString() {
    return kind + " " + namespace + "/" + name;
  }
}
