package io.bridgewatch.bench.scale;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What was asked for on the command line.
 *
 * @param load folder of loads
 * @param out folder for the result files; empty means none are written
 */
record ScaleOptions(Path load, int startSeconds, String label, Optional<Path> out, Path floors) {

  static final String USAGE =
      """
      usage: ./bw bench scale --load DIR [options]
        --load DIR      loads, .csv or .csv.gz
        --start N       seconds until a new replica serves (default 60)
        --label TEXT    a remark for the head of the result files
        --out DIR       where scale.md/.json are written (default bench/results)
        --no-out        write no result files
        --floors FILE   what must be held (default bench/floors/scale.json)
      exit code: 0 all held, 1 a floor was not held, 2 nothing was measured
      """;

  /** A command line that cannot be followed. */
  static final class UsageException extends Exception {
    private static final long serialVersionUID = 1;

    UsageException(String message) {
      super(message);
    }
  }

  static ScaleOptions parse(String... arguments) throws UsageException {
    Optional<Path> load = Optional.empty();
    int start = 60;
    String label = "";
    var out = Optional.of(Path.of("bench", "results"));
    var floors = Path.of("bench", "floors", "scale.json");
    for (int i = 0; i < arguments.length; i++) {
      switch (arguments[i]) {
        case "--load" -> load = Optional.of(Path.of(value(arguments, ++i)));
        case "--start" -> start = seconds(value(arguments, ++i));
        case "--label" -> label = value(arguments, ++i);
        case "--out" -> out = Optional.of(Path.of(value(arguments, ++i)));
        case "--no-out" -> out = Optional.empty();
        case "--floors" -> floors = Path.of(value(arguments, ++i));
        default -> throw new UsageException("bench scale does not know " + arguments[i]);
      }
    }
    return new ScaleOptions(
        load.orElseThrow(() -> new UsageException("bench scale wants --load DIR")),
        start,
        label,
        out,
        floors);
  }

  private static String value(String[] arguments, int i) throws UsageException {
    if (i >= arguments.length) {
      throw new UsageException(arguments[i - 1] + " needs a value");
    }
    return arguments[i];
  }

  private static int seconds(String text) throws UsageException {
    try {
      int seconds = Integer.parseInt(text);
      if (seconds >= 0 && seconds <= 3600) {
        return seconds;
      }
    } catch (NumberFormatException e) {
      // told below, together with numbers that make no sense
    }
    throw new UsageException("--start wants seconds from 0 to 3600, saw " + text);
  }
}
