package io.bridgewatch.hub;

import io.bridgewatch.model.AttributeMatch;
import io.bridgewatch.ports.LogStore;
import io.bridgewatch.ports.MetricSelector;
import io.bridgewatch.ports.MetricStore;
import io.bridgewatch.ports.PageRequest;
import io.bridgewatch.ports.SpanStore;
import io.bridgewatch.topology.KeySignal;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Which metrics, log lines and spans there are of something. */
@RestController
@RequestMapping("/api/v1/signals")
@Tag(name = "signals")
final class SignalController {

  private static final int MOST_METRICS = 500;

  private final SignalSubject subject;
  private final EntityProfiles profiles;
  private final MetricStore metrics;
  private final LogStore logs;
  private final SpanStore spans;
  private final QueryLimits limits;
  private final InstantSource clock;

  SignalController(
      SignalSubject subject,
      EntityProfiles profiles,
      MetricStore metrics,
      LogStore logs,
      SpanStore spans,
      QueryLimits limits,
      InstantSource clock) {
    this.subject = subject;
    this.profiles = profiles;
    this.metrics = metrics;
    this.logs = logs;
    this.spans = spans;
    this.limits = limits;
    this.clock = clock;
  }

  @GetMapping
  @Operation(operationId = "signals", summary = "Which signals there are of an entity, or at all")
  SignalApi.Signals signals(
      @ParameterObject SignalParameters parameters,
      @Parameter(description = "words that must all occur in the name of a metric")
          @RequestParam(required = false)
          @Nullable String q,
      HttpServletRequest request) {
    var range = SignalRange.of(parameters, clock);
    var words = Parameters.words(q);
    return limits.answer(
        () ->
            signals(
                subject.matches(parameters, attributes(request), range),
                range,
                words,
                keySignals(parameters)));
  }

  /** As they were sent: Spring would cut a value at its commas. */
  static List<String> attributes(HttpServletRequest request) {
    var values = request.getParameterValues("attribute");
    return values == null
        ? List.of()
        : Arrays.stream(values).filter(text -> !text.isBlank()).toList();
  }

  /** What matters of what is asked of, in this order; nothing where that is not known. */
  private List<KeySignal> keySignals(SignalParameters parameters) {
    return subject
        .asked(parameters)
        .map(asked -> profiles.find(asked.cluster(), asked.ref(), asked.topology()))
        .orElse(List.of())
        .stream()
        .flatMap(found -> found.profile().signals().stream())
        .distinct()
        .sorted(Comparator.comparing(KeySignal::tells))
        .toList();
  }

  /** Where a metric stands among those that matter; behind them all where it does not. */
  private static int place(String metric, List<KeySignal> key) {
    for (int i = 0; i < key.size(); i++) {
      if (key.get(i).isOf(metric)) {
        return i;
      }
    }
    return key.size();
  }

  private SignalApi.Signals signals(
      List<AttributeMatch> matches, SignalRange range, List<String> words, List<KeySignal> key) {
    var found =
        metrics.metrics(new MetricSelector(Optional.empty(), matches)).stream()
            .filter(metric -> hasAll(metric.name(), words))
            .map(metric -> new Placed(metric, place(metric.name(), key)))
            .sorted(Comparator.comparingInt(Placed::place)) // by name where they are alike
            .toList();
    var one = PageRequest.first(1);
    var lines =
        logs.find(new LogStore.Query(range.from(), range.to(), "", Set.of(), matches, ""), one);
    var operations =
        spans.find(
            new SpanStore.Query(
                range.from(),
                range.to(),
                Optional.empty(),
                Duration.ZERO,
                Optional.empty(),
                false,
                matches),
            one);
    return new SignalApi.Signals(
        found.stream().limit(MOST_METRICS).map(placed -> info(placed, key)).toList(),
        found.size(),
        new SignalApi.Counted(lines.page().total(), lines.exact()),
        TraceController.counted(operations),
        range.from(),
        range.to());
  }

  /** A metric and where it stands. */
  private record Placed(MetricStore.Metric metric, int place) {}

  private static SignalApi.MetricInfo info(Placed placed, List<KeySignal> key) {
    var metric = placed.metric();
    return new SignalApi.MetricInfo(
        metric.name(),
        metric.unit(),
        metric.kind(),
        metric.series(),
        placed.place() < key.size() ? key.get(placed.place()).tells() : null);
  }

  private static boolean hasAll(String name, List<String> words) {
    var lower = name.toLowerCase(Locale.ROOT);
    return words.stream().allMatch(lower::contains);
  }
}
