package io.bridgewatch.hub;

import io.bridgewatch.ports.AuditEntry;
import io.bridgewatch.ports.AuditLog;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Who did what, for those who check. */
@RestController
@RequestMapping("/api/v1/audit")
@Tag(name = "audit")
final class AuditController {

  private final AuditLog log;

  AuditController(AuditLog log) {
    this.log = log;
  }

  @GetMapping
  @Operation(operationId = "auditEntries", summary = "What was done, newest first")
  Api.AuditPage entries(
      @RequestParam(defaultValue = "50") int limit,
      @RequestParam(required = false) @Nullable String cursor,
      @RequestParam(required = false) AuditEntry.@Nullable Action action,
      @RequestParam(required = false) @Nullable String user) {
    var page =
        log.entries(
            new AuditLog.Query(
                Optional.ofNullable(action),
                Parameters.given(user),
                Parameters.page(limit, cursor)));
    return new Api.AuditPage(
        page.items().stream()
            .map(e -> new Api.AuditEntry(e.time(), e.user(), e.action(), e.address(), e.detail()))
            .toList(),
        page.next().orElse(null),
        page.total());
  }

  @GetMapping("/verification")
  @Operation(
      operationId = "verifyAudit",
      summary = "Follow the chain of hashes through the whole log")
  Api.AuditVerification verification() {
    var found = log.verify();
    return new Api.AuditVerification(
        found.entries(), found.firstBroken().isEmpty(), found.firstBroken().orElse(null));
  }
}
