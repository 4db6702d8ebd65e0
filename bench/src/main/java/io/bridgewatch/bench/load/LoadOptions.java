package io.bridgewatch.bench.load;

import io.bridgewatch.bench.engines.OtherEngine;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What was asked for on the command line.
 *
 * @param hub class path of the hub
 * @param linesPerSecond of the log
 * @param minutes that each measured phase lasts
 * @param beyond times the rate that has to be kept up with, for a minute; 1 for not at all
 * @param out folder for the result files; empty means none are written
 */
record LoadOptions(
    String hub,
    String heap,
    int series,
    int linesPerSecond,
    int spansPerSecond,
    int minutes,
    int beyond,
    int seed,
    List<OtherEngine.Kind> peers,
    String label,
    Optional<Path> out,
    Path floors) {

  static final String USAGE =
      """
      usage: ./bw bench load [options]
        --series N       series, each with a sample every 15 s (default 100000)
        --lines N        log lines a second (default 5000)
        --spans N        spans a second (default 5000)
        --minutes N      of each phase: metrics beside peers, then all signals (default 10)
        --beyond N       times that rate for a minute at the end, 1 for not at all (default 3)
        --heap SIZE      of the hub (default 4g)
        --seed N         of what is made up (default 1)
        --peers LIST     victoria_metrics,prometheus or none (default both, where installed)
        --hub CLASSPATH  of the hub (./bw gives that of this checkout)
        --label TEXT     a remark for the head of the result files
        --out DIR        where load.md/.json are written (default bench/results)
        --no-out         write no result files
        --floors FILE    what must be held (default bench/floors/load.json)
      exit code: 0 all held, 1 a floor was not held, 2 nothing was measured
      """;

  /** A command line that cannot be followed. */
  static final class UsageException extends Exception {
    private static final long serialVersionUID = 1;

    UsageException(String message) {
      super(message);
    }
  }

  static LoadOptions parse(String... arguments) throws UsageException {
    String hub = "";
    String heap = "4g";
    int series = 100_000;
    int lines = 5_000;
    int spans = 5_000;
    int minutes = 10;
    int beyond = 3;
    int seed = 1;
    var peers = List.of(OtherEngine.Kind.values());
    String label = "";
    var out = Optional.of(Path.of("bench", "results"));
    var floors = Path.of("bench", "floors", "load.json");
    for (int i = 0; i < arguments.length; i++) {
      switch (arguments[i]) {
        case "--hub" -> hub = value(arguments, ++i);
        case "--heap" -> heap = value(arguments, ++i);
        case "--series" -> series = number(arguments, ++i, 250, 500_000);
        case "--lines" -> lines = number(arguments, ++i, 1_000, 100_000);
        case "--spans" -> spans = number(arguments, ++i, 1_000, 100_000);
        case "--minutes" -> minutes = number(arguments, ++i, 1, 24 * 60);
        case "--beyond" -> beyond = number(arguments, ++i, 1, 8);
        case "--seed" -> seed = number(arguments, ++i, 0, Integer.MAX_VALUE);
        case "--peers" -> peers = peers(value(arguments, ++i));
        case "--label" -> label = value(arguments, ++i);
        case "--out" -> out = Optional.of(Path.of(value(arguments, ++i)));
        case "--no-out" -> out = Optional.empty();
        case "--floors" -> floors = Path.of(value(arguments, ++i));
        default -> throw new UsageException("bench load does not know " + arguments[i]);
      }
    }
    if (hub.isEmpty()) {
      throw new UsageException("bench load needs --hub, which ./bw bench load gives");
    }
    return new LoadOptions(
        hub, heap, series, lines, spans, minutes, beyond, seed, peers, label, out, floors);
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

  static String value(String[] arguments, int i) throws UsageException {
    if (i >= arguments.length) {
      throw new UsageException(arguments[i - 1] + " needs a value");
    }
    return arguments[i];
  }

  static int number(String[] arguments, int i, int least, int most) throws UsageException {
    var text = value(arguments, i);
    try {
      int number = Integer.parseInt(text);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // told below, together with numbers that make no sense
    }
    throw new UsageException(
        "%s wants a number from %d to %d, saw %s".formatted(arguments[i - 1], least, most, text));
  }
}
