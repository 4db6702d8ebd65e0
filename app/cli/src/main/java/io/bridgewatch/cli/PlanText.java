package io.bridgewatch.cli;

import io.bridgewatch.adapter.report.Language;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * Writes a plan of scaling for people: its state, what would change, who is in the way, which
 * metrics the autoscaler would not get.
 */
final class PlanText {

  private PlanText() {}

  static String of(JsonNode plan, Language language) {
    boolean zh = language == Language.ZH;
    var text = new StringBuilder();
    text.append(zh ? "计划 " : "plan ")
        .append(HubClient.text(plan, "id"))
        .append(": ")
        .append(HubClient.text(plan, "state"))
        .append('\n');
    if (!plan.path("changes").isEmpty()) {
      var table = new Table(zh ? List.of("字段", "之前", "之后") : List.of("field", "before", "after"));
      for (JsonNode change : plan.path("changes")) {
        table.add(
            List.of(
                HubClient.text(change, "field"),
                HubClient.text(change, "before"),
                HubClient.text(change, "after")));
      }
      text.append(table.aligned());
    }
    if (!plan.path("owners").isEmpty()) {
      var table = new Table(zh ? List.of("字段", "属于") : List.of("field", "owned by"));
      for (JsonNode owner : plan.path("owners")) {
        table.add(List.of(HubClient.text(owner, "field"), HubClient.text(owner, "owner")));
      }
      text.append(table.aligned());
    }
    for (JsonNode metric : plan.path("unservedMetrics")) {
      unserved(metric, text);
    }
    String message = HubClient.text(plan, "message");
    if (!message.isEmpty()) {
      text.append(HubClient.text(plan, "reason")).append(": ").append(message).append('\n');
    }
    return text.toString();
  }

  /** What is so, and each way out with what is written for it. */
  static void unserved(JsonNode metric, StringBuilder text) {
    text.append("! ").append(tame(HubClient.text(metric, "text"))).append('\n');
    for (JsonNode way : metric.path("ways")) {
      text.append("  - ").append(tame(HubClient.text(way, "text"))).append('\n');
      HubClient.text(way, "yaml")
          .lines()
          .forEach(line -> text.append("      ").append(tame(line)).append('\n'));
    }
  }

  /** What clusters say is shown without what could steer a terminal. */
  private static String tame(String text) {
    return text.replaceAll("\\p{Cntrl}", " ");
  }
}
