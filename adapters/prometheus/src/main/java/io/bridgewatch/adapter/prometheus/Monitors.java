package io.bridgewatch.adapter.prometheus;

import io.bridgewatch.model.KubernetesObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Targets that ServiceMonitor and PodMonitor objects ask for ({@code monitoring.coreos.com/v1}).
 *
 * <p>A ServiceMonitor's Services are taken as the pods that they select. Of an endpoint its port or
 * target port, path, scheme, params, interval, timeout, {@code honorTimestamps}, {@code
 * honorLabels}, {@code tlsConfig.insecureSkipVerify}, relabelings and metric relabelings are kept
 * to; of the monitor the limits of samples and labels and whether protobuf is among its protocols.
 * The rest is counted, see {@link DiscoveryIssue}. A relabeling may send to another port of the
 * pod, not to another host.
 */
final class Monitors {
  private static final List<String> CREDENTIALS =
      List.of("basicAuth", "authorization", "oauth2", "bearerTokenSecret", "bearerTokenFile");
  private static final List<String> TLS =
      List.of("ca", "caFile", "cert", "certFile", "keyFile", "keySecret", "serverName");

  private final List<KubernetesObject> pods;
  private final List<KubernetesObject> services;
  private final DiscoverySettings settings;
  private final PodTargets targets;

  Monitors(
      List<KubernetesObject> pods,
      List<KubernetesObject> services,
      DiscoverySettings settings,
      PodTargets targets) {
    this.pods = pods;
    this.services = services;
    this.settings = settings;
    this.targets = targets;
  }

  void addServiceMonitor(KubernetesObject monitor) {
    for (KubernetesObject service : chosen(monitor, services)) {
      var selector = service.strings("spec", "selector");
      if (selector.isEmpty()) {
        targets.count(DiscoveryIssue.SERVICE_WITHOUT_SELECTOR);
        continue;
      }
      for (KubernetesObject pod : pods) {
        if (pod.namespace().equals(service.namespace())
            && PodTargets.runs(pod)
            && pod.strings("metadata", "labels").entrySet().containsAll(selector.entrySet())) {
          for (KubernetesObject endpoint : monitor.list("spec", "endpoints")) {
            add(monitor, endpoint, pod, servicePort(endpoint, service, pod), service.name());
          }
        }
      }
    }
  }

  void addPodMonitor(KubernetesObject monitor) {
    for (KubernetesObject pod : chosen(monitor, pods)) {
      if (PodTargets.runs(pod)) {
        for (KubernetesObject endpoint : monitor.list("spec", "podMetricsEndpoints")) {
          var asked = portText(endpoint, "port").or(() -> portText(endpoint, "portNumber"));
          var port = asked.or(() -> portText(endpoint, "targetPort"));
          add(monitor, endpoint, pod, port.flatMap(it -> PodTargets.port(pod, it)), "");
        }
      }
    }
  }

  private List<KubernetesObject> chosen(KubernetesObject monitor, List<KubernetesObject> from) {
    var none = KubernetesObject.of(Map.of());
    var selector = LabelSelectors.of(monitor.object("spec", "selector").orElse(none));
    if (selector.isEmpty()) {
      targets.count(DiscoveryIssue.SELECTOR_INVALID);
      return List.of();
    }
    var where = monitor.object("spec", "namespaceSelector").orElse(none);
    boolean anywhere = where.text("any").orElse("").equals("true");
    var named = LabelSelectors.strings(where, "matchNames");
    var namespaces = named.isEmpty() ? List.of(monitor.namespace()) : named;
    return from.stream()
        .filter(it -> anywhere || namespaces.contains(it.namespace()))
        .filter(it -> selector.get().test(it.strings("metadata", "labels")))
        .toList();
  }

  /** The pod's port that an endpoint means: by the Service's name for it, or directly. */
  private static Optional<PodTargets.Port> servicePort(
      KubernetesObject endpoint, KubernetesObject service, KubernetesObject pod) {
    var name = endpoint.text("port");
    if (name.isEmpty()) {
      return portText(endpoint, "targetPort").flatMap(it -> PodTargets.port(pod, it));
    }
    return service.list("spec", "ports").stream()
        .filter(port -> port.text("name").orElse("").equals(name.get()))
        .findFirst()
        .flatMap(port -> portText(port, "targetPort").or(() -> portText(port, "port")))
        .flatMap(it -> PodTargets.port(pod, it));
  }

  /** A port's name or number as text. */
  private static Optional<String> portText(KubernetesObject object, String field) {
    return object
        .number(field)
        .map(number -> Integer.toString(number.intValue()))
        .or(() -> object.text(field));
  }

  private void add(
      KubernetesObject monitor,
      KubernetesObject endpoint,
      KubernetesObject pod,
      Optional<PodTargets.Port> port,
      String service) {
    if (port.isEmpty()) {
      targets.count(DiscoveryIssue.PORT_MISSING);
      return;
    }
    if (CREDENTIALS.stream().anyMatch(field -> isSet(endpoint, field))) {
      targets.count(DiscoveryIssue.CREDENTIALS_NEEDED);
      return;
    }
    if (isSet(endpoint, "proxyUrl")) {
      targets.count(DiscoveryIssue.PROXY_NEEDED);
      return;
    }
    var given = TargetLabels.given(pod, port.get(), service, job(monitor, service));
    var params = params(endpoint);
    var before = TargetLabels.found(pod, port.get(), service);
    before.putAll(given);
    before.put(TargetLabels.SCHEME, endpoint.text("scheme").orElse("http"));
    before.put(
        TargetLabels.PATH,
        endpoint.text("path").filter(path -> !path.isEmpty()).orElse("/metrics"));
    params.forEach((name, values) -> before.put(TargetLabels.PARAMETER + name, values.getFirst()));
    var relabeled = new Relabeling(rules(endpoint, "relabelings")).apply(before);
    if (relabeled.isEmpty()) {
      return;
    }
    var labels = relabeled.get();
    var asked = port(pod, port.get(), labels.getOrDefault(TargetLabels.ADDRESS, ""));
    if (asked.isEmpty()) {
      targets.count(DiscoveryIssue.ADDRESS_FOREIGN);
      return;
    }
    var interval = targets.interval(endpoint.text("interval"));
    targets.add(
        pod,
        asked.get(),
        new PodTargets.Wish(
            labels.getOrDefault(TargetLabels.SCHEME, "http"),
            labels.getOrDefault(TargetLabels.PATH, "/metrics"),
            query(params, labels),
            interval,
            targets.timeout(endpoint.text("scrapeTimeout"), interval),
            endpoint.text("honorTimestamps").orElse("true").equals("true"),
            limits(monitor),
            access(endpoint),
            speaksProtobuf(monitor),
            sampleRules(endpoint, given, labels)));
  }

