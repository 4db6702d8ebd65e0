package io.bridgewatch.bench.engines;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;

/** Something that keeps metrics in a process of its own and takes remote write over HTTP. */
public interface MetricEngine extends AutoCloseable {

  String title();

  long pid();

  /** A request of remote write 1.0; the body is still to be put in. */
  HttpRequest.Builder write();

  /** Brings to its files what it keeps back in memory, as far as it can be told to. */
  void flush() throws IOException, InterruptedException;

  /** What its metrics take on the disk now, with their log. */
  long bytes() throws IOException;

  /** What the log of these takes. */
  long logBytes() throws IOException;

  /**
   * Asks for the values of one series at every minute.
   *
   * @return how many seconds the answer took
   * @throws IOException if it does not answer as it should
   */
  double oneSeries(String metric, String pod, String part, Instant end, Duration length)
      throws IOException, InterruptedException;

  /** The same for the rate over five minutes of each series of a metric. */
  double rate(String metric, Instant end, Duration length) throws IOException, InterruptedException;

  /** Ends the process. */
  @Override
  void close() throws IOException, InterruptedException;

  /**
   * Waits until its files have not changed for ten seconds, or some minutes: it may still merge.
   */
  default void awaitQuiet() throws IOException {
    Quiet.await(this::bytes);
  }
}
