package io.bridgewatch.hub;

import io.bridgewatch.detect.LogPatternSeries;
import io.bridgewatch.engine.LogMining;
import io.bridgewatch.model.AttributeMatch;
import io.bridgewatch.model.AttributeNames;
import io.bridgewatch.model.LogPattern;
import io.bridgewatch.model.Severity;
import io.bridgewatch.ports.InvalidCursorException;
import io.bridgewatch.ports.MetricQueries;
import io.bridgewatch.ports.MetricQueries.Evaluated;
import io.bridgewatch.ports.MetricQuery;
import io.bridgewatch.ports.MetricSelector;
import io.bridgewatch.ports.MetricStore;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What log lines say, by the statement that wrote them. */
@RestController
@RequestMapping("/api/v1/log-patterns")
@Tag(name = "signals")
final class LogPatternController {

  private static final int MOST_SERIES = 100_000;
  private static final int MOST_STEPS = 60;
  private static final Duration SHORTEST_STEP = Duration.ofMinutes(1);

  private final LogMining mining;
  private final MetricStore metrics;
  private final LogWriters writers;
  private final QueryLimits limits;
  private final InstantSource clock;

  LogPatternController(
      LogMining mining,
      MetricStore metrics,
      LogWriters writers,
      QueryLimits limits,
      InstantSource clock) {
    this.mining = mining;
    this.metrics = metrics;
    this.writers = writers;
    this.limits = limits;
    this.clock = clock;
  }

  /** A pattern with its lines in the range. */
  private record Counted(LogPattern pattern, Map<Severity, Long> counts) {
    long lines() {
      return counts.values().stream().mapToLong(Long::longValue).sum();
    }
  }

  @GetMapping
  @Operation(
      operationId = "logPatterns",
      summary = "What log lines say, by the statement that wrote them",
      description =
          "Patterns with lines in that time. Lines are counted within a quarter of a minute after"
              + " they came in. Attributes are not looked at.")
  LogPatternApi.LogPatternPage patterns(
      @ParameterObject SignalParameters parameters,
      @Parameter(description = "words that must all occur in the text")
          @RequestParam(required = false)
          @Nullable String q,
      @Parameter(description = "such as error; several with commas") @RequestParam(required = false)
          @Nullable String severity,
      @Parameter(description = "RFC 3339: only patterns that were first seen then or later")
          @RequestParam(required = false)
          @Nullable String newSince,
      @Parameter(
              description = "most lines first, or those first seen last",
              schema = @Schema(allowableValues = {"lines", "first-seen"}))
          @RequestParam(defaultValue = "lines")
          String sort,
      @Parameter(description = "1 to 200") @RequestParam(defaultValue = "50") int limit,
      @RequestParam(required = false) @Nullable String cursor) {
    var range = SignalRange.of(parameters, clock);
    var page = Parameters.page(limit, cursor);
    int from = page.cursor().map(LogPatternController::place).orElse(0);
    var order = order(sort);
    var severities =
        Parameters.list(severity).stream()
            .map(word -> Parameters.word(Severity.class, "severity", word.toLowerCase(Locale.ROOT)))
            .collect(Collectors.toSet());
    var wanted = wanted(parameters, range, Parameters.words(q), newSince);
    return limits.answer(
        () -> {
          var found = new ArrayList<>(counted(wanted, severities, range));
          found.sort(order.thenComparing(one -> one.pattern().id()));
          var shown =
              found.subList(Math.min(from, found.size()), Math.min(from + limit, found.size()));
          var step = step(range);
          var trends = trends(shown, severities, range, step);
          var status = mining.status();
          return new LogPatternApi.LogPatternPage(
              shown.stream().map(one -> row(one, trends)).toList(),
              from + limit < found.size() ? Integer.toString(from + limit) : null,
              found.size(),
              found.stream().mapToLong(Counted::lines).sum(),
              range.from(),
              range.to(),
              step.toMillis() / 1000.0,
              new LogPatternApi.Learning(
                  status.patterns(), status.withoutRoom(), status.uncounted()));
        });
  }

  private static int place(String cursor) {
    try {
      int place = Integer.parseInt(cursor);
      if (place > 0) {
        return place;
      }
    } catch (NumberFormatException e) {
      // told below
    }
    throw new InvalidCursorException(cursor);
  }

  private static Comparator<Counted> order(String sort) {
    return switch (sort) {
      case "lines" -> Comparator.comparingLong(Counted::lines).reversed();
      case "first-seen" ->
          Comparator.comparing((Counted one) -> one.pattern().firstSeen()).reversed();
      default -> throw HubProblem.invalid("sort is '" + sort + "', wanted lines or first-seen");
    };
  }

