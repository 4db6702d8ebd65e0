package io.bridgewatch.hub;

import io.bridgewatch.hub.MetricCharts.View;
import io.bridgewatch.model.Exemplar;
import io.bridgewatch.ports.ExemplarStore;
import io.bridgewatch.ports.MetricQueries;
import io.bridgewatch.ports.MetricQueries.Evaluated;
import io.bridgewatch.ports.MetricQueries.Line;
import io.bridgewatch.ports.MetricQuery;
import io.bridgewatch.ports.MetricQuery.Reduction;
import io.bridgewatch.ports.MetricSelector;
import io.bridgewatch.ports.MetricStore;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Values of metrics over time. */
@RestController
@RequestMapping("/api/v1/metrics")
@Tag(name = "signals")
final class MetricController {

  private static final int USUAL_SERIES = 1_000;
  private static final int MOST_SERIES = 10_000;
  private static final int MOST_VALUES = 500_000;
  private static final int MOST_LINES = 50;
  private static final int USUAL_TIMES = 240;
  private static final int MOST_EXEMPLARS = 1_000;

  private final MetricStore metrics;
  private final ExemplarStore exemplars;
  private final SignalSubject subject;
  private final QueryLimits limits;
  private final InstantSource clock;

  MetricController(
      MetricStore metrics,
      ExemplarStore exemplars,
      SignalSubject subject,
      QueryLimits limits,
      InstantSource clock) {
    this.metrics = metrics;
    this.exemplars = exemplars;
    this.subject = subject;
    this.limits = limits;
    this.clock = clock;
  }

  @PostMapping("/query")
  @Operation(operationId = "queryMetrics", summary = "A question about metrics, on a grid of times")
  SignalApi.MetricResult query(@RequestBody SignalApi.MetricQueryRequest request) {
    var query = MetricExpressions.query(request.query());
    var from = required(request.from(), "from");
    var to = required(request.to(), "to");
    if (to.isBefore(from)) {
      throw HubProblem.invalid("to is " + to + ", which is before from, " + from);
    }
    var step = MetricExpressions.seconds(request.stepSeconds(), "stepSeconds");
    int most = Optional.ofNullable(request.mostSeries()).orElse(USUAL_SERIES);
    if (most < 1 || most > MOST_SERIES) {
      throw HubProblem.invalid("mostSeries is " + most + ", wanted 1 to " + MOST_SERIES);
    }
    return limits.answer(() -> evaluate(query, from, to, step, most));
  }

  private SignalApi.MetricResult evaluate(
      MetricQuery query, Instant from, Instant to, Duration step, int most) {
    var found = MetricQueries.evaluate(query, metrics, from, to, step, most);
    long values = (long) found.times() * found.lines().size();
    if (values > MOST_VALUES) {
      throw QueryLimits.tooWide(
          found.lines().size()
              + " lines of "
              + found.times()
              + " values are more than "
              + MOST_VALUES
              + " values; aggregate, or take a longer step or a shorter time");
    }
    return new SignalApi.MetricResult(
        found.from(),
        found.step().toMillis() / 1000.0,
        found.times(),
        found.lines().stream().map(line -> line(line, found)).toList());
  }

  static SignalApi.MetricLine line(Line line, Evaluated in) {
    return new SignalApi.MetricLine(
        line.metric(), line.attributes().asMap(), values(line, in.times()));
  }

  static List<@Nullable Double> values(Line line, int times) {
    var values = new ArrayList<@Nullable Double>(times);
    for (int i = 0; i < times; i++) {
      values.add(Double.isFinite(line.value(i)) ? line.value(i) : null);
    }
    return values;
  }

  @GetMapping("/series")
  @Operation(
      operationId = "metricSeries",
      summary = "One metric of an entity, ready to draw",
      description =
          "A level is averaged over a step, a count becomes a rate, a histogram its quantiles; the"
              + " lines of the highest mean are told.")
  SignalApi.MetricChart series(
      @ParameterObject SignalParameters parameters,
      @RequestParam String metric,
      @Parameter(
              description = "as the metric's kind suggests if not given",
              schema = @Schema(allowableValues = {"level", "rate", "quantiles"}))
          @RequestParam(required = false)
          @Nullable String view,
      @Parameter(
              description =
                  "attributes by which to split, several with commas; - for one line in all; each"
                      + " series a line if not given")
          @RequestParam(required = false)
          @Nullable String by,
      @Parameter(
              description = "how series come to one line; sum of rates, average of levels",
              schema = @Schema(allowableValues = {"sum", "average", "minimum", "maximum"}))
          @RequestParam(required = false)
          @Nullable String reduction,
      @Parameter(description = "lines that are told, 1 to 50") @RequestParam(defaultValue = "10")
          int top,
      HttpServletRequest request) {
    if (top < 1 || top > MOST_LINES) {
      throw HubProblem.invalid("top is " + top + ", wanted 1 to " + MOST_LINES);
    }
    var range = SignalRange.of(parameters, clock);
    var wanted =
        new MetricCharts.Wanted(
            metric,
            Parameters.given(view).map(word -> Parameters.word(View.class, "view", word)),
            Parameters.given(by).map(MetricController::names),
            Parameters.given(reduction)
                .map(word -> Parameters.word(Reduction.Simple.class, "reduction", word)),
            top);
    return limits.answer(
        () ->
            MetricCharts.chart(
                metrics,
                wanted,
                subject.matches(parameters, SignalController.attributes(request), range),
                range,
                range.step(USUAL_TIMES),
                clock.instant()));
  }

  @GetMapping("/exemplars")
  @Operation(
      operationId = "metricExemplars",
      summary = "Single measurements of a metric, with the traces in which they were made",
      description =
          "Of each series and minute the newest four are kept; in all 500000, the oldest minutes go"
              + " first.")
  SignalApi.Exemplars exemplars(
      @ParameterObject SignalParameters parameters,
      @RequestParam String metric,
      @Parameter(description = "the newest so many are told, 1 to 1000")
          @RequestParam(defaultValue = "200")
          int limit,
      HttpServletRequest request) {
    if (limit < 1 || limit > MOST_EXEMPLARS) {
      throw HubProblem.invalid("limit is " + limit + ", wanted 1 to " + MOST_EXEMPLARS);
    }
    var range = SignalRange.of(parameters, clock);
    return limits.answer(
        () -> {
          var selector =
              new MetricSelector(
                  Optional.of(metric),
                  subject.matches(parameters, SignalController.attributes(request), range));
          var found = exemplars.select(selector, range.from(), range.to(), limit + 1);
          return new SignalApi.Exemplars(
              found.stream().limit(limit).map(MetricController::point).toList(),
              found.size() > limit);
        });
  }

  private static SignalApi.ExemplarPoint point(Exemplar one) {
    var series = one.series();
    return new SignalApi.ExemplarPoint(
        Instant.ofEpochMilli(one.epochMillis()),
        one.value(),
        one.traceId(),
        one.spanId(),
        one.labels().asMap(),
        series.resource().with(series.point()).asMap());
  }

  private static Set<String> names(String by) {
    return by.equals("-") ? Set.of() : Set.copyOf(Parameters.list(by));
  }

  private static <T> T required(@Nullable T value, String field) {
    return Optional.ofNullable(value).orElseThrow(() -> HubProblem.invalid(field + " is missing"));
  }
}
