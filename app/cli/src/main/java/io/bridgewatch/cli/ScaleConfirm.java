package io.bridgewatch.cli;

import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Confirms a plan at a hub, which then applies it. */
@Command(name = "confirm")
final class ScaleConfirm implements Callable<Integer> {

  private final Console console;
  private final Hubs hubs;

  @Parameters(arity = "1", paramLabel = "PLAN", descriptionKey = "confirm.id")
  private Optional<String> id = Optional.empty();

  @Mixin private final HubConnection to = new HubConnection();

  ScaleConfirm(Console console, Hubs hubs) {
    this.console = console;
    this.hubs = hubs;
  }

  @Override
  public Integer call() {
    String path = "/api/v1/scaling/plans/" + HubClient.encoded(id.orElseThrow()) + "/confirm";
    try {
      var plan =
          hubs.asUser(hubs.address(to.server), console.language(), hub -> hub.post(path, null));
      console.out().print(PlanText.of(plan, console.language()));
      return HubClient.text(plan, "state").equals("APPLIED") ? Main.DONE : Main.FAILED;
    } catch (HubException e) {
      console.tell(e.english(), e.chinese());
      return Main.FAILED;
    }
  }
}
