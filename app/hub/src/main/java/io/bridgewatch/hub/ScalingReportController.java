package io.bridgewatch.hub;

import io.bridgewatch.hub.ScalingReport.ScalingMonth;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.time.DateTimeException;
import java.time.InstantSource;
import java.time.YearMonth;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The effect of scaling in a month. */
@RestController
@RequestMapping("/api/v1/scaling/report")
@Tag(name = "scaling")
final class ScalingReportController {

  private static final String MONTH = "such as 2026-11, of UTC; the present one unless given";

  private final ScalingDays days;
  private final InstantSource clock;

  ScalingReportController(ScalingDays days, InstantSource clock) {
    this.days = days;
    this.clock = clock;
  }

  @GetMapping
  @Operation(
      operationId = "scalingReport",
      summary = "What scaling did in a month, beside the default and constant replicas")
  ScalingMonth report(
      @Parameter(description = MONTH) @RequestParam(required = false) @Nullable String month,
      @Parameter(description = "name; all clusters if not given") @RequestParam(required = false)
          @Nullable String cluster,
      @RequestParam(required = false) @Nullable String namespace) {
    YearMonth of = month(month);
    return ScalingReport.of(
        of.toString(),
        days.between(
            of.atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant(),
            of.plusMonths(1).atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant(),
            Parameters.given(cluster),
            Parameters.given(namespace)));
  }

  private YearMonth month(@Nullable String text) {
    var given = Parameters.given(text);
    if (given.isEmpty()) {
      return YearMonth.from(clock.instant().atOffset(ZoneOffset.UTC));
    }
    try {
      return YearMonth.parse(given.get().strip());
    } catch (DateTimeException e) {
      throw HubProblem.invalid("month is '" + given.get() + "', wanted such as 2026-11");
    }
  }

  @GetMapping("/file")
  @Operation(operationId = "scalingReportFile", summary = "The same as a Markdown file")
  ResponseEntity<String> file(
      @Parameter(description = MONTH) @RequestParam(required = false) @Nullable String month,
      @Parameter(description = "name; all clusters if not given") @RequestParam(required = false)
          @Nullable String cluster,
      @RequestParam(required = false) @Nullable String namespace,
      @Parameter(
              description = Parameters.LANGUAGE,
              schema = @Schema(allowableValues = {"zh", "en"}))
          @RequestParam(required = false)
          @Nullable String lang,
      HttpServletRequest request) {
    var report = report(month, cluster, namespace);
    return ResponseEntity.ok()
        .header(HttpHeaders.CONTENT_TYPE, "text/markdown; charset=utf-8")
        .header(
            HttpHeaders.CONTENT_DISPOSITION,
            "attachment; filename=\"scaling-%s.md\"".formatted(report.month()))
        .body(ScalingReport.markdown(report, Parameters.language(lang, request)));
  }
}
