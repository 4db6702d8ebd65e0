package io.bridgewatch.ports;

import java.util.Locale;

/**
 * What a user may do. A user has exactly one: who runs the platform, who uses it and who checks
 * both are three people.
 */
public enum Role {
  /** Runs the platform: users, settings, imports. */
  ADMIN,
  /** Uses it: imports recordings, reads incidents. */
  OPERATOR,
  /** Reads everything, the audit log included; changes nothing. */
  AUDITOR;

  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
