package io.bridgewatch.hub;

import java.time.Duration;
import java.util.Optional;
import org.springframework.http.HttpStatus;

/** A request that is answered with a problem document (RFC 9457). */
final class HubProblem extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final HttpStatus status;
  private final String reason;
  private final String detail;
  private final transient Optional<Duration> retryAfter;

  /**
   * @param reason PascalCase word that people and programs can rely on
   * @param detail what could not be done, and what helps
   */
  HubProblem(HttpStatus status, String reason, String detail) {
    this(status, reason, detail, Optional.empty());
  }

  private HubProblem(
      HttpStatus status, String reason, String detail, Optional<Duration> retryAfter) {
    super(detail);
    this.status = status;
    this.reason = reason;
    this.detail = detail;
    this.retryAfter = retryAfter;
  }

  static HubProblem notFound(String what) {
    return new HubProblem(HttpStatus.NOT_FOUND, "NotFound", what);
  }

  static HubProblem invalid(String detail) {
    return new HubProblem(HttpStatus.BAD_REQUEST, "InvalidParameter", detail);
  }

  HubProblem after(Duration wait) {
    return new HubProblem(status, reason, detail, Optional.of(wait));
  }

  HttpStatus status() {
    return status;
  }

  String reason() {
    return reason;
  }

  String detail() {
    return detail;
  }

  /** When it is worth trying again. */
  Optional<Duration> retryAfter() {
    return retryAfter;
  }
}
