package io.bridgewatch.scale;

import io.bridgewatch.model.KubernetesObject;
import io.bridgewatch.scale.ReadinessGap.Downstream;
import io.bridgewatch.scale.ReadinessGap.ProbeMeaningless;
import io.bridgewatch.scale.ReadinessGap.ProbeMeaningless.Flaw;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether a workload may be autoscaled at all: each criterion is met, or has gaps.
 *
 * @param checks one for each criterion, in their order
 */
public record Readiness(List<Check> checks) {

  /** The share of samples that must be there. */
  public static final double COMPLETE = 0.99;

  /** Starts that must have been seen to know how long one takes. */
  public static final int STARTS = 3;

  /** A grace period shorter than this leaves no time for what is under way. */
  private static final long LEAST_GRACE_SECONDS = 10;

  /** What a grace period must leave after the preStop hook's own waiting. */
  private static final long GRACE_AFTER_HOOK_SECONDS = 5;

  private static final long DEFAULT_GRACE_SECONDS = 30;
  private static final long LATE_SECONDS = 60;
  private static final double STARTS_THAT_MAY_FAIL = 0.1;

  private static final Pattern SLEEP = Pattern.compile("\\bsleep\\s+(\\d{1,5})(?:\\.\\d+)?s?\\b");
  private static final Pattern ALWAYS =
      Pattern.compile("(?:(?:/bin/)?(?:ba)?sh -c )?(?:(?:/usr)?/bin/)?(?:true|:|exit 0|echo\\b.*)");

  /**
   * What is looked at.
   *
   * <p>The weights add up to 100.
   */
  public enum Criterion {
    REQUESTS(15),
    READINESS_PROBE(15),
    METRICS(10),
    METRICS_SERVED(5),
    SHUTDOWN(10),
    START_TIME(10),
    DOWNSTREAM(10),
    ONE_SCALER(15),
    ROOM(10);

    private final int weight;

    Criterion(int weight) {
      this.weight = weight;
    }

    public int weight() {
      return weight;
    }
  }

  /** A criterion is met where it has no gap. */
  public record Check(Criterion criterion, List<ReadinessGap> gaps) {
    public Check {
      gaps = List.copyOf(gaps);
    }

    public boolean met() {
      return gaps.isEmpty();
    }
  }

  /**
   * How complete a metric is.
   *
   * @param expected samples that there should be
   * @param seen samples that there are
   */
  public record Completeness(String metric, long expected, long seen) {
    public Completeness {
      if (expected < 1 || seen < 0) {
        throw new IllegalArgumentException(
            "samples of %s must be at least 1 expected and 0 seen, were %d and %d"
                .formatted(metric, expected, seen));
      }
    }

    /** 0 to 1. */
    public double share() {
      return Math.min(1, (double) seen / expected);
    }
  }

  /**
   * What is known of a workload.
   *
   * @param workload with its pod template
   * @param metrics that a policy would rest on; none where none is kept
   * @param downstreams what it calls
   * @param maxReplicas that a policy wants; absent without one
   * @param unserved metrics of a policy that its autoscaler would not get; none without one
   */
  public record Subject(
      KubernetesObject workload,
      List<Completeness> metrics,
      StartTimes starts,
      List<Downstream> downstreams,
      List<ScalingConflict> conflicts,
      ClusterRoom room,
      OptionalInt maxReplicas,
      List<UnservedMetric> unserved) {
    public Subject {
      unserved = List.copyOf(unserved);
      metrics = List.copyOf(metrics);
      downstreams = List.copyOf(downstreams);
      conflicts = List.copyOf(conflicts);
    }
  }

  public Readiness {
    checks = List.copyOf(checks);
  }

  /** Judges a workload. */
  public static Readiness of(Subject subject) {
    PodTemplate template = PodTemplate.of(subject.workload());
    var checks = new ArrayList<Check>();
    for (Criterion criterion : Criterion.values()) {
      checks.add(
          new Check(
              criterion,
              switch (criterion) {
                case REQUESTS -> requests(template);
                case READINESS_PROBE -> probes(template);
                case METRICS -> metrics(subject.metrics());
                case METRICS_SERVED -> served(subject.unserved());
                case SHUTDOWN -> shutdown(template);
                case START_TIME -> starts(subject.starts());
                case DOWNSTREAM -> downstreams(subject);
                case ONE_SCALER -> scalers(subject.conflicts());
                case ROOM -> room(subject.room(), subject.maxReplicas());
              }));
    }
    return new Readiness(checks);
  }

