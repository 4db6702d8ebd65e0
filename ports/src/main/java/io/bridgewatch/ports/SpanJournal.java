package io.bridgewatch.ports;

import io.bridgewatch.model.Span;
import java.util.List;

/**
 * Spans that were acknowledged and are not decided about yet, in the order in which they came. They
 * are not found by {@link SpanStore}. Safe for use by several threads.
 */
public interface SpanJournal {

  /**
   * Writes these down; when this has returned, they survive a crash.
   *
   * @return the number of the last of them; numbers rise, also over restarts
   * @throws StoreException if they could not be written at present
   */
  long append(List<Span> spans);

  /**
   * Tells of every batch that is still written down, oldest first.
   *
   * @throws StoreException if they cannot be read
   */
  void replay(Reader reader);

  /**
   * Crosses off a batch and all before it.
   *
   * @param through the number that {@link #append} told of it
   */
  void trim(long through);

  /** Takes batches. */
  interface Reader {
    /**
     * @param last the number of the last span
     */
    void batch(long last, List<Span> spans);
  }
}
