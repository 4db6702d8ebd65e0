package io.bridgewatch.ports;

import io.bridgewatch.model.AttributeMatch;
import io.bridgewatch.model.LogRecord;
import io.bridgewatch.model.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Log lines, by time. Safe for use by several threads. */
public interface LogStore {

  /**
   * Keeps these; when this has returned, they survive a crash. They are found a moment later,
   * {@link #VISIBLE_WITHIN} at most.
   *
   * @throws StoreException if they could not be kept at present
   */
  void append(List<LogRecord> records);

  Duration VISIBLE_WITHIN = Duration.ofSeconds(2);

  /**
   * Newest first; of one time, in the reverse of the order in which they came.
   *
   * @throws InvalidCursorException if the cursor is not one of this store
   */
  Found find(Query query, PageRequest page);

  /**
   * How many there are in each step of time, by severity, oldest first; steps without any are left
   * out.
   *
   * @param step at least a millisecond; steps begin at multiples of it since 1970-01-01T00:00Z
   */
  List<Bucket> histogram(Query query, Duration step);

  /** Forgets what is older. */
  void forgetBefore(Instant time);

  Extent extent();

  /**
   * What to look for.
   *
   * @param from inclusive
   * @param to exclusive
   * @param text words that all occur in the body, in any order; words in double quotes occur one
   *     after the other; empty for everything. Upper and lower case are the same. Only letters and
   *     digits count: what else is between them cuts a word into parts that occur one after the
   *     other. Each Chinese or Japanese character is a part of its own
   * @param severities any of these; empty for all
   * @param matches all must hold, of the record's or the resource's attributes
   * @param traceId only records of this trace; empty for all
   */
  record Query(
      Instant from,
      Instant to,
      String text,
      Set<Severity> severities,
      List<AttributeMatch> matches,
      String traceId) {
    public Query {
      severities = Set.copyOf(severities);
      matches = List.copyOf(matches);
    }

    public static Query between(Instant from, Instant to) {
      return new Query(from, to, "", Set.of(), List.of(), "");
    }

    /** What of the text has to occur each: words, and what stands between double quotes. */
    public List<String> phrases() {
      var phrases = new ArrayList<String>();
      boolean quoted = false;
      for (String part : text.split("\"", -1)) {
        if (quoted) {
          phrases.add(part);
        } else {
          Collections.addAll(phrases, part.split("\\s+"));
        }
        quoted = !quoted;
      }
      phrases.removeIf(String::isBlank);
      return phrases;
    }
  }

  /**
   * @param total how many match in all; at least so many where {@code exact} is false
   */
  record Found(Page<LogRecord> page, boolean exact) {}

  record Bucket(Instant start, Map<Severity, Long> counts) {
    public Bucket {
      counts = Map.copyOf(counts);
    }
  }

  /**
   * @param bytes on disk
   * @param oldest {@link Instant#MAX} if there is none
   */
  record Extent(long records, long bytes, Instant oldest) {}
}
