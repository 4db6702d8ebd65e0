package io.bridgewatch.cli;

import io.bridgewatch.adapter.report.Language;
import io.bridgewatch.scale.Backtest;
import io.bridgewatch.scale.HpaReplay;
import io.bridgewatch.scale.HpaSpec;
import io.bridgewatch.scale.LearnedPolicy;
import io.bridgewatch.scale.LoadTrace;
import io.bridgewatch.scale.ManifestReplay;
import io.bridgewatch.scale.PlantSettings;
import io.bridgewatch.scale.PolicyLearner;
import io.bridgewatch.scale.PolicyShape;
import io.bridgewatch.scale.PolicySweep;
import io.bridgewatch.scale.ReplayPolicy;
import io.bridgewatch.scale.ScalingEffect;
import io.bridgewatch.scale.ScalingEvaluation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Replays a stretch of a load under policies, one beside the other. */
@Command(name = "backtest")
final class ScaleBacktest implements Callable<Integer> {

  private static final int WARM_UP_SECONDS = 7200;
  private static final int REPLICAS_AT_MEAN = 10;

  private final Console console;

  @Parameters(arity = "0..*", paramLabel = "HPA.yaml", descriptionKey = "backtest.hpa")
  private List<Path> manifests = List.of();

  @Option(names = "--load", required = true, paramLabel = "FILE", descriptionKey = "backtest.load")
  private Optional<Path> load = Optional.empty();

  @Option(names = "--from", paramLabel = "7d", descriptionKey = "backtest.from")
  private Optional<String> from = Optional.empty();

  @Option(names = "--to", paramLabel = "14d", descriptionKey = "backtest.to")
  private Optional<String> to = Optional.empty();

  @Option(names = "--start", paramLabel = "60s", descriptionKey = "evaluate.start")
  private Optional<String> start = Optional.empty();

  @Option(names = "--capacity", paramLabel = "RPS", descriptionKey = "backtest.capacity")
  private Optional<Double> capacity = Optional.empty();

  @Option(names = "--downstream", paramLabel = "REPLICAS", descriptionKey = "backtest.downstream")
  private Optional<Integer> downstream = Optional.empty();

  @Option(names = "--cpu", split = ",", paramLabel = "PERCENT", descriptionKey = "backtest.cpu")
  private List<Integer> cpu = List.of();

  @Option(names = "--learn", descriptionKey = "backtest.learn")
  private boolean learn;

  @Option(names = "--sweep", descriptionKey = "backtest.sweep")
  private boolean sweep;

  @Mixin private final LocalOptions local = new LocalOptions();

  ScaleBacktest(Console console) {
    this.console = console;
  }

  /** What is replayed: a stretch with what comes before it. */
  private record Stretch(
      LoadTrace all, LoadTrace replayed, int begin, int first, PlantSettings plant) {

    ScalingEffect under(ReplayPolicy policy) {
      return Backtest.run(replayed, plant, policy, Backtest.enough(replayed, plant), first - begin);
    }
  }

  @Override
  public Integer call() {
    try {
      Stretch stretch = stretch();
      Map<String, Supplier<ReplayPolicy>> policies = policies(stretch);
      if (policies.isEmpty() && !sweep) {
        console.tell(
            "no policy to replay; name HPA manifests, --cpu, --learn or --sweep",
            "没有要回放的策略；请给出 HPA 清单、--cpu、--learn 或 --sweep");
        return Main.WRONG_USAGE;
      }
      Map<String, ScalingEffect> effects = new LinkedHashMap<>();
      policies.forEach((name, policy) -> effects.put(name, stretch.under(policy.get())));
      if (learn) {
        learned(stretch, policies, effects);
      }
      if (!effects.isEmpty()) {
        console.out().print(table(effects));
      }
      if (sweep) {
        console.out().print(front(stretch));
      }
      return Main.DONE;
    } catch (IOException e) {
      console.tell("cannot replay: " + e.getMessage(), "无法回放：" + e.getMessage());
      return Main.FAILED;
    } catch (IllegalArgumentException e) {
      console.tell("cannot replay: " + e.getMessage(), "无法回放：" + e.getMessage());
      return Main.WRONG_USAGE;
    }
  }

  private Stretch stretch() throws IOException {
    Path file = load.orElseThrow();
    LoadTrace all;
    try {
      all = LoadFiles.read(file);
    } catch (IOException e) {
      throw new IOException("%s: %s".formatted(file, e.getMessage()), e);
    }
    int step = all.stepSeconds();
    int first = seconds("--from", from).map(s -> s / step).orElse(0);
    int last = seconds("--to", to).map(s -> s / step).orElse(all.steps());
    if (first >= Math.min(last, all.steps())) {
      throw new IllegalArgumentException(
          "the stretch from %s to %s holds nothing of a load of %d h"
              .formatted(from.orElse("0"), to.orElse("the end"), all.duration().toHours()));
    }
    last = Math.min(last, all.steps());
    int begin = Math.max(0, first - WARM_UP_SECONDS / step);
    double serves = capacity.orElseGet(() -> ofMean(all));
    if (!(serves > 0)) {
      throw new IllegalArgumentException("--capacity must be above 0, was " + serves);
    }
    PlantSettings plant =
        PlantSettings.standard(serves, seconds("--start", start).orElse(60))
            .bearing(downstream.orElse(PlantSettings.ANY));
    return new Stretch(all.slice(0, last), all.slice(begin, last), begin, first, plant);
  }

