package io.bridgewatch.drill.cluster;

import io.bridgewatch.drill.cluster.ReplicaCalculator.Invalid;
import io.bridgewatch.drill.cluster.ReplicaCalculator.Proposal;
import io.bridgewatch.drill.cluster.ReplicaCalculator.Sample;
import io.bridgewatch.kubernetes.server.KubernetesServer.ObjectName;
import io.bridgewatch.kubernetes.server.LabelSelectors;
import io.bridgewatch.kubernetes.server.MetricsSource;
import io.bridgewatch.kubernetes.server.ObjectChange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * HorizontalPodAutoscaler, version 2: every 15 s the largest of what its metrics ask for, held
 * against its behaviour. Metrics of resources, of pods, and external ones.
 */
final class HorizontalAutoscaler extends Controller {
  private static final Recorder.Source SOURCE =
      Recorder.Source.controller("horizontal-pod-autoscaler");
  private static final Duration PERIOD = Duration.ofSeconds(15);
  private static final double TOLERANCE = 0.1;

  private final MetricsSource metrics;
  private final Map<String, ScalingHistory> histories = new HashMap<>();
  private ExternalMetrics external = ExternalMetrics.none();
  private boolean measured;

  HorizontalAutoscaler(World world, MetricsSource metrics) {
    super(world);
    this.metrics = metrics;
    world
        .clock()
        .every(
            PERIOD,
            () ->
                world
                    .cache()
                    .all("HorizontalPodAutoscaler")
                    .forEach(autoscaler -> enqueue(Trees.key(autoscaler))));
  }

  /** Who answers for external metrics from now on. */
  void externalMetrics(ExternalMetrics other) {
    external = other;
  }

  @Override
  void seen(ObjectChange change) {
    if (change.kind().equals("HorizontalPodAutoscaler")
        && change.type() == ObjectChange.Type.DELETED) {
      histories.remove(change.namespace() + "/" + change.name());
    }
  }

  /** What one round found and decided. */
  private final class Round {
    final ObjectNode autoscaler;
    final ArrayNode current = Trees.object().putArray("currentMetrics");
    final Map<String, ObjectNode> conditions = new LinkedHashMap<>();

    Round(ObjectNode autoscaler) {
      this.autoscaler = autoscaler;
      for (var condition : Trees.at(autoscaler, "status", "conditions")) {
        conditions.put(Trees.text(condition, "type"), (ObjectNode) condition.deepCopy());
      }
    }

    void condition(String type, boolean isTrue, String reason, String message) {
      var text = isTrue ? "True" : "False";
      var before = conditions.get(type);
      var since =
          before != null && Trees.text(before, "status").equals(text)
              ? Trees.text(before, "lastTransitionTime")
              : world.time();
      conditions.put(
          type,
          Trees.object()
              .put("type", type)
              .put("status", text)
              .put("lastTransitionTime", since)
              .put("reason", reason)
              .put("message", message));
    }
  }

  @Override
  void reconcile(String namespace, String name) {
    if (!world.clock().isLive() || !isMeasured()) {
      return;
    }
    var found = world.cache().find("HorizontalPodAutoscaler", namespace, name);
    if (found.isEmpty()) {
      return;
    }
    var autoscaler = found.get();
    var round = new Round(autoscaler);
    var reference = Trees.at(autoscaler, "spec", "scaleTargetRef");
    var kind = Trees.text(reference, "kind");
    var target = world.cache().find(kind, namespace, Trees.text(reference, "name"));
    if (target.isEmpty()) {
      var message =
          "the HPA controller was unable to get the target's current scale: %s.apps \"%s\" not found"
              .formatted(
                  kind.toLowerCase(java.util.Locale.ROOT) + "s", Trees.text(reference, "name"));
      round.condition("AbleToScale", false, "FailedGetScale", message);
      world.recorder().warning(SOURCE, autoscaler, "FailedGetScale", message);
      write(round, 0, 0, false);
      return;
    }
    decide(round, target.get());
  }

  /**
   * A cluster that has long been running has metrics: until the metrics server has told its first,
   * there is no round that could miss them.
   */
  private boolean isMeasured() {
    measured = measured || !metrics.pods("").isEmpty();
    return measured;
  }

  private void decide(Round round, ObjectNode target) {
    var spec = round.autoscaler.path("spec");
    var current = DeploymentController.wanted(target);
    var least = spec.path("minReplicas").asInt(1);
    var most = spec.path("maxReplicas").asInt(1);
    round.condition(
        "AbleToScale",
        true,
        "SucceededGetScale",
        "the HPA controller was able to get the target's current scale");
    if (current == 0) {
      round.condition(
          "ScalingActive",
          false,
          "ScalingDisabled",
          "scaling is disabled since the replica count of the target is zero");
      write(round, current, current, false);
      return;
    }
    if (current > most || current < least) {
      var wanted = current > most ? most : least;
      rescale(round, target, current, wanted, "Current number of replicas out of range");
      return;
    }
    var proposals = proposals(round, target, current);
    if (proposals.isEmpty()) {
      write(round, current, current, false);
      return;
    }
    var wanted = proposals.get();
    var history =
        histories.computeIfAbsent(
            Trees.key(round.autoscaler), key -> new ScalingHistory(current, world.now()));
    var limited = history.limit(spec, current, wanted.replicas, world.now());
    round.condition(
        "AbleToScale",
        true,
        limited.isStabilised() ? limited.stabilisedReason() : "ReadyForNewScale",
        limited.isStabilised()
            ? limited.stabilisedMessage()
            : "recommended size matches current size");
    round.condition("ScalingLimited", limited.isLimited(), limited.reason(), limited.message());
    var why =
        wanted.replicas > current ? wanted.metric + " above target" : "All metrics below target";
    rescale(round, target, current, limited.replicas(), why);
  }

