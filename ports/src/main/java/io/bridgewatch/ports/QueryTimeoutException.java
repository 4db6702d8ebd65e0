package io.bridgewatch.ports;

/** The answer to a query was not known when its {@link QueryDeadline} had passed. */
public final class QueryTimeoutException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public QueryTimeoutException() {
    super("the query took longer than its caller waits");
  }
}
