package io.bridgewatch.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.bridgewatch.scale.PolicyShape.Trigger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is settled before a policy is learned: its guard, its reserve and its limits. */
class PolicyRulesTest {

  /** Its CPU request is a fifth of what it uses when it is at its capacity. */
  private static final PlantSettings BURSTING = withCpu(new CpuDemand(20, 0.25));

  private final LoadTrace load = Loads.days(2, 5);

  private static PlantSettings withCpu(CpuDemand cpu) {
    return new PlantSettings(
        100, cpu, 60, 15, 15, 15, 0.5, 10, 0.1, 0, Warming.NONE, PlantSettings.ANY);
  }

  private static LearnedPolicy learned(LoadTrace load, PlantSettings plant, PolicyRules rules) {
    var points = List.of(new OperatingPoint(1, 0, 0.6, 0));
    var settings =
        new PolicyLearner.Settings(2, points, 2, 1e-4, 0.5, rules, List.of(), Optional.empty());
    return PolicyLearner.of(load, plant, settings).atMost(0);
  }

  @Test
  void theGuardAsksForReplicasWhereOneIsAtItsCapacityWhateverItRequests() {
    LearnedPolicy policy = learned(load, BURSTING, PolicyRules.upTo(60));
    assertThat(policy.hpa().metrics().getFirst())
        .isEqualTo(new HpaMetric.Resource("cpu", new HpaTarget.Utilization(525)));
    LearnedPolicy whole = learned(load, PlantSettings.standard(100, 60), PolicyRules.upTo(60));
    assertThat(whole.hpa().metrics().getFirst())
        .isEqualTo(new HpaMetric.Resource("cpu", new HpaTarget.Utilization(100)));
    assertThat(policy.expected().whole().podHours())
        .as("it costs what it would if it requested all that it uses, but for rounding")
        .isCloseTo(whole.expected().whole().podHours(), withinPercentage(0.2));
  }

  @Test
  void eachGuardIsCompiledToWhatItsReplayDecides() {
    var metrics = new ArrayList<List<String>>();
    for (Trigger guard : Trigger.values()) {
      var rules = new PolicyRules(guard, new Reserve.OneReplica(), 3, 60);
      LearnedPolicy policy = learned(load, BURSTING, rules);
      metrics.add(policy.hpa().metrics().stream().map(HpaMetric::displayName).toList());
      assertThat(policy.hpa().minReplicas()).isEqualTo(3);
      var quick = policy.replay(load, 1000);
      var compiled = policy.replayCompiled(load, 1000);
      var looks = new ArrayList<Integer>();
      Backtest.run(
          load.slice(1000, load.steps()),
          BURSTING,
          new ReplayPolicy() {
            @Override
            public int replicas(View view) {
              int wanted = quick.replicas(view);
              looks.add(wanted - compiled.replicas(view));
              return wanted;
            }

            @Override
            public int maxReplicas() {
              return quick.maxReplicas();
            }
          },
          10);
      assertThat(looks).as(guard.name()).hasSizeGreaterThan(1000).containsOnly(0);
    }
    assertThat(metrics)
        .containsExactly(
            List.of(
                "cpu resource utilization (percentage of request)",
                "external metric bridgewatch-replicas-needed"),
            List.of(
                "external metric bridgewatch-requests-per-second",
                "external metric bridgewatch-replicas-needed"),
            List.of(
                "external metric bridgewatch-requests-in-flight",
                "external metric bridgewatch-replicas-needed"),
            List.of("external metric bridgewatch-replicas-needed"));
  }

  @Test
  void theLiveMetricIsToldWhereNobodyKnowsHowManyServe() {
    LearnedPolicy policy = learned(load, BURSTING, PolicyRules.upTo(60));
    var known = new LearnedPolicy.Live(1000, 100, 60);
    var unknown = new LearnedPolicy.Live(1000, 100, Double.NaN);
    double replicas = policy.needed(load, known, load.end()).orElseThrow();
    assertThat(replicas).isGreaterThan(5);
    assertThat(policy.needed(load, unknown, load.end()).orElseThrow())
        .isCloseTo(replicas, withinPercentage(0.001));
  }

  @Test
  void aReserveLeavesEnoughAfterItsLoss() {
    for (int zones = 2; zones < 6; zones++) {
      var reserve = new Reserve.OneZone(zones);
      for (double needed = 0.1; needed < 40; needed += 0.7) {
        int kept = (int) Math.ceil(reserve.with(needed));
        assertThat(kept - Math.ceilDiv(kept, zones))
            .isGreaterThanOrEqualTo((int) Math.ceil(needed));
      }
    }
    assertThat(new Reserve.OneReplica().with(2.5)).isEqualTo(3.5);
    assertThatThrownBy(() -> new Reserve.OneZone(1)).hasMessageContaining("at least 2");
  }

  @Test
  void aReserveIsPaidForAndSpares() {
    PlantSettings plant = PlantSettings.standard(100, 60);
    ScalingEffect none = learned(load, plant, PolicyRules.upTo(60)).expected().whole();
    var one = new PolicyRules(Trigger.CPU, new Reserve.OneReplica(), 1, 60);
    ScalingEffect kept = learned(load, plant, one).expected().whole();
    double hours = none.seconds() / 3600;
    assertThat(kept.podHours() - none.podHours()).isBetween(0.8 * hours, 1.05 * hours);
    assertThat(kept.hurtShare()).isLessThanOrEqualTo(none.hurtShare());
  }

  @Test
  void rulesAreKeptWithTheirPolicyAndOlderDocumentsHaveTheUsualOnes() {
    for (Reserve reserve :
        List.of(new Reserve.None(), new Reserve.OneReplica(), new Reserve.OneZone(3))) {
      var rules = new PolicyRules(Trigger.CONCURRENCY, reserve, 2, 40);
      var document =
          new LinkedHashMap<>(LearnedPolicyDocument.write(learned(load, BURSTING, rules)));
      LearnedPolicy again = LearnedPolicyDocument.read(document);
      assertThat(again.rules()).isEqualTo(rules);
      assertThat(again.plant()).isEqualTo(BURSTING);
      document.put("guard", "LUCK");
      assertThatThrownBy(() -> LearnedPolicyDocument.read(document))
          .hasMessageContaining("guard is LUCK, wanted one of [CONCURRENCY, CPU, NONE, REQUESTS]");
      for (String later : List.of("guard", "reserve", "zones", "minReplicas")) {
        document.remove(later);
      }
      assertThat(LearnedPolicyDocument.read(document).rules()).isEqualTo(PolicyRules.upTo(40));
    }
  }

  @Test
  void whatIsInForceIsReplayedByWhatItsPodsRequest() {
    var spec =
        new HpaSpec(
            1,
            60,
            List.of(new HpaMetric.Resource("cpu", new HpaTarget.Utilization(80))),
            Optional.empty());
    ScalingEffect greedy = Backtest.run(load, BURSTING, new ManifestReplay(spec, BURSTING), 10);
    PlantSettings modest = withCpu(new CpuDemand(100, 0));
    ScalingEffect plain = Backtest.run(load, modest, new ManifestReplay(spec, modest), 10);
    assertThat(greedy.podHours())
        .as("80 %% of a small request is little work")
        .isGreaterThan(4 * plain.podHours());
  }
}
