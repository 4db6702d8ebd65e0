package io.bridgewatch.cli;

import java.util.Optional;
import picocli.CommandLine.Option;

/** Options of every command that runs here, without a hub. */
final class LocalOptions {

  @Option(names = "--lang", paramLabel = "zh|en", descriptionKey = "diagnose.lang")
  Optional<String> lang = Optional.empty();

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      descriptionKey = "help")
  boolean help;
}
