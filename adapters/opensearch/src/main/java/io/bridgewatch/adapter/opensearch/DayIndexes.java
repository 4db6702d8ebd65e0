package io.bridgewatch.adapter.opensearch;

import io.bridgewatch.model.Nanos;
import io.bridgewatch.ports.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The indices of one signal: one for each day (UTC), and one for all that is dated far from now, so
 * that clocks that lie do not fill the cluster with indices. Safe for use by several threads.
 */
final class DayIndexes {

  /** Items further back or ahead go to the index of strays. */
  static final Duration MOST_BACK = Duration.ofDays(31);

  static final Duration MOST_AHEAD = Duration.ofDays(2);

  /** Days that are named one by one in a question; of more all indices are asked. */
  private static final long MOST_NAMED = 60;

  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("uuuu.MM.dd", Locale.ROOT);
  private static final String STRAY = "stray";

  private final Rest rest;
  private final DocumentForm<?> form;
  private final InstantSource clock;
  private final String begin;
  private volatile boolean prepared;

  DayIndexes(Rest rest, DocumentForm<?> form, InstantSource clock) {
    this.rest = rest;
    this.form = form;
    this.clock = clock;
    this.begin = rest.endpoint().prefix() + "-" + form.signal() + "-";
  }

  /**
   * Sees to it, once, that new indices are made as they have to be.
   *
   * @throws StoreException if that cannot be done at present
   */
  void prepare() {
    if (prepared) {
      return;
    }
    var name = begin.substring(0, begin.length() - 1);
    var template = IndexTemplate.of(all(), form, rest.endpoint().shards());
    rest.put("/_index_template/" + name, template)
        .body("put the index template " + name, rest.endpoint());
    prepared = true;
  }

  /** Where an item of that time belongs. */
  String of(long nanos) {
    var time = Nanos.at(nanos);
    var now = clock.instant();
    return time.isBefore(now.minus(MOST_BACK)) || time.isAfter(now.plus(MOST_AHEAD))
        ? begin + STRAY
        : begin + DAY.format(day(time));
  }

  private static LocalDate day(Instant time) {
    return LocalDate.ofInstant(time, ZoneOffset.UTC);
  }

  /** All of them, as a pattern. */
  String all() {
    return begin + "*";
  }

  /** Those that may hold items of a time, as a path tells them; the end is exclusive. */
  String between(Instant from, Instant to) {
    var first = day(Nanos.at(Nanos.of(from)));
    var last = day(Nanos.at(Nanos.before(to)));
    if (last.toEpochDay() - first.toEpochDay() >= MOST_NAMED) {
      return all();
    }
    var names = new ArrayList<String>();
    for (var day = first; !day.isAfter(last); day = day.plusDays(1)) {
      names.add(begin + DAY.format(day));
    }
    names.add(begin + STRAY);
    return String.join(",", names);
  }

  /** Names of the indices that there are, with the bytes of each and its replicas. */
  Map<String, Long> bytes() {
    var body =
        rest.get("/" + all() + "/_stats/store?filter_path=indices.*.total.store.size_in_bytes")
            .body("read the size of " + all(), rest.endpoint());
    var bytes = new TreeMap<String, Long>();
    body.path("indices")
        .properties()
        .forEach(
            one ->
                bytes.put(
                    one.getKey(),
                    one.getValue().path("total").path("store").path("size_in_bytes").asLong()));
    return bytes;
  }

  /** Deletes the days that end at or before a time. */
  void deleteWholeBefore(Instant time) {
    var old = new ArrayList<String>();
    for (String name : bytes().keySet()) {
      if (dayOf(name).filter(day -> !end(day).isAfter(time)).isPresent()) {
        old.add(name);
      }
    }
    for (String name : old) { // one by one, so that the path stays short
      rest.delete("/" + name + "?ignore_unavailable=true").body("delete " + name, rest.endpoint());
    }
  }

  private static Instant end(LocalDate day) {
    return day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  private Optional<LocalDate> dayOf(String name) {
    try {
      return name.startsWith(begin)
          ? Optional.of(LocalDate.parse(name.substring(begin.length()), DAY))
          : Optional.empty();
    } catch (DateTimeParseException e) {
      return Optional.empty(); // the strays, or another's
    }
  }

  /** Deletes what is before a time in the index of its day, which holds others too. */
  void deleteOfDayBefore(Instant time) {
    deleteBefore(time, begin + DAY.format(day(time)));
  }

  void deleteStraysBefore(Instant time) {
    deleteBefore(time, begin + STRAY);
  }

  private void deleteBefore(Instant time, String name) {
    rest.post(
            "/"
                + name
                + "/_delete_by_query?conflicts=proceed&refresh=true&ignore_unavailable=true"
                + "&allow_no_indices=true",
            Map.of("query", Filters.before(time)))
        .body("delete what is older in " + name, rest.endpoint());
  }
}
