package io.bridgewatch.adapter.prometheus;

import io.bridgewatch.model.KubernetesObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Targets that ServiceMonitor and PodMonitor objects ask for ({@code monitoring.coreos.com/v1}).
 *
 * <p>A ServiceMonitor's Services are taken as the pods that they select. Of an endpoint its port or
 * target port, path, scheme, params, interval, timeout, {@code honorTimestamps}, {@code
 * tlsConfig.insecureSkipVerify} and relabelings that keep or drop are kept to; of the monitor the
 * limits of samples and labels. The rest is counted, see {@link DiscoveryIssue}.
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
    if (!isKept(endpoint, pod, port.get(), service)) {
      return;
    }
    if (!endpoint.list("metricRelabelings").isEmpty()) {
      targets.count(DiscoveryIssue.METRIC_RELABELING_IGNORED);
    }
    var interval = targets.interval(endpoint.text("interval"));
    targets.add(
        pod,
        port.get(),
        new PodTargets.Wish(
            endpoint.text("scheme").orElse("http"),
            endpoint.text("path").filter(path -> !path.isEmpty()).orElse("/metrics"),
            query(endpoint),
            interval,
            targets.timeout(endpoint.text("scrapeTimeout"), interval),
            endpoint.text("honorTimestamps").orElse("true").equals("true"),
            limits(monitor),
            access(endpoint)));
  }

  private static boolean isSet(KubernetesObject endpoint, String field) {
    return endpoint.object(field).map(it -> !it.tree().isEmpty()).orElse(false)
        || endpoint.text(field).map(it -> !it.isEmpty()).orElse(false);
  }

  private boolean isKept(
      KubernetesObject endpoint, KubernetesObject pod, PodTargets.Port port, String service) {
    var rules = new ArrayList<Predicate<Map<String, String>>>();
    for (KubernetesObject rule : endpoint.list("relabelings")) {
      var choice = Relabeling.choice(rule);
      choice.ifPresentOrElse(rules::add, () -> targets.count(DiscoveryIssue.RELABELING_IGNORED));
    }
    var labels = rules.isEmpty() ? Map.<String, String>of() : Relabeling.labels(pod, port, service);
    return rules.stream().allMatch(rule -> rule.test(labels));
  }

  private static String query(KubernetesObject endpoint) {
    var parts = new ArrayList<String>();
    endpoint
        .object("params")
        .ifPresent(
            params -> {
              for (String name : new TreeMap<>(params.tree()).keySet()) {
                for (String value : LabelSelectors.strings(params, name)) {
                  parts.add(encoded(name) + "=" + encoded(value));
                }
              }
            });
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
