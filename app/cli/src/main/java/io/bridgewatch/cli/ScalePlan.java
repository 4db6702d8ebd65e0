package io.bridgewatch.cli;

import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Has a hub make a plan of a scaling policy. */
@Command(name = "plan")
final class ScalePlan implements Callable<Integer> {

  private final Console console;
  private final Hubs hubs;

  @Parameters(arity = "1", paramLabel = "POLICY", descriptionKey = "plan.policy")
  private Optional<String> policy = Optional.empty();

  @Option(
      names = {"-n", "--namespace"},
      paramLabel = "NAMESPACE",
      descriptionKey = "get.namespace")
  private Optional<String> namespace = Optional.empty();

  @Option(names = "--cluster", paramLabel = "NAME", descriptionKey = "get.cluster")
  private Optional<String> cluster = Optional.empty();

  @Option(names = "--server", paramLabel = "URL", descriptionKey = "hub.server")
  private Optional<String> server = Optional.empty();

  @Option(names = "--lang", paramLabel = "zh|en", descriptionKey = "hub.lang")
  private Optional<String> lang = Optional.empty();

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      descriptionKey = "help")
  private boolean help;

  ScalePlan(Console console, Hubs hubs) {
    this.console = console;
    this.hubs = hubs;
  }

  @Override
  public Integer call() {
    var body = HubClient.JSON.createObjectNode();
    try {
      var target = ScaleTargetName.of(policy.orElseThrow(), namespace);
      cluster.ifPresent(name -> body.put("cluster", name));
      body.put("namespace", target.namespace());
      body.put("policy", target.name());
    } catch (IllegalArgumentException e) {
      console.tell("cannot plan: " + e.getMessage(), "无法生成计划：" + e.getMessage());
      return Main.WRONG_USAGE;
    }
    try {
      var plan =
          hubs.asUser(
              hubs.address(server),
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
