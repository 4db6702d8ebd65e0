package io.bridgewatch.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bridgewatch.scale.PolicyShape.Trigger;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ManifestReplayTest {

  private static final PlantSettings PLANT = PlantSettings.standard(100, 60);

  private static HpaSpec spec(HpaMetric metric) {
    return new HpaSpec(1, 200, List.of(metric), Optional.empty());
  }

  private static ScalingEffect run(ReplayPolicy policy) {
    LoadTrace load = Loads.days(1, 12);
    return Backtest.run(load, PLANT, policy, Backtest.enough(load, PLANT));
  }

  @Test
  void aManifestOnCpuDoesWhatTheQuickReplayDoes() {
    for (int target : new int[] {50, 80}) {
      var manifest = spec(new HpaMetric.Resource("cpu", new HpaTarget.Utilization(target)));
      assertThat(run(new ManifestReplay(manifest, PLANT)))
          .isEqualTo(run(new HpaReplay(PolicyShape.cpu(target, 200), PLANT, Optional.empty())));
    }
  }

  @Test
  void metricsByNameAreWhatTheySay() {
    var requests =
        new HpaMetric.Pods("http_requests_per_second", new HpaTarget.AverageValue(50_000));
    var rps = new HpaMetric.External("shop-rps", new HpaTarget.AverageValue(50_000));
    var concurrency =
        new HpaMetric.Object("in_flight", "Service", new HpaTarget.AverageValue(5_000));
    for (HpaMetric metric : List.of(requests, rps, concurrency)) {
      ScalingEffect effect = run(new ManifestReplay(spec(metric), PLANT));
      assertThat(effect.cost()).as(metric.displayName()).isBetween(1.7, 2.6);
    }
    assertThatThrownBy(
            () ->
                new ManifestReplay(
                    spec(new HpaMetric.Resource("memory", new HpaTarget.Utilization(50))), PLANT))
        .hasMessageContaining("only cpu follows from a load");
    assertThatThrownBy(
            () ->
                new ManifestReplay(
                    spec(new HpaMetric.External("sales", new HpaTarget.Value(50))), PLANT))
        .hasMessageContaining("cannot replay a load for metric sales");
  }

  @Test
  void noOneOnTheFrontIsBeatenAndEveryOtherIs() {
    LoadTrace load = Loads.days(1, 3);
    List<PolicyShape> thousand = PolicySweep.thousand(500);
    assertThat(thousand).hasSize(1000).doesNotHaveDuplicates();
    List<PolicySweep.Tried> tried =
        thousand.stream()
            .filter(shape -> shape.trigger() == Trigger.REQUESTS && shape.target() % 10 == 0)
            .map(shape -> PolicySweep.run(load, PLANT, shape, 60))
            .toList();
    List<PolicySweep.Tried> front = PolicySweep.front(tried);
    assertThat(front).isNotEmpty();
    for (PolicySweep.Tried one : tried) {
      boolean beaten =
          tried.stream()
              .anyMatch(
                  other ->
                      other.effect().podSeconds() <= one.effect().podSeconds()
                          && other.effect().hurt() <= one.effect().hurt()
                          && (other.effect().podSeconds() < one.effect().podSeconds()
                              || other.effect().hurt() < one.effect().hurt()));
      boolean onFront =
          front.stream()
              .anyMatch(
                  other ->
                      other.effect().podSeconds() == one.effect().podSeconds()
                          && other.effect().hurt() == one.effect().hurt());
      assertThat(onFront).as(one.shape().displayName()).isEqualTo(!beaten);
    }
  }
}
