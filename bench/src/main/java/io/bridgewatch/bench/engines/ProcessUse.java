package io.bridgewatch.bench.engines;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a process has taken, as Linux counts it. */
public final class ProcessUse {

  private static final double TICKS_PER_SECOND = 100;

  private ProcessUse() {}

  /** Of all its threads since it started, in user and system mode. */
  public static double cpuSeconds(long pid) throws IOException {
    String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND;
  }

  /** Memory that is resident now; {@code NaN} if it is not told. */
  public static double residentMiB(long pid) throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc", Long.toString(pid), "status"))) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("\\D", "")) / 1024.0;
      }
    }
    return Double.NaN;
  }
}
