package io.bridgewatch.detect;

import io.bridgewatch.model.AttributeNames;
import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.LogPattern;
import io.bridgewatch.model.LogRecord;
import io.bridgewatch.model.MetricKind;
import io.bridgewatch.model.Series;
import io.bridgewatch.model.SeriesKey;
import io.bridgewatch.model.Severity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How many lines of a pattern there were, as series: by pattern and severity, what came since the
 * sample before. A recording carries those that speak of trouble, with the pattern in their
 * attributes; where it carries none, they are counted from its lines.
 */
public final class LogPatternSeries {

  /** The metric's name. */
  public static final String LINES = "bridgewatch.log.lines";

  private static final String UNIT = "{line}";
  private static final long MINUTE_MILLIS = 60_000;
  private static final int LONGEST_SAMPLE = 500;

  private LogPatternSeries() {}

  /** The key under which lines are counted where patterns are kept beside, by their ids. */
  public static SeriesKey counted(Attributes source, String id, Severity severity) {
    return key(
        source,
        Attributes.of(
            Map.of(
                AttributeNames.LOG_PATTERN_ID, id, AttributeNames.LOG_SEVERITY, severity.name())));
  }

  /** The same with all that is to be known of the pattern, for a recording. */
  public static SeriesKey told(LogPattern pattern, Severity severity) {
    var point = new TreeMap<String, String>();
    point.put(AttributeNames.LOG_PATTERN_ID, pattern.id());
    point.put(AttributeNames.LOG_PATTERN, pattern.text());
    point.put(AttributeNames.LOG_PATTERN_FIRST_SEEN, pattern.firstSeen().toString());
    point.put(AttributeNames.LOG_SEVERITY, severity.name());
    if (!pattern.samples().isEmpty()) {
      String body = pattern.samples().getFirst().body();
      point.put(
          AttributeNames.LOG_PATTERN_SAMPLE,
          body.substring(0, Math.min(body.length(), LONGEST_SAMPLE)));
    }
    return key(pattern.source(), Attributes.of(point));
  }

  private static SeriesKey key(Attributes source, Attributes point) {
    return new SeriesKey(source, LINES, UNIT, MetricKind.DELTA, point);
  }

  public static boolean isOne(Series series) {
    return series.key().metric().equals(LINES);
  }

  /** Whether a line speaks of trouble. */
  public static boolean isTrouble(Severity severity) {
    return severity.compareTo(Severity.WARN) >= 0;
  }

  /**
   * Counts the lines of a recording that speak of trouble, by the minute. When a pattern was seen
   * first is not known there: it may have been written long before.
   */
  static List<Series> of(List<LogRecord> logs) {
    var patterns = new LogPatterns(LogPatterns.Settings.DEFAULTS);
    record Counted(String id, Severity severity) {}
    var counts = new HashMap<Counted, TreeMap<Long, Integer>>();
    for (LogRecord log : logs) {
      if (isTrouble(log.severity())) {
        String id = patterns.add(log.resource(), log).id();
        long minute = Math.floorDiv(log.epochNanos() / 1_000_000, MINUTE_MILLIS);
        counts
            .computeIfAbsent(new Counted(id, log.severity()), key -> new TreeMap<>())
            .merge((minute + 1) * MINUTE_MILLIS, 1, Integer::sum);
      }
    }
    var found = new ArrayList<Series>();
    counts.forEach(
        (counted, byMinute) ->
            patterns
                .pattern(counted.id)
                .map(pattern -> told(pattern, counted.severity))
                .map(
                    key ->
                        new SeriesKey(
                            key.resource(),
                            key.metric(),
                            key.unit(),
                            key.kind(),
                            key.point().without(AttributeNames.LOG_PATTERN_FIRST_SEEN)))
                .ifPresent(
                    key ->
                        found.add(
                            new Series(
                                key,
                                byMinute.keySet().stream().mapToLong(Long::longValue).toArray(),
                                byMinute.values().stream()
                                    .mapToDouble(Integer::doubleValue)
                                    .toArray()))));
    found.sort(Comparator.comparing(Series::key));
    return found;
  }
}
