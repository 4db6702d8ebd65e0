package io.bridgewatch.testkit;

import io.bridgewatch.model.Span;
import io.bridgewatch.ports.InvalidCursorException;
import io.bridgewatch.ports.Page;
import io.bridgewatch.ports.PageRequest;
import io.bridgewatch.ports.QueryDeadline;
import io.bridgewatch.ports.SpanStore;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Spans in memory. Safe to share between threads. */
public final class InMemorySpanStore implements SpanStore {

  private static final Comparator<Span> NEWEST_FIRST =
      Comparator.comparingLong(Span::startNanos)
          .reversed()
          .thenComparing(Span::traceId)
          .thenComparing(Span::spanId);

  private final Map<String, Span> kept = new LinkedHashMap<>();

  @Override
  public synchronized void append(List<Span> spans) {
    spans.forEach(span -> kept.putIfAbsent(id(span), span));
  }

  private static String id(Span span) {
    return span.traceId() + "/" + span.spanId();
  }

  @Override
  public synchronized List<Span> trace(String traceId) {
    QueryDeadline.check();
    return kept.values().stream()
        .filter(span -> span.traceId().equals(traceId))
        .sorted(Comparator.comparingLong(Span::startNanos))
        .toList();
  }

  @Override
  public synchronized Page<Span> find(Query query, PageRequest page) {
    QueryDeadline.check();
    var matching =
        kept.values().stream().filter(span -> matches(query, span)).sorted(NEWEST_FIRST).toList();
    var after = page.cursor().map(this::place);
    var rest =
        matching.stream()
            .filter(span -> after.isEmpty() || NEWEST_FIRST.compare(span, after.get()) > 0)
            .toList();
    boolean more = rest.size() > page.limit();
    var items = more ? rest.subList(0, page.limit()) : rest;
    return new Page<>(
        items, more ? Optional.of(id(items.getLast())) : Optional.empty(), matching.size());
  }

  private Span place(String cursor) {
    return Optional.ofNullable(kept.get(cursor))
        .orElseThrow(() -> new InvalidCursorException(cursor));
  }

  private static boolean matches(Query query, Span span) {
    var start = start(span);
    return !start.isBefore(query.from())
        && start.isBefore(query.to())
        && query.name().map(name -> name.equals(span.name())).orElse(true)
        && span.durationNanos() >= query.atLeast().toNanos()
        && query.failed().map(failed -> failed == span.failed()).orElse(true)
        && (!query.rootsOnly() || span.parentSpanId().isEmpty())
        && query.matches().stream()
            .allMatch(match -> match.matches(span.attributes(), span.resource()));
  }

  @Override
  public synchronized void forgetBefore(Instant time) {
    kept.values().removeIf(span -> start(span).isBefore(time));
  }

  @Override
  public synchronized Extent extent() {
    return new Extent(
        kept.size(),
        kept.values().stream().mapToLong(span -> span.name().length()).sum(),
        kept.values().stream()
            .map(InMemorySpanStore::start)
            .min(Comparator.naturalOrder())
            .orElse(Instant.MAX));
  }

  private static Instant start(Span span) {
    return Instant.EPOCH.plusNanos(span.startNanos());
  }
}
