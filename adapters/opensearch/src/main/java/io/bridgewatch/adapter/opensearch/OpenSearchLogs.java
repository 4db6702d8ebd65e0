package io.bridgewatch.adapter.opensearch;

import io.bridgewatch.model.LogRecord;
import io.bridgewatch.model.Nanos;
import io.bridgewatch.model.Severity;
import io.bridgewatch.ports.LogStore;
import io.bridgewatch.ports.PageRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Log lines in one index for each day. A line that is told again in another batch, equal in all its
 * parts, is kept once. Steps of a histogram are whole milliseconds.
 */
final class OpenSearchLogs implements LogStore {

  private static final long NANOS_PER_MILLI = 1_000_000;

  private final Signal<LogRecord> signal;

  OpenSearchLogs(Signal<LogRecord> signal) {
    this.signal = signal;
  }

  @Override
  public void append(List<LogRecord> records) {
    signal.writer().write(records);
  }

  @Override
  public Found find(Query query, PageRequest page) {
    var found = signal.searches().newestFirst(wanted(query), page);
    return new Found(found.page(), found.exact());
  }

  private Searches.Wanted wanted(Query query) {
    var filters = new ArrayList<Map<String, Object>>();
    query.phrases().forEach(words -> filters.add(Filters.phrase(LogDocuments.BODY, words)));
    if (!query.severities().isEmpty()) {
      filters.add(
          Filters.terms(
              LogDocuments.SEVERITY, query.severities().stream().map(Severity::name).toList()));
    }
    if (!query.traceId().isEmpty()) {
      filters.add(Filters.terms(LogDocuments.TRACE, Set.of(query.traceId())));
    }
    return signal.searches().wanted(query.from(), query.to(), filters, query.matches());
  }

  @Override
  public List<Bucket> histogram(Query query, Duration step) {
    long millis = step.toMillis();
    if (millis < 1 || step.toNanos() % NANOS_PER_MILLI != 0) {
      throw new IllegalArgumentException("step is " + step + ", wanted whole milliseconds");
    }
    var wanted = wanted(query);
    var buckets = new ArrayList<Bucket>();
    if (wanted.isNever()) {
      return buckets;
    }
    var bySeverity = Map.of("terms", Map.of("field", LogDocuments.SEVERITY));
    var byStep =
        Map.of(
            "field",
            DocumentForm.TIMESTAMP,
            "fixed_interval",
            millis + "ms",
            "min_doc_count",
            1,
            "format",
            "epoch_millis");
    signal
        .searches()
        .buckets(wanted, Map.of("date_histogram", byStep, "aggs", Map.of("severities", bySeverity)))
        .forEach(one -> buckets.add(bucket(one)));
    return buckets;
  }

  private static Bucket bucket(JsonNode step) {
    var counts = new EnumMap<Severity, Long>(Severity.class);
    step.path("severities")
        .path("buckets")
        .forEach(
            one ->
                counts.put(
                    Severity.valueOf(one.path("key").asString("")),
                    one.path("doc_count").asLong()));
    return new Bucket(Instant.ofEpochMilli(step.path("key").asLong()), counts);
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
