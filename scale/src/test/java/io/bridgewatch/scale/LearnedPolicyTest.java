package io.bridgewatch.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.bridgewatch.model.KubernetesObject;
import io.bridgewatch.scale.LearnedPolicy.Live;
import io.bridgewatch.scale.WorkloadRecording.Signal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** A learned policy as it is compiled, kept and asked for the replicas that are needed now. */
class LearnedPolicyTest {

  private static final PlantSettings PLANT = PlantSettings.standard(100, 60);
  private static final PolicyLearner.Settings SETTINGS =
      new PolicyLearner.Settings(
          2,
          List.of(
              new OperatingPoint(1, 0, 0.6, 0),
              new OperatingPoint(3, 0.1, Double.POSITIVE_INFINITY, 120)),
          2,
          1e-4,
          0.5,
          PolicyRules.upTo(60),
          List.of(),
          Optional.empty());

  private final LoadTrace load = Loads.days(3, 23);
  private final LearnedPolicy policy = PolicyLearner.of(load, PLANT, SETTINGS).atMost(0);

  @Test
  void theCompiledAutoscalerDecidesAsTheLearnedPolicyDoes() {
    int from = 2000;
    LoadTrace rest = load.slice(from, load.steps());
    var quick = policy.replay(load, from);
    var compiled = policy.replayCompiled(load, from);
    var looks = new ArrayList<List<Integer>>();
    Backtest.run(
        rest,
        PLANT,
        new ReplayPolicy() {
          @Override
          public int replicas(View view) {
            int wanted = quick.replicas(view);
            looks.add(List.of(view.now(), wanted, compiled.replicas(view)));
            return wanted;
          }

          @Override
          public int maxReplicas() {
            return quick.maxReplicas();
          }
        },
        10);
    assertThat(looks).hasSizeGreaterThan(4 * rest.steps() - 10);
    assertThat(looks).allSatisfy(look -> assertThat(look.get(2)).isEqualTo(look.get(1)));
    assertThat(looks.stream().map(look -> look.get(1)).distinct().count()).isGreaterThan(5);
  }

  @Test
  void whatIsWrittenAsAManifestIsReadAsTheSame() {
    var rules = HpaRules.of(policy.hpa(), Map.of("workload", "cart"));
    var spec = new LinkedHashMap<String, Object>();
    rules
        .tree()
        .forEach((field, value) -> spec.put(field, Optional.ofNullable(value).orElseThrow()));
    assertThat(HpaManifest.read(KubernetesObject.of(Map.of("spec", spec)))).isEqualTo(policy.hpa());
    assertThat(rules.tree().toString()).contains("selector={matchLabels={workload=cart}}");
    var odd =
        new HpaSpec(
            1,
            3,
            List.of(
                new HpaMetric.ContainerResource("cpu", "app", new HpaTarget.Utilization(65)),
                new HpaMetric.Pods("rps", new HpaTarget.AverageValue(1500)),
                new HpaMetric.Object("depth", "Queue", new HpaTarget.Value(7000)),
                new HpaMetric.Resource("memory", new HpaTarget.AverageValue(2_000))),
            Optional.empty());
    assertThat(
            HpaManifest.read(
                KubernetesObject.of(Map.of("spec", HpaRules.of(odd, Map.of()).tree()))))
        .isEqualTo(odd);
  }

  @Test
  void aPolicyThatIsKeptAndReadAgainDecidesTheSame() {
    for (LearnedPolicy one : List.of(policy, PolicyLearner.of(load, PLANT, SETTINGS).atMost(1))) {
      LearnedPolicy again = LearnedPolicyDocument.read(LearnedPolicyDocument.write(one));
      assertThat(again.points()).isEqualTo(one.points());
      assertThat(again.expected()).isEqualTo(one.expected());
      assertThat(again.hpa()).isEqualTo(one.hpa());
      LoadTrace rest = load.slice(3000, load.steps());
      assertThat(Backtest.run(rest, PLANT, again.replay(load, 3000), 10))
          .isEqualTo(Backtest.run(rest, PLANT, one.replay(load, 3000), 10));
    }
  }

