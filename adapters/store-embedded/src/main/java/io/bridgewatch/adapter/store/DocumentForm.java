package io.bridgewatch.adapter.store;

import java.io.IOException;
import java.util.List;

/** How one sort of item is written into the journal and into an index. */
interface DocumentForm<T> {

  /** The time by which it is found, in nanoseconds since 1970-01-01T00:00Z. */
  long nanos(T item);

  byte[] encode(List<T> batch);

  List<T> decode(byte[] batch);

  /** Called by one thread at a time. */
  void index(T item, long number, HourIndex into) throws IOException;
}
