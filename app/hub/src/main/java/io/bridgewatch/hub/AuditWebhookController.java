package io.bridgewatch.hub;

import io.bridgewatch.adapter.kubernetes.AuditEvents;
import io.bridgewatch.model.Observation;
import io.bridgewatch.ports.AuditEntry.Action;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * Takes audit events that API servers deliver, and makes the tokens by which they do. A token opens
 * nothing else.
 */
@RestController
@RequestMapping("/api/v1/clusters/{name}")
@Tag(name = "clusters")
final class AuditWebhookController {

  private static final String BEARER = "Bearer ";
  private static final String SUBJECT = "audit webhook";

  private final Watch watch;
  private final Moments moments;
  private final WebhookTokens tokens;
  private final Audit audit;
  private final InstantSource clock;

  AuditWebhookController(
      ClusterParts parts, Moments moments, WebhookTokens tokens, Audit audit, InstantSource clock) {
    this.watch = parts.watch();
    this.moments = moments;
    this.tokens = tokens;
    this.audit = audit;
    this.clock = clock;
  }

  @PutMapping("/audit-webhook")
  @Operation(
      operationId = "openAuditWebhook",
      summary = "Make a token by which the API server may deliver audit events; ends the last one")
  ClusterApi.AuditWebhook open(@PathVariable String name, HttpServletRequest request) {
    var cluster = moments.live(name).name();
    var token = tokens.open(cluster);
    audit.note(
        Caller.current().name(), Action.AUDIT_WEBHOOK_OPENED, request.getRemoteAddr(), cluster);
    return new ClusterApi.AuditWebhook("/api/v1/clusters/" + cluster + "/audit-events", token);
  }

  @DeleteMapping("/audit-webhook")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Operation(operationId = "closeAuditWebhook", summary = "End the token of the audit webhook")
  void close(@PathVariable String name, HttpServletRequest request) {
    if (!tokens.close(name)) {
      throw HubProblem.notFound("cluster " + name + " has no audit webhook");
    }
    audit.note(Caller.current().name(), Action.AUDIT_WEBHOOK_CLOSED, request.getRemoteAddr(), name);
  }

  @PostMapping(path = "/audit-events", consumes = MediaType.APPLICATION_JSON_VALUE)
  @Operation(
      operationId = OpenApiConfiguration.DELIVER,
      summary = "For API servers: deliver audit events, an EventList of audit.k8s.io/v1",
      requestBody =
          @RequestBody(
              required = true,
              content =
                  @Content(
                      mediaType = MediaType.APPLICATION_JSON_VALUE,
                      schema = @Schema(implementation = ClusterApi.AuditEvents.class))))
  ClusterApi.AuditTaken deliver(@PathVariable String name, HttpServletRequest request)
      throws IOException {
    var authorization = request.getHeader("Authorization");
    if (authorization == null
        || !authorization.startsWith(BEARER)
        || !tokens.matches(name, authorization.substring(BEARER.length()).strip())) {
      throw new HubProblem(
          HttpStatus.UNAUTHORIZED,
          "NotLoggedIn",
          "wanted the token of this cluster's audit webhook: Authorization: Bearer …");
    }
    var cluster = moments.live(name).name();
    AuditEvents.Delivery delivery;
    try {
      delivery = AuditEvents.read(request.getInputStream());
    } catch (IllegalArgumentException e) {
      throw new HubProblem(HttpStatus.BAD_REQUEST, "InvalidBody", String.valueOf(e.getMessage()));
    }
    try {
      watch.tell(cluster, heard(delivery));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HubProblem(
          HttpStatus.SERVICE_UNAVAILABLE, "Stopping", "this hub is stopping; deliver again later");
    }
    return new ClusterApi.AuditTaken(delivery.records().size(), delivery.rejected());
  }

  private List<Observation> heard(AuditEvents.Delivery delivery) {
    var now = clock.instant();
    var heard = new ArrayList<Observation>();
    delivery.records().forEach(record -> heard.add(new Observation.Audited(now, record)));
    if (delivery.rejected() > 0) {
      heard.add(
          new Observation.Rejected(
              now,
              SUBJECT,
              "NotAnEvent",
              "items without auditID, stage or verb were passed over",
              delivery.rejected()));
    }
    return heard;
  }
}
