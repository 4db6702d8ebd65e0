package io.bridgewatch.scale;

import static org.assertj.core.api.Assertions.assertThat;

import io.bridgewatch.model.KubernetesObject;
import io.bridgewatch.scale.Readiness.Completeness;
import io.bridgewatch.scale.Readiness.Criterion;
import io.bridgewatch.scale.ReadinessGap.Downstream;
import io.bridgewatch.scale.ReadinessGap.ProbeMeaningless;
import io.bridgewatch.scale.ReadinessGap.ProbeMeaningless.Flaw;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReadinessTest {

  private static final StartTimes SEEN =
      new StartTimes(
          5,
          0,
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.of(new StartTimes.Phase(5, 40, 60, 70)));
  private static final Completeness FULL = new Completeness("cpu", 1000, 995);
  private static final ClusterRoom ROOM =
      new ClusterRoom(4, 20, 3, Optional.of(new ClusterRoom.Quota("all", "requests.cpu", 10)));

  private static Readiness.Subject subject(KubernetesObject workload) {
    return new Readiness.Subject(
        workload, List.of(FULL), SEEN, List.of(), List.of(), ROOM, OptionalInt.of(12), List.of());
  }

  private static List<ReadinessGap> gapsOf(String container, String more) {
    return Readiness.of(subject(Workloads.deployment("cart", container, more))).gaps();
  }

  private static String probed(String probe) {
    return Workloads.CONTAINER.replaceFirst(
        "\"readinessProbe\".*\n", "\"readinessProbe\": " + probe + ",\n");
  }

  @Test
  void weightsAddUpToAHundredAndAWorkloadThatLacksNothingHasThemAll() {
    assertThat(Arrays.stream(Criterion.values()).mapToInt(Criterion::weight).sum()).isEqualTo(100);
    var readiness = Readiness.of(subject(Workloads.ready()));
    assertThat(readiness.gaps()).isEmpty();
    assertThat(readiness.score()).isEqualTo(100);
    assertThat(readiness.missingFor(ScalingMode.AUTO)).isEmpty();
  }

  @Test
  void aBareContainerLacksRequestsProbeAndShutdown() {
    var readiness =
        Readiness.of(
            subject(
                Workloads.deployment(
                    "cart",
                    "{\"name\": \"app\", \"resources\": {\"limits\": {\"cpu\": \"1\"}}}",
                    "")));
    assertThat(readiness.gaps())
        .containsExactly(
            new ReadinessGap.RequestMissing("app", "memory"),
            new ReadinessGap.ProbeMissing("app"),
            new ReadinessGap.PreStopMissing("app"));
    assertThat(readiness.score()).isEqualTo(60);
    assertThat(readiness.missingFor(ScalingMode.SHADOW)).containsExactly(Criterion.REQUESTS);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"tcpSocket\": {\"port\": 8080}} | ONLY_CONNECTS",
        "{\"exec\": {\"command\": [\"/bin/true\"]}} | ALWAYS_SUCCEEDS",
        "{\"exec\": {\"command\": [\"sh\", \"-c\", \"exit 0\"]}} | ALWAYS_SUCCEEDS",
        "{\"httpGet\": {\"path\": \"/live\", \"port\": 8080}} | SAME_AS_LIVENESS",
        "{\"httpGet\": {\"path\": \"/r\", \"port\": 1}, \"periodSeconds\": 31,"
            + " \"failureThreshold\": 2} | NOTICES_LATE"
      })
  void aProbeThatTellsNothingIsAGap(String probe, Flaw flaw) {
    assertThat(gapsOf(probed(probe), ""))
        .singleElement()
        .isInstanceOfSatisfying(
            ProbeMeaningless.class, gap -> assertThat(gap.flaw()).isEqualTo(flaw));
  }

  @Test
  void aProbeThatRunsARealCommandIsNone() {
    assertThat(gapsOf(probed("{\"exec\": {\"command\": [\"pg_isready\"]}}"), "")).isEmpty();
  }

  @Test
  void aGracePeriodMustOutlastTheHook() {
    assertThat(gapsOf(Workloads.CONTAINER, ", \"terminationGracePeriodSeconds\": 12"))
        .containsExactly(new ReadinessGap.GraceTooShort(12, 15));
    assertThat(gapsOf(Workloads.CONTAINER, ", \"terminationGracePeriodSeconds\": 15")).isEmpty();
    String native30 =
        Workloads.CONTAINER.replaceFirst(
            "\"preStop\".*", "\"preStop\": {\"sleep\": {\"seconds\": 30}}}}");
    assertThat(gapsOf(native30, "")).containsExactly(new ReadinessGap.GraceTooShort(30, 35));
  }

  @Test
  void whatIsMeasuredIsHeldToItsLimits() {
    var gaps =
        Readiness.of(
                new Readiness.Subject(
                    Workloads.ready(),
                    List.of(FULL, new Completeness("requests", 1000, 989)),
                    new StartTimes(
                        17,
                        2,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()),
                    List.of(
                        new Downstream("db", OptionalDouble.of(200), OptionalDouble.of(20)),
                        new Downstream("mq", OptionalDouble.of(500), OptionalDouble.of(1)),
                        new Downstream("core", OptionalDouble.empty(), OptionalDouble.of(8))),
                    List.of(
                        new ScalingConflict.ReplicasOwned(
                            "kubectl", ScalingConflict.Source.PERSON, false),
                        new ScalingConflict.SharedPods(
                            "web", new ScaleTarget("apps/v1", "Deployment", "shop", "web"))),
                    ROOM,
                    OptionalInt.of(25),
                    List.of()))
            .gaps();
    assertThat(gaps)
        .containsExactly(
            new ReadinessGap.MetricIncomplete("requests", 0.989, 11),
            new ReadinessGap.StartsFail(2, 19),
            new ReadinessGap.DownstreamTooSmall("db", 200, 20, 10, 25),
            new ReadinessGap.DownstreamUnknown("core"),
            new ReadinessGap.ScaledByOthers(
                new ScalingConflict.SharedPods(
                    "web", new ScaleTarget("apps/v1", "Deployment", "shop", "web"))),
            new ReadinessGap.NodesTooSmall(24, 25, 3),
            new ReadinessGap.QuotaTooSmall("all", "requests.cpu", 14, 25));
  }

  @Test
  void whatIsNotKnownIsAGapAndNotAPass() {
    var none =
        new StartTimes(
            2,
            0,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    var readiness =
        Readiness.of(
            new Readiness.Subject(
                Workloads.ready(),
                List.of(),
                none,
                List.of(),
                List.of(),
                ROOM,
                OptionalInt.empty(),
                List.of()));
    assertThat(readiness.gaps())
        .containsExactly(
            new ReadinessGap.MetricsMissing(),
            new ReadinessGap.StartUnknown(2, 3),
            new ReadinessGap.MaximumUnset(14));
    assertThat(readiness.missingFor(ScalingMode.APPROVE))
        .containsExactly(Criterion.METRICS, Criterion.ROOM);
  }

  @Test
  void aMetricThatAnAutoscalerWouldNotGetKeepsAPolicyFromBeingAppliedAndNotFromShadow() {
    var unserved =
        new UnservedMetric(
            LearnedPolicy.METRIC, MetricsApis.Group.EXTERNAL, UnservedMetric.Reason.NOBODY, "", "");
    var readiness =
        Readiness.of(
            new Readiness.Subject(
                Workloads.ready(),
                List.of(FULL),
                SEEN,
                List.of(),
                List.of(),
                ROOM,
                OptionalInt.of(12),
                List.of(unserved)));
    assertThat(readiness.gaps()).containsExactly(new ReadinessGap.MetricUnserved(unserved));
    assertThat(readiness.missingFor(ScalingMode.SHADOW)).isEmpty();
    assertThat(readiness.missingFor(ScalingMode.APPROVE)).containsExactly(Criterion.METRICS_SERVED);
  }
}
