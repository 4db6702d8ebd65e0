package io.bridgewatch.hub;

import io.bridgewatch.ports.AuditEntry;
import io.bridgewatch.ports.AuditLog;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.springframework.stereotype.Component;

/** Notes in the audit log what happens now. */
@Component
final class Audit {

  private final AuditLog log;
  private final InstantSource clock;

  Audit(AuditLog log, InstantSource clock) {
    this.log = log;
    this.clock = clock;
  }

  void note(String user, AuditEntry.Action action, String address, String detail) {
    log.append(entry(user, action, address, detail));
  }

  AuditEntry entry(String user, AuditEntry.Action action, String address, String detail) {
    return new AuditEntry(
        clock.instant().truncatedTo(ChronoUnit.MILLIS), user, action, address, detail);
  }
}
