package io.bridgewatch.cli;

import io.bridgewatch.adapter.report.Language;
import io.bridgewatch.scale.EvaluationSummary;
import io.bridgewatch.scale.EvaluationSummary.ShareTally;
import io.bridgewatch.scale.EvaluationSummary.Tally;
import io.bridgewatch.scale.ScalingEffect;
import io.bridgewatch.scale.ScalingEvaluation.Duel;
import io.bridgewatch.scale.ScalingEvaluation.Judged;
import io.bridgewatch.scale.ScalingEvaluation.Result;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** What an evaluation found, for people and for programs. */
final class EvaluationTable {

  private EvaluationTable() {}

  static String text(Map<String, Result> results, Language language) {
    boolean zh = language == Language.ZH;
    var text = new StringBuilder();
    results.forEach(
        (name, result) -> {
          text.append("== ").append(name).append('\n');
          var table =
              new Table(
                  zh
                      ? List.of("种类", "目的", "策略", "受损请求", "成本", "Pod 小时", "扩缩次数", "最差一分钟", "对最优阈值")
                      : List.of(
                          "kind",
                          "objective",
                          "policy",
                          "hurt",
                          "cost",
                          "pod-hours",
                          "rescales",
                          "worst minute",
                          "to best threshold"));
          result.policies().forEach(judged -> table.add(row(judged, zh)));
          text.append(table.aligned());
          result.duels().forEach(duel -> text.append(sentence(duel, zh)));
          result.all().forEach(duel -> text.append(sentence(duel, zh)));
          text.append('\n');
        });
    return text.append(summary(EvaluationSummary.of(List.copyOf(results.values())), zh)).toString();
  }

  private static List<String> row(Judged judged, boolean zh) {
    ScalingEffect effect = judged.effect();
    return List.of(
        kind(judged, zh),
        objective(judged.objective(), zh),
        judged.name(),
        percent(effect.hurtShare()),
        "%.3f".formatted(effect.cost()),
        "%.1f".formatted(effect.podHours()),
        String.valueOf(effect.rescales()),
        percent(effect.worstMinuteShare()),
        judged.overSwept().map("%.3f"::formatted).orElse("-"));
  }

  private static String kind(Judged judged, boolean zh) {
    return switch (judged.kind()) {
      case STATIC -> zh ? "固定副本（事后）" : "static, in hindsight";
      case PERFECT -> zh ? "完美预测" : "perfect forecast";
      case USUAL -> zh ? "常见默认" : "usual";
      case SWEPT -> zh ? "最优阈值（事后）" : "best threshold, in hindsight";
      case LEARNED -> zh ? "学到的策略" : "learned";
    };
  }

  private static String objective(String objective, boolean zh) {
    if (objective.isEmpty()) {
      return "-";
    }
    if (objective.endsWith("%")) {
      return zh ? "受损 ≤ " + objective : "hurt ≤ " + objective;
    }
    if (objective.equals("all")) {
      return zh ? "胜过全部" : "beat all";
    }
    return (zh ? "胜过 " : "beat ") + objective;
  }

  private static String sentence(Duel duel, boolean zh) {
    ScalingEffect ours = duel.learned().effect();
    ScalingEffect theirs = duel.usual().effect();
    String verdict =
        duel.won()
            ? zh ? "胜" : "won"
            : duel.fewerHurt()
                ? zh ? "成本更高" : "costs more"
                : duel.fewerPodHours() ? zh ? "受损更多" : "hurts more" : zh ? "负" : "lost";
    return "%s  %s: %s → %s, %.1f → %.1f %s: %s%n"
        .formatted(
            objective(duel.learned().objective(), zh),
            duel.usual().name(),
            percent(theirs.hurtShare()),
            percent(ours.hurtShare()),
            theirs.podHours(),
            ours.podHours(),
            zh ? "Pod 小时" : "pod-hours",
            verdict);
  }

