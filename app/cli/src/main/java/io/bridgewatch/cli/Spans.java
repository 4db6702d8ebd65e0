package io.bridgewatch.cli;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lengths of time as people type them. */
final class Spans {

  private static final Pattern SHAPE = Pattern.compile("(\\d{1,7})(s|m|h|d)?");

  private Spans() {}

  /** Seconds of {@code 90}, {@code 90s}, {@code 2m}, {@code 6h} or {@code 7d}. */
  static Optional<Integer> seconds(String text) {
    Matcher found = SHAPE.matcher(text);
    if (!found.matches()) {
      return Optional.empty();
    }
    String unit = found.group(2) == null ? "s" : found.group(2);
    long seconds =
        Long.parseLong(found.group(1))
            * switch (unit) {
              case "m" -> 60;
              case "h" -> 3600;
              case "d" -> 86_400;
              default -> 1;
            };
    return seconds > Integer.MAX_VALUE ? Optional.empty() : Optional.of((int) seconds);
  }
}
