package io.bridgewatch.hub;

import io.bridgewatch.model.AttributeMatch;
import io.bridgewatch.model.AttributeNames;
import io.bridgewatch.model.Span;
import io.bridgewatch.ports.LogStore;
import io.bridgewatch.ports.Page;
import io.bridgewatch.ports.PageRequest;
import io.bridgewatch.ports.SpanStore;
import io.bridgewatch.topology.TraceSampling;
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
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Spans by what they are like, and whole traces. */
@RestController
@RequestMapping("/api/v1/traces")
@Tag(name = "signals")
final class TraceController {

  /** Beyond this the store does not count. */
  private static final long COUNTED = 10_000;

  private static final double MOST_MILLIS = Duration.ofDays(366).toMillis();
  private static final int LONGEST_ID = 64;

  /** Lines may be written a little before or after the spans they belong to. */
  private static final Duration AROUND = Duration.ofMinutes(5);

  private final SpanStore spans;
  private final LogStore logs;
  private final SignalSubject subject;
  private final QueryLimits limits;
  private final InstantSource clock;

  TraceController(
      SpanStore spans,
      LogStore logs,
      SignalSubject subject,
      QueryLimits limits,
      InstantSource clock) {
    this.spans = spans;
    this.logs = logs;
    this.subject = subject;
    this.limits = limits;
    this.clock = clock;
  }

  @GetMapping
  @Operation(operationId = "traces", summary = "Spans, newest first; of each trace its root")
  SignalApi.SpanPage traces(
      @ParameterObject SignalParameters parameters,
      @Parameter(description = "exact") @RequestParam(required = false) @Nullable String service,
      @Parameter(description = "exact") @RequestParam(required = false) @Nullable String operation,
      @Parameter(description = "milliseconds it took at least") @RequestParam(defaultValue = "0")
          double atLeast,
      @Parameter(description = "true: only failed ones; false: only others")
          @RequestParam(required = false)
          @Nullable Boolean failed,
      @Parameter(
              description = "root: only spans without a parent; any: all",
              schema = @Schema(allowableValues = {"root", "any"}))
          @RequestParam(defaultValue = "root")
          String spans,
      @Parameter(description = "1 to 200") @RequestParam(defaultValue = "50") int limit,
      @RequestParam(required = false) @Nullable String cursor,
      HttpServletRequest request) {
    var range = SignalRange.of(parameters, clock);
    var page = Parameters.page(limit, cursor);
    if (!(atLeast >= 0 && atLeast <= MOST_MILLIS)) {
      throw HubProblem.invalid("atLeast is " + atLeast + ", wanted milliseconds from 0 to a year");
    }
    if (!Set.of("root", "any").contains(spans)) {
      throw HubProblem.invalid("spans is '" + spans + "', wanted root or any");
    }
    var found =
        limits.answer(
            () -> {
              var matches =
                  new ArrayList<AttributeMatch>(
                      subject.matches(parameters, SignalController.attributes(request), range));
              Parameters.given(service)
                  .ifPresent(
                      name -> matches.add(AttributeMatch.equal(AttributeNames.SERVICE, name)));
              return this.spans.find(
                  new SpanStore.Query(
                      range.from(),
                      range.to(),
                      Parameters.given(operation),
                      Duration.ofNanos(Math.round(atLeast * 1e6)),
                      Optional.ofNullable(failed),
                      spans.equals("root"),
                      matches),
                  page);
            });
    var total = counted(found);
    return new SignalApi.SpanPage(
        found.items().stream().map(TraceController::row).toList(),
        found.next().orElse(null),
        total.count(),
        total.exact());
  }

  /** How many match, as far as the store counts. */
  static SignalApi.Counted counted(Page<Span> found) {
    return new SignalApi.Counted(found.total(), found.total() < COUNTED);
  }

  private static SignalApi.SpanRow row(Span span) {
    return new SignalApi.SpanRow(
        span.traceId(),
        span.spanId(),
        span.parentSpanId(),
        service(span),
        span.name(),
        span.kind(),
        time(span.startNanos()),
        span.durationNanos() / 1e6,
        span.failed(),
        sampled(span));
  }

  /** What its mark tells; a sender's own that cannot be read is as none. */
  static SignalApi.@Nullable Sampled sampled(Span span) {
    var reason = span.attributes().get(TraceSampling.REASON);
    var weight = span.attributes().get(TraceSampling.WEIGHT);
    if (reason.isEmpty() || weight.isEmpty()) {
      return null;
    }
    try {
      return new SignalApi.Sampled(reason.get(), Double.parseDouble(weight.get()));
    } catch (NumberFormatException e) {
      return null;
    }
  }

  static String service(Span span) {
    return span.resource().getOr(AttributeNames.SERVICE, "");
  }

  static Instant time(long epochNanos) {
    return Instant.ofEpochSecond(
        Math.floorDiv(epochNanos, 1_000_000_000L), Math.floorMod(epochNanos, 1_000_000_000L));
  }

  @GetMapping("/{id}")
  @Operation(operationId = "trace", summary = "A trace: its spans and its log lines")
  SignalApi.Trace trace(@PathVariable String id) {
    if (id.length() > LONGEST_ID) {
      throw HubProblem.invalid(
          "the id has " + id.length() + " characters, wanted at most " + LONGEST_ID);
    }
    return limits.answer(() -> found(id));
  }

  private SignalApi.Trace found(String id) {
    var found = spans.trace(id);
    if (found.isEmpty()) {
      throw HubProblem.notFound(
          "no span of trace "
              + id
              + " is kept; it may be older than what is kept, not chosen, or so new that it is not"
              + " decided about yet");
    }
    var tree = TraceTree.of(found);
    var lines =
        logs.find(
            new LogStore.Query(
                time(tree.startNanos()).minus(AROUND),
                time(tree.endNanos()).plus(AROUND),
                "",
                Set.of(),
                List.of(),
                id),
            PageRequest.first(PageRequest.LARGEST));
    return new SignalApi.Trace(
        id,
        time(tree.startNanos()),
        (tree.endNanos() - tree.startNanos()) / 1e6,
        tree.spans(),
        found.size(),
        lines.page().items().reversed().stream().map(LogController::line).toList(),
        new SignalApi.Counted(lines.page().total(), lines.exact()),
        found.stream()
            .map(TraceController::sampled)
            .filter(Objects::nonNull)
            .findFirst()
            .orElse(null));
  }
}
