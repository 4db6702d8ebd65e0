package io.bridgewatch.ports;

import java.time.Instant;

/**
 * Who did what, when and from where.
 *
 * @param time to the millisecond
 * @param user as given, whether or not there is such a user
 * @param address of the caller as the hub saw it; {@code local} for the hub itself
 * @param detail free text in English, such as the name of what was imported
 */
public record AuditEntry(Instant time, String user, Action action, String address, String detail) {

  /** What was done. */
  public enum Action {
    LOGIN,
    LOGIN_FAILED,
    LOGIN_THROTTLED,
    LOGOUT,
    PASSWORD_CHANGED,
    PASSWORD_CHANGE_FAILED,
    USER_ADDED,
    USER_REMOVED,
    BUNDLE_UPLOADED,
    BUNDLE_IMPORTED,
    BUNDLE_IMPORT_FAILED,
    BUNDLE_IMPORT_CANCELLED,
    CLUSTER_REGISTERED,
    CLUSTER_REPLACED,
    CLUSTER_REMOVED,
    CLUSTER_CHECKED,
    AUDIT_WEBHOOK_OPENED,
    AUDIT_WEBHOOK_CLOSED,
    BUNDLE_DOWNLOADED,
    INGEST_OPENED,
    INGEST_CLOSED,
    TRANSACTION_RULES_CHANGED,
    BUSINESS_CALENDAR_CHANGED,
    SCORECARD_ADDED,
    SCORECARD_REMOVED,
    TROUBLE_CAUSED,
    TROUBLE_CURED,
    SCALING_POLICY_SET,
    SCALING_POLICY_REMOVED,
    SCALING_MODE_CHANGED,
    SCALING_LEARNING_BEGUN,
    SCALING_LEARNING_CANCELLED,
    SCALING_LEARNED,
    SCALING_PLANNED,
    SCALING_PLAN_CANCELLED,
    /** Noted before anything is written to a cluster. */
    SCALING_PLAN_CONFIRMED,
    SCALING_APPLIED,
    SCALING_NOT_APPLIED
  }
}
