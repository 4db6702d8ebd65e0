package io.bridgewatch.cli;

import io.bridgewatch.model.KubernetesObject;
import io.bridgewatch.scale.HpaController;
import io.bridgewatch.scale.HpaDecision;
import io.bridgewatch.scale.HpaHistory;
import io.bridgewatch.scale.HpaManifest;
import io.bridgewatch.scale.HpaObservation;
import io.bridgewatch.scale.HpaPod;
import io.bridgewatch.scale.HpaSettings;
import io.bridgewatch.scale.HpaSpec;
import io.bridgewatch.scale.MetricReading;
import io.bridgewatch.scale.Quantity;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One case of how an autoscaler must behave: what it sees and what it must do.
 *
 * <p>Times are RFC 3339 or seconds; amounts are Kubernetes quantities. Without {@code
 * history.recommendations} the controller has just started, and notes the current replicas first;
 * an empty list is one that has looked before and remembers nothing. A sample without a time is of
 * now, one without a window of 60 s.
 */
final class ConformCase {

  private static final Duration STANDARD_WINDOW = Duration.ofSeconds(60);

  private final KubernetesObject tree;
  private final Instant now;

  ConformCase(Map<String, ?> json) {
    this.tree = KubernetesObject.of(json);
    this.now = tree.text("now").map(text -> time(text, "now")).orElse(Instant.EPOCH);
  }

  String name() {
    return tree.text("name").orElse("(no name)");
  }

  /**
   * What differs from what is expected; empty if nothing does.
   *
   * @throws IllegalArgumentException if the case cannot be read
   */
  List<String> differences() {
    KubernetesObject expect =
        tree.object("expect").orElseThrow(() -> new IllegalArgumentException("expect is missing"));
    boolean errorWanted = wantsError(expect);
    HpaSpec spec;
    try {
      spec =
          HpaManifest.read(
              tree.object("hpa").orElseThrow(() -> new IllegalArgumentException("hpa is missing")));
    } catch (IllegalArgumentException refused) {
      return errorWanted ? List.of() : List.of("the HPA was refused: " + refused.getMessage());
    }
    HpaDecision decision = new HpaController(settings()).look(spec, observation(), history());
    return differences(expect, errorWanted, decision);
  }

  private List<String> differences(
      KubernetesObject expect, boolean errorWanted, HpaDecision decision) {
    var found = new ArrayList<String>();
    expect
        .number("replicas")
        .filter(wanted -> wanted != decision.replicas())
        .ifPresent(
            wanted ->
                found.add("replicas: wanted %.0f, got %d".formatted(wanted, decision.replicas())));
    if (errorWanted && decision.error().isEmpty()) {
      found.add("error: wanted one, got none");
    }
    if (!errorWanted && expect.tree().containsKey("error") && decision.error().isPresent()) {
      found.add("error: wanted none, got " + decision.error().get());
    }
    conditions(expect)
        .forEach((type, wanted) -> differs(type, wanted, decision).ifPresent(found::add));
    return found;
  }

  private static boolean wantsError(KubernetesObject expect) {
    return expect
        .text("error")
        .filter(text -> !text.isEmpty() && !text.equals("false"))
        .isPresent();
  }

  /** By type; each as a list of Kubernetes conditions has it, or as an object by type. */
  private static Map<String, KubernetesObject> conditions(KubernetesObject expect) {
    var wanted = new HashMap<String, KubernetesObject>();
    for (KubernetesObject one : expect.list("conditions")) {
      wanted.put(one.text("type").orElse(""), one);
    }
    expect
        .object("conditions")
        .ifPresent(
            byType ->
                byType
                    .tree()
                    .forEach(
                        (type, value) ->
                            wanted.put(
                                type,
                                value instanceof Map<?, ?>
                                    ? byType.object(type).orElseThrow()
                                    : KubernetesObject.of(
                                        Map.of(
                                            shape(String.valueOf(value)),
                                            String.valueOf(value))))));
    return wanted;
  }

  private static String shape(String value) {
    return switch (value.toLowerCase(Locale.ROOT)) {
      case "true", "false", "unknown" -> "status";
      default -> "reason";
    };
  }

  private static Optional<String> differs(
      String type, KubernetesObject wanted, HpaDecision decision) {
    Optional<HpaDecision.Condition> found =
        decision.conditions().stream().filter(one -> one.type().equals(type)).findFirst();
    String got = found.map(c -> word(c.status()) + " " + c.reason()).orElse("none");
    boolean same =
        found.isPresent()
            && wanted
                .text("status")
                .filter(s -> !s.equalsIgnoreCase(word(found.get().status())))
                .isEmpty()
            && wanted.text("reason").filter(r -> !r.equals(found.get().reason())).isEmpty();
    return same
        ? Optional.empty()
        : Optional.of(
            "condition %s: wanted %s %s, got %s"
                .formatted(
                    type,
                    wanted.text("status").orElse("any"),
                    wanted.text("reason").orElse("any"),
                    got));
  }

  private static String word(boolean status) {
    return status ? "True" : "False";
  }

  // What the controller sees

  private HpaSettings settings() {
    HpaSettings standard = HpaSettings.standard();
    return new HpaSettings(
        tree.number("settings", "tolerance").orElse(standard.tolerance()),
        seconds("downscaleStabilizationSeconds", standard.downscaleStabilization()),
        seconds("cpuInitializationSeconds", standard.cpuInitialization()),
        seconds("initialReadinessDelaySeconds", standard.initialReadinessDelay()));
  }

