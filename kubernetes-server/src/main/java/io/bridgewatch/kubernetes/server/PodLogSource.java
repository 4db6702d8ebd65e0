package io.bridgewatch.kubernetes.server;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What containers have written. Called by threads of connections. */
@FunctionalInterface
public interface PodLogSource {
  /**
   * @return absent when there is no such log: the container never ran, or not before the present
   *     run, or its node cannot be reached
   */
  Optional<Reader> open(Request request);

  /**
   * @param isPrevious the run before the present one
   */
  record Request(String namespace, String pod, String container, boolean isPrevious) {}

  record Line(Instant time, String text) {}

  /** Reads one log, from its beginning on. One thread. */
  interface Reader {
    /**
     * What came since the last call, oldest first; waits for it where there is nothing.
     *
     * @param patience to wait for, in real time; zero not to wait
     * @return empty when nothing came
     */
    List<Line> next(Duration patience) throws InterruptedException;

    /** Whether nothing will come after what has been read: the container has ended. */
    boolean isOver();
  }
}
