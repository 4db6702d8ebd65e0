package io.bridgewatch.ports;

import io.bridgewatch.model.LogPattern;
import java.util.Collection;
import java.util.List;

/**
 * The patterns of log lines that were ever learned, so that a restart takes none of them for new.
 * Safe for use by several threads.
 */
public interface LogPatternStore {

  /** All that are kept, in the order of their ids. */
  List<LogPattern> all();

  /**
   * Keeps these, each in the place of the one with its id; when this has returned, they survive a
   * crash.
   *
   * @throws StoreException if they could not be kept at present; then none was
   */
  void put(Collection<LogPattern> patterns);

  /** Forgets those with these ids; others are not touched. */
  void remove(Collection<String> ids);
}
