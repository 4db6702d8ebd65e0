package io.bridgewatch.bench.sale;

import io.bridgewatch.drill.plan.SaleBank;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Watches a workload from outside, scrape by scrape: what its channel's pods tell on their pages,
 * what the metrics API and the Kubernetes objects say.
 */
final class Watch {

  private static final String COUNT = "http_server_request_duration_seconds_count";
  private static final String SUM = "http_server_request_duration_seconds_sum";
  private static final String BUSY = "server_threads_busy";
  private static final String QUEUED = "server_queue_length";
  private static final int SCRAPES_BETWEEN_PODS = 4;

  /**
   * What was seen between two scrapes.
   *
   * @param arrivals requests a second
   * @param inFlight requests that were in the workload or before it, at the end
   * @param latencySeconds mean of those that were answered; {@code NaN} where none was
   * @param cpuCores of the whole workload
   * @param replicas that there were at the end, starting ones included
   * @param ready of them
   */
  record Seen(
      Instant end,
      double arrivals,
      double inFlight,
      double latencySeconds,
      double cpuCores,
      int replicas,
      int ready) {}

  private final ClusterClient client;
  private final List<Seen> seen = new ArrayList<>();
  private final List<Double> startSeconds = new ArrayList<>();
  private final Set<String> started = new HashSet<>();
  private final Map<String, Page> pages = new HashMap<>();
  private List<String> channel = List.of();
  private int scrapes;
  private double cpuLimitCores;

  /** A page of a pod of the channel, as it was last. */
  private record Page(double answered, double seconds, double inFlight) {}

  Watch(ClusterClient client) {
    this.client = client;
  }

  /** What was seen, one entry for each scrape but the first. */
  List<Seen> seen() {
    return List.copyOf(seen);
  }

  /** From the creation of a pod until it was ready, of all that became so while watched. */
  List<Double> startSeconds() {
    return List.copyOf(startSeconds);
  }

  /** That a replica may use. */
  double cpuLimitCores() {
    return cpuLimitCores;
  }

  void scrape(Instant now, Duration since) {
    if (scrapes++ % SCRAPES_BETWEEN_PODS == 0) {
      pods(now);
    }
    double answered = 0;
    double seconds = 0;
    double inFlight = 0;
    double inFlightBefore = 0;
    for (String pod : channel) {
      Page page = client.page(SaleBank.NAMESPACE, pod).map(Watch::read).orElse(null);
      Page before = page == null ? pages.remove(pod) : pages.put(pod, page);
      if (page != null && before != null) {
        answered += page.answered - before.answered;
        seconds += page.seconds - before.seconds;
        inFlight += page.inFlight;
        inFlightBefore += before.inFlight;
      }
    }
    if (scrapes == 1) {
      return;
    }
    JsonNode deployment =
        client.object(
            "/apis/apps/v1/namespaces/%s/deployments/%s"
                .formatted(SaleBank.NAMESPACE, SaleBank.SCALED));
    seen.add(
        new Seen(
            now,
            Math.max(0, answered + inFlight - inFlightBefore) / since.toSeconds(),
            inFlight,
            seconds / answered,
            cpu(),
            deployment.at("/status/replicas").asInt(0),
            deployment.at("/status/readyReplicas").asInt(0)));
  }

  private double cpu() {
    double nanocores = 0;
    for (JsonNode pod :
        client
            .object("/apis/metrics.k8s.io/v1beta1/namespaces/%s/pods".formatted(SaleBank.NAMESPACE))
            .path("items")) {
      if (pod.at("/metadata/labels/app").asString("").equals(SaleBank.SCALED)) {
        for (JsonNode container : pod.path("containers")) {
          nanocores += nanocores(container.at("/usage/cpu").asString("0"));
        }
      }
    }
    return nanocores / 1e9;
  }

  private static double nanocores(String quantity) {
    return quantity.endsWith("n")
        ? Double.parseDouble(quantity.substring(0, quantity.length() - 1))
        : 1e9 * Double.parseDouble(quantity);
  }

  private void pods(Instant now) {
    var found = new ArrayList<String>();
    for (JsonNode pod :
        client.object("/api/v1/namespaces/%s/pods".formatted(SaleBank.NAMESPACE)).path("items")) {
      String app = pod.at("/metadata/labels/app").asString("");
      if (app.equals(SaleBank.CHANNEL)) {
        found.add(pod.at("/metadata/name").asString(""));
      } else if (app.equals(SaleBank.SCALED)) {
        started(pod, now);
      }
    }
    channel = found;
  }

  private void started(JsonNode pod, Instant now) {
    String cpu = pod.at("/spec/containers/0/resources/limits/cpu").asString("0");
    cpuLimitCores =
        cpu.endsWith("m")
            ? Double.parseDouble(cpu.substring(0, cpu.length() - 1)) / 1000
            : Double.parseDouble(cpu);
    var created = Instant.parse(pod.at("/metadata/creationTimestamp").asString(""));
    if (Duration.between(created, now).toHours() > 0) {
      return; // it was there before
    }
    for (JsonNode condition : pod.at("/status/conditions")) {
      if (condition.path("type").asString("").equals("Ready")
          && condition.path("status").asString("").equals("True")
          && started.add(pod.at("/metadata/uid").asString(""))) {
        var ready = Instant.parse(condition.path("lastTransitionTime").asString(""));
        startSeconds.add((double) Duration.between(created, ready).toSeconds());
      }
    }
  }

  private static Page read(String text) {
    double answered = 0;
    double seconds = 0;
    double inFlight = 0;
    for (String line : text.lines().toList()) {
      if (line.startsWith(COUNT)) {
        answered += value(line);
      } else if (line.startsWith(SUM)) {
        seconds += value(line);
      } else if (line.startsWith(BUSY) || line.startsWith(QUEUED)) {
        inFlight += value(line);
      }
    }
    return new Page(answered, seconds, inFlight);
  }

  private static double value(String line) {
    return Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1));
  }
}
