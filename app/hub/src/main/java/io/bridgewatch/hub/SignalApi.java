package io.bridgewatch.hub;

import io.bridgewatch.model.MetricKind;
import io.bridgewatch.model.Severity;
import io.bridgewatch.model.SpanKind;
import io.bridgewatch.topology.KeySignal.Golden;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The documents of the HTTP API about metrics, log lines and traces; as {@link Api}, in all else.
 */
final class SignalApi {

  private SignalApi() {}

  @Schema(description = "which signals there are of something")
  record Signals(
      @Schema(
              description =
                  "those that matter first, then by name, at most 500; also those without a sample"
                      + " in that time")
          List<MetricInfo> metrics,
      @Schema(description = "how many metrics there are in all") int metricsTotal,
      Counted logs,
      Counted spans,
      Instant from,
      Instant to) {}

  record MetricInfo(
      @Schema(example = "container.cpu.time") String name,
      @Schema(description = "UCUM; empty if not stated", example = "s") String unit,
      MetricKind kind,
      long series,
      @Schema(
              description =
                  "why it matters of what is asked of; null if it is not among what matters")
          @Nullable Golden tells) {}

  @Schema(description = "how many there are; at least so many where they were not all counted")
  record Counted(long count, boolean exact) {}

  @Schema(description = "a question about metrics, and the times at which it is asked")
  record MetricQueryRequest(
      MetricExpression query,
      @Schema(description = "the first time") Instant from,
      @Schema(description = "no time is later") Instant to,
      @Schema(description = "from one time to the next", minimum = "0.001") double stepSeconds,
      @Schema(
              description = "more series are refused; 1 to 10000, 1000 if not given",
              requiredMode = Schema.RequiredMode.NOT_REQUIRED)
          @Nullable Integer mostSeries) {}

  @Schema(
      description =
          "select, rate, increase and over-time read a metric; aggregate and histogram-quantile work"
              + " on of, ratio divides of by per")
  record MetricExpression(
      @Schema(
              allowableValues = {
                "select",
                "rate",
                "increase",
                "over-time",
                "aggregate",
                "histogram-quantile",
                "ratio"
              })
          String kind,
      @Schema(
              description = "of those that read; all metrics if not given",
              requiredMode = Schema.RequiredMode.NOT_REQUIRED)
          @Nullable String metric,
      @Schema(
              description = "of those that read: all must hold",
              requiredMode = Schema.RequiredMode.NOT_REQUIRED)
          @Nullable List<AttributeFilter> where,
      @Schema(
              description = "of rate, increase and over-time",
              requiredMode = Schema.RequiredMode.NOT_REQUIRED)
          @Nullable Double windowSeconds,
      @Schema(
              description = "of over-time and aggregate; last only over time",
              allowableValues = {
                "sum",
                "average",
                "minimum",
                "maximum",
                "count",
                "last",
                "quantile"
              },
              requiredMode = Schema.RequiredMode.NOT_REQUIRED)
          @Nullable String reduction,
      @Schema(
              description = "0 to 1; of histogram-quantile, and where the reduction is quantile",
              requiredMode = Schema.RequiredMode.NOT_REQUIRED)
          @Nullable Double quantile,
      @Schema(
              description = "of aggregate: attributes by which to split",
              requiredMode = Schema.RequiredMode.NOT_REQUIRED)
          @Nullable List<String> by,
      @Schema(requiredMode = Schema.RequiredMode.NOT_REQUIRED) @Nullable MetricExpression of,
      @Schema(requiredMode = Schema.RequiredMode.NOT_REQUIRED) @Nullable MetricExpression per) {}

  @Schema(description = "what an attribute has to be like; one that is absent is the empty text")
  record AttributeFilter(
      String attribute,
      @Schema(
              description = "one-of, none-of, like and unlike a regular expression",
              allowableValues = {"one-of", "none-of", "like", "unlike"})
          String test,
      @Schema(description = "one expression for like and unlike") List<String> values) {}

  record MetricResult(Instant from, double stepSeconds, int times, List<MetricLine> lines) {}

  record MetricLine(
      @Schema(description = "empty where several came to one") String metric,
      Map<String, String> attributes,
      @Schema(description = "one for each time; null where unknown")
          List<@Nullable Double> values) {}

