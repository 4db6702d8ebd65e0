package io.bridgewatch.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bridgewatch.scale.PolicyShape.Trigger;
import java.util.List;
import java.util.Map;
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
  void aMetricOfOursIsReplayedAsItWasToldAndHoldsWhereItWasNot() {
    var ours = spec(new HpaMetric.External("ours", new HpaTarget.AverageValue(1000)));
    double[] told = {3, Double.NaN, 8};
    var replay = ManifestReplay.asTold(ours, PLANT, Map.of("ours", told), 60, 0);
    assertThat(replay.replicas(at(0, 2))).isEqualTo(3);
    assertThat(replay.replicas(at(75, 3))).as("nothing was told").isEqualTo(3);
    assertThat(replay.replicas(at(120, 3))).as("at most double").isEqualTo(6);
    assertThat(replay.replicas(at(180, 6))).as("beyond the history").isEqualTo(6);
    assertThat(ManifestReplay.asTold(ours, PLANT, Map.of("ours", told), 60, 2).replicas(at(0, 6)))
        .as("a replay that begins later")
        .isEqualTo(8);
    assertThatThrownBy(() -> ManifestReplay.asTold(ours, PLANT, Map.of(), 60, 0))
        .hasMessageContaining("metric ours");
  }

  private static ReplayPolicy.View at(int second, int replicas) {
    return new ReplayPolicy.View() {
      @Override
      public int now() {
        return second;
      }

      @Override
      public int replicas() {
        return replicas;
      }

      @Override
      public int ready() {
        return replicas;
      }

      @Override
      public double arrivals() {
        return 0;
      }

      @Override
      public double busy() {
        return 0;
      }

      @Override
      public double inFlight() {
        return 0;
      }

      @Override
      public int readyWhenMeasured() {
        return replicas;
      }
    };
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