  @Test
  void aDocumentThatCannotBeReadSaysWhere() {
    var later = new LinkedHashMap<>(LearnedPolicyDocument.write(policy));
    later.put("version", 2);
    assertThatThrownBy(() -> LearnedPolicyDocument.read(later)).hasMessageContaining("version 2");
    var torn = new LinkedHashMap<>(LearnedPolicyDocument.write(policy));
    torn.put("parts", List.of(Map.of("low", List.of(1.0))));
    assertThatThrownBy(() -> LearnedPolicyDocument.read(torn))
        .hasMessageContaining("parts[0].low is 1 numbers, wanted 21");
  }

  @Test
  void theLiveMetricIsThatOfTheReplayAsLongAsNobodyWaits() {
    var checked = new ArrayList<Double>();
    int from = 2880;
    var need = needOf(from);
    Backtest.run(
        load.slice(from, from + 300),
        PLANT,
        new ReplayPolicy() {
          @Override
          public int replicas(View view) {
            int seen = from + (view.now() - PLANT.lagSeconds() - 1) / 60;
            OptionalDouble live =
                policy.needed(
                    load.slice(0, seen + 1),
                    new Live(view.arrivals(), Double.NaN, view.ready()),
                    load.start().plusSeconds(60L * from + view.now() + 7));
            checked.add(live.orElseThrow() - need.at(view));
            return 60;
          }

          @Override
          public int maxReplicas() {
            return 60;
          }
        },
        60);
    assertThat(checked).hasSizeGreaterThan(1000);
    assertThat(checked).allSatisfy(gap -> assertThat(gap).isCloseTo(0.0, within(1e-9)));
  }

  private LearnedNeed needOf(int from) {
    return new LearnedNeed(
        policy.forecast(load),
        PointTable.of(policy.points().usual()),
        new LookAhead(60, PLANT),
        PLANT,
        60,
        policy.rules().reserve(),
        FloorTable.NONE,
        from);
  }

  /** Fifty replicas in the third hour of each day. */
  private record ThirdHour() implements ReplicaFloor {
    @Override
    public int at(Instant moment) {
      return moment.getEpochSecond() / 3600 % 24 == 2 ? 50 : 0;
    }

    @Override
    public String displayName() {
      return "third hour";
    }
  }

  @Test
  void aFloorRaisesTheLiveMetricAndStandsWhereTheLoadWasNotSeen() {
    LearnedPolicy kept = policy.keeping(new ThirdHour());
    Instant early = load.start().plusSeconds(86_400 + 2 * 3600 + 60);
    Instant later = early.plusSeconds(3600);
    var calm = new Live(100, Double.NaN, 10);
    assertThat(policy.needed(load, calm, early).orElseThrow()).isLessThan(50);
    assertThat(kept.needed(load, calm, early)).hasValue(50);
    assertThat(kept.needed(load, calm, later)).isEqualTo(policy.needed(load, calm, later));
    var blind = new Live(Double.NaN, Double.NaN, 10);
    assertThat(kept.needed(load, blind, early)).hasValue(50);
    assertThat(kept.needed(load, new Live(Double.NaN, Double.NaN, 50), early))
        .as("holds what is there")
        .isEmpty();
    assertThat(kept.needed(load, blind, later)).isEmpty();
  }

  @Test
  void aFloorHoldsInReplaysOfBothKinds() {
    LearnedPolicy kept = policy.keeping(new ThirdHour());
    for (ReplayPolicy replay : List.of(kept.replay(load, 2000), kept.replayCompiled(load, 2000))) {
      int[] fewest = {Integer.MAX_VALUE};
      Backtest.run(
          load.slice(2000, load.steps()),
          PLANT,
          new ReplayPolicy() {
            @Override
            public int replicas(View view) {
              int wanted = replay.replicas(view);
              if ((2000L * 60 + view.now()) / 3600 % 24 == 2) {
                fewest[0] = Math.min(fewest[0], wanted);
              }
              return wanted;
            }

            @Override
            public int maxReplicas() {
              return replay.maxReplicas();
            }
          },
          10);
      assertThat(fewest[0]).isEqualTo(50);
    }
  }

