package io.bridgewatch.cli;

import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The workload that a command is about. */
final class WorkloadOptions {

  @Parameters(arity = "1", paramLabel = "WORKLOAD", descriptionKey = "learn.workload")
  Optional<String> workload = Optional.empty();

  @Option(names = "--kind", paramLabel = "KIND", descriptionKey = "learn.kind")
  Optional<String> kind = Optional.empty();

  @Mixin PlaceOptions place = new PlaceOptions();

  /**
   * @throws IllegalArgumentException if its namespace is missing or given twice
   */
  ScaleTargetName name() {
    return ScaleTargetName.of(workload.orElseThrow(), place.namespace);
  }

  /**
   * As objects spell it.
   *
   * @throws IllegalArgumentException if it is none that is scaled
   */
  String kind() {
    return switch (kind.orElse("deployment").toLowerCase(Locale.ROOT)) {
      case "deployment", "deploy" -> "Deployment";
      case "statefulset", "sts" -> "StatefulSet";
      default ->
          throw new IllegalArgumentException(
              "--kind wants deployment or statefulset, saw " + kind.orElse(""));
    };
  }

  /** What names it to a hub, with the question mark. */
  String query() {
    var name = name();
    return "?kind=%s&namespace=%s&name=%s%s"
        .formatted(
            kind(),
            HubClient.encoded(name.namespace()),
            HubClient.encoded(name.name()),
            place.cluster.map(one -> "&cluster=" + HubClient.encoded(one)).orElse(""));
  }
}
