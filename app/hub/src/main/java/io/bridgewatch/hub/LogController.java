package io.bridgewatch.hub;

import io.bridgewatch.model.LogRecord;
import io.bridgewatch.model.Severity;
import io.bridgewatch.ports.LogStore;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Log lines: searched, counted, and followed as they come. */
@RestController
@RequestMapping("/api/v1/logs")
@Tag(name = "signals")
final class LogController {

  private static final int LONGEST_TEXT = 500;
  private static final int MOST_BUCKETS = 120;

  private final LogStore logs;
  private final SignalSubject subject;
  private final QueryLimits limits;
  private final LogTails tails;
  private final InstantSource clock;

  LogController(
      LogStore logs,
      SignalSubject subject,
      QueryLimits limits,
      LogTails tails,
      InstantSource clock) {
    this.logs = logs;
    this.subject = subject;
    this.limits = limits;
    this.tails = tails;
    this.clock = clock;
  }

  @GetMapping
  @Operation(operationId = "logs", summary = "Log lines, newest first")
  SignalApi.LogPage logs(
      @ParameterObject SignalParameters parameters,
      @ParameterObject LogParameters wanted,
      @Parameter(description = "1 to 200") @RequestParam(defaultValue = "100") int limit,
      @RequestParam(required = false) @Nullable String cursor,
      HttpServletRequest request) {
    var range = SignalRange.of(parameters, clock);
    var page = Parameters.page(limit, cursor);
    var found = limits.answer(() -> logs.find(query(parameters, wanted, range, request), page));
    return new SignalApi.LogPage(
        found.page().items().stream().map(LogController::line).toList(),
        found.page().next().orElse(null),
        found.page().total(),
        found.exact());
  }

  @GetMapping("/histogram")
  @Operation(operationId = "logHistogram", summary = "How many lines there were when")
  SignalApi.LogHistogram histogram(
      @ParameterObject SignalParameters parameters,
      @ParameterObject LogParameters wanted,
      HttpServletRequest request) {
    var range = SignalRange.of(parameters, clock);
    var step = range.step(MOST_BUCKETS);
    var found =
        limits.answer(() -> logs.histogram(query(parameters, wanted, range, request), step));
    return new SignalApi.LogHistogram(
        range.from(),
        range.to(),
        step.toMillis() / 1000.0,
        found.stream().map(b -> new SignalApi.LogBucket(b.start(), b.counts())).toList(),
        found.stream()
            .flatMap(bucket -> bucket.counts().values().stream())
            .mapToLong(Long::longValue)
            .sum());
  }

  @GetMapping(path = "/tail", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
  @Operation(
      operationId = "tailLogs",
      summary = "Log lines as they come",
      description =
          "Server-sent events named lines, at most 200 lines a second; what is more is counted. The"
              + " stream ends after ten minutes; who asks again with Last-Event-ID goes on from"
              + " there. from and to are not looked at.")
  @ApiResponse(
      responseCode = "200",
      content =
          @Content(
              mediaType = MediaType.TEXT_EVENT_STREAM_VALUE,
              schema = @Schema(implementation = SignalApi.LogTail.class)))
  void tail(
      @ParameterObject SignalParameters parameters,
      @ParameterObject LogParameters wanted,
      @Parameter(
              description =
                  "RFC 3339: lines of that time or later, at most a minute back; now if not given")
          @RequestParam(required = false)
          @Nullable String since,
      @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEventId,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    var start =
        Parameters.time("Last-Event-ID", lastEventId).or(() -> Parameters.time("since", since));
    var now = clock.instant();
    var query = query(parameters, wanted, new SignalRange(now.minusMillis(1), now), request);
    tails.follow(query, start.orElse(now), response);
  }

  /**
   * The question that the parameters ask.
   *
   * @throws HubProblem if one is wrong
   */
  private LogStore.Query query(
      SignalParameters parameters,
      LogParameters wanted,
      SignalRange range,
      HttpServletRequest request) {
    var text = Parameters.given(wanted.q()).orElse("");
    if (text.length() > LONGEST_TEXT) {
      throw HubProblem.invalid(
          "q has " + text.length() + " characters, at most " + LONGEST_TEXT + " are searched");
    }
    return new LogStore.Query(
        range.from(),
        range.to(),
        text,
        Parameters.list(wanted.severity()).stream()
            .map(word -> Parameters.word(Severity.class, "severity", word.toLowerCase(Locale.ROOT)))
            .collect(Collectors.toSet()),
        subject.matches(parameters, SignalController.attributes(request), range),
        Parameters.given(wanted.trace()).orElse(""));
  }

  static SignalApi.LogLine line(LogRecord line) {
    return new SignalApi.LogLine(
        TraceController.time(line.epochNanos()),
        Long.toString(line.epochNanos()),
        line.severity(),
        line.body(),
        line.traceId(),
        line.spanId(),
        line.resource().asMap(),
        line.attributes().asMap());
  }
}
