package io.bridgewatch.hub;

import io.bridgewatch.scale.PolicyShape;
import io.bridgewatch.scale.PolicyStudy;
import io.bridgewatch.scale.WorkloadRecording;
import io.bridgewatch.scale.scenario.DayKind;
import io.bridgewatch.scale.scenario.EventKind;
import io.bridgewatch.scale.trigger.OperatingLoad;
import io.bridgewatch.scale.trigger.TriggerMetric;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Documents about the history of workloads and what is learned from it. */
final class ScalingLearningApi {
  private ScalingLearningApi() {}

  // History

  @Schema(description = "what a workload received and was, step by step")
  record ScalingHistory(
      Instant from,
      int stepSeconds,
      int steps,
      @Schema(description = "those that were seen") List<ScalingSignal> signals) {}

  record ScalingSignal(
      WorkloadRecording.Signal signal,
      @Schema(description = "share of the steps in which it was seen, 0 to 1") double completeness,
      @Schema(description = "a number for each step; null where it was not seen")
          List<@Nullable Double> values) {}

  // Learning

  record NewScalingLearning(
      @Schema(description = Parameters.CLUSTER, requiredMode = Schema.RequiredMode.NOT_REQUIRED)
          @Nullable String cluster,
      String namespace,
      @Schema(allowableValues = {"Deployment", "StatefulSet"}) String targetKind,
      String targetName,
      @Schema(
              description = "of history to learn from, 1 to 60; 14 unless given",
              requiredMode = Schema.RequiredMode.NOT_REQUIRED)
          @Nullable Integer days,
      @Schema(
              description =
                  "the policy's or the autoscaler's, unless given; where there is none, so many that"
                      + " one may be lost in quiet hours",
              requiredMode = Schema.RequiredMode.NOT_REQUIRED)
          @Nullable Integer minReplicas,
      @Schema(
              description =
                  "the policy's, the autoscaler's or what there is room for, unless given",
              requiredMode = Schema.RequiredMode.NOT_REQUIRED)
          @Nullable Integer maxReplicas,
      @Schema(
              description = "what may be lost without anyone noticing; one replica unless given",
              requiredMode = Schema.RequiredMode.NOT_REQUIRED)
          @Nullable ReserveFor reserve,
      @Schema(
              description = "requests a second that one replica serves; measured unless given",
              requiredMode = Schema.RequiredMode.NOT_REQUIRED)
          @Nullable Double capacity,
      @Schema(
              description = "until a new replica serves; measured unless given",
              requiredMode = Schema.RequiredMode.NOT_REQUIRED)
          @Nullable Integer startSeconds,
      @Schema(
              description =
                  "share of the requests that may be hurt, 0 to 1; unless given, the policy is to"
                      + " beat what is in force, or where nothing is, what is usual",
              requiredMode = Schema.RequiredMode.NOT_REQUIRED)
          @Nullable Double mostHurt) {}

  /** What replicas are kept in reserve for. */
  enum ReserveFor {
    NOTHING,
    REPLICA,
    ZONE
  }

  /** How far a job has come. */
  enum LearningState {
    QUEUED,
    RUNNING,
    DONE,
    FAILED,
    CANCELLED
  }

  record ScalingLearningJob(
      String id,
      String cluster,
      String namespace,
      String kind,
      String name,
      String startedBy,
      Instant startedAt,
      LearningState state,
      @Schema(description = "0 to 1") double progress,
      @Nullable Instant endedAt,
      @Schema(description = "word for what went wrong; empty if nothing did") String reason,
      @Schema(description = "what went wrong and what helps; empty if nothing did")
          String message) {}

  record ScalingLearningShown(
      @Schema(description = "the last since the hub started; null if there was none")
          @Nullable ScalingLearningJob job,
      @Schema(description = "what was learned last; null if nothing was")
          @Nullable ScalingLearnedPolicy learned) {}

  /** How the capacity of a replica is known. */
  enum CapacityFrom {
    GIVEN,
    /** Where latency leaves its floor. */
    KNEE,
    /** From the CPU that requests cost, and that a pod has; extrapolated. */
    CPU,
    /** Only what was seen is known; a replica may serve more. */
    AT_LEAST
  }

  /** How the time until a new replica serves is known. */
  enum StartFrom {
    GIVEN,
    /** Nine in ten of those that were seen took at most as long. */
    MEASURED,
    /** Nothing was seen; a minute was taken. */
    ASSUMED
  }

  record ScalingLearnedList(
      @Schema(description = "the newest first") List<ScalingLearnedSummary> items) {}

  record ScalingLearnedSummary(
      String cluster,
      String namespace,
      @Schema(example = "Deployment") String kind,
      String name,
      Instant learnedAt,
      String learnedBy,
      Instant from,
      Instant to,
      @Schema(description = "the operating point, in technical words") String title,
      @Schema(description = "requests a second that one replica serves") double capacity,
      ScalingEffectShown expected,
      @Schema(description = "replicas needed now; null where nothing is known")
          @Nullable Double needed) {}