  private Predicate<LogPattern> wanted(
      SignalParameters parameters, SignalRange range, List<String> words, @Nullable String since) {
    var sources = writers.of(parameters, range);
    var newSince = Parameters.time("newSince", since);
    return pattern -> {
      var text = pattern.text().toLowerCase(Locale.ROOT);
      return sources.test(pattern.source())
          && !pattern.lastSeen().isBefore(range.from())
          && newSince.stream().noneMatch(pattern.firstSeen()::isBefore)
          && words.stream().allMatch(text::contains);
    };
  }

  /** Of one minute at least, as lines are counted by the minute. */
  private static Duration step(SignalRange range) {
    var step = range.step(MOST_STEPS);
    return step.compareTo(SHORTEST_STEP) < 0 ? SHORTEST_STEP : step;
  }

  private List<Counted> counted(
      Predicate<LogPattern> wanted, Set<Severity> severities, SignalRange range) {
    var patterns =
        mining.patterns().stream()
            .filter(wanted)
            .collect(Collectors.toMap(LogPattern::id, pattern -> pattern));
    if (patterns.isEmpty()) {
      return List.of();
    }
    var counts = new HashMap<String, Map<Severity, Long>>();
    var query =
        new MetricQuery.Aggregate(
            new MetricQuery.Increase(selector(patterns.keySet(), severities), range.length()),
            MetricQuery.Reduction.Simple.SUM,
            Set.of(AttributeNames.LOG_PATTERN_ID, AttributeNames.LOG_SEVERITY));
    for (var line : evaluate(query, range.to(), range.to(), SHORTEST_STEP).lines()) {
      counts
          .computeIfAbsent(
              line.attributes().getOr(AttributeNames.LOG_PATTERN_ID, ""),
              id -> new EnumMap<>(Severity.class))
          .put(
              Severity.valueOf(line.attributes().getOr(AttributeNames.LOG_SEVERITY, "")),
              Math.round(line.value(0)));
    }
    var found = new ArrayList<Counted>();
    counts.forEach(
        (id, bySeverity) ->
            Optional.ofNullable(patterns.get(id))
                .ifPresent(pattern -> found.add(new Counted(pattern, bySeverity))));
    return found;
  }

  private static MetricSelector selector(Set<String> ids, Set<Severity> severities) {
    var matches = new ArrayList<AttributeMatch>();
    matches.add(new AttributeMatch.OneOf(AttributeNames.LOG_PATTERN_ID, ids));
    if (!severities.isEmpty()) {
      matches.add(
          new AttributeMatch.OneOf(
              AttributeNames.LOG_SEVERITY,
              severities.stream().map(Severity::name).collect(Collectors.toSet())));
    }
    return new MetricSelector(Optional.of(LogPatternSeries.LINES), matches);
  }

  private Evaluated evaluate(MetricQuery query, Instant from, Instant to, Duration step) {
    return MetricQueries.evaluate(query, metrics, from, to, step, MOST_SERIES);
  }

  /** Lines in each step, which end at multiples of it before the end. */
  private Map<String, List<Long>> trends(
      List<Counted> shown, Set<Severity> severities, SignalRange range, Duration step) {
    if (shown.isEmpty()) {
      return Map.of();
    }
    var ids = shown.stream().map(one -> one.pattern().id()).collect(Collectors.toSet());
    var query =
        new MetricQuery.Aggregate(
            new MetricQuery.Increase(selector(ids, severities), step),
            MetricQuery.Reduction.Simple.SUM,
            Set.of(AttributeNames.LOG_PATTERN_ID));
    long steps = Math.max(1, range.length().dividedBy(step));
    var first = range.to().minus(step.multipliedBy(steps - 1));
    var trends = new HashMap<String, List<Long>>();
    for (var line : evaluate(query, first, range.to(), step).lines()) {
      var counts = new ArrayList<Long>();
      for (double value : line.values()) {
        counts.add(Double.isNaN(value) ? 0 : Math.round(value));
      }
      trends.put(line.attributes().getOr(AttributeNames.LOG_PATTERN_ID, ""), counts);
    }
    return trends;
  }

  private static LogPatternApi.LogPatternRow row(Counted one, Map<String, List<Long>> trends) {
    var pattern = one.pattern();
    return new LogPatternApi.LogPatternRow(
        pattern.id(),
        pattern.text(),
        pattern.severity(),
        pattern.source().asMap(),
        pattern.firstSeen(),
        pattern.lastSeen(),
        one.lines(),
        one.counts(),
        trends.getOrDefault(pattern.id(), List.of()),
        LogPatternSearch.of(pattern.text()),
        pattern.samples().stream()
            .map(
                sample ->
                    new LogPatternApi.LogPatternSample(
                        sample.time(), sample.severity(), sample.body(), sample.resource().asMap()))
            .toList());
  }
}
