package io.bridgewatch.model;

import java.time.Instant;
import java.util.Optional;

/**
 * How well a cluster, or one kind of its objects, can be heard.
 *
 * @param kind empty for the cluster as a whole
 * @param reason PascalCase word, such as {@code Forbidden}; empty while all is well
 * @param detail one sentence with what was seen and what helps; empty while all is well
 * @param since when it came to be so
 */
public record FeedStatus(
    Optional<ObjectKind> kind, State state, String reason, String detail, Instant since) {

  /** From first contact on. */
  public enum State {
    /** Not reached yet. */
    CONNECTING,
    /** Lists are being read. */
    SYNCING,
    /** Complete, and changes arrive as they happen. */
    LIVE,
    /** What is known is kept; it is tried again, with growing pauses. */
    DOWN,
    /** The cluster does not let us read this kind, or has no such kind. */
    UNAVAILABLE
  }
}
