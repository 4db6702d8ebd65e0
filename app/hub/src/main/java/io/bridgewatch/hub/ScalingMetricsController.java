package io.bridgewatch.hub;

import io.bridgewatch.hub.LiveClusters.Live;
import io.swagger.v3.oas.annotations.Hidden;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** How metrics of scaling reach autoscalers, and a page of them for a Prometheus. */
@RestController
@Tag(name = "scaling")
final class ScalingMetricsController {

  static final String PAGE = "/api/v1/scaling/metrics";

  private static final String BEARER = "Bearer ";

  private final ScalingMetricsApi api;
  private final MetricsApiValues values;
  private final ScalingSubjects subjects;
  private final LiveClusters clusters;
  private final IngestTokens tokens;

  ScalingMetricsController(
      ScalingMetricsApi api,
      MetricsApiValues values,
      ScalingSubjects subjects,
      ClusterParts parts,
      IngestTokens tokens) {
    this.api = api;
    this.values = values;
    this.subjects = subjects;
    this.clusters = parts.watch();
    this.tokens = tokens;
  }

  @GetMapping("/api/v1/scaling/metrics-api")
  @Operation(
      operationId = "scalingMetricsApi",
      summary = "Who serves custom and external metrics in a cluster, and how ours get there")
  ScalingMetricsDocuments.ScalingMetricsShown shown(
      @Parameter(description = Parameters.CLUSTER) @RequestParam(required = false)
          @Nullable String cluster) {
    return api.shown(subjects.of(cluster).name());
  }

  /** Each {@link LearnedMetric} in the text format of Prometheus; what has no value is absent. */
  @GetMapping(PAGE)
  @Hidden // its format is described elsewhere
  ResponseEntity<String> page(HttpServletRequest request) {
    String authorization = request.getHeader(HttpHeaders.AUTHORIZATION);
    if (authorization == null
        || !authorization.startsWith(BEARER)
        || !tokens.accepts(authorization.substring(BEARER.length()).strip())) {
      throw new HubProblem(
          HttpStatus.UNAUTHORIZED,
          "NotLoggedIn",
          "wanted the ingest token, which an administrator makes on the page of the pipeline:"
              + " Authorization: Bearer …");
    }
    var text = new StringBuilder();
    for (LearnedMetric metric : LearnedMetric.values()) {
      text.append(
          "# HELP %1$s %2$s\n# TYPE %1$s gauge\n".formatted(metric.series(), metric.help()));
      for (Live live : clusters.all()) {
        values
            .told(metric, live.name(), Optional.empty(), new LabelSelector(List.of()))
            .forEach(one -> text.append(line(metric, one)));
      }
    }
    return ResponseEntity.ok()
        .header(HttpHeaders.CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")
        .body(text.toString());
  }

  private static String line(LearnedMetric metric, MetricsApiValues.Told one) {
    return "%s{cluster=\"%s\",namespace=\"%s\",kind=\"%s\",workload=\"%s\"} %s\n"
        .formatted(
            metric.series(),
            one.cluster(),
            one.namespace(),
            one.labels().get("kind"),
            one.labels().get("workload"),
            one.value());
  }
}