  private Duration seconds(String field, Duration standard) {
    return tree.number("settings", field).map(ConformCase::duration).orElse(standard);
  }

  private HpaObservation observation() {
    int current = number(tree, "current", "current");
    return new HpaObservation(
        now,
        current,
        tree.number("statusReplicas").map(Double::intValue).orElse(current),
        tree.list("pods").stream().map(this::pod).toList(),
        tree.list("metrics").stream().map(this::reading).toList());
  }

  private HpaPod pod(KubernetesObject pod) {
    String name =
        pod.text("name").orElseThrow(() -> new IllegalArgumentException("a pod has no name"));
    var requests = new HashMap<String, Map<String, Long>>();
    pod.object("containers")
        .ifPresent(
            containers ->
                containers
                    .tree()
                    .keySet()
                    .forEach(
                        container -> {
                          var amounts = new HashMap<String, Long>();
                          containers
                              .strings(container)
                              .forEach(
                                  (resource, amount) ->
                                      amounts.put(
                                          resource,
                                          Quantity.milli(
                                              amount, name + "/" + container + "/" + resource)));
                          requests.put(container, amounts);
                        }));
    return new HpaPod(
        name,
        phase(pod.text("phase").orElse("Running")),
        pod.text("deleted").filter(text -> !text.isEmpty() && !text.equals("false")).isPresent(),
        pod.text("ready").map(ConformCase::ready),
        pod.text("readyTransition").map(text -> time(text, name + ".readyTransition")),
        pod.text("startTime").map(text -> time(text, name + ".startTime")),
        requests);
  }

  private static HpaPod.Phase phase(String word) {
    try {
      return HpaPod.Phase.valueOf(word.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("\"%s\" is no phase of a pod".formatted(word), e);
    }
  }

  private static HpaPod.Ready ready(String word) {
    try {
      return HpaPod.Ready.valueOf(word.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("ready \"%s\" is no status".formatted(word), e);
    }
  }

  private MetricReading reading(KubernetesObject metric) {
    if (metric.text("error").filter(text -> !text.isEmpty() && !text.equals("false")).isPresent()) {
      return new MetricReading.Failed(metric.text("error").orElse("true"));
    }
    if (metric.tree().get("values") instanceof List<?> values) {
      return new MetricReading.Amounts(
          values.stream().map(value -> Quantity.milli(String.valueOf(value), "values")).toList());
    }
    Optional<String> value = metric.text("value");
    if (value.isPresent()) {
      return new MetricReading.Amounts(List.of(Quantity.milli(value.get(), "value")));
    }
    var samples = new HashMap<String, MetricReading.PodSample>();
    metric
        .object("samples")
        .ifPresent(
            byPod ->
                byPod
                    .tree()
                    .keySet()
                    .forEach(
                        pod -> byPod.object(pod).ifPresent(s -> samples.put(pod, sample(pod, s)))));
    return new MetricReading.Samples(samples);
  }

  private MetricReading.PodSample sample(String pod, KubernetesObject sample) {
    var amounts = new HashMap<String, Long>();
    sample.text("value").ifPresent(value -> amounts.put("", Quantity.milli(value, pod + ".value")));
    sample
        .strings("values")
        .forEach(
            (container, value) ->
                amounts.put(container, Quantity.milli(value, pod + "." + container)));
    return new MetricReading.PodSample(
        amounts,
        sample.text("timestamp").map(text -> time(text, pod + ".timestamp")).orElse(now),
        sample.number("windowSeconds").map(ConformCase::duration).orElse(STANDARD_WINDOW));
  }

  private HpaHistory history() {
    Optional<KubernetesObject> history = tree.object("history");
    boolean started =
        history.filter(h -> h.tree().get("recommendations") instanceof List).isPresent();
    KubernetesObject known = history.orElseGet(() -> KubernetesObject.of(Map.of()));
    return new HpaHistory(
        started,
        known.list("recommendations").stream()
            .map(
                one ->
                    new HpaHistory.Recommendation(
                        ago(one), number(one, "replicas", "history.recommendations.replicas")))
            .toList(),
        rescales(known, "scaleUps"),
        rescales(known, "scaleDowns"));
  }

  private List<HpaHistory.Rescale> rescales(KubernetesObject history, String field) {
    return history.list(field).stream()
        .map(
            one ->
                new HpaHistory.Rescale(
                    ago(one), Math.abs(number(one, "change", "history." + field + ".change"))))
        .toList();
  }

  private Instant ago(KubernetesObject event) {
    double seconds =
        event
            .number("ageSeconds")
            .orElseThrow(() -> new IllegalArgumentException("history: ageSeconds is missing"));
    return now.minus(duration(seconds));
  }

  private static int number(KubernetesObject from, String field, String at) {
    return from.number(field)
        .map(Double::intValue)
        .orElseThrow(() -> new IllegalArgumentException(at + " is missing"));
  }

  private static Duration duration(double seconds) {
    return Duration.ofNanos(Math.round(seconds * 1e9));
  }

  private static Instant time(String text, String at) {
    try {
      return text.contains("T")
          ? OffsetDateTime.parse(text).toInstant()
          : Instant.EPOCH.plus(duration(Double.parseDouble(text)));
    } catch (DateTimeException | NumberFormatException e) {
      throw new IllegalArgumentException(
          "cannot read %s: \"%s\" is neither an RFC 3339 time nor seconds".formatted(at, text), e);
    }
  }
}
