package io.bridgewatch.detect;

import io.bridgewatch.model.AttributeNames;
import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.LogRecord;
import io.bridgewatch.model.Severity;
import io.bridgewatch.numerics.LogTemplates;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What log lines say, by the statement that wrote them: how often each came by source, severity and
 * step of time, and when it was first seen.
 *
 * <p>A fold over records in any order; the time is the records' own. {@link #state} holds all of it
 * as values, and {@link #restored} goes on from there. Memory: at most {@link Settings#mostSources}
 * pairs of source and statement, each with one sample line and {@link Settings#steps} steps; lines
 * of further ones are counted under {@link LogTemplates#OTHER} of the source {@code ""}. Not safe
 * for use by several threads.
 */
public final class LogPatterns {

  /** Characters kept of a sample line. */
  public static final int LONGEST_SAMPLE = 2_000;

  private static final int SEVERITIES = Severity.values().length;

  /** What tells who wrote a line, the best first. */
  private static final List<String> SOURCES =
      List.of(
          AttributeNames.SERVICE,
          AttributeNames.DEPLOYMENT,
          AttributeNames.STATEFULSET,
          AttributeNames.DAEMONSET,
          AttributeNames.CRONJOB,
          AttributeNames.JOB,
          AttributeNames.CONTAINER,
          AttributeNames.POD);

  private final Settings settings;
  private final LogTemplates templates;
  private final Map<Key, Counter> counters = new LinkedHashMap<>();

  /**
   * @param similarity share of equal words from which two lines are one statement, 0 to 1
   * @param mostTemplates how many statements are told apart at most
   * @param mostSources how many pairs of source and statement are counted at most
   * @param step counts are of this length, and begin at multiples of it
   * @param steps how many steps are kept
   */
  public record Settings(
      double similarity, int mostTemplates, int mostSources, Duration step, int steps) {

    public static final Settings DEFAULTS =
        new Settings(0.7, 5_000, 20_000, Duration.ofMinutes(1), 60);

    public Settings {
      if (mostTemplates < 1 || mostSources < 1 || steps < 1 || !step.isPositive()) {
        throw new IllegalArgumentException(
            "limits and steps have to be positive, saw %d templates, %d sources, %d steps of %s"
                .formatted(mostTemplates, mostSources, steps, step));
      }
    }
  }

  /**
   * One statement as a source writes it.
   *
   * @param source the service, or what is known next best; empty if nothing is
   * @param template its number, which never changes
   * @param text with {@code <*>} for what varies
   * @param sample the first line that was seen
   * @param lines how many there were in all
   */
  public record Pattern(
      String source,
      int template,
      String text,
      Instant firstSeen,
      Instant lastSeen,
      long lines,
      String sample) {}

  /**
   * All there is to go on from.
   *
   * @param templates texts in the order of their numbers
   */
  public record State(List<String> templates, List<Counted> counted) {
    public static final State EMPTY = new State(List.of(), List.of());

    public State {
      templates = List.copyOf(templates);
      counted = List.copyOf(counted);
    }
  }

  /**
   * @param steps counts by severity, by the number of the step since 1970-01-01T00:00Z
   */
  public record Counted(Pattern pattern, SortedMap<Long, Map<Severity, Integer>> steps) {
    public Counted {
      steps = Collections.unmodifiableSortedMap(new TreeMap<>(steps));
    }
  }

  private record Key(String source, int template) {}

  private static final Key OTHERS = new Key("", LogTemplates.OTHER);

  private LogPatterns(Settings settings, LogTemplates templates) {
    this.settings = settings;
    this.templates = templates;
  }

  /**
   * Goes on from a state, which may be of other settings as long as it is not larger.
   *
   * @throws IllegalArgumentException if it has more templates than the settings allow
   */
  public static LogPatterns restored(Settings settings, State state) {
    var patterns =
        new LogPatterns(
            settings,
            LogTemplates.restored(settings.similarity, settings.mostTemplates, state.templates));
    for (Counted counted : state.counted) {
      var told = counted.pattern;
      var counter =
          new Counter(settings.steps, told.firstSeen, told.lastSeen, told.lines, told.sample);
      counted.steps.forEach(
          (step, counts) ->
              counts.forEach((severity, count) -> counter.count(step, severity, count)));
      patterns.counters.put(new Key(told.source, told.template), counter);
    }
    return patterns;
  }

  public State state() {
    var counted =
        counters.entrySet().stream()
            .map(one -> new Counted(pattern(one.getKey(), one.getValue()), one.getValue().steps()))
            .toList();
    return new State(templates.patterns(), counted);
  }

  /** Counts a line; whether its source never wrote this statement before. */
  public boolean add(LogRecord log) {
    var time = Instant.EPOCH.plusNanos(log.epochNanos());
    var key = new Key(source(log.resource()), templates.learn(log.body()));
    boolean isNew = false;
    var counter = counters.get(key);
    if (counter == null) {
      isNew = counters.size() < settings.mostSources;
      counter =
          counters.computeIfAbsent(
              isNew ? key : OTHERS,
              absent -> new Counter(settings.steps, time, time, 0, sample(log.body())));
    }
    counter.add(time, Math.floorDiv(log.epochNanos(), settings.step.toNanos()), log.severity());
    return isNew;
  }

  private static String sample(String body) {
    return body.length() <= LONGEST_SAMPLE ? body : body.substring(0, LONGEST_SAMPLE);
  }

  private static String source(Attributes resource) {
    for (String name : SOURCES) {
      var value = resource.get(name);
      if (value.isPresent()) {
        return value.get();
      }
    }
    return "";
  }

  private Pattern pattern(Key key, Counter counter) {
    return new Pattern(
        key.source,
        key.template,
        templates.pattern(key.template),
        counter.firstSeen,
        counter.lastSeen,
        counter.lines,
        counter.sample);
  }

  /** All patterns, those with most lines first. */
  public List<Pattern> patterns() {
    return sorted(Comparator.comparingLong(Pattern::lines).reversed(), Instant.MIN);
  }

  /** Patterns that were first seen at that time or later, newest first. */
  public List<Pattern> firstSeenSince(Instant time) {
    return sorted(Comparator.comparing(Pattern::firstSeen).reversed(), time);
  }

  private List<Pattern> sorted(Comparator<Pattern> order, Instant firstSeenFrom) {
    return counters.entrySet().stream()
        .map(one -> pattern(one.getKey(), one.getValue()))
        .filter(pattern -> !pattern.firstSeen.isBefore(firstSeenFrom))
        .sorted(order.thenComparing(Pattern::source).thenComparingInt(Pattern::template))
        .toList();
  }

  /**
   * How many lines of a severity there were in each step, from the one that holds the time on;
   * zeros where nothing is known, such as of steps that are no longer kept.
   */
  public int[] counts(Pattern pattern, Severity severity, Instant from, int steps) {
    var counts = new int[steps];
    var counter = counters.get(new Key(pattern.source, pattern.template));
    if (counter != null) {
      long nanos =
          Math.addExact(Math.multiplyExact(from.getEpochSecond(), 1_000_000_000L), from.getNano());
      long first = Math.floorDiv(nanos, settings.step.toNanos());
      for (int i = 0; i < steps; i++) {
        counts[i] = counter.count(first + i, severity);
      }
    }
    return counts;
  }

  /** Counts of the last steps: a step's place is its number modulo how many are kept. */
  private static final class Counter {
    private Instant firstSeen;
    private Instant lastSeen;
    private final String sample;
    private long lines;
    private final long[] stepAt;
    private final int[] counts;

    Counter(int steps, Instant firstSeen, Instant lastSeen, long lines, String sample) {
      this.firstSeen = firstSeen;
      this.lastSeen = lastSeen;
      this.lines = lines;
      this.sample = sample;
      stepAt = new long[steps];
      counts = new int[steps * SEVERITIES];
      Arrays.fill(stepAt, Long.MIN_VALUE);
    }

    void add(Instant time, long step, Severity severity) {
      firstSeen = time.isBefore(firstSeen) ? time : firstSeen;
      lastSeen = time.isAfter(lastSeen) ? time : lastSeen;
      lines++;
      count(step, severity, 1);
    }

    /** What is older than the step in its place came too late to be counted by step. */
    void count(long step, Severity severity, int count) {
      int place = (int) Math.floorMod(step, (long) stepAt.length);
      if (step < stepAt[place]) {
        return;
      }
      int from = place * SEVERITIES;
      if (step > stepAt[place]) {
        stepAt[place] = step;
        Arrays.fill(counts, from, from + SEVERITIES, 0);
      }
      counts[from + severity.ordinal()] += count;
    }

    int count(long step, Severity severity) {
      int place = (int) Math.floorMod(step, (long) stepAt.length);
      return stepAt[place] == step ? counts[place * SEVERITIES + severity.ordinal()] : 0;
    }

    SortedMap<Long, Map<Severity, Integer>> steps() {
      var steps = new TreeMap<Long, Map<Severity, Integer>>();
      for (int place = 0; place < stepAt.length; place++) {
        if (stepAt[place] == Long.MIN_VALUE) {
          continue;
        }
        var bySeverity = new EnumMap<Severity, Integer>(Severity.class);
        for (Severity severity : Severity.values()) {
          int count = counts[place * SEVERITIES + severity.ordinal()];
          if (count > 0) {
            bySeverity.put(severity, count);
          }
        }
        steps.put(stepAt[place], bySeverity);
      }
      return steps;
    }
  }
}
