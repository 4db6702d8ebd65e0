package io.bridgewatch.detect;

import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.LogPattern;
import io.bridgewatch.model.LogRecord;
import io.bridgewatch.model.Severity;
import io.bridgewatch.numerics.LogTemplates;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What log lines say, by the statement that wrote them.
 *
 * <p>A fold over records in any order; the time is the records' own. {@link #patterns} tells all of
 * it as values, and {@link #restored} goes on from there. Each source learns by itself: what one
 * writes changes no pattern of another, and one that writes without end takes no room from others.
 * Memory: at most {@link Settings#most} patterns, each with {@link Settings#samples} lines; a line
 * that needs more is told as {@link Seen#NO_ROOM}. Not safe for use by several threads.
 */
public final class LogPatterns {

  /** Characters kept of a sample line. */
  public static final int LONGEST_SAMPLE = 2_000;

  private final Settings settings;
  private final Map<Attributes, Source> sources = new LinkedHashMap<>();
  private final Map<String, Entry> byId = new TreeMap<>();

  /**
   * @param similarity share of equal words from which two lines are one statement, 0 to 1
   * @param mostOfSource how many statements of one source are told apart
   * @param mostSources how many sources are
   * @param most how many patterns there are in all
   * @param samples how many lines are kept of each, at least the first
   */
  public record Settings(
      double similarity, int mostOfSource, int mostSources, int most, int samples) {

    public static final Settings DEFAULTS = new Settings(0.7, 200, 2_000, 20_000, 3);

    public Settings {
      if (mostOfSource < 1 || mostSources < 1 || most < 1 || samples < 1) {
        throw new IllegalArgumentException(
            "limits have to be positive, saw %d patterns of a source, %d sources, %d patterns, %d"
                    .formatted(mostOfSource, mostSources, most, samples)
                + " samples");
      }
    }
  }

  /**
   * What became of a line.
   *
   * @param id of its pattern; empty if there is no room for another
   * @param isNew whether its source never wrote this statement before
   */
  public record Seen(String id, boolean isNew) {
    public static final Seen NO_ROOM = new Seen("", false);
  }

  private static final class Entry {
    private final String id;
    private final Source source;
    private final int template;
    private Severity severity;
    private Instant firstSeen;
    private Instant lastSeen;
    private long lines;
    private final List<LogPattern.Sample> samples;

    Entry(Source source, int template, LogPattern from) {
      this.id = from.id();
      this.source = source;
      this.template = template;
      this.severity = from.severity();
      this.firstSeen = from.firstSeen();
      this.lastSeen = from.lastSeen();
      this.lines = from.lines();
      this.samples = new ArrayList<>(from.samples());
    }

    LogPattern pattern() {
      return new LogPattern(
          id,
          source.attributes,
          source.templates.pattern(template),
          severity,
          firstSeen,
          lastSeen,
          lines,
          samples);
    }
  }

  /** One that writes; the place of a pattern is the number of its template. */
  private static final class Source {
    private final Attributes attributes;
    private final LogTemplates templates;
    private final List<Entry> entries = new ArrayList<>();

    Source(Attributes attributes, LogTemplates templates) {
      this.attributes = attributes;
      this.templates = templates;
    }
  }

  public LogPatterns(Settings settings) {
    this.settings = settings;
  }

  /** Goes on from patterns; where they are more than the settings allow, with those seen last. */
  public static LogPatterns restored(Settings settings, Collection<LogPattern> patterns) {
    var restored = new LogPatterns(settings);
    var bySource = new LinkedHashMap<Attributes, List<LogPattern>>();
    patterns.stream()
        .sorted(Comparator.comparing(LogPattern::lastSeen).reversed().thenComparing(LogPattern::id))
        .limit(settings.most)
        .forEach(one -> bySource.computeIfAbsent(one.source(), key -> new ArrayList<>()).add(one));
    bySource.entrySet().stream()
        .limit(settings.mostSources)
        .forEach(
            one ->
                restored.put(
                    one.getKey(),
                    one.getValue().stream()
                        .limit(settings.mostOfSource)
                        .sorted(Comparator.comparing(LogPattern::id))
                        .toList()));
    return restored;
  }

  private void put(Attributes source, List<LogPattern> patterns) {
    var templates =
        LogTemplates.restored(
            settings.similarity,
            settings.mostOfSource,
            patterns.stream().map(LogPattern::text).toList());
    var kept = new Source(source, templates);
    sources.put(source, kept);
    for (int i = 0; i < patterns.size(); i++) {
      var entry = new Entry(kept, i, patterns.get(i));
      kept.entries.add(entry);
      byId.put(entry.id, entry);
    }
  }

  /**
   * Counts a line.
   *
   * @param source what tells who wrote it, as far as it should be told apart
   */
  public Seen add(Attributes source, LogRecord log) {
    Source known = sources.get(source);
    boolean room = byId.size() < settings.most;
    if (known == null) {
      if (!room || sources.size() >= settings.mostSources) {
        return Seen.NO_ROOM;
      }
      known = new Source(source, new LogTemplates(settings.similarity, settings.mostOfSource));
      sources.put(source, known);
    }
    int template = known.templates.learn(log.body(), room);
    if (template == LogTemplates.OTHER) {
      return Seen.NO_ROOM;
    }
    var time = Instant.EPOCH.plusNanos(log.epochNanos());
    boolean isNew = template == known.entries.size();
    if (isNew) {
      var first = new Entry(known, template, first(known, template, log, time));
      known.entries.add(first);
      byId.put(first.id, first);
    }
    Entry entry = known.entries.get(template);
    entry.lines++;
    entry.firstSeen = time.isBefore(entry.firstSeen) ? time : entry.firstSeen;
    entry.lastSeen = time.isAfter(entry.lastSeen) ? time : entry.lastSeen;
    entry.severity = log.severity().compareTo(entry.severity) > 0 ? log.severity() : entry.severity;
    if (entry.samples.size() < settings.samples) {
      sample(entry, log, time);
    }
    return new Seen(entry.id, isNew);
  }

  private LogPattern first(Source source, int template, LogRecord log, Instant time) {
    return new LogPattern(
        freeId(source.attributes + source.templates.pattern(template)),
        source.attributes,
        "",
        log.severity(),
        time,
        time,
        0,
        List.of());
  }

  /** FNV-1a, so that the same lines give the same ids; the next one where it is taken. */
  private String freeId(String text) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
    }
    while (byId.containsKey(String.format("%016x", hash))) {
      hash++;
    }
    return String.format("%016x", hash);
  }

  /** Keeps a line unless one like it is kept. */
  private static void sample(Entry entry, LogRecord log, Instant time) {
    String body = log.body();
    String kept = body.length() <= LONGEST_SAMPLE ? body : body.substring(0, LONGEST_SAMPLE);
    if (entry.samples.stream().noneMatch(sample -> sample.body().equals(kept))) {
      entry.samples.add(new LogPattern.Sample(time, log.severity(), kept, log.resource()));
    }
  }

  public Optional<LogPattern> pattern(String id) {
    return Optional.ofNullable(byId.get(id)).map(Entry::pattern);
  }

  /** All patterns, in the order of their ids. */
  public List<LogPattern> patterns() {
    return byId.values().stream().map(Entry::pattern).toList();
  }

  /** How many there are. */
  public int size() {
    return byId.size();
  }

  public int sources() {
    return sources.size();
  }

  /**
   * Forgets patterns that were last seen before that time, which makes room for others.
   *
   * @return their ids
   */
  public List<String> forgetBefore(Instant lastSeen) {
    var forgotten = new ArrayList<String>();
    for (Source source : List.copyOf(sources.values())) {
      var stay = new ArrayList<LogPattern>();
      for (Entry entry : source.entries) {
        if (entry.lastSeen.isBefore(lastSeen)) {
          forgotten.add(entry.id);
        } else {
          stay.add(entry.pattern());
        }
      }
      if (stay.size() < source.entries.size()) {
        sources.remove(source.attributes);
        if (!stay.isEmpty()) {
          put(source.attributes, stay);
        }
      }
    }
    forgotten.forEach(byId::remove);
    return forgotten;
  }
}
