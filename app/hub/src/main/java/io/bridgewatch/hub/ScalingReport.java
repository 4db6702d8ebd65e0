package io.bridgewatch.hub;

import io.bridgewatch.adapter.report.Language;
import io.bridgewatch.hub.ScalingDays.Day;
import io.bridgewatch.hub.ScalingDays.Document;
import io.bridgewatch.scale.LearnedPolicyDocument;
import io.bridgewatch.scale.ScalingEffect;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** What scaling did in a month, by application and workload, beside what else would have. */
final class ScalingReport {
  private ScalingReport() {}

  record ScalingMonth(
      @Schema(example = "2026-11") String month,
      @Schema(description = "by application, workloads of none last")
          List<ScalingMonthApplication> applications) {}

  record ScalingMonthApplication(
      @Schema(description = "empty for workloads of none that is known") String application,
      ScalingMonthSum sum,
      List<ScalingMonthWorkload> workloads) {}

  record ScalingMonthWorkload(
      String cluster,
      String namespace,
      @Schema(example = "Deployment") String kind,
      String name,
      ScalingMonthSum sum) {}

  record ScalingMonthSum(
      @Schema(description = "of which enough was seen") int days,
      int daysUnseen,
      ScalingMonthEffect was,
      @Schema(description = "an autoscaler on CPU at 80 %, replayed") ScalingMonthEffect usual,
      @Schema(description = "each day's fewest constant replicas that hurt at most 0.1 %")
          ScalingMonthEffect constant,
      @Schema(description = "changes of the replicas that were judged") int events,
      @Schema(description = "of these") int needed,
      int inTime,
      int enough,
      @Schema(description = "by a person") int reverted,
      @Schema(description = "needed, in time, enough and not reverted") int good) {}

  record ScalingMonthEffect(
      double podHours,
      @Schema(description = "share of the requests, 0 to 1; null where nothing was asked")
          @Nullable Double hurtShare,
      @Schema(description = "in which more than 5 % of the requests were hurt")
          double minutesViolated,
      @Schema(description = "with fewer replicas than the load needed") double minutesShort,
      int rescales,
      int flaps) {}

  /** Adds up days. */
  private static final class Sum {
    private final List<Day> days = new ArrayList<>();

    ScalingMonthSum shown() {
      int seen = (int) days.stream().filter(day -> day.document().was() != null).count();
      return new ScalingMonthSum(
          seen,
          days.size() - seen,
          effect(days.stream().map(day -> day.document().was()).toList()),
          effect(days.stream().map(day -> day.document().usual()).toList()),
          effect(days.stream().map(day -> day.document().constant()).toList()),
          count(Document::events),
          count(Document::needed),
          count(Document::inTime),
          count(Document::enough),
          count(Document::reverted),
          count(Document::good));
    }

    private int count(ToIntFunction<Document> what) {
      return days.stream().map(Day::document).mapToInt(what).sum();
    }

    private static ScalingMonthEffect effect(
        List<? extends @Nullable Map<String, @Nullable Object>> documents) {
      double podHours = 0;
      double requests = 0;
      double hurt = 0;
      double violationMinutes = 0;
      double shortSeconds = 0;
      int rescales = 0;
      int flaps = 0;
      for (Map<String, @Nullable Object> document : documents) {
        if (document != null) {
          ScalingEffect effect = LearnedPolicyDocument.effect(document);
          podHours += effect.podHours();
          requests += effect.requests();
          hurt += effect.hurt();
          violationMinutes += effect.violationMinutes();
          shortSeconds += effect.shortSeconds();
          rescales += effect.rescales();
          flaps += effect.flaps();
        }
      }
      return new ScalingMonthEffect(
          podHours,
          requests == 0 ? null : hurt / requests,
          violationMinutes,
          shortSeconds / 60,
          rescales,
          flaps);
    }
  }