  private void rescale(Round round, ObjectNode target, int current, int wanted, String why) {
    if (wanted == current) {
      write(round, current, wanted, false);
      return;
    }
    world.change(
        new ObjectName(
            Trees.text(target, "apiVersion"),
            Trees.text(target, "kind"),
            Trees.namespace(target),
            Trees.name(target)),
        World.CONTROLLERS,
        "scale",
        live -> Trees.child(live, "spec").put("replicas", wanted));
    histories
        .computeIfAbsent(
            Trees.key(round.autoscaler), key -> new ScalingHistory(current, world.now()))
        .scaled(current, wanted, world.now());
    round.condition(
        "AbleToScale",
        true,
        "SucceededRescale",
        "the HPA controller was able to update the target scale to " + wanted);
    world
        .recorder()
        .normal(
            SOURCE,
            round.autoscaler,
            "SuccessfulRescale",
            "New size: %d; reason: %s".formatted(wanted, why));
    write(round, current, wanted, true);
  }

  // ------------------------------------------------------------------ metrics

  /** What the metrics ask for together, and which of them asks for most. */
  private record Wanted(int replicas, String metric) {}

  private Optional<Wanted> proposals(Round round, ObjectNode target, int current) {
    var selector = Trees.at(target, "spec", "selector");
    var pods =
        world.cache().podsIn(Trees.namespace(target)).stream()
            .filter(pod -> LabelSelectors.matches(selector, pod.labels()))
            .toList();
    var specs = Trees.at(round.autoscaler, "spec", "metrics");
    var problems = new ArrayList<String[]>();
    var best = Optional.<Wanted>empty();
    for (var metric : specs) {
      var name = metricName(metric);
      try {
        var proposal = propose(round, target, metric, pods, current);
        if (best.isEmpty() || proposal.replicas() > best.get().replicas) {
          best = Optional.of(new Wanted(proposal.replicas(), name));
        }
      } catch (Invalid invalid) {
        problems.add(problem(metric, invalid.words()));
      }
    }
    for (var problem : problems) {
      world.recorder().warning(SOURCE, round.autoscaler, problem[0], problem[1]);
    }
    var holds = best.isEmpty() || (!problems.isEmpty() && best.get().replicas < current);
    if (holds && !problems.isEmpty()) {
      var first = problems.getFirst();
      round.condition(
          "ScalingActive",
          false,
          first[0],
          "the HPA was unable to compute the replica count: " + first[1]);
      world
          .recorder()
          .warning(
              SOURCE,
              round.autoscaler,
              "FailedComputeMetricsReplicas",
              "invalid metrics (%d invalid out of %d), first error is: failed to get %s metric value: %s"
                  .formatted(problems.size(), specs.size(), first[2], first[1]));
      return Optional.empty();
    }
    best.ifPresent(
        wanted ->
            round.condition(
                "ScalingActive",
                true,
                "ValidMetricFound",
                "the HPA was able to successfully calculate a replica count from "
                    + wanted.metric));
    return best;
  }

  private static String metricName(JsonNode metric) {
    if (Trees.text(metric, "type").equals("Pods")) {
      return "pods metric " + Trees.text(metric, "pods", "metric", "name");
    }
    if (Trees.text(metric, "type").equals("External")) {
      return "external metric %s(%s)"
          .formatted(
              Trees.text(metric, "external", "metric", "name"),
              Trees.at(metric, "external", "metric", "selector"));
    }
    var name = Trees.text(metric, "resource", "name") + " resource";
    return Trees.text(metric, "resource", "target", "type").equals("Utilization")
        ? name + " utilization (percentage of request)"
        : name;
  }

  private static String[] problem(JsonNode metric, String why) {
    if (Trees.text(metric, "type").equals("Pods")) {
      var name = Trees.text(metric, "pods", "metric", "name");
      return new String[] {
        "FailedGetPodsMetric", "unable to get metric %s: %s".formatted(name, why), "pods"
      };
    }
    if (Trees.text(metric, "type").equals("External")) {
      var name = Trees.text(metric, "external", "metric", "name");
      return new String[] {
        "FailedGetExternalMetric",
        "unable to get external metric %s: %s".formatted(name, why),
        "external"
      };
    }
    var name = Trees.text(metric, "resource", "name");
    var what =
        Trees.text(metric, "resource", "target", "type").equals("Utilization")
            ? " utilization"
            : " usage";
    return new String[] {
      "FailedGetResourceMetric",
      "failed to get %s%s: %s".formatted(name, what, why),
      name + " resource"
    };
  }

