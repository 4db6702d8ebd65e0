package io.bridgewatch.cli;

import java.util.Optional;
import picocli.CommandLine.Option;

/** Options that only logs, traces and metrics have. */
final class SignalOptions {

  @Option(names = "--of", paramLabel = "TYPE/NS/NAME", descriptionKey = "get.of")
  Optional<String> of = Optional.empty();

  @Option(names = "--level", paramLabel = "LEVELS", descriptionKey = "get.level")
  Optional<String> level = Optional.empty();

  @Option(names = "--trace", paramLabel = "ID", descriptionKey = "get.trace")
  Optional<String> trace = Optional.empty();

  @Option(names = "--service", paramLabel = "NAME", descriptionKey = "get.service")
  Optional<String> service = Optional.empty();

  @Option(names = "--operation", paramLabel = "NAME", descriptionKey = "get.operation")
  Optional<String> operation = Optional.empty();

  @Option(names = "--at-least", paramLabel = "MS", descriptionKey = "get.at-least")
  Optional<String> atLeast = Optional.empty();

  @Option(names = "--failed", descriptionKey = "get.failed")
  boolean failed;

  @Option(
      names = {"-f", "--follow"},
      descriptionKey = "get.follow")
  boolean follow;
}
