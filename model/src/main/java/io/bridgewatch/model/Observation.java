package io.bridgewatch.model;

import java.time.Instant;
import java.util.List;

/**
 * One thing that was heard from a cluster, in the order in which it was heard.
 *
 * <p>A list is told object by object between {@link ListBegan} and {@link ListEnded}: whatever of
 * that kind is not told between the two no longer exists. The same holds for a list that is read
 * again because a watch could not be resumed, so nothing is lost between the two. Lists of several
 * kinds may be told at once; within one kind they never are.
 */
public sealed interface Observation {

  /** When it was heard, by the clock of the one who heard it. */
  Instant time();

  /** From here on all objects of the kind are told anew. */
  record ListBegan(Instant time, ObjectKind kind) implements Observation {}

  /** An object as it was listed ({@code ADDED}) or as a watch reported it. */
  record Observed(ObjectKind kind, WatchEvent event) implements Observation {
    @Override
    public Instant time() {
      return event.time();
    }
  }

  /** All objects of the kind have been told. */
  record ListEnded(Instant time, ObjectKind kind) implements Observation {}

  /** Spans were measured; those of one trace that come together tell who calls whom. */
  record Traced(Instant time, List<Span> spans) implements Observation {
    public Traced {
      spans = List.copyOf(spans);
    }
  }

  /** Metrics were measured on these resources, so what they describe exists. */
  record Sampled(Instant time, List<Attributes> resources) implements Observation {
    public Sampled {
      resources = List.copyOf(resources);
    }
  }

  /** The connection, or one kind's, is in another state than before. */
  record FeedChanged(Instant time, FeedStatus status) implements Observation {}

  /** The API server's audit log tells who asked for something. */
  record Audited(Instant time, AuditRecord record) implements Observation {}

  /**
   * Something could not be read and was passed over; the rest was kept.
   *
   * @param subject what it was, such as {@code pods} or {@code audit log}
   * @param reason PascalCase word
   */
  record Rejected(Instant time, String subject, String reason, String detail, long count)
      implements Observation {}
}
