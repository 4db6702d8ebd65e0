package io.bridgewatch.bench.sale;

import io.bridgewatch.drill.plan.SaleBank;
import io.bridgewatch.drill.world.BankWorld;
import io.bridgewatch.kubernetes.server.DirectObjects;
import io.bridgewatch.kubernetes.server.KubernetesServer.ObjectName;
import io.bridgewatch.kubernetes.server.MetricsSource;
import io.bridgewatch.kubernetes.server.ServerHooks.Page;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Watches a workload as any user of its cluster can, scrape by scrape: what its channel's pods tell
 * on their pages, what the metrics API and the Kubernetes objects say. It knows nothing else of the
 * world; only the way there is shorter than over HTTP.
 */
final class Watch {

  private static final String PAGE = "/api/v1/namespaces/%s/pods/%s:8080/proxy/metrics";
  private static final String COUNT = "http_server_request_duration_seconds_count";
  private static final String SUM = "http_server_request_duration_seconds_sum";
  private static final String FAILED = "error_type=\"";
  private static final String NOT_FAILED = "error_type=\"\"";
  private static final String BUSY = "server_threads_busy";
  private static final String QUEUED = "server_queue_length";
  private static final int SCRAPES_BETWEEN_PODS = 4;

  /**
   * What was seen between two scrapes.
   *
   * @param arrivals requests a second
   * @param inFlight requests that were in the workload or before it, at the end
   * @param latencySeconds mean of those that were answered; {@code NaN} where none was
   * @param errors a second
   * @param cpuCores of the whole workload
   * @param replicas that there were at the end, starting ones included
   * @param ready of them
   */
  record Seen(
      Instant end,
      double arrivals,
      double inFlight,
      double latencySeconds,
      double errors,
      double cpuCores,
      int replicas,
      int ready) {

    /** Where nobody looked. */
    static Seen nothing(Instant end) {
      double unseen = Double.NaN;
      return new Seen(end, unseen, unseen, unseen, unseen, unseen, 0, 0);
    }
  }

  private final BankWorld world;
  private final MetricsSource metrics;
  private final DirectObjects objects;
  private final List<Seen> seen = new ArrayList<>();
  private final List<Double> startSeconds = new ArrayList<>();
  private final Set<String> started = new HashSet<>();
  private final Map<String, Told> told = new HashMap<>();
  private List<String> channel = List.of();
  private int scrapes;
  private double cpuLimitCores;
  private OptionalInt lagSeconds = OptionalInt.empty();

  /** A page of a pod of the channel, as it was last. */
  private record Told(double answered, double seconds, double errors, double inFlight) {}

  Watch(BankWorld world) {
    this.world = world;
    this.metrics = world.cluster().metrics();
    this.objects = world.cluster().server().objects();
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

  /**
   * How old the newest measurement of CPU is when the autoscaler looks: from the time of its last
   * rescale back to the one before that the metrics API has measurements of. Empty while it has not
   * rescaled.
   */
  OptionalInt lagSeconds() {
    return lagSeconds;
  }

  void scrape(Instant time, Duration since) {
    if (scrapes++ % SCRAPES_BETWEEN_PODS == 0) {
      pods(time);
    }
    double answered = 0;
    double seconds = 0;
    double errors = 0;
    double inFlight = 0;
    double inFlightBefore = 0;
    for (String pod : channel) {
      Optional<Told> page = world.page(PAGE.formatted(SaleBank.NAMESPACE, pod)).map(Watch::read);
      Optional<Told> before = Optional.ofNullable(told.remove(pod));
      page.ifPresent(now -> told.put(pod, now));
      if (page.isPresent() && before.isPresent()) {
        answered += page.get().answered - before.get().answered;
        seconds += page.get().seconds - before.get().seconds;
        errors += page.get().errors - before.get().errors;
        inFlight += page.get().inFlight;
        inFlightBefore += before.get().inFlight;
      }
    }
    if (scrapes == 1) {
      return;
    }
    JsonNode deployment =
        objects
            .find(new ObjectName("apps/v1", "Deployment", SaleBank.NAMESPACE, SaleBank.SCALED))
            .orElseThrow();
    seen.add(
        new Seen(
            time,
            Math.max(0, answered + inFlight - inFlightBefore) / since.toSeconds(),
            inFlight,
            seconds / answered,
            errors / since.toSeconds(),
            cpu(),
            deployment.at("/status/replicas").asInt(0),
            deployment.at("/status/readyReplicas").asInt(0)));
  }

  private double cpu() {
    double nanocores = 0;
    for (MetricsSource.PodUsage pod : metrics.pods(SaleBank.NAMESPACE)) {
      for (MetricsSource.ContainerUsage container : pod.containers()) {
        nanocores += container.container().equals(SaleBank.SCALED) ? container.cpuNanocores() : 0;
      }
    }
    return nanocores / 1e9;
  }

  private void pods(Instant now) {
    var found = new ArrayList<String>();
    for (JsonNode pod : objects.list("v1", "Pod")) {
      String app = pod.at("/metadata/labels/app").asString("");
      if (app.equals(SaleBank.CHANNEL)) {
        found.add(pod.at("/metadata/name").asString(""));
      } else if (app.equals(SaleBank.SCALED)) {
        started(pod, now);
      }
    }
    channel = found;
    lag();
  }

  private void lag() {
    String scaled =
        objects
            .find(SaleWorld.AUTOSCALER)
            .map(object -> object.at("/status/lastScaleTime").asString(""))
            .orElse("");
    for (MetricsSource.PodUsage pod : metrics.pods(SaleBank.NAMESPACE)) {
      if (!scaled.isEmpty()) {
        long since = Duration.between(pod.time(), Instant.parse(scaled)).toSeconds();
        lagSeconds = OptionalInt.of((int) Math.floorMod(since, pod.window().toSeconds()));
      }
    }
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

  private static Told read(Page page) {
    String text = new String(page.body(), StandardCharsets.UTF_8);
    double answered = 0;
    double seconds = 0;
    double errors = 0;
    double inFlight = 0;
    for (String line : text.lines().toList()) {
      if (line.startsWith(COUNT)) {
        answered += value(line);
        errors += line.contains(FAILED) && !line.contains(NOT_FAILED) ? value(line) : 0;
      } else if (line.startsWith(SUM)) {
        seconds += value(line);
      } else if (line.startsWith(BUSY) || line.startsWith(QUEUED)) {
        inFlight += value(line);
      }
    }
    return new Told(answered, seconds, errors, inFlight);
  }

  private static double value(String line) {
    return Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1));
  }
}
