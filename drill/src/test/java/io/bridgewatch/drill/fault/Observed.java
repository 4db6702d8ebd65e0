package io.bridgewatch.drill.fault;

import io.bridgewatch.drill.bank.BankProcess;
import io.bridgewatch.drill.bank.DurationHistogram;
import io.bridgewatch.drill.bank.Load.Stream;
import io.bridgewatch.drill.serve.Pages;
import io.bridgewatch.drill.world.BankWorld;
import io.bridgewatch.kubernetes.server.ServerHooks.Page;
import io.bridgewatch.kubernetes.server.ServerHooks.PodTarget;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** What an operator could see of a world in a stretch of time. */
final class Observed {

  private static final Duration STEP = Duration.ofSeconds(10);
  private static final double ENOUGH = 30;

  private final Map<String, Customers> before;
  private final Map<String, Customers> after;
  private final List<Sample> samplesBefore;
  private final List<Sample> samplesAfter;
  private final Set<String> containers;
  private final List<JsonNode> events;
  private final List<JsonNode> nodes;
  private final BankWorld world;

  /** How those fared who wanted one kind of transaction. */
  private record Customers(long begun, long failed, long declined, long[] buckets) {}

  /** One line of a page, and the names of what the page and the line are about. */
  private record Sample(String series, Set<String> about, double value) {}

  private Observed(
      BankWorld world,
      Map<String, Customers> before,
      List<Sample> samplesBefore,
      Set<String> containers) {
    this.world = world;
    this.before = before;
    this.after = customers(world);
    this.samplesBefore = samplesBefore;
    this.samplesAfter = samples(world);
    this.containers = containers;
    this.events = list(world, "v1", "Event");
    this.nodes = list(world, "v1", "Node");
  }

  /** Looks on while the world goes on for that time. */
  static Observed during(BankWorld world, Duration time) {
    var customers = customers(world);
    var samples = samples(world);
    var containers = new HashSet<String>();
    for (var left = time; left.isPositive(); left = left.minus(STEP)) {
      world.advance(STEP);
      containers.addAll(containers(world));
    }
    return new Observed(world, customers, samples, containers);
  }

  /** Whether it is so, given what would be in a world without the trouble. */
  boolean shows(Symptom symptom, String target, Observed usual) {
    return switch (symptom) {
      case Symptom.Felt felt ->
          after.keySet().stream()
              .filter(name -> usual.begun(name) >= ENOUGH)
              .anyMatch(
                  name ->
                      p95Seconds(name) >= 2 * usual.p95Seconds(name)
                          || failedShare(name) >= usual.failedShare(name) + 0.05);
      case Symptom.Declined declined ->
          after.keySet().stream()
              .anyMatch(name -> declinedShare(name) >= usual.declinedShare(name) + 0.05);
      case Symptom.Waiting waiting -> hasContainer(target, "waiting " + waiting.reason());
      case Symptom.Ended ended -> hasContainer(target, "ended " + ended.reason());
      case Symptom.Warning warning ->
          events.stream()
              .filter(event -> event.path("type").asString("").equals("Warning"))
              .filter(event -> event.path("reason").asString("").equals(warning.reason()))
              .anyMatch(event -> event.path("message").asString("").contains(warning.words()));
      case Symptom.NodeNotReady notReady ->
          nodes.stream()
              .filter(node -> node.at("/metadata/name").asString("").equals(target))
              .noneMatch(Observed::isReady);
      case Symptom.Status status ->
          list(world, status.apiVersion(), status.kind()).stream()
              .filter(object -> concerns(target, object.at("/metadata/name").asString("")))
              .anyMatch(object -> object.at(status.pointer()).asString("").equals(status.value()));
      case Symptom.Rises rises ->
          series(rises.series(), target)
              >= rises.times() * Math.max(1, usual.series(rises.series(), target));
      case Symptom.Falls falls ->
          series(falls.series(), target) <= falls.share() * usual.series(falls.series(), target);
    };
  }

  /** In words, for whoever must find out why a symptom does not show. */
  @Override
  public String toString() {
    var text = new StringBuilder();
    for (String name : after.keySet()) {
      text.append(
          "%n%s: %.0f begun, p95 %.0f ms, %.3f failed, %.3f declined"
              .formatted(
                  name,
                  begun(name),
                  1e3 * p95Seconds(name),
                  failedShare(name),
                  declinedShare(name)));
    }
    events.stream()
        .filter(event -> event.path("type").asString("").equals("Warning"))
        .forEach(event -> text.append("%n%s".formatted(event.path("message").asString(""))));
    return text.append("%n%s".formatted(containers)).toString();
  }

  boolean hasWarnings() {
    return events.stream().anyMatch(event -> event.path("type").asString("").equals("Warning"));
  }

  // Customers

