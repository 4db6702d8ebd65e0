package io.bridgewatch.adapter.prometheus;

import io.bridgewatch.model.AttributeNames;
import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.KubernetesObject;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds what is to be scraped in a cluster's objects, in this order; of several that ask for the
 * same page the first counts:
 *
 * <ol>
 *   <li>each node's kubelet: {@code /metrics}, {@code /metrics/cadvisor}, {@code
 *       /metrics/resource}, {@code /metrics/probes} and {@code /stats/summary}
 *   <li>pods that ServiceMonitor and PodMonitor objects choose
 *   <li>pods with the annotation {@code prometheus.io/scrape: "true"}; {@code port}, {@code path},
 *       {@code scheme} and {@code interval} say the rest. Without a port: the one named {@code
 *       metrics}, else the first that is declared
 *   <li>the control plane: the API server, and in {@code kube-system} etcd, scheduler, controller
 *       manager, kube-proxy and CoreDNS, by the labels and ports that kubeadm gives them
 * </ol>
 *
 * <p>A pure function: the same objects, in any order, give the same targets. Only pods' own
 * addresses are used, and tokens are sent to kubelets and the control plane alone, so that who may
 * annotate a pod or write a monitor learns nothing by it.
 */
public final class Discovery {
  /** Id of the target that is the API server itself. */
  public static final String API_SERVER = "control-plane/kube-apiserver";

  private static final String ANNOTATION = "prometheus.io/";
  private static final Map<String, String> VOLUME_LABELS =
      Map.of(
          "namespace", AttributeNames.NAMESPACE,
          "persistentvolumeclaim", AttributeNames.PERSISTENT_VOLUME_CLAIM);

  /** A component of the control plane, where kubeadm runs it. */
  private record Component(String label, String value, String scheme, String port) {}

  private static final List<Component> COMPONENTS =
      List.of(
          new Component("component", "etcd", "http", "2381"),
          new Component("component", "kube-controller-manager", "https", "10257"),
          new Component("component", "kube-scheduler", "https", "10259"),
          new Component("k8s-app", "kube-proxy", "http", "10249"),
          new Component("k8s-app", "kube-dns", "http", "9153"));

  private final DiscoverySettings settings;
  private final PodTargets targets;

  private Discovery(DiscoverySettings settings) {
    this.settings = settings;
    this.targets = new PodTargets(settings);
  }

  /**
   * @param objects Nodes, Pods, Services, ServiceMonitors and PodMonitors; others are passed over
   */
  public static Discovered targets(List<KubernetesObject> objects, DiscoverySettings settings) {
    return new Discovery(settings).find(objects);
  }

  private Discovered find(List<KubernetesObject> objects) {
    var pods = ofKind(objects, "v1", "Pod");
    var monitors = new Monitors(pods, ofKind(objects, "v1", "Service"), settings, targets);
    ofKind(objects, "v1", "Node").forEach(this::addKubelet);
    ofKind(objects, "monitoring.coreos.com/v1", "ServiceMonitor")
        .forEach(monitors::addServiceMonitor);
    ofKind(objects, "monitoring.coreos.com/v1", "PodMonitor").forEach(monitors::addPodMonitor);
    pods.forEach(this::addAnnotated);
    addApiServer();
    pods.forEach(this::addComponent);
    return targets.all();
  }

  private static List<KubernetesObject> ofKind(
      List<KubernetesObject> objects, String version, String kind) {
    return objects.stream()
        .filter(it -> it.kind().equals(kind) && it.apiVersion().equals(version))
        .sorted(
            Comparator.comparing(KubernetesObject::namespace).thenComparing(KubernetesObject::name))
        .toList();
  }

  private void addKubelet(KubernetesObject node) {
    String name = node.name();
    Attributes resource = settings.cluster().with(AttributeNames.NODE, name);
    var own =
        ExpositionOptions.of(resource)
            .withResourceLabels(VOLUME_LABELS)
            .withProtobuf(settings.protobuf());
    var measured = ExpositionOptions.ofKubelet(resource).withProtobuf(settings.protobuf());
    var text = ScrapeTarget.Content.EXPOSITION;
    addKubelet(node, "kubelet", "/metrics", text, own);
    addKubelet(node, "cadvisor", "/metrics/cadvisor", text, measured);
    addKubelet(node, "resource", "/metrics/resource", text, measured);
    addKubelet(node, "probes", "/metrics/probes", text, measured);
    addKubelet(node, "summary", "/stats/summary", ScrapeTarget.Content.KUBELET_SUMMARY, measured);
  }

