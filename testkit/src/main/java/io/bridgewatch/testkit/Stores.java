package io.bridgewatch.testkit;

import io.bridgewatch.ports.AuditLog;
import io.bridgewatch.ports.ImportStore;
import io.bridgewatch.ports.IncidentStore;
import io.bridgewatch.ports.LiveIncidentStore;
import io.bridgewatch.ports.SessionStore;
import io.bridgewatch.ports.UserStore;

/** Ports that share one store, empty at first. */
public record Stores(
    UserStore users,
    SessionStore sessions,
    AuditLog audit,
    ImportStore imports,
    IncidentStore incidents,
    LiveIncidentStore live) {}
