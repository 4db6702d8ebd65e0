package io.bridgewatch.adapter.opensearch;

import io.bridgewatch.model.AttributeMatch;
import io.bridgewatch.ports.Page;
import io.bridgewatch.ports.PageRequest;
import io.bridgewatch.ports.QueryTimeoutException;
import io.bridgewatch.ports.QueryTooWideException;
import io.bridgewatch.ports.StoreException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * Questions about one signal. An answer that lacks a shard or ran out of time is none. Safe for use
 * by several threads.
 */
final class Searches<T> {

  static final int MOST_COUNTED = 10_000;

  /** Distinct values of an attribute that an expression is compared with. */
  static final int MOST_VALUES = 10_000;

  private static final int ITEMS_AT_ONCE = 1_000;
  private static final List<Map<String, String>> NEWEST_FIRST =
      List.of(Map.of(DocumentForm.TIME, "desc"), Map.of(DocumentForm.ORDER, "desc"));
  private static final List<Map<String, String>> OLDEST_FIRST =
      List.of(Map.of(DocumentForm.TIME, "asc"), Map.of(DocumentForm.ORDER, "asc"));

  private final Rest rest;
  private final DayIndexes indexes;
  private final DocumentForm<T> form;

  Searches(Rest rest, DayIndexes indexes, DocumentForm<T> form) {
    this.rest = rest;
    this.indexes = indexes;
    this.form = form;
  }

  /**
   * @param exact whether the page's total is all there are; at least so many otherwise
   */
  record Found<T>(Page<T> page, boolean exact) {}

  /**
   * What holds in a time.
   *
   * @param to exclusive
   */
  record Wanted(Instant from, Instant to, List<Map<String, Object>> filters) {

    boolean isNever() {
      return !from.isBefore(to);
    }

    private Map<String, Object> query() {
      var all = new ArrayList<>(filters);
      all.add(Filters.between(from, to));
      return Filters.all(all);
    }
  }

  /** The conditions with those on attributes, of which expressions are looked up here. */
  Wanted wanted(
      Instant from, Instant to, List<Map<String, Object>> filters, List<AttributeMatch> matches) {
    var all = new ArrayList<>(filters);
    for (AttributeMatch match : matches) {
      var before = new Wanted(from, to, List.copyOf(all));
      all.add(AttributeTerms.filter(match, name -> values(before, name)));
    }
    return new Wanted(from, to, all);
  }

  private List<String> values(Wanted wanted, String name) {
    if (wanted.isNever()) {
      return List.of();
    }
    var answer =
        ask(
            indexes.between(wanted.from, wanted.to),
            Map.of(
                "size",
                0,
                "track_total_hits",
                false,
                "query",
                wanted.query(),
                "aggs",
                Map.of(
                    "values",
                    Map.of(
                        "terms",
                        Map.of(
                            "field",
                            AttributeTerms.PAIRS,
                            "include",
                            AttributeTerms.expression(name),
                            "size",
                            MOST_VALUES + 1)))));
    var pairs = new ArrayList<String>();
    answer
        .path("aggregations")
        .path("values")
        .path("buckets")
        .forEach(bucket -> pairs.add(bucket.path("key").asString("")));
    if (pairs.size() > MOST_VALUES) {
      throw new QueryTooWideException(
          "%s has more than %d values in that time, too many to compare with an expression; narrow the time or the other conditions"
              .formatted(name, MOST_VALUES));
    }
    return AttributeTerms.values(name, pairs);
  }

  /** A page, newest first; of one time the last that came is first. */
  Found<T> newestFirst(Wanted wanted, PageRequest page) {
    var after = page.cursor().map(Place::parse);
    if (wanted.isNever()) {
      return new Found<>(new Page<>(List.of(), Optional.empty(), 0), true);
    }
    var request = request(wanted.query(), NEWEST_FIRST, page.limit() + 1);
    request.put("track_total_hits", MOST_COUNTED);
    after.ifPresent(place -> request.put("search_after", place.values()));
    var hits = ask(indexes.between(wanted.from, wanted.to), request).path("hits");
    var found = items(hits);
    boolean more = found.size() > page.limit();
    var shown = more ? found.subList(0, page.limit()) : found;
    var next =
        more
            ? Optional.of(place(hits.path("hits").path(page.limit() - 1)).cursor())
            : Optional.<String>empty();
    var total = hits.path("total");
    return new Found<>(
        new Page<>(shown, next, total.path("value").asLong()),
        !total.path("relation").asString("eq").equals("gte"));
  }

  /** All that match, oldest first, whenever they were. */
  List<T> all(Map<String, Object> filter) {
    var found = new ArrayList<T>();
    var request = request(Filters.all(List.of(filter)), OLDEST_FIRST, ITEMS_AT_ONCE);
    request.put("track_total_hits", false);
    while (true) {
      var hits = ask(indexes.all(), request).path("hits");
      found.addAll(items(hits));
      var last = hits.path("hits").path(ITEMS_AT_ONCE - 1);
      if (last.isMissingNode()) {
        return found;
      }
      request.put("search_after", place(last).values());
    }
  }

  private static TreeMap<String, Object> request(
      Map<String, Object> query, List<Map<String, String>> order, int size) {
    return new TreeMap<>(Map.of("query", query, "sort", order, "size", size));
  }

  private List<T> items(JsonNode hits) {
    var items = new ArrayList<T>();
    hits.path("hits").forEach(hit -> items.add(form.read(hit.path("_source"))));
    return items;
  }

  private static Place place(JsonNode hit) {
    var sort = hit.path("sort");
    return new Place(sort.path(0).asLong(), sort.path(1).asLong());
  }

  /** Buckets of an aggregation named {@code steps}. */
  JsonNode buckets(Wanted wanted, Map<String, Object> steps) {
    return ask(
            indexes.between(wanted.from, wanted.to),
            Map.of(
                "size",
                0,
                "track_total_hits",
                false,
                "query",
                wanted.query(),
                "aggs",
                Map.of("steps", steps)))
        .path("aggregations")
        .path("steps")
        .path("buckets");
  }

  /** How many there are, and the nanoseconds of the oldest. */
  record Oldest(long count, Optional<Long> nanos) {}

  Oldest oldest() {
    var request = request(Map.of("match_all", Map.of()), OLDEST_FIRST, 1);
    request.put("track_total_hits", true);
    request.put("_source", false);
    var hits = ask(indexes.all(), request).path("hits");
    var first = hits.path("hits").path(0);
    return new Oldest(
        hits.path("total").path("value").asLong(),
        first.isMissingNode() ? Optional.empty() : Optional.of(place(first).nanos()));
  }

  /**
   * @throws QueryTimeoutException if nobody waits any more
   * @throws QueryTooWideException if the cluster does not read so much
   * @throws StoreException if there is no answer, or not of all
   */
  private JsonNode ask(String names, Map<String, Object> request) {
    var what = "search " + form.signal();
    long seconds = Math.max(1, rest.endpoint().timeout().toSeconds());
    var answer =
        rest.post(
                "/%s/_search?ignore_unavailable=true&allow_no_indices=true&allow_partial_search_results=false&cancel_after_time_interval=%ds"
                    .formatted(names, seconds),
                request)
            .body(what, rest.endpoint());
    if (answer.path("timed_out").asBoolean(false)
        || answer.path("_shards").path("failed").asInt(0) > 0) {
      throw new StoreException(
          "cannot %s in %s: only a part answered; see the health of the cluster"
              .formatted(what, rest.endpoint().base()));
    }
    return answer;
  }
}
