package io.bridgewatch.adapter.opensearch;

import io.bridgewatch.model.Nanos;
import io.bridgewatch.model.Span;
import io.bridgewatch.ports.Page;
import io.bridgewatch.ports.PageRequest;
import io.bridgewatch.ports.SpanStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Spans in one index for each day, by their start. Of a span that is told again the first is kept,
 * if both begin on the same day. A page's total is exact up to {@link Searches#MOST_COUNTED}.
 */
final class OpenSearchSpans implements SpanStore {

  private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE);

  private final Signal<Span> signal;

  OpenSearchSpans(Signal<Span> signal) {
    this.signal = signal;
  }

  @Override
  public void append(List<Span> spans) {
    signal.writer().write(spans);
  }

  @Override
  public List<Span> trace(String traceId) {
    return signal.searches().all(Filters.terms(SpanDocuments.TRACE, Set.of(traceId)));
  }

  @Override
  public Page<Span> find(Query query, PageRequest page) {
    var filters = new ArrayList<Map<String, Object>>();
    query.name().ifPresent(name -> filters.add(Filters.terms(SpanDocuments.NAME, Set.of(name))));
    if (query.atLeast().isPositive()) {
      filters.add(Filters.atLeast(SpanDocuments.DURATION, nanos(query.atLeast())));
    }
    query
        .failed()
        .ifPresent(
            failed -> {
              var fails = Filters.exists(SpanDocuments.FAILED);
              filters.add(failed ? fails : Filters.not(fails));
            });
    if (query.rootsOnly()) {
      filters.add(Filters.not(Filters.exists(SpanDocuments.PARENT)));
    }
    var searches = signal.searches();
    return searches
        .newestFirst(searches.wanted(query.from(), query.to(), filters, query.matches()), page)
        .page();
  }

  private static long nanos(Duration duration) {
    return duration.compareTo(LONGEST) < 0 ? duration.toNanos() : Long.MAX_VALUE;
  }

  @Override
  public void forgetBefore(Instant time) {
    signal.forgetBefore(time);
  }

  @Override
  public Extent extent() {
    var oldest = signal.searches().oldest();
    return new Extent(
        oldest.count(), signal.bytes(), oldest.nanos().map(Nanos::at).orElse(Instant.MAX));
  }
}
