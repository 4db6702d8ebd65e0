package io.bridgewatch.kubernetes.server;

import java.util.ArrayList;
import java.util.List;

/** A position in the changes of one kind. Its fields are guarded by the lock of the store. */
final class Watch {
  /** Lines that a fault wants sent besides the changes. */
  final List<byte[]> injected = new ArrayList<>();

  /** Ends the connection, from any thread. */
  final Runnable cut;

  long position;
  boolean isEnded;

  /** Whether a bookmark was asked for out of turn. */
  boolean isBookmarkDue;

  Watch(Runnable cut) {
    this.cut = cut;
  }

  /**
   * What a watch has to send.
   *
   * @param changes next changes, oldest first
   * @param version a version up to which everything has been sent once these changes are
   * @param isBookmarkDue a bookmark was asked for out of turn
   * @param isExpired the position was forgotten
   * @param isEnded the watch shall end
   */
  record Batch(
      List<Change> changes,
      List<byte[]> injected,
      long version,
      boolean isBookmarkDue,
      boolean isExpired,
      boolean isEnded) {
    Batch {
      changes = List.copyOf(changes);
      injected = List.copyOf(injected);
    }
  }
}