  private static String job(KubernetesObject monitor, String service) {
    return service.isEmpty() ? monitor.namespace() + "/" + monitor.name() : service;
  }

  private List<RelabelRule> rules(KubernetesObject endpoint, String field) {
    var rules = new ArrayList<RelabelRule>();
    for (KubernetesObject rule : endpoint.list(field)) {
      RelabelRule.of(rule)
          .ifPresentOrElse(rules::add, () -> targets.count(DiscoveryIssue.RELABELING_INVALID));
    }
    return rules;
  }

  /** The pod's port at an address; empty if that is another host's. */
  private static Optional<PodTargets.Port> port(
      KubernetesObject pod, PodTargets.Port before, String address) {
    if (address.equals(TargetLabels.address(pod, before))) {
      return Optional.of(before);
    }
    int colon = address.lastIndexOf(':');
    var host = colon < 0 ? "" : address.substring(0, colon + 1);
    return TargetLabels.address(pod, before).equals(host + before.number())
        ? PodTargets.port(pod, address.substring(colon + 1)).filter(it -> isNumber(address, colon))
        : Optional.empty();
  }

  private static boolean isNumber(String address, int colon) {
    return address.substring(colon + 1).chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private SampleRules sampleRules(
      KubernetesObject endpoint, Map<String, String> given, Map<String, String> labels) {
    var ofMetrics = rules(endpoint, "metricRelabelings");
    var known = new TreeMap<String, String>();
    var added = new TreeMap<String, String>();
    labels.forEach(
        (name, value) -> {
          if (!name.startsWith("__")) {
            (value.equals(given.get(name)) ? known : added).put(name, value);
          }
        });
    if (ofMetrics.isEmpty() && added.isEmpty()) {
      return SampleRules.NONE;
    }
    boolean honored = endpoint.text("honorLabels").orElse("").equals("true");
    return new SampleRules(known, added, honored, ofMetrics, Set.of(), Set.of());
  }

  /** Unless the monitor names protocols, and this one is not among them. */
  private static boolean speaksProtobuf(KubernetesObject monitor) {
    var spec = monitor.object("spec").orElse(KubernetesObject.of(Map.of()));
    var named = LabelSelectors.strings(spec, "scrapeProtocols");
    return named.isEmpty() || named.contains("PrometheusProto");
  }

  private static boolean isSet(KubernetesObject endpoint, String field) {
    return endpoint.object(field).map(it -> !it.tree().isEmpty()).orElse(false)
        || endpoint.text(field).map(it -> !it.isEmpty()).orElse(false);
  }

  private static Map<String, List<String>> params(KubernetesObject endpoint) {
    var params = new TreeMap<String, List<String>>();
    endpoint
        .object("params")
        .ifPresent(
            given -> {
              for (String name : given.tree().keySet()) {
                var values = LabelSelectors.strings(given, name);
                if (!values.isEmpty()) {
                  params.put(name, values);
                }
              }
            });
    return params;
  }

  /** The parameters, of which relabelings may have changed the first values. */
  private static String query(Map<String, List<String>> params, Map<String, String> labels) {
    var now = new TreeMap<>(params);
    labels.forEach(
        (label, value) -> {
          if (label.startsWith(TargetLabels.PARAMETER)) {
            var name = label.substring(TargetLabels.PARAMETER.length());
            var values = new ArrayList<>(now.getOrDefault(name, List.of("")));
            values.set(0, value);
            now.put(name, values);
          }
        });
    var parts = new ArrayList<String>();
    now.forEach(
        (name, values) -> values.forEach(it -> parts.add(encoded(name) + "=" + encoded(it))));
    return String.join("&", parts);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private ExpositionLimits limits(KubernetesObject monitor) {
    var limits = settings.limits();
    int samples = atMost(monitor, "sampleLimit", limits.samples());
    int labels = atMost(monitor, "labelLimit", limits.labels());
    return limits.withSamples(samples).withLabels(labels);
  }

  private static int atMost(KubernetesObject monitor, String field, int most) {
    double asked = monitor.number("spec", field).orElse(0.0);
    return asked >= 1 && asked < most ? (int) asked : most;
  }

  private ScrapeAccess access(KubernetesObject endpoint) {
    var tls = endpoint.object("tlsConfig");
    if (tls.isEmpty()) {
      return ScrapeAccess.OPEN;
    }
    if (TLS.stream().anyMatch(field -> isSet(tls.get(), field))) {
      targets.count(DiscoveryIssue.TLS_SETTING_IGNORED);
    }
    boolean verified = !tls.get().text("insecureSkipVerify").orElse("").equals("true");
    return new ScrapeAccess(Optional.empty(), Optional.empty(), Optional.empty(), verified);
  }
}