  @Schema(description = "one metric, ready to draw")
  record MetricChart(
      String metric,
      @Schema(description = "of the values: UCUM; a rate is per second") String unit,
      @Schema(
              description = "what the values are",
              allowableValues = {"level", "rate", "quantiles"})
          String view,
      @Schema(description = "what else they could be") List<String> views,
      Instant from,
      double stepSeconds,
      int times,
      @Schema(description = "attributes that all series have in common") Map<String, String> shared,
      @Schema(description = "attributes by which the series differ; those with few values first")
          List<AttributeSpread> spread,
      @Schema(description = "those of the highest mean, highest first") List<MetricLine> lines,
      @Schema(description = "lines that are not among these") int more,
      @Schema(description = "series that were read") int series) {}

  record AttributeSpread(String attribute, int values) {}

  record Exemplars(
      @Schema(description = "newest first") List<ExemplarPoint> items,
      @Schema(description = "whether there are older ones that are not told") boolean more) {}

  @Schema(description = "a single measurement, and the trace in which it was made")
  record ExemplarPoint(
      Instant time,
      @Schema(description = "in the unit of what was measured, which a rate is not") double value,
      @Schema(description = "the trace may be one that was not chosen to be kept") String traceId,
      @Schema(description = "empty if only the trace is known") String spanId,
      @Schema(description = "what its sender says of it besides") Map<String, String> labels,
      @Schema(description = "of its series") Map<String, String> attributes) {}

  record LogPage(
      List<LogLine> items,
      @Nullable String next,
      @Schema(description = "lines that match in all; at least so many where exact is false")
          long total,
      boolean exact) {}

  record LogLine(
      Instant time,
      @Schema(description = "since 1970-01-01T00:00Z", example = "1772368200000000000")
          String epochNanos,
      Severity severity,
      String body,
      @Schema(description = "empty if the line belongs to no trace") String traceId,
      @Schema(description = "empty if the line belongs to no span") String spanId,
      Map<String, String> resource,
      Map<String, String> attributes) {}

  record LogHistogram(
      Instant from, Instant to, double stepSeconds, List<LogBucket> buckets, long total) {}

  @Schema(description = "a step with lines in it")
  record LogBucket(
      Instant start,
      @Schema(description = "by severity; those without lines are left out")
          Map<Severity, Long> counts) {}

  @Schema(description = "the data of an event named lines")
  record LogTail(
      @Schema(description = "oldest first") List<LogLine> items,
      @Schema(description = "lines that came too but are not told, because there were too many")
          long skipped) {}

  record SpanPage(
      List<SpanRow> items,
      @Nullable String next,
      @Schema(description = "spans that match in all; at least so many where exact is false")
          long total,
      boolean exact) {}

  record SpanRow(
      String traceId,
      String spanId,
      @Schema(description = "empty for a root") String parentSpanId,
      @Schema(description = "empty if not stated") String service,
      String name,
      SpanKind kind,
      Instant start,
      double durationMillis,
      boolean failed,
      @Schema(description = "null where all traces were kept at that time")
          @Nullable Sampled sampled) {}

  @Schema(description = "why a trace was kept while not all were")
  record Sampled(
      @Schema(allowableValues = {"failed", "slow", "rare", "exemplar", "sampled"}) String reason,
      @Schema(description = "how many traces of its sort it stands for when they are counted")
          double weight) {}

  record Trace(
      String traceId,
      Instant start,
      double durationMillis,
      @Schema(description = "by their start, at most 5000") List<TraceSpan> spans,
      @Schema(description = "how many there are in all") int spansTotal,
      @Schema(description = "the lines of this trace, oldest first, at most 200")
          List<LogLine> logs,
      @Schema(description = "how many lines there are; at least so many where exact is false")
          Counted logsTotal,
      @Schema(description = "null where all traces were kept at that time")
          @Nullable Sampled sampled) {}

  record TraceSpan(
      String spanId,
      @Schema(description = "empty for a root; it may be a span that is not kept")
          String parentSpanId,
      String service,
      String name,
      SpanKind kind,
      @Schema(description = "from the trace's start") double offsetMillis,
      double durationMillis,
      @Schema(description = "of the duration, what no child covers") double ownMillis,
      boolean failed,
      Map<String, String> resource,
      Map<String, String> attributes) {}
}
