package io.bridgewatch.cli;

import io.bridgewatch.adapter.report.Language;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Writes decisions in shadow and verdicts on changes for people. */
final class JudgementText {

  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

  private static final Map<String, String> LEFT_OUT =
      Map.of(
          "DELETED", "正在删除",
          "FAILED", "已失败",
          "PENDING", "未启动",
          "UNREADY", "未就绪",
          "NO_SAMPLE", "没有样本");

  private final Console console;
  private final boolean zh;

  JudgementText(Console console) {
    this.console = console;
    this.zh = console.language() == Language.ZH;
  }

  /** Each decision with what every metric asked for, and what both did to users. */
  String shadow(JsonNode shadow) {
    var text = new StringBuilder();
    if (shadow.path("decisions").isEmpty()) {
      return console.text(
          "no decision in shadow yet; a policy in mode Shadow decides every 15 s\n",
          "还没有影子决策；处于 Shadow 模式的策略每 15 秒决策一次\n");
    }
    JsonNode effect = shadow.path("effect");
    if (effect.isObject()) {
      var table =
          new Table(
              zh
                  ? List.of("", "受损请求", "Pod 小时", "不足分钟", "扩缩")
                  : List.of("", "hurt", "pod-hours", "minutes short", "rescales"));
      table.add(effect(console.text("in shadow", "影子"), effect.path("own")));
      table.add(effect(console.text("in force", "现行"), effect.path("inForce")));
      text.append(table.aligned()).append('\n');
    }
    for (JsonNode decision : shadow.path("decisions")) {
      decision(decision, text);
    }
    if (!HubClient.text(shadow, "next").isEmpty()) {
      text.append(console.text("older ones: --limit\n", "更早的：--limit\n"));
    }
    return text.toString();
  }

  private void decision(JsonNode decision, StringBuilder text) {
    text.append(
        console
            .text("%s  wants %s, in force %s", "%s  需要 %s，现行 %s")
            .formatted(
                time(HubClient.text(decision, "time")),
                HubClient.text(decision, "wanted"),
                HubClient.text(decision, "inForce")));
    String recommended = HubClient.text(decision, "recommended");
    String stabilised = HubClient.text(decision, "stabilised");
    if (!recommended.isEmpty() && !recommended.equals(stabilised)) {
      text.append(
          console.text(", %s held at %s", "，%s 被稳定窗口保持在 %s").formatted(recommended, stabilised));
    }
    String limited = HubClient.text(decision, "limitedBy");
    if (!limited.isEmpty()) {
      text.append(console.text(", limited: ", "，受限于 ")).append(limited);
    }
    text.append('\n');
    String winner = HubClient.text(decision, "winner");
    for (JsonNode metric : decision.path("metrics")) {
      String name = HubClient.text(metric, "metric");
      text.append(name.equals(winner) ? "  * " : "    ").append(Table.tame(name)).append(": ");
      String error = HubClient.text(metric, "error");
      if (error.isEmpty()) {
        text.append(HubClient.text(metric, "replicas"));
        if (metric.path("ratio").isNumber()) {
          text.append(
              console
                  .text(" (%.2f of its target)", "（目标的 %.2f 倍）")
                  .formatted(metric.path("ratio").asDouble()));
        }
      } else {
        text.append(console.text("asked for nothing: ", "未给出：")).append(Table.tame(error));
      }
      for (JsonNode left : metric.path("leftOut")) {
        text.append(
            console
                .text("; %s pods left out, %s", "；%s 个 Pod 未计入，%s")
                .formatted(HubClient.text(left, "pods"), why(HubClient.text(left, "why"))));
      }
      text.append('\n');
    }
  }

  private String why(String word) {
    return zh ? LEFT_OUT.getOrDefault(word, word) : word.toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /** A row for each change; then those that cannot be judged yet. */
  String verdicts(JsonNode verdicts) {
    var text = new StringBuilder();
    if (!verdicts.path("judged").asBoolean()) {
      return console.text(
          "changes are not judged: nothing was learned of this workload; ./bw scale learn\n",
          "不评判变化：还没有从此工作负载学习；./bw scale learn\n");
    }
    var table =
        new Table(
            zh
                ? List.of("时间", "变化", "由谁", "需要", "及时", "足够", "被撤销", "受损", "无此变化")
                : List.of(
                    "time",
                    "change",
                    "by",
                    "needed",
                    "in time",
                    "enough",
                    "reverted",
                    "hurt",
                    "without it"));
    for (JsonNode one : verdicts.path("items")) {
      String who = HubClient.text(one, "who");
      table.add(
          List.of(
              time(HubClient.text(one, "time")),
              change(one),
              who.isEmpty() ? HubClient.text(one, "by").toLowerCase(Locale.ROOT) : who,
              yes(one, "needed"),
              yes(one, "inTime"),
              yes(one, "enough"),
              yes(one, "reverted"),
              EvaluationTable.percent(one.path("with").path("hurtShare").asDouble()),
              EvaluationTable.percent(one.path("without").path("hurtShare").asDouble())));
    }
    text.append(table.aligned());
    for (JsonNode one : verdicts.path("waiting")) {
      text.append(
          console
              .text("%s  %s: to be judged at %s%n", "%s  %s：将于 %s 评判%n")
              .formatted(
                  time(HubClient.text(one, "time")),
                  change(one),
                  time(HubClient.text(one, "due"))));
    }
    if (!HubClient.text(verdicts, "next").isEmpty()) {
      text.append(console.text("older ones: --limit\n", "更早的：--limit\n"));
    }
    return text.toString();
  }

  private static String change(JsonNode one) {
    return HubClient.text(one, "from") + " → " + HubClient.text(one, "to");
  }

  private String yes(JsonNode one, String field) {
    return one.path(field).asBoolean() ? console.text("yes", "是") : console.text("no", "否");
  }

  private static List<String> effect(String name, JsonNode effect) {
    return List.of(
        name,
        EvaluationTable.percent(effect.path("hurtShare").asDouble()),
        "%.1f".formatted(effect.path("podHours").asDouble()),
        "%.1f".formatted(effect.path("minutesShort").asDouble()),
        HubClient.text(effect, "rescales"));
  }

  private String time(String text) {
    return text.isEmpty() ? "" : TIME.withZone(console.zone()).format(Instant.parse(text));
  }
}