  record ScalingLearnedPolicy(
      ScalingLearnedSummary summary,
      ScalingPlant plant,
      CapacityFrom capacityFrom,
      StartFrom startFrom,
      ScalingCalibrationShown calibration,
      @Schema(description = "which metrics may trigger scaling; null if an earlier release learned")
          @Nullable ScalingTriggers triggers,
      int stepSeconds,
      ScalingRulesShown settled,
      @Schema(description = "share of the steps in which each signal was seen, 0 to 1")
          Map<String, Double> completeness,
      @Schema(description = "the same load under each, the learned one first")
          List<ScalingComparedPolicy> policies,
      @Schema(description = "of the stretch that the policies' replicas are told of")
          ScalingLoad load,
      @Schema(
              description =
                  "how many replicas are kept for kinds of days and events; null where nothing is"
                      + " known of them")
          @Nullable ScalingScenarios scenarios,
      @Schema(description = "what keeps replicas now; null where nothing does")
          @Nullable ScalingKept kept,
      @Schema(
              description =
                  "why the autoscaler in force is not among the policies; null if it is, or there"
                      + " is none")
          @Nullable String inForceUnknown,
      @Schema(description = "metrics and behavior for a policy, as autoscaling/v2 has them")
          Map<String, @Nullable Object> rules,
      @Schema(description = "the whole autoscaling/v2 object")
          Map<String, @Nullable Object> manifest) {}

  @Schema(description = "what was settled before a policy was learned")
  record ScalingRulesShown(
      @Schema(
              description =
                  "what raises replicas that are at their capacity, beside the forecast and where"
                      + " that is gone")
          PolicyShape.Trigger guard,
      @Schema(
              description =
                  "of the guard, at the capacity of a replica: percent of its CPU request, requests"
                      + " a second or requests at a time; null without a guard")
          @Nullable Double guardAt,
      ReserveFor reserve,
      @Schema(description = "over which it is spread; null unless one may be lost")
          @Nullable Integer zones,
      int minReplicas,
      int maxReplicas) {}

  @Schema(description = "which metrics may trigger scaling, and beyond which load")
  record ScalingTriggers(
      @Schema(description = "null where nothing is known of a replica's capacity")
          @Nullable ScalingOperatingLoad operating,
      @Schema(description = "those that may by rank, then the others") List<ScalingTrigger> metrics,
      @Schema(description = "null where nothing is known of a replica's capacity")
          @Nullable Integer minReplicas,
      @Nullable Integer maxReplicas,
      @Nullable Integer downWindowSeconds) {}

  @Schema(description = "load of a replica at which others are asked for")
  record ScalingOperatingLoad(
      @Schema(description = "requests a second") double perReplica,
      @Schema(description = "at which users begin to suffer") double kneeLoad,
      OperatingLoad.Basis basis,
      @Schema(description = "by which factor load may rise until new replicas serve") double rise,
      @Schema(description = "by which factor it rises when one is lost") double loss,
      OperatingLoad.Loss lossOf) {}

  record ScalingTrigger(
      TriggerMetric metric,
      @Schema(description = "1 for the best; null where it may not trigger") @Nullable Integer rank,
      @Schema(description = "of a replica, in the metric's unit; null where it is not known")
          @Nullable Double threshold,
      @Schema(description = "of the request; null where none is set")
          @Nullable Integer utilizationPercent,
      @Schema(description = "why it may not trigger; null where it may", example = "DoesNotFall")
          @Nullable String refusal,
      @Schema(description = "with its numbers, in technical words; empty where it may trigger")
          String detail,
      @Schema(description = "share of the steps in which it was seen, 0 to 1") double completeness,
      @Schema(
              description =
                  "how much of it goes when replicas come at like load: 1 if it halves where they"
                      + " double, 0 if it stays; null where that was not seen")
          @Nullable ScalingInterval relief,
      @Schema(description = "with load per replica, -1 to 1; null where that was not seen")
          @Nullable Double correlation,
      @Schema(description = "median by which it told trouble beforehand; null without trouble")
          @Nullable Double leadSeconds,
      @Schema(description = "value of a replica by replicas, at like load")
          List<ScalingTriggerPoint> points) {}

  record ScalingTriggerPoint(
      int replicas, double value, @Schema(description = "steps it is the median of") int steps) {}

  @Schema(description = "kinds of days and events, and the replicas that are kept for them")
  record ScalingScenarios(
      @Schema(
              description =
                  "whether the policy keeps them; false where it did no better with them in its"
                      + " history")
          boolean used,
      @Schema(description = "in which days begin") String zone,
      @Schema(description = "share of the days whose load is provided for, 0 to 1") double quantile,
      @Schema(description = "as it was then; null where days were told apart by their load")
          BusinessCalendarApi.@Nullable BusinessCalendarForm calendar,
      List<ScalingScenario> learned,
      @Schema(description = "seen too seldom") List<ScalingScenarioUnlearned> unlearned) {}

