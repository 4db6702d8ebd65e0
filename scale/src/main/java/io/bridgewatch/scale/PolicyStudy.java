package io.bridgewatch.scale;

import io.bridgewatch.scale.WorkloadRecording.Signal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.DoubleConsumer;
import java.util.function.IntFunction;

/**
 * What is learned from a workload's history, beside the usual policies, what is in force and what
 * really was, all in the same plant and over the same stretches.
 *
 * @param policy that was learned
 * @param rows the learned one first
 * @param load the last stretch of the history, for charts
 */
public record PolicyStudy(LearnedPolicy policy, List<Row> rows, LoadTrace load) {

  /** CPU targets that people set without thinking, percent. */
  private static final List<Integer> USUAL_TARGETS = ScalingEvaluation.USUAL_TARGETS;

  private static final double STATIC_SHARE = 0.001;
  private static final int SHOWN_SECONDS = 2 * 86_400;
  private static final int WARM_UP_SECONDS = 7200;
  private static final double LEARNING = 0.9;

  /** What sort of policy it is. */
  public enum Kind {
    LEARNED,
    /** An autoscaler on CPU, as it is often set. */
    USUAL,
    /** The autoscaler that is in force, replayed. */
    IN_FORCE,
    /** The replicas that were asked for at the time, or where that is not known were ready. */
    RECORDED,
    /** The fewest constant replicas that hurt at most a thousandth of the requests. */
    STATIC,
    /** A forecast that is always right: a bound. */
    PERFECT
  }

  /**
   * One policy.
   *
   * @param name in technical words
   * @param effect over the whole of the history that counts
   * @param course over the last stretch
   */
  public record Row(Kind kind, String name, ScalingEffect effect, ReplayCourse course) {}

  /**
   * What is to be learned.
   *
   * @param history from its first seen step on
   * @param plant as calibrated
   * @param inForce the autoscaler in force; makes a new one for a run that begins at that step
   * @param mostHurt share of requests that may be hurt; empty to beat what is in force, or where
   *     nothing is, all usual policies
   */
  public record Question(
      WorkloadRecording history,
      PlantSettings plant,
      PolicyLearner.Settings settings,
      Optional<Named> inForce,
      OptionalDouble mostHurt) {}

  /** A policy by its name. */
  public record Named(String name, IntFunction<ReplayPolicy> from) {}

  public PolicyStudy {
    rows = List.copyOf(rows);
  }

  /**
   * Learns and compares; takes from seconds to a minute for a week.
   *
   * @param progress hears how much of it is done, 0 to 1; what it throws ends the learning
   * @throws IllegalArgumentException if the history is too short, or nothing was asked in it
   */
  public static PolicyStudy of(Question question, DoubleConsumer progress) {
    return new Work(question, progress).study();
  }

  private static final class Work {
    private final Question question;
    private final LoadTrace load;
    private final PlantSettings plant;
    private final DoubleConsumer progress;
    private final PolicyLearner learner;
    private final List<Row> others = new ArrayList<>();
    private final List<FoldedEffect> toBeat = new ArrayList<>();

    Work(Question question, DoubleConsumer progress) {
      this.question = question;
      this.load = question.history().load();
      this.plant = question.plant();
      this.progress = progress;
      if (!question.history().has(Signal.REQUESTS)) {
        throw new IllegalArgumentException("cannot learn from a history without any request");
      }
      this.learner =
          PolicyLearner.of(
              load, plant, question.settings(), done -> progress.accept(LEARNING * done));
    }

    PolicyStudy study() {
      PolicyRules rules = question.settings().rules();
      var usual = new ArrayList<FoldedEffect>();
      for (int target : USUAL_TARGETS) {
        PolicyShape shape = PolicyShape.cpu(target, rules.maxReplicas()).from(rules.minReplicas());
        usual.add(
            add(
                Kind.USUAL,
                shape.displayName(),
                _ -> new HpaReplay(shape, plant, Optional.empty())));
      }
      question
          .inForce()
          .ifPresent(named -> toBeat.add(add(Kind.IN_FORCE, named.name(), named.from())));
      if (toBeat.isEmpty()) {
        toBeat.addAll(usual);
      }
      WorkloadRecording history = question.history();
      if (history.has(Signal.READY)) {
        boolean asked = history.share(Signal.REPLICAS) >= history.share(Signal.READY) / 2;
        double[] replicas = history.of(asked ? Signal.REPLICAS : Signal.READY);
        add(
            Kind.RECORDED,
            "as it was",
            from -> new RecordedReplicas(replicas, history.stepSeconds(), from));
      }
      int count = Bounds.fewestConstant(load, plant, learner.firstCounted(), STATIC_SHARE);
      add(Kind.STATIC, count + " replicas", _ -> new Bounds.Constant(count));
      add(
          Kind.PERFECT,
          "perfect forecast",
          from -> new Bounds.Perfect(load.slice(from, load.steps()), plant));
      LearnedPolicy policy =
          question.mostHurt().isPresent()
              ? learner.atMost(question.mostHurt().getAsDouble())
              : learner.against(toBeat);
      RiseForecast forecast = policy.forecast(load);
      var rows = new ArrayList<Row>();
      rows.add(
          new Row(
              Kind.LEARNED,
              policy.displayName(),
              policy.expected().whole(),
              course(from -> policy.replay(forecast, load, from))));
      rows.addAll(others);
      progress.accept(1);
      return new PolicyStudy(policy, rows, load.slice(shown(), load.steps()));
    }

    private FoldedEffect add(Kind kind, String name, IntFunction<ReplayPolicy> policy) {
      FoldedEffect effect = learner.effectFrom(policy);
      others.add(new Row(kind, name, effect.whole(), course(policy)));
      progress.accept(LEARNING + (1 - LEARNING) * Math.min(0.95, others.size() / 8.0));
      return effect;
    }

    private ReplayCourse course(IntFunction<ReplayPolicy> policy) {
      int begin = Math.max(0, shown() - WARM_UP_SECONDS / load.stepSeconds());
      return ReplayCourse.of(
          load.slice(begin, load.steps()), plant, policy.apply(begin), shown() - begin);
    }

    private int shown() {
      return Math.max(0, load.steps() - SHOWN_SECONDS / load.stepSeconds());
    }
  }
}