  private void addKubelet(
      KubernetesObject node,
      String what,
      String path,
      ScrapeTarget.Content content,
      ExpositionOptions options) {
    Optional<URI> address =
        switch (settings.kubelets()) {
          case API_SERVER ->
              Optional.of(
                  URI.create(
                      "/api/v1/nodes/"
                          + URLEncoder.encode(node.name(), StandardCharsets.UTF_8)
                          + "/proxy"
                          + path));
          case DIRECT -> nodeAddress(node).map(it -> URI.create("https://" + it + path));
        };
    if (address.isEmpty()) {
      targets.count(DiscoveryIssue.ADDRESS_INVALID);
      return;
    }
    targets.add(
        new ScrapeTarget(
            "node/" + node.name() + "/" + what,
            address.get(),
            settings.kubelets(),
            content,
            settings.interval(),
            targets.timeout(Optional.empty(), settings.interval()),
            options,
            settings.limits(),
            settings.access()));
  }

  private static Optional<String> nodeAddress(KubernetesObject node) {
    int port =
        node.number("status", "daemonEndpoints", "kubeletEndpoint", "Port")
            .map(Double::intValue)
            .orElse(10_250);
    return node.list("status", "addresses").stream()
        .filter(it -> it.text("type").orElse("").equals("InternalIP"))
        .map(it -> it.text("address").orElse(""))
        .filter(it -> it.matches("[0-9a-fA-F.:]+"))
        .findFirst()
        .map(it -> (it.contains(":") ? "[" + it + "]" : it) + ":" + port);
  }

  private void addAnnotated(KubernetesObject pod) {
    var annotations = pod.strings("metadata", "annotations");
    if (!"true".equals(annotations.get(ANNOTATION + "scrape")) || !PodTargets.runs(pod)) {
      return;
    }
    var asked = Optional.ofNullable(annotations.get(ANNOTATION + "port"));
    var port = asked.isPresent() ? PodTargets.port(pod, asked.get()) : likeliestPort(pod);
    if (port.isEmpty()) {
      targets.count(DiscoveryIssue.PORT_MISSING);
      return;
    }
    var path = annotations.getOrDefault(ANNOTATION + "path", "/metrics").split("\\?", 2);
    var interval = targets.interval(Optional.ofNullable(annotations.get(ANNOTATION + "interval")));
    targets.add(
        pod,
        port.get(),
        new PodTargets.Wish(
            annotations.getOrDefault(ANNOTATION + "scheme", "http"),
            path[0],
            path.length > 1 ? path[1] : "",
            interval,
            targets.timeout(Optional.empty(), interval),
            true,
            settings.limits(),
            ScrapeAccess.OPEN,
            true,
            SampleRules.NONE));
  }

  private static Optional<PodTargets.Port> likeliestPort(KubernetesObject pod) {
    var ports = PodTargets.ports(pod);
    return ports.stream()
        .filter(port -> port.name().equals("metrics") || port.name().equals("http-metrics"))
        .findFirst()
        .or(() -> ports.stream().findFirst());
  }

  private void addApiServer() {
    targets.add(
        new ScrapeTarget(
            API_SERVER,
            URI.create("/metrics"),
            ScrapeTarget.Route.API_SERVER,
            ScrapeTarget.Content.EXPOSITION,
            settings.interval(),
            targets.timeout(Optional.empty(), settings.interval()),
            ExpositionOptions.of(settings.cluster()).withProtobuf(settings.protobuf()),
            settings.limits(),
            settings.access()));
  }

  private void addComponent(KubernetesObject pod) {
    if (!pod.namespace().equals("kube-system") || !PodTargets.runs(pod)) {
      return;
    }
    var labels = pod.strings("metadata", "labels");
    for (Component component : COMPONENTS) {
      if (component.value.equals(labels.get(component.label))) {
        var interval = settings.interval();
        var access = component.scheme.equals("https") ? settings.access() : ScrapeAccess.OPEN;
        PodTargets.port(pod, component.port)
            .ifPresent(
                port ->
                    targets.add(
                        pod,
                        port,
                        new PodTargets.Wish(
                            component.scheme,
                            "/metrics",
                            "",
                            interval,
                            targets.timeout(Optional.empty(), interval),
                            true,
                            settings.limits(),
                            access,
                            true,
                            SampleRules.NONE)));
      }
    }
  }
}