  static ScalingMonth of(String month, List<Day> days) {
    var byApplication = new TreeMap<String, Map<String, Sum>>();
    for (Day day : days) {
      byApplication
          .computeIfAbsent(day.document().application(), _ -> new TreeMap<>())
          .computeIfAbsent(
              "%s\n%s\n%s"
                  .formatted(day.note().cluster(), day.note().namespace(), day.note().workload()),
              _ -> new Sum())
          .days
          .add(day);
    }
    var applications = new ArrayList<ScalingMonthApplication>();
    byApplication.forEach(
        (name, workloads) -> {
          var all = new Sum();
          var shown = new ArrayList<ScalingMonthWorkload>();
          workloads.forEach(
              (key, sum) -> {
                all.days.addAll(sum.days);
                String[] parts = key.split("\n", 3);
                int slash = parts[2].indexOf('/');
                shown.add(
                    new ScalingMonthWorkload(
                        parts[0],
                        parts[1],
                        parts[2].substring(0, slash),
                        parts[2].substring(slash + 1),
                        sum.shown()));
              });
          applications.add(new ScalingMonthApplication(name, all.shown(), shown));
        });
    if (!applications.isEmpty() && applications.getFirst().application().isEmpty()) {
      applications.addLast(applications.removeFirst());
    }
    return new ScalingMonth(month, applications);
  }

  // Markdown

  private static final int COLUMNS = 18;

  static String markdown(ScalingMonth month, Language language) {
    boolean zh = language == Language.ZH;
    var text = new StringBuilder();
    text.append(zh ? "# 伸缩效果 " : "# Scaling in ").append(month.month()).append("\n\n");
    text.append(
        zh
            ? "“实际”“默认”“固定”均为在各工作负载的容量模型中对实际负载的回放：实际副本；CPU 目标 80% 的 HPA；"
                + "每天受损请求不超过 0.1% 的最少固定副本。日期以 UTC 计。\n"
            : "*Was*, *default* and *constant* are replays of the load as it came, in each workload's"
                + " plant: with the replicas that were; an HPA on CPU at 80 %; each day's fewest"
                + " constant replicas that hurt at most 0.1 % of requests. Days are of UTC.\n");
    if (month.applications().isEmpty()) {
      text.append(zh ? "\n没有已学习的工作负载的数据。\n" : "\nThere is no day of a learned workload.\n");
    }
    for (ScalingMonthApplication application : month.applications()) {
      String name =
          application.application().isEmpty()
              ? (zh ? "（未知应用）" : "(application unknown)")
              : cell(application.application());
      text.append("\n## ").append(name).append("\n\n");
      text.append(
          zh
              ? "| 工作负载 | 天数 | Pod 小时 实际 | 默认 | 固定 | 受损 实际 | 默认 | 固定 | 违约分钟 | 不足分钟 |"
                  + " 扩缩 | 来回 | 变化 | 必要 | 及时 | 足够 | 被撤回 | 合格 |\n"
              : "| workload | days | pod-hours was | default | constant | hurt was | default |"
                  + " constant | minutes violated | minutes short | rescales | flaps | changes |"
                  + " needed | in time | enough | reverted | good |\n");
      text.append("|---|").append("--:|".repeat(COLUMNS - 1)).append("\n");
      for (ScalingMonthWorkload one : application.workloads()) {
        row("%s/%s (%s)".formatted(one.namespace(), one.name(), one.cluster()), one.sum(), text);
      }
      row(zh ? "**合计**" : "**all**", application.sum(), text);
    }
    return text.toString();
  }

  private static void row(String name, ScalingMonthSum sum, StringBuilder text) {
    text.append(
        "| %s | %d%s | %.1f | %.1f | %.1f | %s | %s | %s | %.0f | %.0f | %d | %d | %d | %d | %d | %d | %d | %d |\n"
            .formatted(
                cell(name),
                sum.days(),
                sum.daysUnseen() == 0 ? "" : " (+%d ?)".formatted(sum.daysUnseen()),
                sum.was().podHours(),
                sum.usual().podHours(),
                sum.constant().podHours(),
                percent(sum.was()),
                percent(sum.usual()),
                percent(sum.constant()),
                sum.was().minutesViolated(),
                sum.was().minutesShort(),
                sum.was().rescales(),
                sum.was().flaps(),
                sum.events(),
                sum.needed(),
                sum.inTime(),
                sum.enough(),
                sum.reverted(),
                sum.good()));
  }

  private static String percent(ScalingMonthEffect effect) {
    Double share = effect.hurtShare();
    return share == null ? "–" : "%.3f %%".formatted(100 * share);
  }

  /** A name cannot end a cell, a row or the emphasis around it. */
  private static String cell(String text) {
    return text.replace("|", "\\|").replaceAll("[\\r\\n]", " ");
  }
}
