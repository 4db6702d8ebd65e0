package io.bridgewatch.bench.discover;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What was asked for on the command line.
 *
 * @param out folder for the result files; empty means none are written
 */
record DiscoverOptions(
    ClusterSize size,
    int changesPerSecond,
    double minutes,
    String label,
    Optional<Path> out,
    Path floors) {

  static final String USAGE =
      """
      usage: ./bw bench discover [options]
        --nodes N                 nodes of the cluster (default 5000)
        --pods N                  pods (default 100000)
        --services N              services, each with an endpoint slice (default 10000)
        --changes-per-second N    changes of pods (default 500)
        --minutes N               for how long they change (default 2)
        --seed N                  of the cluster and the changes (default 1)
        --label TEXT              a remark for the head of the result files
        --out DIR                 where discover.md/.json are written (default bench/results)
        --no-out                  write no result files
        --floors FILE             what must be held (default bench/floors/discover.json)
      exit code: 0 all held, 1 a floor was not held or a change was lost, 2 nothing was measured
      """;

  /** A command line that cannot be followed. */
  static final class UsageException extends Exception {
    private static final long serialVersionUID = 1;

    UsageException(String message) {
      super(message);
    }
  }

  static DiscoverOptions parse(String... arguments) throws UsageException {
    int nodes = 5_000;
    int pods = 100_000;
    int services = 10_000;
    int changesPerSecond = 500;
    double minutes = 2;
    int seed = 1;
    String label = "";
    var out = Optional.of(Path.of("bench", "results"));
    var floors = Path.of("bench", "floors", "discover.json");
    for (int i = 0; i < arguments.length; i++) {
      switch (arguments[i]) {
        case "--nodes" -> nodes = (int) number(arguments, ++i, 1, 20_000);
        case "--pods" -> pods = (int) number(arguments, ++i, 1, 1_000_000);
        case "--services" -> services = (int) number(arguments, ++i, 0, 100_000);
        case "--changes-per-second" -> changesPerSecond = (int) number(arguments, ++i, 1, 100_000);
        case "--minutes" -> minutes = number(arguments, ++i, 0, 24 * 60);
        case "--seed" -> seed = (int) number(arguments, ++i, 0, Integer.MAX_VALUE);
        case "--label" -> label = value(arguments, ++i);
        case "--out" -> out = Optional.of(Path.of(value(arguments, ++i)));
        case "--no-out" -> out = Optional.empty();
        case "--floors" -> floors = Path.of(value(arguments, ++i));
        default -> throw new UsageException("bench discover does not know " + arguments[i]);
      }
    }
    return new DiscoverOptions(
        new ClusterSize(nodes, pods, services, seed),
        changesPerSecond,
        minutes,
        label,
        out,
        floors);
  }

  int changes() {
    return (int) Math.max(1, Math.round(minutes * 60 * changesPerSecond));
  }

  private static String value(String[] arguments, int i) throws UsageException {
    if (i >= arguments.length) {
      throw new UsageException(arguments[i - 1] + " needs a value");
    }
    return arguments[i];
  }

  private static double number(String[] arguments, int i, double least, double most)
      throws UsageException {
    var text = value(arguments, i);
    try {
      var number = Double.parseDouble(text);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // told below, together with numbers that make no sense
    }
    throw new UsageException(
        "%s wants a number from %.0f to %.0f, saw %s"
            .formatted(arguments[i - 1], least, most, text));
  }
}
