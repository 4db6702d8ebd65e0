package io.bridgewatch.hub;

import io.bridgewatch.hub.ScalingLearningApi.ScalingInterval;
import io.bridgewatch.hub.ScalingLearningApi.ScalingOperatingLoad;
import io.bridgewatch.hub.ScalingLearningApi.ScalingTrigger;
import io.bridgewatch.hub.ScalingLearningApi.ScalingTriggerPoint;
import io.bridgewatch.hub.ScalingLearningApi.ScalingTriggers;
import io.bridgewatch.scale.plant.CalibratedPlant;
import io.bridgewatch.scale.plant.Interval;
import io.bridgewatch.scale.plant.WorkloadHistory;
import io.bridgewatch.scale.trigger.OperatingLoad;
import io.bridgewatch.scale.trigger.ReplicaRange;
import io.bridgewatch.scale.trigger.Screening;
import io.bridgewatch.scale.trigger.TriggerEvidence;
import io.bridgewatch.scale.trigger.TriggerRefusal;
import io.bridgewatch.scale.trigger.TriggerScreening;
import io.bridgewatch.scale.trigger.TriggerVerdict;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Screens the metrics of a history, and makes documents of what came of it. */
final class ScalingTriggerForms {
  private ScalingTriggerForms() {}

  static Screening screening(WorkloadHistory history, CalibratedPlant plant, OptionalInt zones) {
    return TriggerScreening.of(history, plant, TriggerScreening.Settings.standard(zones));
  }

  static ScalingTriggers form(Screening screening) {
    Optional<ReplicaRange> range = screening.replicas();
    return new ScalingTriggers(
        screening.operating().map(ScalingTriggerForms::operating).orElse(null),
        screening.verdicts().stream().map(ScalingTriggerForms::trigger).toList(),
        range.map(ReplicaRange::minReplicas).orElse(null),
        range.map(ReplicaRange::maxReplicas).orElse(null),
        range.map(ReplicaRange::downWindowSeconds).orElse(null));
  }

  private static ScalingOperatingLoad operating(OperatingLoad load) {
    return new ScalingOperatingLoad(
        load.perReplica(), load.kneeLoad(), load.basis(), load.rise(), load.loss(), load.lossOf());
  }

  private static ScalingTrigger trigger(TriggerVerdict verdict) {
    return switch (verdict) {
      case TriggerVerdict.Accepted one ->
          trigger(
              one,
              one.rank(),
              one.threshold().map(TriggerVerdict.Threshold::perReplica).orElse(null),
              one.threshold()
                  .map(TriggerVerdict.Threshold::utilizationPercent)
                  .filter(OptionalInt::isPresent)
                  .map(OptionalInt::getAsInt)
                  .orElse(null),
              null);
      case TriggerVerdict.Refused one -> trigger(one, null, null, null, one.reason());
    };
  }

  private static ScalingTrigger trigger(
      TriggerVerdict verdict,
      @Nullable Integer rank,
      @Nullable Double threshold,
      @Nullable Integer utilizationPercent,
      @Nullable TriggerRefusal refusal) {
    TriggerEvidence evidence = verdict.evidence();
    return new ScalingTrigger(
        verdict.metric(),
        rank,
        threshold,
        utilizationPercent,
        refusal == null ? null : refusal.getClass().getSimpleName(),
        refusal == null ? "" : detail(refusal),
        evidence.completeness(),
        evidence.relief().map(ScalingTriggerForms::interval).orElse(null),
        number(evidence.correlation()),
        number(evidence.leadSeconds()),
        evidence.plot().points().stream()
            .map(point -> new ScalingTriggerPoint(point.replicas(), point.value(), point.steps()))
            .toList());
  }

  private static String detail(TriggerRefusal refusal) {
    return switch (refusal) {
      case TriggerRefusal.NotMeasured _ -> "";
      case TriggerRefusal.TooSparse one ->
          text(
              "seen in %.0f %% of the steps, wanted %.0f %%",
              100 * one.share(), 100 * one.wanted());
      case TriggerRefusal.NotSeenUnderChange one ->
          "%d changes of the replicas could be compared, wanted %d"
              .formatted(one.changes(), one.wanted());
      case TriggerRefusal.DoesNotFollowLoad one ->
          text("correlation %.2f, wanted %.2f", one.correlation(), one.wanted());
      case TriggerRefusal.DoesNotFall one ->
          text(
              "relief %.2f (%.2f to %.2f), wanted %.2f",
              one.relief().value(), one.relief().low(), one.relief().high(), one.wanted());
      case TriggerRefusal.Saturates one ->
          text(
              "ends at %.3g from %.3g/s on, the knee is at %.3g/s",
              one.value(), one.fromLoad(), one.kneeLoad());
      case TriggerRefusal.TooLate one ->
          text(
              "rises %.1f times its noise at %.3g/s, wanted %.1f",
              one.rise(), one.load(), one.wanted());
    };
  }

  private static String text(String format, Object... numbers) {
    return String.format(Locale.ROOT, format, numbers);
  }

  private static ScalingInterval interval(Interval interval) {
    return new ScalingInterval(interval.low(), interval.value(), interval.high());
  }

  private static @Nullable Double number(OptionalDouble number) {
    return number.isPresent() ? number.getAsDouble() : null;
  }
}