  @Test
  void requestsThatWaitAskForMore() {
    Instant now = load.end();
    double calm = policy.needed(load, new Live(1000, 100, 10), now).orElseThrow();
    double waiting = policy.needed(load, new Live(1000, 200_000, 10), now).orElseThrow();
    assertThat(waiting).isGreaterThan(calm).isGreaterThan(40);
  }

  @Test
  void whatWasNotSeenLatelyIsNothingAndNotZero() {
    var live = new Live(1000, Double.NaN, 10);
    assertThat(policy.needed(load, live, load.end())).isPresent();
    assertThat(policy.needed(load, live, load.end().plusSeconds(120))).as("too old").isEmpty();
    assertThat(policy.needed(load, new Live(Double.NaN, 3, 10), load.end())).isEmpty();
    double[] gap = load.perSecond();
    Arrays.fill(gap, gap.length - 2, gap.length, Double.NaN);
    assertThat(policy.needed(new LoadTrace(load.start(), 60, gap), live, load.end())).isEmpty();
    assertThatThrownBy(() -> policy.needed(new LoadTrace(load.start(), 30, gap), live, load.end()))
        .hasMessageContaining("steps of 30 s");
  }

  @Test
  void aStudyComparesAllOnTheSameStretches() {
    double[] recorded = new double[load.steps()];
    Arrays.fill(recorded, 20);
    recorded[100] = Double.NaN;
    var history =
        new WorkloadRecording(
            load.start(),
            60,
            load.steps(),
            Map.of(
                Signal.REQUESTS,
                load.perSecond(),
                Signal.REPLICAS,
                recorded,
                Signal.READY,
                recorded));
    var heard = new ArrayList<Double>();
    var spec =
        new HpaSpec(
            2,
            60,
            List.of(new HpaMetric.Resource("cpu", new HpaTarget.Utilization(70))),
            Optional.empty());
    var study =
        PolicyStudy.of(
            new PolicyStudy.Question(
                history,
                PLANT,
                SETTINGS,
                Optional.of(new PolicyStudy.Named("cart", _ -> new ManifestReplay(spec, PLANT))),
                OptionalDouble.empty()),
            heard::add);
    assertThat(study.rows().stream().map(PolicyStudy.Row::kind).distinct())
        .containsExactly(
            PolicyStudy.Kind.LEARNED,
            PolicyStudy.Kind.USUAL,
            PolicyStudy.Kind.IN_FORCE,
            PolicyStudy.Kind.RECORDED,
            PolicyStudy.Kind.STATIC,
            PolicyStudy.Kind.PERFECT);
    assertThat(study.rows())
        .allSatisfy(
            row -> {
              assertThat(row.effect().seconds())
                  .isEqualTo(study.rows().getFirst().effect().seconds());
              assertThat(row.course().replicas()).hasSize(study.load().steps());
            });
    var asItWas =
        study.rows().stream().filter(r -> r.kind() == PolicyStudy.Kind.RECORDED).findFirst();
    assertThat(
            asItWas.orElseThrow().effect().podSeconds() / asItWas.orElseThrow().effect().seconds())
        .isCloseTo(20, within(0.2));
    assertThat(heard).isSorted().last().isEqualTo(1.0);
    assertThatThrownBy(
            () ->
                PolicyLearner.of(
                    load,
                    PLANT,
                    SETTINGS,
                    _ -> {
                      throw new IllegalStateException("cancelled");
                    }))
        .hasMessage("cancelled");
  }
}
