package io.bridgewatch.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bridgewatch.model.KubernetesObject;
import io.bridgewatch.scale.ScalingVerdict.By;
import io.bridgewatch.scale.ScalingVerdict.Event;
import io.bridgewatch.scale.WorkloadRecording.Signal;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ScalingVerdictTest {

  private static final PlantSettings PLANT = PlantSettings.standard(100, 60);
  private static final Instant START = Instant.parse("2026-03-02T02:00:00Z");
  private static final int MINUTES = 90;
  private static final int AT = 45;

  /** A load that changes at a minute, and replicas that change at minute 45. */
  private static WorkloadRecording recording(
      double before, double after, int changes, int from, int to) {
    double[] requests = new double[MINUTES];
    double[] replicas = new double[MINUTES];
    Arrays.fill(requests, before);
    Arrays.fill(requests, changes, MINUTES, after);
    Arrays.fill(replicas, from);
    Arrays.fill(replicas, AT, MINUTES, to);
    return new WorkloadRecording(
        START, 60, MINUTES, Map.of(Signal.REQUESTS, requests, Signal.REPLICAS, replicas));
  }

  private static Event change(int minute, int from, int to, By by) {
    return new Event(START.plusSeconds(60L * minute), from, to, by, "somebody");
  }

  private static ScalingVerdict judged(WorkloadRecording recording, Event event, Event... others) {
    return ScalingVerdict.of(event, recording, PLANT, List.of(others)).orElseThrow();
  }

  @Test
  void aRaiseBeforeTheLoadCameIsGood() {
    var verdict = judged(recording(180, 380, 48, 2, 5), change(AT, 2, 5, By.AUTOSCALER));
    assertThat(verdict.needed()).isTrue();
    assertThat(verdict.inTime()).isTrue();
    assertThat(verdict.enough()).isTrue();
    assertThat(verdict.good()).isTrue();
    assertThat(verdict.without().hurt()).isGreaterThan(verdict.with().hurt());
    assertThat(verdict.with().hurt()).isZero();
  }

  @Test
  void aRaiseThatCameLateOrWasTooSmallSaysSo() {
    var late = judged(recording(180, 380, 44, 2, 5), change(AT, 2, 5, By.AUTOSCALER));
    assertThat(late.needed()).isTrue();
    assertThat(late.inTime()).isFalse();
    assertThat(late.enough()).isTrue();
    var small = judged(recording(180, 380, 48, 2, 3), change(AT, 2, 3, By.AUTOSCALER));
    assertThat(small.needed()).isTrue();
    assertThat(small.inTime()).isTrue();
    assertThat(small.enough()).isFalse();
    var idle = judged(recording(180, 180, 48, 2, 5), change(AT, 2, 5, By.AUTOSCALER));
    assertThat(idle.needed()).isFalse();
    assertThat(idle.good()).isFalse();
  }

  @Test
  void aLoweringIsGoodIfNobodyIsShortAndItLasts() {
    var good = judged(recording(180, 180, 48, 5, 2), change(AT, 5, 2, By.AUTOSCALER));
    assertThat(good.good()).isTrue();
    assertThat(good.without().podSeconds()).isGreaterThan(good.with().podSeconds());
    var tooFew = judged(recording(180, 380, 48, 5, 2), change(AT, 5, 2, By.AUTOSCALER));
    assertThat(tooFew.enough()).isFalse();
    var flap =
        judged(
            recording(180, 180, 48, 5, 2),
            change(AT, 5, 2, By.AUTOSCALER),
            change(AT + 5, 2, 5, By.AUTOSCALER));
    assertThat(flap.needed()).isFalse();
  }

  @Test
  void whatAPersonBringsBackIsReverted() {
    var recording = recording(180, 380, 48, 2, 5);
    var event = change(AT, 2, 5, By.AUTOSCALER);
    assertThat(judged(recording, event, change(AT + 5, 5, 3, By.PERSON)).reverted()).isTrue();
    assertThat(judged(recording, event, change(AT + 5, 5, 4, By.PERSON)).reverted()).isFalse();
    assertThat(judged(recording, event, change(AT + 5, 5, 2, By.AUTOSCALER)).reverted()).isFalse();
    assertThat(judged(recording, event, change(AT + 40, 5, 2, By.PERSON)).reverted()).isFalse();
  }

  @Test
  void whatWasNotSeenIsNotJudged() {
    var event = change(AT, 2, 5, By.AUTOSCALER);
    var recording = recording(180, 380, 48, 2, 5);
    assertThat(ScalingVerdict.of(event, recording.slice(0, AT + 10), PLANT, List.of())).isEmpty();
    assertThat(ScalingVerdict.of(event, recording.slice(AT - 5, MINUTES), PLANT, List.of()))
        .isEmpty();
    double[] gaps = recording.of(Signal.REQUESTS);
    Arrays.fill(gaps, AT, AT + 15, Double.NaN);
    var torn =
        new WorkloadRecording(
            START,
            60,
            MINUTES,
            Map.of(Signal.REQUESTS, gaps, Signal.REPLICAS, recording.of(Signal.REPLICAS)));
    assertThat(ScalingVerdict.of(event, torn, PLANT, List.of())).isEmpty();
    assertThatThrownBy(() -> change(AT, 2, 2, By.PERSON)).hasMessageContaining("was 2 to 2");
  }

  @Test
  void podsAreReadAsAnAutoscalerLooksAtThem() {
    var pod =
        HpaPods.of(
            KubernetesObject.of(
                Map.of(
                    "metadata",
                    Map.of("name", "cart-1"),
                    "spec",
                    Map.of(
                        "containers",
                        List.of(
                            Map.of(
                                "name",
                                "app",
                                "resources",
                                Map.of("requests", Map.of("cpu", "500m"))))),
                    "status",
                    Map.of(
                        "phase",
                        "Running",
                        "startTime",
                        "2026-03-02T02:00:00Z",
                        "conditions",
                        List.of(
                            Map.of(
                                "type",
                                "Ready",
                                "status",
                                "True",
                                "lastTransitionTime",
                                "2026-03-02T02:01:00Z"))))));
    assertThat(pod.phase()).isEqualTo(HpaPod.Phase.RUNNING);
    assertThat(pod.ready()).contains(HpaPod.Ready.TRUE);
    assertThat(pod.readyTransition()).contains(START.plusSeconds(60));
    assertThat(pod.startTime()).contains(START);
    assertThat(pod.deleted()).isFalse();
    assertThat(pod.requests()).isEqualTo(Map.of("app", Map.of("cpu", 500L)));
  }
}
