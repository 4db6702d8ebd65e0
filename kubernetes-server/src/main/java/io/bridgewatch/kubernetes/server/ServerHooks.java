package io.bridgewatch.kubernetes.server;

import java.util.List;
import java.util.Optional;

/**
 * What a cluster behind the server adds to it: what kubelets, pods and a metrics server would be
 * asked for, and rules for objects. All but the admission are called by threads of connections, any
 * number at the same time.
 */
public record ServerHooks(
    NodePages nodePages,
    PodPages podPages,
    PodLogSource podLogs,
    Optional<MetricsSource> metrics,
    Admission admission) {

  /** A server without a cluster: no nodes or pods answer, no metrics API, every object passes. */
  public static ServerHooks none() {
    return new ServerHooks(
        (node, path, query) -> Optional.empty(),
        (pod, path, query) -> Optional.empty(),
        request -> Optional.empty(),
        Optional.empty(),
        review -> {});
  }

  public ServerHooks withNodePages(NodePages other) {
    return new ServerHooks(other, podPages, podLogs, metrics, admission);
  }

  public ServerHooks withPodPages(PodPages other) {
    return new ServerHooks(nodePages, other, podLogs, metrics, admission);
  }

  public ServerHooks withPodLogs(PodLogSource other) {
    return new ServerHooks(nodePages, podPages, other, metrics, admission);
  }

  public ServerHooks withMetrics(MetricsSource other) {
    return new ServerHooks(nodePages, podPages, podLogs, Optional.of(other), admission);
  }

  public ServerHooks withAdmission(Admission other) {
    return new ServerHooks(nodePages, podPages, podLogs, metrics, other);
  }

  /** An answer to a request that was passed on. */
  public record Page(int status, String contentType, byte[] body) {
    public Page {
      body = body.clone();
    }

    @Override
    public byte[] body() {
      return body.clone();
    }

    /** A successful answer in UTF-8. */
    public static Page of(String contentType, String body) {
      return new Page(200, contentType, body.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
  }

  /** One parameter of a query. */
  public record Parameter(String name, String value) {}

  /** What kubelets answer. */
  @FunctionalInterface
  public interface NodePages {
    /**
     * @param path below {@code /api/v1/nodes/NAME/proxy}, such as {@code /metrics/cadvisor}
     * @return absent when the node cannot be reached, which clients see as 503
     */
    Optional<Page> page(String node, String path, List<Parameter> query);
  }

  /** Where a request to a pod goes. */
  public record PodTarget(String namespace, String pod, int port) {}

  /** What pods answer to a GET that the server passes on. */
  @FunctionalInterface
  public interface PodPages {
    /**
     * @return absent when nothing listens there, which clients see as 503
     */
    Optional<Page> page(PodTarget pod, String path, List<Parameter> query);
  }
}
