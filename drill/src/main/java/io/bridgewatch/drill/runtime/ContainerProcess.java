package io.bridgewatch.drill.runtime;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A running container, as its kubelet sees it. */
public interface ContainerProcess {

  /** What a probe of the kubelet found. */
  record ProbeAnswer(boolean succeeded, Duration took, String message) {}

  /** Asks as an HTTP probe would; what is asked may be overloaded, starting or stuck. */
  ProbeAnswer probe(String path, int port);

  /** SIGTERM: it stops taking work, finishes what it has and exits with 0 or 143. */
  void terminate();

  /** SIGKILL: it is gone now; {@code exited} is not told. */
  void kill();

  /** What cgroups tell of it. */
  Usage usage();

  /**
   * Lines written since a moment, oldest first; the kubelet keeps the last 10 MiB.
   *
   * @param since exclusive lower bound of the line's time
   */
  List<LogLine> log(Instant since, int limit);

  /** When the last line was written; absent if none was. */
  Optional<Instant> lastLine();

  record LogLine(Instant time, boolean isError, String text) {}

  /**
   * Counters since the start, and gauges of now.
   *
   * @param cpuNanos CPU time used
   * @param throttledPeriods of the periods in which it wanted to run, 100 ms each
   * @param workingSetBytes what counts against the memory limit
   * @param fsUsedBytes of its writable layer and logs
   */
  record Usage(
      long cpuNanos,
      long periods,
      long throttledPeriods,
      long throttledNanos,
      long workingSetBytes,
      long rssBytes,
      long fsUsedBytes,
      long fsReadBytes,
      long fsWriteBytes,
      long networkReceivedBytes,
      long networkSentBytes,
      long networkReceiveErrors,
      long networkSendErrors,
      int processes,
      int fileDescriptors) {}
}
