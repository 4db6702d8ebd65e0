package io.bridgewatch.hub;

import io.bridgewatch.model.Severity;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Documents about the patterns of log lines; as {@link Api}, in all else. */
final class LogPatternApi {

  private LogPatternApi() {}

  record LogPatternPage(
      List<LogPatternRow> items,
      @Nullable String next,
      @Schema(description = "patterns that match in all") int total,
      @Schema(description = "lines of all of them in that time") long lines,
      Instant from,
      Instant to,
      @Schema(description = "of one place of a trend") double stepSeconds,
      Learning learning) {}

  @Schema(description = "one statement as a source writes it")
  record LogPatternRow(
      String id,
      @Schema(description = "with <*> for what varies", example = "order <*> paid") String text,
      @Schema(description = "the highest it was written at") Severity severity,
      @Schema(description = "the workload, service and container that write it")
          Map<String, String> source,
      Instant firstSeen,
      Instant lastSeen,
      @Schema(description = "in that time") long lines,
      @Schema(description = "by severity; those without lines are left out")
          Map<Severity, Long> counts,
      @Schema(description = "lines in each step of that time, oldest first") List<Long> trend,
      @Schema(description = "what finds its lines when given as q to /logs; empty if nothing does")
          String search,
      @Schema(description = "the first line first") List<LogPatternSample> samples) {}

  record LogPatternSample(
      Instant time,
      Severity severity,
      String body,
      @Schema(description = "who wrote it, down to the pod and node where they are known")
          Map<String, String> resource) {}

  @Schema(description = "how it goes, of all clusters, since the hub was started")
  record Learning(
      @Schema(description = "patterns that are known") int patterns,
      @Schema(description = "lines that belong to none because there are as many as may be")
          long withoutRoom,
      @Schema(description = "lines whose count could not be kept") long uncounted) {}
}
