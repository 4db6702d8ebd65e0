package io.bridgewatch.hub;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Which clusters to watch from the start, and how to read them.
 *
 * @param kubeconfig where clusters and what opens them stand
 * @param contexts of the kubeconfig; empty for its current one
 * @param allContexts whether every context of the kubeconfig is meant
 * @param inCluster whether to watch the cluster that this hub runs in, by its service account
 * @param auditLog of the API server, which tells who changed what
 * @param teamLabel label that names the team something belongs to; empty for the usual ones
 * @param applicationLabel label that names the application something is part of; empty for the
 *     usual ones
 * @param poolLabel label that names a node's pool; empty for the usual ones
 */
public record ClusterOptions(
    Optional<Path> kubeconfig,
    List<String> contexts,
    boolean allContexts,
    boolean inCluster,
    Optional<Path> auditLog,
    Optional<String> teamLabel,
    Optional<String> applicationLabel,
    Optional<String> poolLabel) {

  public ClusterOptions {
    contexts = List.copyOf(contexts);
  }

  /** No cluster, but those that people register. */
  static ClusterOptions none() {
    return new ClusterOptions(
        Optional.empty(),
        List.of(),
        false,
        false,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }
}
