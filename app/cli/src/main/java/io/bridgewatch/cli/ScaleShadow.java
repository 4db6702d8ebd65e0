package io.bridgewatch.cli;

import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints what a policy in shadow would have done beside what is in force, and why. */
@Command(name = "shadow")
final class ScaleShadow implements Callable<Integer> {

  private static final int USUAL_LIMIT = 20;

  private final Console console;
  private final Hubs hubs;

  @Parameters(arity = "1", paramLabel = "POLICY", descriptionKey = "plan.policy")
  private Optional<String> policy = Optional.empty();

  @Option(names = "--limit", paramLabel = "N", descriptionKey = "shadow.limit")
  private Optional<Integer> limit = Optional.empty();

  @Mixin private final PlaceOptions place = new PlaceOptions();
  @Mixin private final HubConnection to = new HubConnection();

  ScaleShadow(Console console, Hubs hubs) {
    this.console = console;
    this.hubs = hubs;
  }

  @Override
  public Integer call() {
    String path;
    try {
      var target = ScaleTargetName.of(policy.orElseThrow(), place.namespace);
      path =
          "/api/v1/scaling/shadow?namespace=%s&name=%s&limit=%d%s"
              .formatted(
                  HubClient.encoded(target.namespace()),
                  HubClient.encoded(target.name()),
                  limit.orElse(USUAL_LIMIT),
                  place.cluster.map(one -> "&cluster=" + HubClient.encoded(one)).orElse(""));
    } catch (IllegalArgumentException e) {
      console.tell("cannot tell: " + e.getMessage(), "无法给出：" + e.getMessage());
      return Main.WRONG_USAGE;
    }
    try {
      var shadow = hubs.asUser(hubs.address(to.server), console.language(), hub -> hub.get(path));
      console.out().print(new JudgementText(console).shadow(shadow));
      return Main.DONE;
    } catch (HubException e) {
      console.tell(e.english(), e.chinese());
      return Main.FAILED;
    }
  }
}
