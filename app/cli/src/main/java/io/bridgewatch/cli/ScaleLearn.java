package io.bridgewatch.cli;

import io.bridgewatch.adapter.report.Language;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;

/** Has a hub learn a policy from a workload's history. */
@Command(name = "learn")
final class ScaleLearn implements Callable<Integer> {

  private static final Set<String> RESERVES = Set.of("nothing", "replica", "zone");
  private static final String PATH = "/api/v1/scaling/learning";
  private static final int WAIT_SECONDS = 20;

  private final Console console;
  private final Hubs hubs;

  @Mixin private final WorkloadOptions workload = new WorkloadOptions();

  @Option(names = "--days", paramLabel = "N", descriptionKey = "learn.days")
  private Optional<Integer> days = Optional.empty();

  @Option(names = "--min", paramLabel = "N", descriptionKey = "learn.min")
  private Optional<Integer> least = Optional.empty();

  @Option(names = "--max", paramLabel = "N", descriptionKey = "learn.max")
  private Optional<Integer> most = Optional.empty();

  @Option(
      names = "--reserve",
      paramLabel = "nothing|replica|zone",
      descriptionKey = "learn.reserve")
  private Optional<String> reserve = Optional.empty();

  @Option(names = "--capacity", paramLabel = "RPS", descriptionKey = "learn.capacity")
  private Optional<Double> capacity = Optional.empty();

  @Option(names = "--start", paramLabel = "60s", descriptionKey = "learn.start")
  private Optional<String> start = Optional.empty();

  @Option(names = "--hurt", paramLabel = "SHARE", descriptionKey = "learn.hurt")
  private Optional<String> hurt = Optional.empty();

  @Mixin private final HubConnection to = new HubConnection();

  ScaleLearn(Console console, Hubs hubs) {
    this.console = console;
    this.hubs = hubs;
  }

  @Override
  public Integer call() {
    String body;
    String query;
    try {
      body = body();
      query = workload.query();
    } catch (IllegalArgumentException e) {
      console.tell("cannot learn: " + e.getMessage(), "无法学习：" + e.getMessage());
      return Main.WRONG_USAGE;
    }
    try {
      return hubs.asUser(
          hubs.address(to.server),
          console.language(),
          hub -> {
            hub.post(PATH, body);
            return ended(hub, query);
          });
    } catch (HubException e) {
      console.tell(e.english(), e.chinese());
      return Main.FAILED;
    }
  }

  private String body() {
    var target = workload.name();
    var body = HubClient.JSON.createObjectNode();
    workload.place.cluster.ifPresent(name -> body.put("cluster", name));
    body.put("namespace", target.namespace());
    body.put("targetKind", workload.kind());
    body.put("targetName", target.name());
    days.ifPresent(count -> body.put("days", count));
    least.ifPresent(count -> body.put("minReplicas", count));
    most.ifPresent(count -> body.put("maxReplicas", count));
    reserve.ifPresent(text -> body.put("reserve", reserve(text)));
    capacity.ifPresent(rate -> body.put("capacity", rate));
    start.ifPresent(
        text ->
            body.put(
                "startSeconds",
                Spans.seconds(text)
                    .orElseThrow(
                        () ->
                            new IllegalArgumentException(
                                "--start wants a time such as 60s, saw " + text))));
    hurt.ifPresent(text -> body.put("mostHurt", share(text)));
    return body.toString();
  }

  private static String reserve(String text) {
    if (!RESERVES.contains(text)) {
      throw new IllegalArgumentException("--reserve wants nothing, replica or zone, saw " + text);
    }
    return text.toUpperCase(Locale.ROOT);
  }

  private static double share(String text) {
    try {
      return text.endsWith("%")
          ? Double.parseDouble(text.substring(0, text.length() - 1)) / 100
          : Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("--hurt wants a share such as 0.1%, saw " + text, e);
    }
  }