  private static Map<String, Customers> customers(BankWorld world) {
    var all = new HashMap<String, Customers>();
    for (Stream stream : world.bank().load().streams()) {
      all.put(
          stream.plan().name(),
          new Customers(
              stream.begun(),
              stream.failed() + stream.late(),
              stream.declined(),
              stream.durations().bucketCounts()));
    }
    return all;
  }

  private Customers now(String name) {
    return Objects.requireNonNull(after.get(name), name);
  }

  private Customers then(String name) {
    return Objects.requireNonNull(before.get(name), name);
  }

  private double begun(String name) {
    return now(name).begun - then(name).begun;
  }

  private double failedShare(String name) {
    return (now(name).failed - then(name).failed) / Math.max(1, begun(name));
  }

  private double declinedShare(String name) {
    return (now(name).declined - then(name).declined) / Math.max(1, begun(name));
  }

  /** Between the bounds of a bucket it is a straight line. */
  private double p95Seconds(String name) {
    double[] bounds = DurationHistogram.boundsSeconds();
    long[] counts = now(name).buckets.clone();
    long all = 0;
    for (int i = 0; i < counts.length; i++) {
      counts[i] -= then(name).buckets[i];
      all += counts[i];
    }
    double wanted = 0.95 * all;
    for (int i = 0; i < bounds.length; i++) {
      if (counts[i] >= wanted && counts[i] > 0) {
        double low = i == 0 ? 0 : bounds[i - 1];
        return low + (bounds[i] - low) * wanted / counts[i];
      }
      wanted -= counts[i];
    }
    return all == 0 ? 0 : bounds[bounds.length - 1];
  }

  // Objects

  private static List<JsonNode> list(BankWorld world, String apiVersion, String kind) {
    return world
        .cluster()
        .reading(() -> List.copyOf(world.cluster().server().objects().list(apiVersion, kind)));
  }

  private static Set<String> containers(BankWorld world) {
    var states = new HashSet<String>();
    for (JsonNode pod : list(world, "v1", "Pod")) {
      String name = pod.at("/metadata/name").asString("");
      for (JsonNode status : pod.at("/status/containerStatuses")) {
        add(states, name + " waiting ", status.at("/state/waiting/reason"));
        add(states, name + " ended ", status.at("/state/terminated/reason"));
        add(states, name + " ended ", status.at("/lastState/terminated/reason"));
      }
    }
    return states;
  }

  private static void add(Set<String> states, String what, JsonNode reason) {
    if (!reason.asString("").isEmpty()) {
      states.add(what + reason.asString(""));
    }
  }

  private boolean hasContainer(String target, String state) {
    return containers.stream()
        .filter(one -> one.endsWith(" " + state))
        .anyMatch(one -> concerns(target, one.substring(0, one.indexOf(' '))));
  }

  private static boolean isReady(JsonNode node) {
    for (JsonNode condition : node.at("/status/conditions")) {
      if (condition.path("type").asString("").equals("Ready")) {
        return condition.path("status").asString("").equals("True");
      }
    }
    return false;
  }

  private static boolean concerns(String target, String name) {
    for (String word : target.split("[ ,]+")) {
      if (name.equals(word) || name.startsWith(word + "-")) {
        return true;
      }
    }
    return false;
  }

  // Series

  private double series(String series, String target) {
    double now = sum(samplesAfter, series, target);
    boolean isCounter = series.matches(".*_(total|sum|count|drop)");
    return isCounter ? now - sum(samplesBefore, series, target) : now;
  }

  private static double sum(List<Sample> samples, String series, String target) {
    return samples.stream()
        .filter(one -> one.series.equals(series) && one.about.contains(target))
        .mapToDouble(Sample::value)
        .sum();
  }

  private static List<Sample> samples(BankWorld world) {
    return world
        .cluster()
        .reading(
            () -> {
              var pages = new Pages(world.cluster(), world.bank(), world::now).ofPods();
              var samples = new ArrayList<Sample>();
              for (BankProcess process : world.bank().processes()) {
                var start = process.start();
                var pod = new PodTarget(start.namespace(), start.pod(), 0);
                pages
                    .page(pod, "/metrics", List.of())
                    .ifPresent(page -> read(page, process, samples));
              }
              return samples;
            });
  }

  private static void read(Page page, BankProcess process, List<Sample> samples) {
    new String(page.body(), StandardCharsets.UTF_8)
        .lines()
        .filter(line -> !line.startsWith("#"))
        .forEach(
            line -> {
              int space = line.lastIndexOf(' ');
              int brace = line.indexOf('{');
              String series = line.substring(0, brace < 0 ? space : brace);
              var about = new HashSet<String>();
              about.add(process.start().pod());
              about.add(process.service());
              if (series.startsWith("node_") || series.startsWith("smartctl_")) {
                about.add(process.start().node());
              }
              if (line.contains("consumergroup=\"")) {
                about.add(line.replaceAll(".*consumergroup=\"([^\"]*)\".*", "$1"));
              }
              samples.add(new Sample(series, about, Double.parseDouble(line.substring(space + 1))));
            });
  }
}
