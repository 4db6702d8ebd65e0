package io.bridgewatch.bench.sale;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What was asked for on the command line.
 *
 * @param days of history
 * @param out folder for the result files; empty means none are written
 */
record SaleOptions(List<Long> seeds, int days, String label, Optional<Path> out, Path floors) {

  static final String USAGE =
      """
      usage: ./bw bench flash-sale [options]
        --seeds LIST    seeds of the worlds, with commas (default 14,15,16)
        --days N        days of history (default 4)
        --label TEXT    a remark for the head of the result files
        --out DIR       where flash-sale.md/.json are written (default bench/results)
        --no-out        write no result files
        --floors FILE   what must be held (default bench/floors/flash-sale.json)
      exit code: 0 all held, 1 a floor was not held, 2 nothing was measured
      """;

  SaleOptions {
    seeds = List.copyOf(seeds);
  }

  /** A command line that cannot be followed. */
  static final class UsageException extends Exception {
    private static final long serialVersionUID = 1;

    UsageException(String message) {
      super(message);
    }
  }

  static SaleOptions parse(String... arguments) throws UsageException {
    List<Long> seeds = List.of(14L, 15L, 16L);
    int days = 4;
    String label = "";
    var out = Optional.of(Path.of("bench", "results"));
    var floors = Path.of("bench", "floors", "flash-sale.json");
    for (int i = 0; i < arguments.length; i++) {
      switch (arguments[i]) {
        case "--seeds" -> seeds = seeds(value(arguments, ++i));
        case "--days" -> days = days(value(arguments, ++i));
        case "--label" -> label = value(arguments, ++i);
        case "--out" -> out = Optional.of(Path.of(value(arguments, ++i)));
        case "--no-out" -> out = Optional.empty();
        case "--floors" -> floors = Path.of(value(arguments, ++i));
        default -> throw new UsageException("bench flash-sale does not know " + arguments[i]);
      }
    }
    return new SaleOptions(seeds, days, label, out, floors);
  }

  private static String value(String[] arguments, int i) throws UsageException {
    if (i >= arguments.length) {
      throw new UsageException(arguments[i - 1] + " needs a value");
    }
    return arguments[i];
  }

  private static List<Long> seeds(String text) throws UsageException {
    try {
      return Arrays.stream(text.split(",")).map(String::strip).map(Long::valueOf).toList();
    } catch (NumberFormatException e) {
      throw new UsageException("--seeds wants whole numbers with commas, saw " + text);
    }
  }

  private static int days(String text) throws UsageException {
    if (text.matches("[1-9]|1\\d|2\\d|30")) {
      return Integer.parseInt(text);
    }
    throw new UsageException("--days wants 1 to 30, saw " + text);
  }
}
