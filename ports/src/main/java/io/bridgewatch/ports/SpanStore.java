package io.bridgewatch.ports;

import io.bridgewatch.model.AttributeMatch;
import io.bridgewatch.model.Span;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Spans that are kept, by trace and by time. Safe for use by several threads. */
public interface SpanStore {

  /**
   * Keeps these; when this has returned, they survive a crash. They are found {@link
   * LogStore#VISIBLE_WITHIN} later. A span that is told again is kept once.
   *
   * @throws StoreException if they could not be kept at present
   */
  void append(List<Span> spans);

  /** All spans of a trace that are kept, by their start. */
  List<Span> trace(String traceId);

  /**
   * Spans that match, newest start first.
   *
   * @throws InvalidCursorException if the cursor is not one of this store
   */
  Page<Span> find(Query query, PageRequest page);

  /** Forgets what is older. */
  void forgetBefore(Instant time);

  Extent extent();

  /**
   * What to look for.
   *
   * @param from inclusive, of the start
   * @param to exclusive, of the start
   * @param name the exact operation name; empty for all
   * @param atLeast that long; zero for all
   * @param failed only failed ones, or only others; empty for all
   * @param rootsOnly only spans without a parent
   * @param matches all must hold, of the span's or the resource's attributes
   */
  record Query(
      Instant from,
      Instant to,
      Optional<String> name,
      Duration atLeast,
      Optional<Boolean> failed,
      boolean rootsOnly,
      List<AttributeMatch> matches) {
    public Query {
      matches = List.copyOf(matches);
    }

    public static Query between(Instant from, Instant to) {
      return new Query(
          from, to, Optional.empty(), Duration.ZERO, Optional.empty(), false, List.of());
    }
  }

  /**
   * @param bytes on disk
   * @param oldest {@link Instant#MAX} if there is none
   */
  record Extent(long spans, long bytes, Instant oldest) {}
}