  /** 0 to 100: the weights of what is met. */
  public int score() {
    return checks.stream().filter(Check::met).mapToInt(check -> check.criterion().weight()).sum();
  }

  public List<ReadinessGap> gaps() {
    return checks.stream().flatMap(check -> check.gaps().stream()).toList();
  }

  /** What must be met before a policy may go that far. */
  public static Set<Criterion> neededFor(ScalingMode mode) {
    return switch (mode) {
      case OBSERVE -> EnumSet.noneOf(Criterion.class);
      case SHADOW -> EnumSet.of(Criterion.REQUESTS, Criterion.METRICS);
      case APPROVE ->
          EnumSet.of(
              Criterion.REQUESTS,
              Criterion.READINESS_PROBE,
              Criterion.METRICS,
              Criterion.METRICS_SERVED,
              Criterion.ONE_SCALER,
              Criterion.ROOM);
      case AUTO -> EnumSet.allOf(Criterion.class);
    };
  }

  /** What of that is not met. */
  public Set<Criterion> missingFor(ScalingMode mode) {
    Set<Criterion> missing = neededFor(mode);
    checks.stream().filter(Check::met).forEach(check -> missing.remove(check.criterion()));
    return missing;
  }

  // Criteria

  private static List<ReadinessGap> requests(PodTemplate template) {
    var gaps = new ArrayList<ReadinessGap>();
    for (KubernetesObject container : template.containers()) {
      for (String resource : List.of("cpu", "memory")) {
        OptionalLong request = PodTemplate.request(container, resource);
        if (request.orElse(0) == 0) {
          gaps.add(new ReadinessGap.RequestMissing(PodTemplate.name(container), resource));
        }
      }
    }
    return gaps;
  }

  private static List<ReadinessGap> probes(PodTemplate template) {
    var gaps = new ArrayList<ReadinessGap>();
    for (KubernetesObject container : template.serving()) {
      Optional<KubernetesObject> probe = container.object("readinessProbe");
      if (probe.isEmpty()) {
        gaps.add(new ReadinessGap.ProbeMissing(PodTemplate.name(container)));
      } else {
        flaw(container, probe.get()).ifPresent(gaps::add);
      }
    }
    return gaps;
  }

  private static Optional<ReadinessGap> flaw(KubernetesObject container, KubernetesObject probe) {
    String name = PodTemplate.name(container);
    String command = command(probe);
    if (ALWAYS.matcher(command).matches()) {
      return Optional.of(new ProbeMeaningless(name, Flaw.ALWAYS_SUCCEEDS, command));
    }
    if (probe.object("tcpSocket").isPresent()) {
      return Optional.of(
          new ProbeMeaningless(
              name, Flaw.ONLY_CONNECTS, "tcpSocket " + probe.text("tcpSocket", "port").orElse("")));
    }
    String asked = asked(probe);
    Optional<String> liveness = container.object("livenessProbe").map(Readiness::asked);
    if (liveness.filter(asked::equals).isPresent()) {
      return Optional.of(new ProbeMeaningless(name, Flaw.SAME_AS_LIVENESS, asked));
    }
    long seconds = seconds(probe, "periodSeconds", 10) * seconds(probe, "failureThreshold", 3);
    return seconds > LATE_SECONDS
        ? Optional.of(new ProbeMeaningless(name, Flaw.NOTICES_LATE, seconds + " s"))
        : Optional.empty();
  }

  /** What a probe asks, without its timing. */
  private static String asked(KubernetesObject probe) {
    return probe
        .object("httpGet")
        .map(
            get ->
                "GET %s on port %s"
                    .formatted(get.text("path").orElse("/"), get.text("port").orElse("")))
        .or(
            () ->
                probe
                    .object("grpc")
                    .map(
                        grpc ->
                            "grpc %s on port %s"
                                .formatted(
                                    grpc.text("service").orElse(""), grpc.text("port").orElse(""))))
        .orElseGet(() -> command(probe));
  }

  private static String command(KubernetesObject action) {
    return action
        .object("exec")
        .map(exec -> String.join(" ", LabelRequirements.texts(exec, "command")))
        .orElse("");
  }

