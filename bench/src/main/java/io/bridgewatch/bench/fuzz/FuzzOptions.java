package io.bridgewatch.bench.fuzz;

import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * What {@code ./bw bench fuzz} is asked to do.
 *
 * @param inputs in all, shared by the targets
 * @param only the targets whose names contain that, or one of several with commas; all if empty
 * @param results folder for what comes of it
 */
record FuzzOptions(long inputs, long seed, String only, Path results) {
  static final String USAGE =
      """
      usage: ./bw bench fuzz [--inputs N] [--seed N] [--only NAMES] [--results DIR]
        --inputs N    in all, shared by the targets; 10,000,000 unless given
        --seed N      other inputs; 1 unless given
        --only NAMES  the targets whose names contain it, such as otlp,zipkin,jaeger
        --results DIR where fuzz.md is written; bench/results unless given
      """;

  /** An option that is none, or a value that does not fit. */
  static final class UsageException extends Exception {
    private static final long serialVersionUID = 1;

    private UsageException(String message) {
      super(message);
    }
  }

  static FuzzOptions parse(String... arguments) throws UsageException {
    long inputs = 10_000_000;
    long seed = 1;
    String only = "";
    Path results = Path.of("bench", "results");
    for (int i = 0; i < arguments.length; i += 2) {
      if (i + 1 == arguments.length) {
        throw new UsageException("option " + arguments[i] + " has no value, or is none");
      }
      String value = arguments[i + 1];
      switch (arguments[i]) {
        case "--inputs" -> inputs = number(arguments[i], value);
        case "--seed" -> seed = number(arguments[i], value);
        case "--only" -> only = value;
        case "--results" -> results = Path.of(value);
        default -> throw new UsageException("no option " + arguments[i]);
      }
    }
    return new FuzzOptions(inputs, seed, only, results);
  }

  boolean wants(String target) {
    return Stream.of(only.split(",", -1)).anyMatch(target::contains);
  }

  private static long number(String option, String value) throws UsageException {
    try {
      long number = Long.parseLong(value);
      if (number > 0) {
        return number;
      }
    } catch (NumberFormatException e) {
      // told below
    }
    throw new UsageException(option + " is " + value + ", wanted a number from 1 on");
  }
}
