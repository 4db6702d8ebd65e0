package io.bridgewatch.cli;

import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Has a hub make a plan of a scaling policy. */
@Command(name = "plan")
final class ScalePlan implements Callable<Integer> {

  private final Console console;
  private final Hubs hubs;

  @Parameters(arity = "1", paramLabel = "POLICY", descriptionKey = "plan.policy")
  private Optional<String> policy = Optional.empty();

  @Mixin private final PlaceOptions place = new PlaceOptions();
  @Mixin private final HubConnection to = new HubConnection();

  ScalePlan(Console console, Hubs hubs) {
    this.console = console;
    this.hubs = hubs;
  }

  @Override
  public Integer call() {
    var body = HubClient.JSON.createObjectNode();
    try {
      var target = ScaleTargetName.of(policy.orElseThrow(), place.namespace);
      place.cluster.ifPresent(name -> body.put("cluster", name));
      body.put("namespace", target.namespace());
      body.put("policy", target.name());
    } catch (IllegalArgumentException e) {
      console.tell("cannot plan: " + e.getMessage(), "无法生成计划：" + e.getMessage());
      return Main.WRONG_USAGE;
    }
    try {
      var plan =
          hubs.asUser(
              hubs.address(to.server),
              console.language(),
              hub -> hub.post("/api/v1/scaling/plans", body.toString()));
      console.out().print(PlanText.of(plan, console.language()));
      return HubClient.text(plan, "state").equals("PLANNED") ? Main.DONE : Main.FAILED;
    } catch (HubException e) {
      console.tell(e.english(), e.chinese());
      return Main.FAILED;
    }
  }
}
