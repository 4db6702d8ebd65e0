package io.bridgewatch.cli;

import java.util.Optional;
import picocli.CommandLine.Option;

/** Where something is that a command is about. */
final class PlaceOptions {

  @Option(
      names = {"-n", "--namespace"},
      paramLabel = "NAMESPACE",
      descriptionKey = "get.namespace")
  Optional<String> namespace = Optional.empty();

  @Option(names = "--cluster", paramLabel = "NAME", descriptionKey = "get.cluster")
  Optional<String> cluster = Optional.empty();
}
