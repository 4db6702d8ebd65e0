package io.bridgewatch.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Prints what scaling did in a month, as Markdown. */
@Command(name = "report")
final class ScaleReport implements Callable<Integer> {

  private final Console console;
  private final Hubs hubs;

  @Option(names = "--month", paramLabel = "2026-11", descriptionKey = "report.month")
  private Optional<String> month = Optional.empty();

  @Mixin private final PlaceOptions place = new PlaceOptions();
  @Mixin private final HubConnection to = new HubConnection();

  ScaleReport(Console console, Hubs hubs) {
    this.console = console;
    this.hubs = hubs;
  }

  @Override
  public Integer call() {
    List<String> query = new ArrayList<>();
    query.add("lang=" + console.language().tag());
    month.ifPresent(text -> query.add("month=" + HubClient.encoded(text)));
    place.namespace.ifPresent(text -> query.add("namespace=" + HubClient.encoded(text)));
    place.cluster.ifPresent(text -> query.add("cluster=" + HubClient.encoded(text)));
    String path = "/api/v1/scaling/report/file?" + String.join("&", query);
    try {
      String report =
          hubs.asUser(hubs.address(to.server), console.language(), hub -> hub.text(path));
      console.out().print(report);
      return Main.DONE;
    } catch (HubException e) {
      console.tell(e.english(), e.chinese());
      return Main.FAILED;
    }
  }
}
