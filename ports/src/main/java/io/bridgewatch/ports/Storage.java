package io.bridgewatch.ports;

import java.util.List;

/** The room that everything kept by time shares. */
public interface Storage {

  List<Retained> retained();

  /**
   * Bytes that may still be written to the disk.
   *
   * @throws StoreException if the disk cannot be asked
   */
  long usableBytes();
}
