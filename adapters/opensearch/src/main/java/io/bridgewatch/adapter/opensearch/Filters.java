package io.bridgewatch.adapter.opensearch;

import io.bridgewatch.model.Nanos;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Conditions in the words of OpenSearch. None of them counts for a score. */
final class Filters {

  private Filters() {}

  static Map<String, Object> all(List<Map<String, Object>> filters) {
    return Map.of("bool", Map.of("filter", filters));
  }

  static Map<String, Object> any(List<Map<String, Object>> filters) {
    return filters.isEmpty()
        ? Map.of("match_none", Map.of())
        : Map.of("bool", Map.of("should", filters, "minimum_should_match", 1));
  }

  static Map<String, Object> not(Map<String, Object> filter) {
    return Map.of("bool", Map.of("must_not", List.of(filter)));
  }

  static Map<String, Object> terms(String field, Collection<String> values) {
    return Map.of("terms", Map.of(field, values));
  }

  static Map<String, Object> exists(String field) {
    return Map.of("exists", Map.of("field", field));
  }

  static Map<String, Object> atLeast(String field, long number) {
    return Map.of("range", Map.of(field, Map.of("gte", number)));
  }

  /** From inclusive, to exclusive. */
  static Map<String, Object> between(Instant from, Instant to) {
    return Map.of(
        "range", Map.of(DocumentForm.TIME, Map.of("gte", Nanos.of(from), "lte", Nanos.before(to))));
  }

  static Map<String, Object> before(Instant to) {
    return Map.of("range", Map.of(DocumentForm.TIME, Map.of("lt", Nanos.of(to))));
  }

  /** Words one after the other, cut as the field's are; everything if there is none. */
  static Map<String, Object> phrase(String field, String words) {
    return Map.of("match_phrase", Map.of(field, Map.of("query", words, "zero_terms_query", "all")));
  }
}
