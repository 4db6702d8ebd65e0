package io.bridgewatch.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class PolicyLearnerTest {

  private static final PlantSettings PLANT = PlantSettings.standard(100, 60);
  private static final List<OperatingPoint> POINTS =
      List.of(
          new OperatingPoint(0, 0, 0.3, 0),
          new OperatingPoint(1, 0, 0.6, 0),
          new OperatingPoint(2, 0, 0.6, 120),
          new OperatingPoint(3, 0.1, 1.2, 120),
          new OperatingPoint(6, 0.2, 1.2, 300),
          new OperatingPoint(0, 0.65, 0.65, 300));
  private static final PolicyLearner.Settings SETTINGS =
      new PolicyLearner.Settings(
          3, POINTS, 2, 1e-4, 0.5, PolicyRules.upTo(1000), List.of(), Optional.empty());

  private final LoadTrace load = Loads.days(8, 17);
  private final int half = load.steps() / 2;
  private final PolicyLearner learner = PolicyLearner.of(load.slice(0, half), PLANT, SETTINGS);

  private Supplier<ReplayPolicy> cpu(int target) {
    return () -> HpaReplay.of(PolicyShape.cpu(target, 1000), PLANT, load);
  }

  private ScalingEffect judged(ReplayPolicy policy) {
    LoadTrace rest = load.slice(half, load.steps());
    return Backtest.run(rest, PLANT, policy, Backtest.enough(rest, PLANT), 120);
  }

  @Test
  void aLearnedPolicyHurtsFewerAndCostsLessWhereTheLoadHasRhythm() {
    for (int target : new int[] {70, 80}) {
      LearnedPolicy learned = learner.against(learner.effectOf(cpu(target)));
      ScalingEffect ours = judged(learned.replay(load, half));
      ScalingEffect theirs = judged(cpu(target).get());
      assertThat(ours.hurt()).as("cpu %d", target).isLessThan(theirs.hurt());
      assertThat(ours.podSeconds()).as("cpu %d", target).isLessThan(theirs.podSeconds());
    }
  }

  @Test
  void thePolicyWithinACostHurtsTheFewestOfThoseThatCostNoMore() {
    FoldedEffect inForce = learner.effectOf(cpu(80));
    double most = 1.1 * inForce.cost();
    LearnedPolicy learned = learner.within(inForce, 1.1);
    assertThat(learned.expected().cost()).isLessThanOrEqualTo(most);
    assertThat(learner.candidates())
        .filteredOn(candidate -> candidate.effect().cost() <= most)
        .allSatisfy(
            candidate ->
                assertThat(candidate.effect().hurtShare())
                    .isGreaterThanOrEqualTo(learned.expected().hurtShare()));
    double cheapest =
        learner.candidates().stream().mapToDouble(one -> one.effect().cost()).min().orElseThrow();
    assertThat(learner.within(inForce, 0.01).expected().cost()).isEqualTo(cheapest);
  }

  @Test
  void whatComesAfterAStepNeverChangesWhatIsDecidedUpToIt() {
    LearnedPolicy learned = learner.against(learner.effectOf(cpu(70)));
    double[] rates = load.perSecond();
    var random = new SplittableRandom(5);
    int changed = half + 700;
    for (int step = changed; step < rates.length; step++) {
      rates[step] = 5000 * random.nextDouble();
    }
    var other = new LoadTrace(load.start(), load.stepSeconds(), rates);
    ScalingEffect before =
        Backtest.run(load.slice(half, changed), PLANT, learned.replay(load, half), 10);
    assertThat(Backtest.run(other.slice(half, changed), PLANT, learned.replay(other, half), 10))
        .isEqualTo(before);
  }

  @Test
  void theSameHistoryGivesTheSamePolicy() {
    PolicyLearner again = PolicyLearner.of(load.slice(0, half), PLANT, SETTINGS);
    assertThat(again.candidates()).isEqualTo(learner.candidates());
    assertThat(again.atMost(0.01).points()).isEqualTo(learner.atMost(0.01).points());
    assertThat(judged(again.atMost(0.01).replay(load, half)))
        .isEqualTo(judged(learner.atMost(0.01).replay(load, half)));
  }

  @Test
  void aShareIsKeptInTheHistoryWithAMarginOrHurtsTheFewest() {
    LearnedPolicy some = learner.atMost(0.05);
    assertThat(some.expected().hurtShare()).isLessThanOrEqualTo(0.025);
    LearnedPolicy none = learner.atMost(0);
    assertThat(none.expected().hurtShare())
        .isEqualTo(
            learner.candidates().stream()
                .mapToDouble(candidate -> candidate.effect().hurtShare())
                .min()
                .orElseThrow());
  }

  @Test
  void onePolicyForAllHasTheLargestSmallestLead() {
    List<FoldedEffect> inForce =
        List.of(learner.effectOf(cpu(50)), learner.effectOf(cpu(70)), learner.effectOf(cpu(80)));
    double chosen = learner.lead(learner.against(inForce).expected(), inForce);
    for (PolicyLearner.Candidate candidate : learner.candidates()) {
      assertThat(learner.lead(candidate.effect(), inForce)).isLessThanOrEqualTo(chosen);
    }
  }

  @Test
  void aHistoryThatIsTooShortIsRefused() {
    assertThatThrownBy(() -> PolicyLearner.of(load.slice(0, 90), PLANT, SETTINGS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("give a longer history");
  }
}
