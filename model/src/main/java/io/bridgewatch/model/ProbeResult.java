package io.bridgewatch.model;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What one run of a probe found.
 *
 * @param at when it began
 * @param phases how long each phase took that was gone through, the one that failed included
 * @param failure empty where the answer was right
 * @param status of the answer, of HTTP only
 * @param certificate what the server showed, of TLS only
 */
public record ProbeResult(
    Probe probe,
    Instant at,
    Map<Phase, Duration> phases,
    Optional<Failure> failure,
    Optional<Integer> status,
    Optional<Certificate> certificate) {

  public ProbeResult {
    phases = Map.copyOf(phases);
  }

  public boolean succeeded() {
    return failure.isEmpty();
  }

  /** How long the run took, all phases together. */
  public Duration total() {
    return phases.values().stream().reduce(Duration.ZERO, Duration::plus);
  }

  /** The parts of a run, in their order. */
  public enum Phase {
    /** Name to address; a DNS probe's whole question. */
    RESOLVE("resolve"),
    /** TCP's handshake. */
    CONNECT("connect"),
    /** TLS's handshake. */
    TLS("tls"),
    /** From the request sent to the first byte of the answer. */
    FIRST_BYTE("first_byte"),
    /** From there to the last byte. */
    TRANSFER("transfer");

    private final String id;

    Phase(String id) {
      this.id = id;
    }

    public String id() {
      return id;
    }
  }

  /** Why a run failed. */
  public enum Reason {
    /** The name has no address, or the name server said so. */
    RESOLVE_FAILED("ResolveFailed"),
    /** Nothing listens there. */
    CONNECTION_REFUSED("ConnectionRefused"),
    /** No way there, or the connection broke. */
    CONNECTION_FAILED("ConnectionFailed"),
    /** No handshake came about. */
    HANDSHAKE_FAILED("HandshakeFailed"),
    /** Expired, not yet valid, for another name, or signed by nobody we trust. */
    CERTIFICATE_INVALID("CertificateInvalid"),
    /** Longer than the timeout. */
    TIMED_OUT("TimedOut"),
    /** The answer is not of the protocol. */
    ANSWER_BROKEN("AnswerBroken"),
    /** The status is none of those that are right. */
    STATUS_UNEXPECTED("StatusUnexpected"),
    /** The body lacks what must be found. */
    BODY_UNEXPECTED("BodyUnexpected"),
    /** An address is missing in the answer. */
    ADDRESS_UNEXPECTED("AddressUnexpected");

    private final String id;

    Reason(String id) {
      this.id = id;
    }

    /** As people search for it. */
    public String id() {
      return id;
    }
  }

  /**
   * @param message what was seen against what was wanted
   */
  public record Failure(Reason reason, String message) {}

  /**
   * A server's certificates.
   *
   * @param subject of the server's own
   * @param issuer of the server's own
   * @param notAfter when the first of the chain expires
   * @param fault why the chain is not to be trusted; empty if it is
   */
  public record Certificate(
      String subject, String issuer, Instant notAfter, Optional<String> fault) {

    /** Whole days left; negative once it has expired. */
    public long daysLeft(Instant now) {
      return Math.floorDiv(notAfter.getEpochSecond() - now.getEpochSecond(), 86_400);
    }
  }
}
