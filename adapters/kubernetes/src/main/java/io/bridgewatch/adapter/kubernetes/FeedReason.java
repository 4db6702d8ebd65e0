package io.bridgewatch.adapter.kubernetes;

/** Why a cluster or a kind cannot be heard, as {@code FeedStatus} and {@code Rejected} spell it. */
public enum FeedReason {
  // The cluster cannot be reached at all.
  CONNECTION_REFUSED("ConnectionRefused", true),
  HOST_UNKNOWN("HostUnknown", true),
  TIMEOUT("Timeout", true),
  CERTIFICATE_UNTRUSTED("CertificateUntrusted", true),
  CONNECTION_LOST("ConnectionLost", true),
  CONFIGURATION_INVALID("ConfigurationInvalid", true),
  UNAUTHORIZED("Unauthorized", true),

  // It answers, and the answer is no.
  FORBIDDEN("Forbidden", false),
  NOT_SERVED("NotServed", false),
  EXPIRED("Expired", false),
  UNSUPPORTED("Unsupported", false),
  TOO_MANY_REQUESTS("TooManyRequests", false),
  SERVER_ERROR("ServerError", false),

  // It answers, and the answer cannot be used.
  TRUNCATED("Truncated", false),
  MALFORMED("Malformed", false),
  SILENT("Silent", false),
  UNKNOWN_KIND("UnknownKind", false),
  NAMELESS("Nameless", false),
  OBJECT_TOO_LARGE("ObjectTooLarge", false),
  TOO_MANY_KINDS("TooManyKinds", false),

  /** The API server's clock and ours differ. */
  CLOCK_SKEW("ClockSkew", false),
  /** Our own mistake; the detail names it. */
  INTERNAL_ERROR("InternalError", false);

  private final String word;
  private final boolean unreachable;

  FeedReason(String word, boolean unreachable) {
    this.word = word;
    this.unreachable = unreachable;
  }

  /** PascalCase, because people search for it. */
  public String word() {
    return word;
  }

  /** Whether no other request would fare better. */
  boolean unreachable() {
    return unreachable;
  }
}