  @Schema(description = "a day of the calendar, an event, or days that are alike by their load")
  record ScalingScenarioName(
      @Nullable DayKind day,
      @Nullable String event,
      @Nullable EventKind eventKind,
      @Schema(description = "number of the kind; null unless recognised by load")
          @Nullable Integer group,
      @Schema(description = "a day of that kind; null unless recognised by load")
          @Nullable LocalDate example,
      @Schema(description = "days of the week of that kind; none unless recognised by load")
          List<DayOfWeek> weekdays) {}

  record ScalingScenario(
      ScalingScenarioName name,
      @Schema(description = "days that it was learned from") List<LocalDate> restsOn,
      int slotMinutes,
      @Schema(description = "of each slot since midnight, or since the event's begin")
          List<Integer> replicas,
      @Schema(description = "by how much earlier an event's first slot begins") int leadSeconds,
      @Schema(description = "requests a second, median of the days' highest") double peakPerSecond,
      @Schema(
              description =
                  "share of the time in which the floor alone would have been enough on days that"
                      + " it was not learned from, 0 to 1")
          double enough,
      @Schema(description = "its pod-hours there by those that the load needed") double cost,
      @Schema(
              description =
                  "kept on such days; null for events, and where an earlier release learned")
          @Nullable ScalingMargin margin) {}

  @Schema(description = "how much of a rise is provided for, as logarithms of factors")
  record ScalingMargin(
      @Schema(description = "usual errors of the forecast that are added to what it expects")
          double errors,
      double leastRise,
      @Schema(description = "null for any") @Nullable Double mostRise,
      @Schema(description = "whether such days have a margin of their own") boolean own) {}

  record ScalingScenarioUnlearned(
      ScalingScenarioName name,
      @Schema(description = "days on which it was seen") List<LocalDate> seen,
      int wanted) {}

  record ScalingKept(ScalingScenarioName scenario, int replicas) {}

  @Schema(description = "what the history tells of how a replica serves")
  record ScalingCalibrationShown(
      @Schema(description = "requests a second of one replica; null where only a bound is known")
          @Nullable ScalingInterval capacity,
      @Schema(description = "highest load of a replica that was seen without trouble")
          @Nullable Double atLeast,
      @Schema(description = "of a request that waits for nothing")
          @Nullable ScalingInterval serviceSeconds,
      @Schema(description = "core seconds of one request") @Nullable ScalingInterval cpuPerRequest,
      @Schema(description = "by which CPU follows the load") @Nullable Integer metricLagSeconds,
      @Schema(description = "which latency the curve is of; null without a curve")
          @Nullable String curveOf,
      @Schema(description = "latency by load of a replica, fitted") List<ScalingKneePoint> curve,
      @Schema(description = "mean latency by load of a replica, as it was seen")
          List<ScalingKneePoint> points,
      @Schema(description = "what could not be told, and what would help")
          List<ScalingCalibrationGap> gaps) {}

  @Schema(description = "a value and between what it lies at 95 % confidence")
  record ScalingInterval(double low, double value, double high) {}

  record ScalingKneePoint(
      @Schema(description = "requests a second of one replica") double load, double seconds) {}

  record ScalingCalibrationGap(
      @Schema(example = "KneeNotSeen") String gap,
      @Schema(example = "HIGHER_LOAD_PER_REPLICA") String remedy,
      @Schema(description = "with its numbers, in technical words") String detail) {}

  @Schema(description = "what was replayed in")
  record ScalingPlant(
      @Schema(description = "requests a second that one replica serves") double capacity,
      int startSeconds,
      @Schema(description = "after that, until a new replica serves as much as others")
          int warmSeconds,
      @Schema(description = "of what a request costs on a new replica at first, beside the usual")
          double warmExcess,
      @Schema(description = "of a request that waits for nothing") double serviceSeconds,
      @Schema(description = "a request that waits longer is hurt") double hurtSeconds,
      @Schema(description = "replicas that what they call bears; null where that is not known")
          @Nullable Integer downstreamReplicas) {}

  record ScalingComparedPolicy(
      PolicyStudy.Kind kind,
      @Schema(description = "in technical words", example = "cpu 80%, down 300s") String name,
      ScalingEffectShown effect,
      @Schema(description = "asked for, at the end of each step of the load")
          List<Integer> replicas,
      @Schema(description = "that served, at the end of each step") List<Integer> ready) {}

  record ScalingLoad(
      Instant from,
      int stepSeconds,
      @Schema(description = "requests a second; null where they were not seen")
          List<@Nullable Double> perSecond) {}

  record ScalingEffectShown(
      @Schema(description = "share of the requests that waited too long, 0 to 1") double hurtShare,
      double requests,
      double violationSeconds,
      @Schema(description = "in which more than 5 % of the requests were hurt")
          double minutesViolated,
      double podHours,
      @Schema(description = "pod-hours by those of replicas that are always busy") double cost,
      int rescales,
      @Schema(description = "changes against the direction of the one before") int flaps,
      double minutesAtMax,
      @Schema(description = "with fewer replicas than the load needed") double minutesShort,
      @Schema(description = "share of the requests of the worst minute that were hurt")
          double worstMinuteShare,
      double timeToCapacityP95Seconds,
      double hours,
      @Schema(description = "with more replicas than what they call bears")
          double minutesOverloading) {}
}
