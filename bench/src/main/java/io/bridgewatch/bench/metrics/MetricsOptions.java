package io.bridgewatch.bench.metrics;

import io.bridgewatch.bench.engines.OtherEngine;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What was asked for on the command line.
 *
 * @param batch samples that come at once
 * @param end the time of the last samples, in milliseconds since 1970-01-01T00:00Z
 * @param peers to compare with
 * @param hub class path of a hub, to be fed over HTTP as the peers are; empty means it is left out
 * @param out folder for the result files; empty means none are written
 */
record MetricsOptions(
    int series,
    int rounds,
    int batch,
    int queries,
    int seed,
    long end,
    List<OtherEngine.Kind> peers,
    String label,
    Optional<String> hub,
    Optional<Path> out,
    Path floors) {

  static final String USAGE =
      """
      usage: ./bw bench metrics [options]
        --series N       series, each with a sample every 15 s (default 100000)
        --hours N        of samples, taken as fast as they can be (default 6)
        --batch N        samples that come at once (default 2000)
        --queries N      of each kind (default 100)
        --seed N         of the samples and queries (default 1)
        --peers LIST     victoria_metrics,prometheus or none (default both, where installed)
        --hub CLASSPATH  of a hub to feed over HTTP too (./bw gives that of this checkout)
        --label TEXT     a remark for the head of the result files
        --out DIR        where metrics.md/.json are written (default bench/results)
        --no-out         write no result files
        --floors FILE    what must be held (default bench/floors/metrics.json)
      exit code: 0 all held, 1 a floor was not held, 2 nothing was measured
      """;

  /** A command line that cannot be followed. */
  static final class UsageException extends Exception {
    private static final long serialVersionUID = 1;

    UsageException(String message) {
      super(message);
    }
  }

  /**
   * @param now in milliseconds since 1970-01-01T00:00Z
   */
  static MetricsOptions parse(long now, String... arguments) throws UsageException {
    int series = 100_000;
    double hours = 6;
    int batch = 2_000;
    int queries = 100;
    int seed = 1;
    var peers = List.of(OtherEngine.Kind.values());
    String label = "";
    Optional<String> hub = Optional.empty();
    var out = Optional.of(Path.of("bench", "results"));
    var floors = Path.of("bench", "floors", "metrics.json");
    for (int i = 0; i < arguments.length; i++) {
      switch (arguments[i]) {
        case "--series" -> series = (int) number(arguments, ++i, 250, 2_000_000);
        case "--hours" -> hours = number(arguments, ++i, 0.01, 24 * 30);
        case "--batch" -> batch = (int) number(arguments, ++i, 1, 1_000_000);
        case "--queries" -> queries = (int) number(arguments, ++i, 1, 100_000);
        case "--seed" -> seed = (int) number(arguments, ++i, 0, Integer.MAX_VALUE);
        case "--peers" -> peers = peers(value(arguments, ++i));
        case "--hub" -> hub = Optional.of(value(arguments, ++i));
        case "--label" -> label = value(arguments, ++i);
        case "--out" -> out = Optional.of(Path.of(value(arguments, ++i)));
        case "--no-out" -> out = Optional.empty();
        case "--floors" -> floors = Path.of(value(arguments, ++i));
        default -> throw new UsageException("bench metrics does not know " + arguments[i]);
      }
    }
    int rounds = (int) Math.max(1, hours * 3_600_000 / MadeUpSamples.STEP_MILLIS);
    long end = now / MadeUpSamples.STEP_MILLIS * MadeUpSamples.STEP_MILLIS;
    return new MetricsOptions(
        series, rounds, batch, queries, seed, end, peers, label, hub, out, floors);
  }

  /** The time of the first samples. */
  long start() {
    return end - (long) rounds * MadeUpSamples.STEP_MILLIS;
  }

  private static List<OtherEngine.Kind> peers(String list) throws UsageException {
    var peers = new ArrayList<OtherEngine.Kind>();
    for (String name : list.equals("none") ? new String[0] : list.split(",", -1)) {
      try {
        peers.add(OtherEngine.Kind.valueOf(name.toUpperCase(Locale.ROOT)));
      } catch (IllegalArgumentException e) {
        throw new UsageException("--peers does not know " + name);
      }
    }
    return peers;
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
        "%s wants a number from %s to %s, saw %s".formatted(arguments[i - 1], least, most, text));
  }
}
