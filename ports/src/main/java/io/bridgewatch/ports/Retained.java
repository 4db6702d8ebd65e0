package io.bridgewatch.ports;

import java.time.Instant;

/**
 * One class of what is kept by time, such as changes, whose oldest part can be given up. Safe for
 * use by several threads.
 */
public interface Retained {

  /** Such as {@code changes}. */
  Kind kind();

  /**
   * On disk, about.
   *
   * @throws StoreException if it cannot be asked at present
   */
  long bytes();

  /** Whether it takes room in another system, not on the disk of this one. */
  default boolean isExternal() {
    return false;
  }

  /**
   * Time of the oldest that is kept; {@link Instant#MAX} if there is nothing.
   *
   * @throws StoreException if it cannot be asked at present
   */
  Instant oldest();

  /**
   * Forgets what is older and gives its room back. What is needed to know that time and after may
   * stay.
   *
   * @throws StoreException if it cannot be done at present
   */
  void forgetBefore(Instant time);

  /** What there is to keep. */
  enum Kind {
    /** What happened: changes, lives of containers, turns of health, Kubernetes' own events. */
    HAPPENINGS,
    /** What existed when. */
    TOPOLOGY,
    METRICS,
    LOGS,
    SPANS,
    /** What incidents of watched clusters rest on, and the incidents once they are closed. */
    RECORDINGS
  }
}
