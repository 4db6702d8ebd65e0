package io.bridgewatch.adapter.prometheus;

import io.bridgewatch.model.AttributeNames;
import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.KubernetesObject;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Makes targets of pods' ports; the first one of an address counts. */
final class PodTargets {
  private static final Pattern DURATION =
      Pattern.compile("(?:(\\d{1,6})h)?(?:(\\d{1,6})m)?(?:(\\d{1,6})s)?(?:(\\d{1,9})ms)?");
  private static final int LAST_PORT = 65_535;

  private final DiscoverySettings settings;
  private final Map<String, ScrapeTarget> byId = new TreeMap<>();
  private final Map<DiscoveryIssue, Integer> issues = new EnumMap<>(DiscoveryIssue.class);

  PodTargets(DiscoverySettings settings) {
    this.settings = settings;
  }

  /**
   * A port of a container.
   *
   * @param name empty if it has none
   * @param container empty if it is not known whose it is
   */
  record Port(int number, String name, String container) {}

  /**
   * What is asked for.
   *
   * @param query after the question mark, encoded by whoever asks; empty if there is none
   * @param protobuf whether protobuf may be asked for
   */
  record Wish(
      String scheme,
      String path,
      String query,
      Duration interval,
      Duration timeout,
      boolean honorTimestamps,
      ExpositionLimits limits,
      ScrapeAccess access,
      boolean protobuf,
      SampleRules rules) {}

  void count(DiscoveryIssue issue) {
    issues.merge(issue, 1, Integer::sum);
  }

  void add(ScrapeTarget target) {
    byId.putIfAbsent(target.id(), target);
  }

  Discovered all() {
    return new Discovered(new ArrayList<>(byId.values()), issues);
  }

  /** Whether the pod runs and can be reached. */
  static boolean runs(KubernetesObject pod) {
    return pod.text("status", "podIP").filter(ip -> !ip.isEmpty()).isPresent()
        && pod.text("status", "phase").orElse("").equals("Running")
        && pod.text("metadata", "deletionTimestamp").isEmpty();
  }

  /** The ports that its containers declare, in their order. */
  static List<Port> ports(KubernetesObject pod) {
    var ports = new ArrayList<Port>();
    for (KubernetesObject container : pod.list("spec", "containers")) {
      for (KubernetesObject port : container.list("ports")) {
        int number = port.number("containerPort").map(Double::intValue).orElse(0);
        if (number > 0 && port.text("protocol").orElse("TCP").equals("TCP")) {
          ports.add(
              new Port(number, port.text("name").orElse(""), container.text("name").orElse("")));
        }
      }
    }
    return ports;
  }

  /** The port of that number, declared or not, or of that name. */
  static Optional<Port> port(KubernetesObject pod, String numberOrName) {
    var declared = ports(pod);
    if (!numberOrName.matches("\\d{1,5}")) {
      return declared.stream().filter(port -> port.name.equals(numberOrName)).findFirst();
    }
    int number = Integer.parseInt(numberOrName);
    var same = declared.stream().filter(port -> port.number == number).findFirst();
    if (same.isPresent() || number == 0 || number > LAST_PORT) {
      return same;
    }
    var containers = pod.list("spec", "containers");
    var only = containers.size() == 1 ? containers.getFirst().text("name").orElse("") : "";
    return Optional.of(new Port(number, "", only));
  }

  void add(KubernetesObject pod, Port port, Wish wish) {
    String ip = pod.text("status", "podIP").orElse("");
    String path = wish.path.startsWith("/") ? wish.path : "/" + wish.path;
    String scheme = wish.scheme.toLowerCase(Locale.ROOT);
    if (!scheme.equals("http") && !scheme.equals("https")) {
      count(DiscoveryIssue.ADDRESS_INVALID);
      return;
    }
    URI address;
    try {
      String rest =
          new URI(null, null, path, null).getRawPath()
              + (wish.query.isEmpty() ? "" : "?" + wish.query);
      address =
          switch (settings.pods()) {
            case DIRECT ->
                new URI(
                    scheme
                        + "://"
                        + (ip.contains(":") ? "[" + ip + "]" : ip)
                        + ":"
                        + port.number
                        + rest);
            case API_SERVER ->
                new URI(
                    "/api/v1/namespaces/%s/pods/%s%s:%d/proxy%s"
                        .formatted(
                            pod.namespace(),
                            scheme.equals("https") ? "https:" : "",
                            pod.name(),
                            port.number,
                            rest));
          };
    } catch (URISyntaxException e) {
      count(DiscoveryIssue.ADDRESS_INVALID);
      return;
    }
    add(
        new ScrapeTarget(
            "pod/%s/%s:%d%s".formatted(pod.namespace(), pod.name(), port.number, path)
                + (wish.query.isEmpty() ? "" : "?" + wish.query),
            address,
            settings.pods(),
            ScrapeTarget.Content.EXPOSITION,
            wish.interval,
            wish.timeout,
            ExpositionOptions.of(resource(pod, port))
                .withHonorTimestamps(wish.honorTimestamps)
                .withProtobuf(settings.protobuf() && wish.protobuf)
                .withRules(wish.rules)
                .withMachine(MachineFamilies.described(settings.cluster(), pod)),
            wish.limits,
            wish.access));
  }

  private Attributes resource(KubernetesObject pod, Port port) {
    var attributes = new TreeMap<>(settings.cluster().asMap());
    attributes.put(AttributeNames.NAMESPACE, pod.namespace());
    attributes.put(AttributeNames.POD, pod.name());
    if (!pod.uid().isEmpty()) {
      attributes.put(AttributeNames.POD_UID, pod.uid());
    }
    pod.text("spec", "nodeName").ifPresent(node -> attributes.put(AttributeNames.NODE, node));
    if (!port.container.isEmpty()) {
      attributes.put(AttributeNames.CONTAINER, port.container);
    }
    return Attributes.of(attributes);
  }

  /** The interval that is asked for, within the bounds. */
  Duration interval(Optional<String> asked) {
    Duration interval = duration(asked, settings.interval());
    if (interval.compareTo(settings.leastInterval()) < 0) {
      count(DiscoveryIssue.INTERVAL_TOO_SHORT);
      return settings.leastInterval();
    }
    return interval;
  }

  /** The timeout that is asked for, at most the interval. */
  Duration timeout(Optional<String> asked, Duration interval) {
    Duration timeout = duration(asked, settings.timeout());
    return timeout.isZero() || timeout.compareTo(interval) > 0 ? interval : timeout;
  }

  /** As Prometheus writes them: {@code 1h30m}, {@code 15s}, {@code 500ms}. */
  private Duration duration(Optional<String> text, Duration otherwise) {
    if (text.isEmpty() || text.get().isEmpty()) {
      return otherwise;
    }
    var parts = DURATION.matcher(text.get());
    if (!parts.matches()) {
      count(DiscoveryIssue.DURATION_INVALID);
      return otherwise;
    }
    return Duration.ofHours(number(parts.group(1)))
        .plusMinutes(number(parts.group(2)))
        .plusSeconds(number(parts.group(3)))
        .plusMillis(number(parts.group(4)));
  }

  private static long number(@Nullable String digits) {
    return digits == null ? 0 : Long.parseLong(digits);
  }
}