  private int ended(HubClient hub, String query) throws HubException {
    while (true) {
      JsonNode answer = hub.get(PATH + query + "&wait=" + WAIT_SECONDS);
      JsonNode job = answer.path("job");
      String state = HubClient.text(job, "state");
      switch (state) {
        case "QUEUED", "RUNNING" -> {
          int percent = (int) (100 * job.path("progress").asDouble());
          console.tell("learning, %d %%".formatted(percent), "学习中，%d%%".formatted(percent));
        }
        case "DONE" -> {
          console.out().print(shown(answer.path("learned")));
          return Main.DONE;
        }
        default -> {
          String why = HubClient.text(job, "message");
          console.tell(
              "nothing was learned: %s %s".formatted(state, why),
              "未学到策略：%s %s".formatted(state, why));
          return Main.FAILED;
        }
      }
    }
  }

  private String shown(JsonNode learned) {
    JsonNode plant = learned.path("plant");
    var text = new StringBuilder();
    text.append(
        console
            .text(
                "capacity %.1f requests/s a replica (%s), start %d s (%s), history %s to %s%n%n",
                "单副本容量 %.1f 请求/秒（%s），启动 %d 秒（%s），历史 %s 至 %s%n%n")
            .formatted(
                plant.path("capacity").asDouble(),
                HubClient.text(learned, "capacityFrom"),
                plant.path("startSeconds").asInt(),
                HubClient.text(learned, "startFrom"),
                HubClient.text(learned.path("summary"), "from"),
                HubClient.text(learned.path("summary"), "to")));
    JsonNode settled = learned.path("settled");
    text.append(
        console
            .text(
                "raises what is at its capacity: %s %s; in reserve: %s; %d to %d replicas%n%n",
                "副本达到容量时由此扩容：%s %s；预留：%s；副本数 %d 至 %d%n%n")
            .formatted(
                HubClient.text(settled, "guard"),
                settled.path("guardAt").isNumber()
                    ? "%.4g".formatted(settled.path("guardAt").asDouble())
                    : "",
                HubClient.text(settled, "reserve"),
                settled.path("minReplicas").asInt(),
                settled.path("maxReplicas").asInt()));
    text.append(table(learned.path("policies")));
    String unknown = HubClient.text(learned, "inForceUnknown");
    if (!unknown.isEmpty()) {
      text.append(console.text("not replayed: ", "未回放：")).append(unknown).append('\n');
    }
    Map<String, Object> manifest =
        HubClient.JSON.convertValue(learned.path("manifest"), new TypeReference<>() {});
    var settings = DumpSettings.builder().setDefaultFlowStyle(FlowStyle.BLOCK).build();
    return text.append("\n---\n").append(new Dump(settings).dumpToString(manifest)).toString();
  }

  private String table(JsonNode policies) {
    var table =
        new Table(
            console.language() == Language.ZH
                ? List.of("策略", "种类", "受损请求", "Pod 小时", "成本", "不足分钟", "扩缩", "来回")
                : List.of(
                    "policy",
                    "kind",
                    "hurt",
                    "pod-hours",
                    "cost",
                    "minutes short",
                    "rescales",
                    "flaps"));
    for (JsonNode policy : policies) {
      JsonNode effect = policy.path("effect");
      table.add(
          List.of(
              HubClient.text(policy, "name"),
              kind(HubClient.text(policy, "kind")),
              EvaluationTable.percent(effect.path("hurtShare").asDouble()),
              "%.1f".formatted(effect.path("podHours").asDouble()),
              "%.2f".formatted(effect.path("cost").asDouble()),
              "%.0f".formatted(effect.path("minutesShort").asDouble()),
              HubClient.text(effect, "rescales"),
              HubClient.text(effect, "flaps")));
    }
    return table.aligned();
  }

  private String kind(String word) {
    return switch (word) {
      case "LEARNED" -> console.text("learned", "学到");
      case "USUAL" -> console.text("usual", "常见");
      case "IN_FORCE" -> console.text("in force", "现行");
      case "RECORDED" -> console.text("as it was", "实际");
      case "STATIC" -> console.text("constant", "固定");
      case "PERFECT" -> console.text("bound", "理论界");
      default -> word;
    };
  }
}
