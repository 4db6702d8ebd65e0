package io.bridgewatch.ports;

/** More was asked for than may be read at once; the message says how much, and what helps. */
public final class QueryTooWideException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public QueryTooWideException(String message) {
    super(message);
  }
}
