package io.bridgewatch.scale;

import io.bridgewatch.scale.MetricReading.PodSample;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Which pods count for a metric, and why the others do not.
 *
 * @param counted with a sample that is to be believed
 * @param missing without a sample
 */
record PodGroups(
    List<HpaPod> counted,
    List<HpaPod> unready,
    List<HpaPod> missing,
    List<HpaDecision.LeftOut> leftOut) {

  /**
   * @param cpu whether the metric is CPU, which is not believed of pods that have just started
   */
  static PodGroups of(
      List<HpaPod> pods,
      Map<String, PodSample> samples,
      boolean cpu,
      Instant now,
      HpaSettings settings) {
    var counted = new ArrayList<HpaPod>();
    var unready = new ArrayList<HpaPod>();
    var missing = new ArrayList<HpaPod>();
    var leftOut = new ArrayList<HpaDecision.LeftOut>();
    for (HpaPod pod : pods) {
      PodSample sample = samples.get(pod.name());
      if (pod.deleted()) {
        leftOut.add(new HpaDecision.LeftOut(pod.name(), HpaDecision.Why.DELETED));
      } else if (pod.phase() == HpaPod.Phase.FAILED) {
        leftOut.add(new HpaDecision.LeftOut(pod.name(), HpaDecision.Why.FAILED));
      } else if (pod.phase() == HpaPod.Phase.PENDING) {
        unready.add(pod);
        leftOut.add(new HpaDecision.LeftOut(pod.name(), HpaDecision.Why.PENDING));
      } else if (sample == null) {
        missing.add(pod);
        leftOut.add(new HpaDecision.LeftOut(pod.name(), HpaDecision.Why.NO_SAMPLE));
      } else if (cpu && isUnready(pod, sample, now, settings)) {
        unready.add(pod);
        leftOut.add(new HpaDecision.LeftOut(pod.name(), HpaDecision.Why.UNREADY));
      } else {
        counted.add(pod);
      }
    }
    return new PodGroups(counted, unready, missing, leftOut);
  }

  private static boolean isUnready(
      HpaPod pod, PodSample sample, Instant now, HpaSettings settings) {
    if (pod.ready().isEmpty() || pod.startTime().isEmpty()) {
      return true;
    }
    boolean saysUnready = pod.ready().get() == HpaPod.Ready.FALSE;
    Instant start = pod.startTime().get();
    Instant transition = pod.readyTransition().orElse(Instant.MIN);
    if (start.plus(settings.cpuInitialization()).isAfter(now)) {
      return saysUnready
          || (pod.readyTransition().isPresent()
              && sample.time().isBefore(transition.plus(sample.window())));
    }
    return saysUnready && start.plus(settings.initialReadinessDelay()).isAfter(transition);
  }
}