  private static double ofMean(LoadTrace all) {
    double sum = 0;
    int seen = 0;
    for (double rate : all.perSecond()) {
      if (!Double.isNaN(rate)) {
        sum += rate;
        seen++;
      }
    }
    return seen == 0 ? 0 : sum / seen / REPLICAS_AT_MEAN;
  }

  private static Optional<Integer> seconds(String option, Optional<String> text) {
    if (text.isEmpty()) {
      return Optional.empty();
    }
    Optional<Integer> seconds = Spans.seconds(text.get());
    if (seconds.isEmpty()) {
      throw new IllegalArgumentException(
          "%s wants a time such as 60s, 6h or 7d, saw %s".formatted(option, text.get()));
    }
    return seconds;
  }

  private Map<String, Supplier<ReplayPolicy>> policies(Stretch stretch) throws IOException {
    Map<String, Supplier<ReplayPolicy>> policies = new LinkedHashMap<>();
    for (int target : cpu) {
      PolicyShape shape = PolicyShape.cpu(target, ScalingEvaluation.MAX_REPLICAS);
      policies.put(
          shape.displayName(), () -> HpaReplay.of(shape, stretch.plant(), stretch.replayed()));
    }
    for (Path file : manifests) {
      Map<String, HpaSpec> found;
      try {
        found = HpaFiles.read(file);
      } catch (IOException e) {
        throw new IOException("%s: %s".formatted(file, e.getMessage()), e);
      }
      found.forEach(
          (name, spec) -> {
            new ManifestReplay(spec, stretch.plant()); // refuses what it cannot replay at once
            policies.put(name, () -> new ManifestReplay(spec, stretch.plant()));
          });
    }
    return policies;
  }

  /** Learns on what lies before the stretch, to beat each policy and to keep shares. */
  private void learned(
      Stretch stretch,
      Map<String, Supplier<ReplayPolicy>> policies,
      Map<String, ScalingEffect> effects) {
    if (stretch.first() == 0) {
      throw new IllegalArgumentException(
          "--learn wants --from: it learns from what lies before the stretch");
    }
    var learner =
        PolicyLearner.of(
            stretch.all().slice(0, stretch.first()),
            stretch.plant(),
            PolicyLearner.Settings.standard(ScalingEvaluation.MAX_REPLICAS));
    policies.forEach(
        (name, policy) ->
            add(
                stretch,
                learner.against(learner.effectOf(policy)),
                console.text("learned to beat ", "学来胜过 ") + name,
                effects));
    for (double share : ScalingEvaluation.SHARES) {
      add(
          stretch,
          learner.atMost(share),
          console.text("learned for hurt ≤ ", "学来使受损 ≤ ") + "%.1f%%".formatted(100 * share),
          effects);
    }
  }

  private static void add(
      Stretch stretch, LearnedPolicy policy, String name, Map<String, ScalingEffect> effects) {
    effects.put(
        "%s (%s)".formatted(name, policy.displayName()),
        stretch.under(policy.replay(stretch.all(), stretch.begin())));
  }

  private String front(Stretch stretch) {
    Map<String, ScalingEffect> effects = new LinkedHashMap<>();
    List<PolicySweep.Tried> tried =
        PolicySweep.thousand(ScalingEvaluation.MAX_REPLICAS).parallelStream()
            .map(
                shape ->
                    PolicySweep.run(
                        stretch.replayed(),
                        stretch.plant(),
                        shape,
                        stretch.first() - stretch.begin()))
            .toList();
    PolicySweep.front(tried).forEach(one -> effects.put(one.shape().displayName(), one.effect()));
    return console
            .text(
                "%d of %d policies of the sweep are beaten by no other in both requests hurt and pod-hours:%n",
                "扫描的 %2$d 个策略中有 %1$d 个在受损请求与 Pod 小时上未被其他策略同时超越：%n")
            .formatted(effects.size(), tried.size())
        + table(effects);
  }

  private String table(Map<String, ScalingEffect> effects) {
    var table =
        new Table(
            console.language() == Language.ZH
                ? List.of(
                    "策略", "受损请求", "违约秒", "Pod 小时", "超配", "扩缩", "来回", "补足 p95", "达上限分钟", "下游过载分钟",
                    "最差一分钟")
                : List.of(
                    "policy",
                    "hurt",
                    "violation s",
                    "pod-hours",
                    "over-provision",
                    "rescales",
                    "flaps",
                    "time to capacity p95",
                    "minutes at max",
                    "downstream overload min",
                    "worst minute"));
    effects.forEach(
        (name, effect) ->
            table.add(
                List.of(
                    name,
                    EvaluationTable.percent(effect.hurtShare()),
                    "%.0f".formatted(effect.violationSeconds()),
                    "%.1f".formatted(effect.podHours()),
                    "%.0f%%".formatted(100 * (effect.cost() - 1)),
                    String.valueOf(effect.rescales()),
                    String.valueOf(effect.flaps()),
                    "%.0f s".formatted(effect.timeToCapacityP95Seconds()),
                    "%.0f".formatted(effect.atMaxSeconds() / 60),
                    "%.0f".formatted(effect.overloadSeconds() / 60),
                    EvaluationTable.percent(effect.worstMinuteShare()))));
    return table.aligned();
  }
}
