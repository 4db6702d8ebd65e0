package io.bridgewatch.cli;

import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Prints whether each change of a workload's replicas was needed, in time and enough. */
@Command(name = "verdicts")
final class ScaleVerdicts implements Callable<Integer> {

  private static final int USUAL_LIMIT = 20;

  private final Console console;
  private final Hubs hubs;

  @Mixin private final WorkloadOptions workload = new WorkloadOptions();

  @Option(names = "--from", paramLabel = "TIME", descriptionKey = "verdicts.from")
  private Optional<String> from = Optional.empty();

  @Option(names = "--limit", paramLabel = "N", descriptionKey = "verdicts.limit")
  private Optional<Integer> limit = Optional.empty();

  @Mixin private final HubConnection to = new HubConnection();

  ScaleVerdicts(Console console, Hubs hubs) {
    this.console = console;
    this.hubs = hubs;
  }

  @Override
  public Integer call() {
    String path;
    try {
      path =
          "/api/v1/scaling/verdicts%s&limit=%d%s"
              .formatted(
                  workload.query(),
                  limit.orElse(USUAL_LIMIT),
                  from.map(text -> "&from=" + HubClient.encoded(text)).orElse(""));
    } catch (IllegalArgumentException e) {
      console.tell("cannot tell: " + e.getMessage(), "无法给出：" + e.getMessage());
      return Main.WRONG_USAGE;
    }
    try {
      var verdicts = hubs.asUser(hubs.address(to.server), console.language(), hub -> hub.get(path));
      console.out().print(new JudgementText(console).verdicts(verdicts));
      return Main.DONE;
    } catch (HubException e) {
      console.tell(e.english(), e.chinese());
      return Main.FAILED;
    }
  }
}
