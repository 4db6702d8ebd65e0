package io.bridgewatch.bench.logs;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What was asked for on the command line.
 *
 * @param data folder of labelled lines; empty means grouping is not measured
 * @param out folder for the result files; empty means none are written
 */
record LogsOptions(
    Optional<Path> data,
    int lines,
    int spans,
    int seed,
    String label,
    Optional<Path> out,
    Path floors) {

  static final String USAGE =
      """
      usage: ./bw bench logs [options]
        --data DIR      folders with *_structured_corrected.csv, to measure grouping too
        --lines N       log lines to store (default 1000000)
        --spans N       spans to store (default 1000000)
        --seed N        of what is made up (default 1)
        --label TEXT    a remark for the head of the result files
        --out DIR       where logs.md/.json are written (default bench/results)
        --no-out        write no result files
        --floors FILE   what must be held (default bench/floors/logs.json)
      exit code: 0 all held, 1 a floor was not held, 2 nothing was measured
      """;

  /** A command line that cannot be followed. */
  static final class UsageException extends Exception {
    private static final long serialVersionUID = 1;

    UsageException(String message) {
      super(message);
    }
  }

  static LogsOptions parse(String... arguments) throws UsageException {
    Optional<Path> data = Optional.empty();
    int lines = 1_000_000;
    int spans = 1_000_000;
    int seed = 1;
    String label = "";
    var out = Optional.of(Path.of("bench", "results"));
    var floors = Path.of("bench", "floors", "logs.json");
    for (int i = 0; i < arguments.length; i++) {
      switch (arguments[i]) {
        case "--data" -> data = Optional.of(Path.of(value(arguments, ++i)));
        case "--lines" -> lines = number(arguments, ++i, 1_000, 100_000_000);
        case "--spans" -> spans = number(arguments, ++i, 1_000, 100_000_000);
        case "--seed" -> seed = number(arguments, ++i, 0, Integer.MAX_VALUE);
        case "--label" -> label = value(arguments, ++i);
        case "--out" -> out = Optional.of(Path.of(value(arguments, ++i)));
        case "--no-out" -> out = Optional.empty();
        case "--floors" -> floors = Path.of(value(arguments, ++i));
        default -> throw new UsageException("bench logs does not know " + arguments[i]);
      }
    }
    return new LogsOptions(data, lines, spans, seed, label, out, floors);
  }

  private static String value(String[] arguments, int i) throws UsageException {
    if (i >= arguments.length) {
      throw new UsageException(arguments[i - 1] + " needs a value");
    }
    return arguments[i];
  }

  private static int number(String[] arguments, int i, int least, int most) throws UsageException {
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
