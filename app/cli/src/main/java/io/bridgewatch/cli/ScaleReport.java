package io.bridgewatch.cli;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Prints what scaling did in a month, as Markdown. */
@Command(name = "report")
final class ScaleReport implements Callable<Integer> {

  private final Console console;
  private final Hubs hubs;

  @Option(names = "--month", paramLabel = "2026-11", descriptionKey = "report.month")
  private Optional<String> month = Optional.empty();

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

  ScaleReport(Console console, Hubs hubs) {
    this.console = console;
    this.hubs = hubs;
  }

  @Override
  public Integer call() {
    List<String> query = new ArrayList<>();
    query.add("lang=" + console.language().tag());
    month.ifPresent(text -> query.add("month=" + encoded(text)));
    namespace.ifPresent(text -> query.add("namespace=" + encoded(text)));
    cluster.ifPresent(text -> query.add("cluster=" + encoded(text)));
    String path = "/api/v1/scaling/report/file?" + String.join("&", query);
    try {
      String report = hubs.asUser(hubs.address(server), console.language(), hub -> hub.text(path));
      console.out().print(report);
      return Main.DONE;
    } catch (HubException e) {
      console.tell(e.english(), e.chinese());
      return Main.FAILED;
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