  private static List<ReadinessGap> metrics(List<Completeness> metrics) {
    if (metrics.isEmpty()) {
      return List.of(new ReadinessGap.MetricsMissing());
    }
    return metrics.stream()
        .filter(one -> one.share() < COMPLETE)
        .<ReadinessGap>map(
            one ->
                new ReadinessGap.MetricIncomplete(
                    one.metric(), one.share(), one.expected() - one.seen()))
        .toList();
  }

  private static List<ReadinessGap> served(List<UnservedMetric> unserved) {
    return unserved.stream().<ReadinessGap>map(ReadinessGap.MetricUnserved::new).toList();
  }

  private static List<ReadinessGap> shutdown(PodTemplate template) {
    var gaps = new ArrayList<ReadinessGap>();
    long waiting = 0;
    for (KubernetesObject container : template.serving()) {
      Optional<KubernetesObject> hook = container.object("lifecycle", "preStop");
      if (hook.isEmpty()) {
        gaps.add(new ReadinessGap.PreStopMissing(PodTemplate.name(container)));
      } else {
        waiting = Math.max(waiting, waiting(hook.get()));
      }
    }
    long grace = seconds(template.spec(), "terminationGracePeriodSeconds", DEFAULT_GRACE_SECONDS);
    long wanted = Math.max(LEAST_GRACE_SECONDS, waiting + GRACE_AFTER_HOOK_SECONDS);
    if (grace < wanted) {
      gaps.add(new ReadinessGap.GraceTooShort(grace, wanted));
    }
    return gaps;
  }

  /** How long a hook waits, in seconds, as far as it says so. */
  private static long waiting(KubernetesObject hook) {
    Matcher sleep = SLEEP.matcher(command(hook));
    return sleep.find()
        ? Long.parseLong(sleep.group(1))
        : hook.number("sleep", "seconds").orElse(0.0).longValue();
  }

  private static List<ReadinessGap> starts(StartTimes starts) {
    int seen = starts.pods() + starts.neverReady();
    if (starts.neverReady() > STARTS_THAT_MAY_FAIL * seen) {
      return List.of(new ReadinessGap.StartsFail(starts.neverReady(), seen));
    }
    return starts.pods() < STARTS
        ? List.of(new ReadinessGap.StartUnknown(starts.pods(), STARTS))
        : List.of();
  }

  private static List<ReadinessGap> downstreams(Subject subject) {
    var gaps = new ArrayList<ReadinessGap>();
    for (Downstream one : subject.downstreams()) {
      OptionalInt bears = one.bears();
      if (bears.isEmpty()) {
        gaps.add(new ReadinessGap.DownstreamUnknown(one.name()));
        continue;
      }
      int max = subject.maxReplicas().orElse(0);
      if (bears.getAsInt() < max) {
        gaps.add(
            new ReadinessGap.DownstreamTooSmall(
                one.name(),
                one.capacity().orElseThrow(),
                one.perReplica().orElseThrow(),
                bears.getAsInt(),
                max));
      }
    }
    return gaps;
  }

  private static List<ReadinessGap> scalers(List<ScalingConflict> conflicts) {
    return conflicts.stream()
        .filter(ScalingConflict::blocking)
        .<ReadinessGap>map(ReadinessGap.ScaledByOthers::new)
        .toList();
  }

  private static List<ReadinessGap> room(ClusterRoom room, OptionalInt max) {
    if (max.isEmpty()) {
      return List.of(new ReadinessGap.MaximumUnset(room.largest()));
    }
    var gaps = new ArrayList<ReadinessGap>();
    int byNodes = room.replicas() + room.moreByNodes();
    if (byNodes < max.getAsInt()) {
      gaps.add(new ReadinessGap.NodesTooSmall(byNodes, max.getAsInt(), room.nodes()));
    }
    room.quota()
        .filter(quota -> room.replicas() + quota.more() < max.getAsInt())
        .ifPresent(
            quota ->
                gaps.add(
                    new ReadinessGap.QuotaTooSmall(
                        quota.name(),
                        quota.resource(),
                        room.replicas() + quota.more(),
                        max.getAsInt())));
    return gaps;
  }

  private static long seconds(KubernetesObject object, String field, long otherwise) {
    return object.number(field).map(Double::longValue).orElse(otherwise);
  }
}
