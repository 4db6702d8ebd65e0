package io.bridgewatch.ports;

import java.util.Optional;

/**
 * What was done, for good: entries are added and never changed or removed. Each entry is chained to
 * the one before by a hash, so that a change made behind the log's back is found. What {@link
 * #append} has returned from survives a crash.
 */
public interface AuditLog {

  void append(AuditEntry entry);

  /**
   * Newest first.
   *
   * @throws InvalidCursorException if the cursor is not one of this log
   */
  Page<AuditEntry> entries(Query query);

  /** Follows the chain from the first entry to the last. */
  Verification verify();

  /**
   * @param action only these; empty for all
   * @param user only what this user did, exact name; empty for all
   */
  record Query(Optional<AuditEntry.Action> action, Optional<String> user, PageRequest page) {}

  /**
   * @param entries how many were followed
   * @param firstBroken number, counted from 1, of the first entry that does not fit; empty if all
   *     fit
   */
  record Verification(long entries, Optional<Long> firstBroken) {}
}
