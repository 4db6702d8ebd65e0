package io.bridgewatch.cli;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Confirms a plan at a hub, which then applies it. */
@Command(name = "confirm")
final class ScaleConfirm implements Callable<Integer> {

  private final Console console;
  private final Hubs hubs;

  @Parameters(arity = "1", paramLabel = "PLAN", descriptionKey = "confirm.id")
  private Optional<String> id = Optional.empty();

  @Option(names = "--server", paramLabel = "URL", descriptionKey = "hub.server")
  private Optional<String> server = Optional.empty();

  @Option(names = "--lang", paramLabel = "zh|en", descriptionKey = "hub.lang")
  private Optional<String> lang = Optional.empty();

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      descriptionKey = "help")
  private boolean help;

  ScaleConfirm(Console console, Hubs hubs) {
    this.console = console;
    this.hubs = hubs;
  }

  @Override
  public Integer call() {
    String path =
        "/api/v1/scaling/plans/"
            + URLEncoder.encode(id.orElseThrow(), StandardCharsets.UTF_8).replace("+", "%20")
            + "/confirm";
    try {
      var plan = hubs.asUser(hubs.address(server), console.language(), hub -> hub.post(path, null));
      console.out().print(PlanText.of(plan, console.language()));
      return HubClient.text(plan, "state").equals("APPLIED") ? Main.DONE : Main.FAILED;
    } catch (HubException e) {
      console.tell(e.english(), e.chinese());
      return Main.FAILED;
    }
  }
}
