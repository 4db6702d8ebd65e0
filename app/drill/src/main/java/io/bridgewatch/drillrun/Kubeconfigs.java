package io.bridgewatch.drillrun;

import java.net.URI;

/** Files by which clients find a simulated cluster. */
final class Kubeconfigs {
  private Kubeconfigs() {}

  /**
   * For a cluster that anybody may speak to.
   *
   * @param apiServer without a slash at the end
   */
  static String of(String cluster, URI apiServer) {
    return """
    apiVersion: v1
    kind: Config
    current-context: %1$s
    contexts: [{name: %1$s, context: {cluster: %1$s, user: drill}}]
    clusters: [{name: %1$s, cluster: {server: "%2$s"}}]
    users: [{name: drill, user: {}}]
    """
        .formatted(cluster, apiServer);
  }
}