  private static String summary(EvaluationSummary summary, boolean zh) {
    var text = new StringBuilder();
    for (Tally tally : summary.own()) {
      text.append(tally(summary, tally, zh ? "学到的策略" : "learned", zh));
    }
    for (Tally tally : summary.all()) {
      text.append(tally(summary, tally, zh ? "同一个策略" : "one for all", zh));
    }
    text.append(
        (zh
                ? "%d 个学到的策略中 %d 个的成本不超过同等受损下最优阈值的 1.05 倍%n"
                : "%2$d of %1$d learned policies cost at most 1.05 times the best threshold that hurts no more%n")
            .formatted(summary.learned(), summary.nearSwept()));
    for (ShareTally share : summary.shares()) {
      text.append(
          (zh
                  ? "受损 ≤ %s：学到的策略在 %d/%d 条负载上做到，最优阈值（事后）%d 条%n"
                  : "hurt ≤ %s: kept by the learned policy on %d of %d loads, by some threshold on %d%n")
              .formatted(share.share(), share.kept(), summary.loads(), share.sweptKept()));
    }
    return text.toString();
  }

  private static String tally(EvaluationSummary summary, Tally tally, String who, boolean zh) {
    return (zh
            ? "%s 对 %s：%d/%d 条负载上受损与 Pod 小时都更少（受损 %d，Pod 小时 %d），Pod 小时为其 %.2f 倍%n"
            : "%s against %s: fewer hurt and fewer pod-hours on %d of %d loads (hurt %d, pod-hours %d), %.2f times its pod-hours%n")
        .formatted(
            who,
            tally.usual(),
            tally.won(),
            summary.loads(),
            tally.fewerHurt(),
            tally.fewerPodHours(),
            tally.costRatio());
  }

  static String json(Map<String, Result> results, EvaluationSummary summary, int startSeconds) {
    var document = new LinkedHashMap<String, Object>();
    document.put("startSeconds", startSeconds);
    document.put("summary", summary);
    var loads = new ArrayList<Map<String, Object>>();
    results.forEach(
        (name, result) -> {
          var one = new LinkedHashMap<String, Object>();
          one.put("name", name);
          one.put("capacity", result.plant().capacity());
          one.put("judgedFromStep", result.judgedFrom());
          one.put("policies", result.policies().stream().map(EvaluationTable::tree).toList());
          one.put("duels", result.duels().stream().map(EvaluationTable::tree).toList());
          one.put("oneForAll", result.all().stream().map(EvaluationTable::tree).toList());
          loads.add(one);
        });
    document.put("loads", loads);
    return JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build()
            .writeValueAsString(document)
        + "\n";
  }

  private static Map<String, Object> tree(Judged judged) {
    var tree = new LinkedHashMap<String, Object>();
    tree.put("kind", judged.kind().name().toLowerCase(Locale.ROOT));
    tree.put("objective", judged.objective());
    tree.put("policy", judged.name());
    tree.put("hurtShare", judged.effect().hurtShare());
    tree.put("hurtRequests", judged.effect().hurt());
    tree.put("requests", judged.effect().requests());
    tree.put("cost", judged.effect().cost());
    tree.put("podHours", judged.effect().podHours());
    tree.put("rescales", judged.effect().rescales());
    tree.put("flaps", judged.effect().flaps());
    tree.put("violationSeconds", judged.effect().violationSeconds());
    tree.put("worstMinuteShare", judged.effect().worstMinuteShare());
    judged.overSwept().ifPresent(over -> tree.put("costOverBestThreshold", over));
    judged
        .expected()
        .ifPresent(
            expected ->
                tree.put(
                    "inLearning",
                    Map.of("hurtShare", expected.hurtShare(), "cost", expected.cost())));
    return tree;
  }

  private static Map<String, Object> tree(Duel duel) {
    var tree = new LinkedHashMap<String, Object>();
    tree.put("usual", duel.usual().name());
    tree.put("learned", duel.learned().name());
    tree.put("fewerHurt", duel.fewerHurt());
    tree.put("fewerPodHours", duel.fewerPodHours());
    tree.put("won", duel.won());
    return tree;
  }

  static String percent(double share) {
    return "%.4f%%".formatted(100 * share);
  }
}
