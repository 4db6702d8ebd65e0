package io.bridgewatch.adapter.prometheus;

/** Why a scrape brought nothing. */
public enum ScrapeFailure {
  /** The target took longer than its timeout. */
  TIMEOUT("Timeout"),
  /** No connection, or it broke. */
  CONNECTION_FAILED("ConnectionFailed"),
  /** The certificate is not trusted or the handshake failed. */
  TLS_FAILED("TlsFailed"),
  /** It answered with another status than 200. */
  HTTP_STATUS("HttpStatus"),
  /** What it answered are no metrics. */
  NOT_METRICS("NotMetrics"),
  /** Its host already has as many scrapes under way as may be. */
  HOST_BUSY("HostBusy"),
  /** A fault of ours; the message tells. */
  INTERNAL_ERROR("InternalError");

  private final String id;

  ScrapeFailure(String id) {
    this.id = id;
  }

  /** The word that people search for. */
  public String id() {
    return id;
  }
}
