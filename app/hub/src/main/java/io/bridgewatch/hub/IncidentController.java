package io.bridgewatch.hub;

import io.bridgewatch.adapter.report.Language;
import io.bridgewatch.adapter.report.Wording;
import io.bridgewatch.ports.IncidentStore;
import io.bridgewatch.ports.StoredIncident;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Incidents as people read them. */
@RestController
@RequestMapping("/api/v1/incidents")
@Tag(name = "incidents")
final class IncidentController {

  private static final int LONGEST_SEARCH = 200;

  private final IncidentStore store;
  private final JsonMapper json;

  IncidentController(IncidentStore store, JsonMapper json) {
    this.store = store;
    this.json = json;
  }

  @GetMapping
  @Operation(
      operationId = "incidents",
      summary = "Incidents, those that are open first, then latest onset first")
  Api.IncidentPage incidents(
      @Parameter(
              description = Parameters.LANGUAGE,
              schema = @Schema(allowableValues = {"zh", "en"}))
          @RequestParam(required = false)
          @Nullable String lang,
      @Parameter(description = "occurs in the title, the id, the bundle or the top cause")
          @RequestParam(required = false)
          @Nullable String q,
      @Parameter(description = "name of the bundle") @RequestParam(required = false)
          @Nullable String bundle,
      @Parameter(description = "whether it goes on") @RequestParam(required = false)
          StoredIncident.@Nullable Status status,
      @Parameter(description = "name of the cluster that it was found in while it was watched")
          @RequestParam(required = false)
          @Nullable String cluster,
      @RequestParam(defaultValue = "50") int limit,
      @RequestParam(required = false) @Nullable String cursor,
      HttpServletRequest request) {
    var language = Parameters.language(lang, request);
    var text = Parameters.given(q).map(String::strip).orElse("");
    if (text.length() > LONGEST_SEARCH) {
      throw HubProblem.invalid(
          "q has " + text.length() + " characters, at most " + LONGEST_SEARCH + " are searched");
    }
    var page =
        store.incidents(
            new IncidentStore.Query(
                text,
                Parameters.given(bundle),
                Optional.ofNullable(status),
                Parameters.given(cluster),
                Parameters.page(limit, cursor)));
    return new Api.IncidentPage(
        page.items().stream().map(head -> summary(head, language)).toList(),
        page.next().orElse(null),
        page.total());
  }

  private static Api.IncidentSummary summary(StoredIncident.Head head, Language language) {
    return new Api.IncidentSummary(
        head.id(),
        head.bundle(),
        head.onset(),
        head.titles().getOrDefault(language.tag(), ""),
        head.cause().map(cause -> cause(cause, language)).orElse(null),
        head.symptoms(),
        head.importedAt(),
        head.insufficient(),
        head.status(),
        live(head));
  }

  private static Api.@Nullable LiveIncident live(StoredIncident.Head head) {
    return head.live()
        .map(
            live ->
                new Api.LiveIncident(
                    live.cluster(),
                    live.openedAt(),
                    live.updatedAt(),
                    live.lastSeenAt(),
                    live.closedAt().orElse(null)))
        .orElse(null);
  }

  private static Api.TopCause cause(StoredIncident.TopCause cause, Language language) {
    return new Api.TopCause(
        cause.entity().name(),
        cause.entity().type().id(),
        cause.kind().id(),
        Wording.kind(cause.kind(), language),
        cause.confidence());
  }

  @GetMapping("/{id}")
  @Operation(operationId = "incident", summary = "One incident with its evidence and charts")
  @ApiResponse(
      responseCode = "200",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON_VALUE,
              schema = @Schema(implementation = Api.Incident.class)))
  JsonNode incident(
      @PathVariable String id,
      @Parameter(
              description = Parameters.LANGUAGE,
              schema = @Schema(allowableValues = {"zh", "en"}))
          @RequestParam(required = false)
          @Nullable String lang,
      HttpServletRequest request) {
    var found = found(id);
    var head = found.head();
    var tree =
        (ObjectNode) json.readTree(found.documents().get(Parameters.language(lang, request).tag()));
    tree.put("bundle", head.bundle());
    tree.put("bundleDigest", head.archive());
    tree.set("window", json.valueToTree(new Api.Window(head.window().from(), head.window().to())));
    tree.set("importedAt", json.valueToTree(head.importedAt()));
    tree.put("status", head.status().name());
    tree.set("live", json.valueToTree(live(head)));
    tree.set("charts", json.readTree(found.charts()));
    return tree;
  }

  @GetMapping("/{id}/report")
  @Operation(
      operationId = "report",
      summary = "The situation report the incident is part of, as a file")
  @ApiResponse(
      responseCode = "200",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON_VALUE,
              schema = @Schema(implementation = Api.SituationReport.class)))
  ResponseEntity<byte[]> report(
      @PathVariable String id,
      @Parameter(
              description = Parameters.LANGUAGE,
              schema = @Schema(allowableValues = {"zh", "en"}))
          @RequestParam(required = false)
          @Nullable String lang,
      HttpServletRequest request) {
    var language = Parameters.language(lang, request);
    var report =
        store
            .report(found(id).head().archive(), language.tag())
            .orElseThrow(() -> HubProblem.notFound("the report of incident " + id + " is gone"));
    return ResponseEntity.ok()
        .contentType(MediaType.APPLICATION_JSON)
        .header(
            HttpHeaders.CONTENT_DISPOSITION,
            ContentDisposition.attachment()
                .filename(id.replaceAll("[^A-Za-z0-9._-]", "_") + "-" + language.tag() + ".json")
                .build()
                .toString())
        .body(report.getBytes(StandardCharsets.UTF_8));
  }

  private StoredIncident found(String id) {
    return store.incident(id).orElseThrow(() -> HubProblem.notFound("there is no incident " + id));
  }
}
