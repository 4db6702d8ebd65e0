package io.bridgewatch.bench.rca;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What was asked for on the command line.
 *
 * @param sets names of sets to run; empty means all
 * @param out folder for the result files; empty means none are written
 * @param cases file for one line a case and track
 * @param floors the least scores to hold; empty means that nothing is asserted
 */
record Options(
    Path data,
    List<String> sets,
    Optional<Path> out,
    String label,
    int threads,
    Optional<Path> cases,
    Optional<Path> floors) {

  static final String USAGE =
      """
      usage: ./bw bench rca --data DIR [options]
        --data DIR     folder of sets, or one set; a set is a folder of bundles with
                       <bundle>.truth.json beside each
        --set NAME     run this set only; may be given more than once
        --out DIR      where rca-given.md/.json and rca-not-given.md/.json are written
                       (default bench/results, unless --set is given: then nowhere)
        --label TEXT   a remark for the head of the result files
        --cases FILE   also write one CSV line a case and track
        --threads N    cases at a time (default 1; more blurs the times)
        --assert       fail with exit code 1 where a score is below bench/floors/rca.json
        --floors FILE  like --assert, with another file
      """;

  private static final Path RESULTS = Path.of("bench", "results");
  private static final Path FLOORS = Path.of("bench", "floors", "rca.json");

  /** A command line that cannot be followed. */
  static final class UsageException extends Exception {
    private static final long serialVersionUID = 1;

    UsageException(String message) {
      super(message);
    }
  }

  Options {
    sets = List.copyOf(sets);
  }

  static Options parse(String... arguments) throws UsageException {
    Optional<Path> data = Optional.empty();
    var sets = new ArrayList<String>();
    Optional<Path> out = Optional.empty();
    String label = "";
    int threads = 1;
    Optional<Path> cases = Optional.empty();
    Optional<Path> floors = Optional.empty();
    for (int i = 0; i < arguments.length; i++) {
      String option = arguments[i];
      switch (option) {
        case "--data" -> data = Optional.of(Path.of(value(arguments, ++i)));
        case "--set" -> sets.add(value(arguments, ++i));
        case "--out" -> out = Optional.of(Path.of(value(arguments, ++i)));
        case "--label" -> label = value(arguments, ++i);
        case "--threads" -> threads = threads(value(arguments, ++i));
        case "--cases" -> cases = Optional.of(Path.of(value(arguments, ++i)));
        case "--floors" -> floors = Optional.of(Path.of(value(arguments, ++i)));
        case "--assert" -> floors = floors.or(() -> Optional.of(FLOORS));
        default -> throw new UsageException("bench rca does not know " + option);
      }
    }
    if (data.isEmpty()) {
      throw new UsageException("bench rca needs --data DIR");
    }
    if (out.isEmpty() && sets.isEmpty()) {
      out = Optional.of(RESULTS);
    }
    return new Options(data.get(), sets, out, label, threads, cases, floors);
  }

  private static String value(String[] arguments, int i) throws UsageException {
    if (i >= arguments.length) {
      throw new UsageException(arguments[i - 1] + " needs a value");
    }
    return arguments[i];
  }

  private static int threads(String text) throws UsageException {
    try {
      int threads = Integer.parseInt(text);
      if (threads >= 1 && threads <= 64) {
        return threads;
      }
    } catch (NumberFormatException e) {
      // told below, together with numbers that make no sense
    }
    throw new UsageException("--threads wants a number from 1 to 64, saw " + text);
  }
}
