package io.bridgewatch.scale;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/**
 * Reads a load from lines of two columns, separated by a comma, under a heading that tells what
 * they are: {@code minute,requests} counts the requests of each minute since the start, {@code
 * unix_s,value} has a rate a second from each second since 1970 on. The smallest distance of two
 * lines is the step; steps without a line were not seen.
 */
public final class LoadText {

  private static final int MOST_STEPS = 10_000_000;

  private LoadText() {}

  /**
   * @throws IllegalArgumentException if a line cannot be read; it is named by its number
   */
  public static LoadTrace parse(List<String> lines) {
    boolean counts = counts(lines.isEmpty() ? "" : lines.getFirst());
    long[] times = new long[lines.size()];
    double[] values = new double[lines.size()];
    int count = 0;
    for (int i = 1; i < lines.size(); i++) {
      String line = lines.get(i);
      if (line.isBlank()) {
        continue;
      }
      int comma = line.indexOf(',');
      try {
        times[count] = Long.parseLong(line, 0, Math.max(0, comma), 10) * (counts ? 60 : 1);
        values[count] = Double.parseDouble(line.substring(comma + 1)) / (counts ? 60 : 1);
      } catch (NumberFormatException e) {
        throw unreadable(i, line, "two numbers and a comma between them");
      }
      if (count > 0 && times[count] <= times[count - 1]) {
        throw unreadable(i, line, "a time after that of the line before");
      }
      if (!(values[count] >= 0) || Double.isInfinite(values[count])) {
        throw unreadable(i, line, "a load of at least 0");
      }
      count++;
    }
    return trace(times, values, count);
  }

  private static boolean counts(String heading) {
    return switch (heading.strip()) {
      case "minute,requests" -> true;
      case "unix_s,value" -> false;
      default ->
          throw new IllegalArgumentException(
              "the first line must be minute,requests or unix_s,value, was \"%s\""
                  .formatted(heading.length() > 60 ? heading.substring(0, 60) + "…" : heading));
    };
  }

  private static LoadTrace trace(long[] times, double[] values, int count) {
    if (count < 2) {
      throw new IllegalArgumentException("a load needs at least two lines, had " + count);
    }
    long step = Long.MAX_VALUE;
    for (int i = 1; i < count; i++) {
      step = Math.min(step, times[i] - times[i - 1]);
    }
    long steps = (times[count - 1] - times[0]) / step + 1;
    if (steps > MOST_STEPS || step > 86_400) {
      throw new IllegalArgumentException(
          "a load may have %d steps of at most a day, had %d of %d s"
              .formatted(MOST_STEPS, steps, step));
    }
    double[] rates = new double[(int) steps];
    Arrays.fill(rates, Double.NaN);
    for (int i = 0; i < count; i++) {
      rates[(int) ((times[i] - times[0]) / step)] = values[i];
    }
    return new LoadTrace(Instant.ofEpochSecond(times[0]), (int) step, rates);
  }

  private static IllegalArgumentException unreadable(int index, String line, String wanted) {
    return new IllegalArgumentException(
        "line %d wants %s, was \"%s\""
            .formatted(index + 1, wanted, line.length() > 60 ? line.substring(0, 60) + "…" : line));
  }
}
