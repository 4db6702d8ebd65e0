package io.bridgewatch.drill.bank;

import io.bridgewatch.drill.bank.Telemetry.Severity;
import io.bridgewatch.drill.bank.Telemetry.WrittenLog;
import io.bridgewatch.drill.runtime.ContainerProcess.LogLine;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a container wrote to its standard output: the last thousand records. */
final class LogBook {

  private static final int KEPT = 1_024;
  private static final long NANOS_OF_A_DAY = 86_400_000_000_000L;

  /** A record counts as this many bytes on disk, whatever names stand in it. */
  static final int BYTES = 220;

  private final WrittenLog[] ring = new WrittenLog[KEPT];
  private long written;
  private long errors;
  private long dateOf = Long.MIN_VALUE;
  private String date = "";

  void add(WrittenLog log) {
    ring[(int) (written++ % KEPT)] = log;
    if (log.severity() == Severity.ERROR) {
      errors++;
    }
  }

  long written() {
    return written;
  }

  long errors() {
    return errors;
  }

  Optional<Instant> last() {
    return written == 0
        ? Optional.empty()
        : Optional.of(Instant.ofEpochSecond(0, record(written - 1).epochNanos()));
  }

  List<LogLine> since(Instant since, int limit) {
    long sinceNanos = since.getEpochSecond() * 1_000_000_000L + since.getNano();
    long first = written;
    while (first > Math.max(0, written - KEPT) && record(first - 1).epochNanos() > sinceNanos) {
      first--; // they are read soon after they were written
    }
    List<LogLine> lines = new ArrayList<>();
    for (long i = first; i < written && lines.size() < limit; i++) {
      WrittenLog log = record(i);
      Instant time = Instant.ofEpochSecond(0, log.epochNanos());
      for (String line : log.text().split("\n", -1)) {
        if (lines.size() < limit) {
          lines.add(new LogLine(time, log.severity() == Severity.ERROR, line));
        }
      }
    }
    return lines;
  }

  private WrittenLog record(long number) {
    return ring[(int) (number % KEPT)];
  }

  /** Appends {@code 2026-11-29 10:00:00.123}, in the bank's zone, eight hours east of UTC. */
  void time(StringBuilder text, long epochNanos) {
    long local = epochNanos + 8 * 3_600_000_000_000L;
    long day = Math.floorDiv(local, NANOS_OF_A_DAY);
    if (day != dateOf) {
      dateOf = day;
      date = LocalDate.ofEpochDay(day).toString();
    }
    int millis = (int) (Math.floorMod(local, NANOS_OF_A_DAY) / 1_000_000);
    text.append(date).append(' ');
    digits(text, millis / 3_600_000, 2).append(':');
    digits(text, millis / 60_000 % 60, 2).append(':');
    digits(text, millis / 1_000 % 60, 2).append('.');
    digits(text, millis % 1_000, 3);
  }

  private static StringBuilder digits(StringBuilder text, int value, int count) {
    for (int power = count == 3 ? 100 : 10; power > 0; power /= 10) {
      text.append((char) ('0' + value / power % 10));
    }
    return text;
  }
}