  private Proposal propose(
      Round round, ObjectNode scaled, JsonNode metric, List<Pod> pods, int current) throws Invalid {
    var calculator =
        new ReplicaCalculator(
            world.now(), tolerance(round, "scaleUp"), tolerance(round, "scaleDown"));
    var namespace = Trees.namespace(round.autoscaler);
    return switch (Trees.text(metric, "type")) {
      case "Resource" -> {
        var resource = Trees.text(metric, "resource", "name");
        var target = Trees.at(metric, "resource", "target");
        var samples = ReplicaCalculator.samples(metrics.pods(namespace), resource);
        var isCpu = resource.equals("cpu");
        var proposal =
            Trees.text(target, "type").equals("Utilization")
                ? calculator.byUtilization(
                    current,
                    pods,
                    samples,
                    ReplicaCalculator.requests(pods, resource),
                    target.path("averageUtilization").asInt(80),
                    isCpu)
                : calculator.byAverage(
                    current,
                    pods,
                    samples,
                    Quantities.milli(Trees.text(target, "averageValue")),
                    isCpu);
        var told = round.current.addObject().put("type", "Resource").putObject("resource");
        told.put("name", resource);
        tell(told.putObject("current"), proposal, isCpu);
        yield proposal;
      }
      case "Pods" -> {
        var name = Trees.text(metric, "pods", "metric", "name");
        var target = Trees.text(metric, "pods", "target", "averageValue");
        var proposal =
            calculator.byAverage(
                current, pods, values(namespace, name), Quantities.milli(target), false);
        var told = round.current.addObject().put("type", "Pods").putObject("pods");
        told.putObject("metric").put("name", name);
        tell(told.putObject("current"), proposal, true);
        yield proposal;
      }
      case "External" -> {
        var asked = Trees.at(metric, "external", "metric");
        var target = Trees.at(metric, "external", "target");
        var usage = sum(namespace, asked);
        var isAverage = Trees.text(target, "type").equals("AverageValue");
        var proposal =
            isAverage
                ? calculator.byShareOfWhole(
                    Trees.at(scaled, "status", "replicas").asInt(0),
                    usage,
                    Quantities.milli(Trees.text(target, "averageValue")))
                : calculator.byWhole(
                    current, pods, usage, Quantities.milli(Trees.text(target, "value")));
        var told = round.current.addObject().put("type", "External").putObject("external");
        told.set("metric", asked.deepCopy());
        told.putObject("current")
            .put(isAverage ? "averageValue" : "value", Quantities.ofMilli(proposal.averageMilli()));
        yield proposal;
      }
      default ->
          throw new Invalid(
              "metrics of type %s are not measured here".formatted(Trees.text(metric, "type")));
    };
  }

  /** Of all series that the metric's selector chooses. */
  private long sum(String namespace, JsonNode asked) throws Invalid {
    var chosen =
        external.series(namespace, Trees.text(asked, "name")).stream()
            .filter(one -> LabelSelectors.matches(asked.path("selector"), one.labels()))
            .toList();
    if (chosen.isEmpty()) {
      throw new Invalid("no metrics returned from external metrics API");
    }
    return chosen.stream().mapToLong(ExternalMetrics.Series::milli).sum();
  }

  private Map<String, Sample> values(String namespace, String metric) {
    var samples = new LinkedHashMap<String, Sample>();
    for (var value : metrics.values(namespace, metric)) {
      samples.put(value.pod(), new Sample(value.milli(), value.time(), Duration.ofMinutes(1)));
    }
    return samples;
  }

  private static void tell(ObjectNode current, Proposal proposal, boolean isPlain) {
    var milli = proposal.averageMilli();
    var text =
        isPlain
            ? Quantities.ofMilli(milli)
            : milli % 1000 == 0 ? Quantities.ofBytes(milli / 1000) : milli + "m";
    current.put("averageValue", text);
    proposal.utilization().ifPresent(percent -> current.put("averageUtilization", percent));
  }

  private static double tolerance(Round round, String direction) {
    var own = Trees.at(round.autoscaler, "spec", "behavior", direction, "tolerance");
    return own.isMissingNode() ? TOLERANCE : Quantities.milli(own.asString("")) / 1000.0;
  }

  // ------------------------------------------------------------------ status

  private void write(Round round, int current, int wanted, boolean isScaled) {
    var before = round.autoscaler.path("status");
    var status = Trees.object();
    var last = isScaled ? world.time() : Trees.text(before, "lastScaleTime");
    if (!last.isEmpty()) {
      status.put("lastScaleTime", last);
    }
    status.put("currentReplicas", current).put("desiredReplicas", wanted);
    status.set("currentMetrics", round.current);
    var conditions = status.putArray("conditions");
    for (var type : List.of("AbleToScale", "ScalingActive", "ScalingLimited")) {
      Optional.ofNullable(round.conditions.get(type)).ifPresent(conditions::add);
    }
    world.setStatus(round.autoscaler, status);
  }
}
