package io.bridgewatch.cli;

import java.util.Optional;
import picocli.CommandLine.Option;

/** Options of every command that asks a hub. */
final class HubConnection {

  @Option(names = "--server", paramLabel = "URL", descriptionKey = "hub.server")
  Optional<String> server = Optional.empty();

  @Option(names = "--lang", paramLabel = "zh|en", descriptionKey = "hub.lang")
  Optional<String> lang = Optional.empty();

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      descriptionKey = "help")
  boolean help;
}
