package io.bridgewatch.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.JsonNode;

/** Prints whether a workload may be autoscaled: each gap with what helps. */
@Command(name = "readiness")
final class ScaleReadiness implements Callable<Integer> {

  private final Console console;
  private final Hubs hubs;

  @Mixin private final WorkloadOptions workload = new WorkloadOptions();
  @Mixin private final HubConnection to = new HubConnection();

  ScaleReadiness(Console console, Hubs hubs) {
    this.console = console;
    this.hubs = hubs;
  }

  @Override
  public Integer call() {
    String path;
    try {
      path = "/api/v1/scaling/workload" + workload.query() + "&lang=" + console.language().tag();
    } catch (IllegalArgumentException e) {
      console.tell("cannot tell: " + e.getMessage(), "无法给出：" + e.getMessage());
      return Main.WRONG_USAGE;
    }
    try {
      console
          .out()
          .print(
              shown(
                  hubs.asUser(hubs.address(to.server), console.language(), hub -> hub.get(path))));
      return Main.DONE;
    } catch (HubException e) {
      console.tell(e.english(), e.chinese());
      return Main.FAILED;
    }
  }

  private String shown(JsonNode detail) {
    JsonNode of = detail.path("workload");
    var text = new StringBuilder();
    text.append(HubClient.text(of, "namespace"))
        .append('/')
        .append(HubClient.text(of, "name"))
        .append(
            console
                .text(": readiness %s of 100%n", "：就绪度 %s / 100%n")
                .formatted(HubClient.text(of, "score")));
    for (JsonNode check : detail.path("checks")) {
      boolean met = check.path("met").asBoolean();
      text.append(met ? "+ " : "- ")
          .append(HubClient.text(check, "title"))
          .append(" (")
          .append(HubClient.text(check, "weight"))
          .append(")\n");
      for (JsonNode gap : check.path("gaps")) {
        text.append("    ").append(HubClient.text(gap, "evidence")).append('\n');
        text.append("    → ").append(HubClient.text(gap, "fix")).append('\n');
      }
    }
    for (JsonNode metric : detail.path("unservedMetrics")) {
      PlanText.unserved(metric, text);
    }
    return text.toString();
  }
}
