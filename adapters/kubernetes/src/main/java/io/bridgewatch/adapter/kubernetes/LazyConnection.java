package io.bridgewatch.adapter.kubernetes;

import java.io.IOException;
import java.util.Optional;

/** A connection that is made when it is first needed. Safe for several threads. */
final class LazyConnection implements AutoCloseable {

  private final Opening opening;
  private Optional<ApiConnection> connection = Optional.empty();
  private boolean closed;

  /** Makes a connection. */
  interface Opening {
    ApiConnection open() throws ApiException;
  }

  LazyConnection(Opening opening) {
    this.opening = opening;
  }

  /**
   * @throws IOException if it is closed, or cannot be made
   */
  synchronized ApiConnection get() throws IOException {
    if (closed) {
      throw new IOException("this cluster is not reached any more");
    }
    if (connection.isEmpty()) {
      connection = Optional.of(opening.open());
    }
    return connection.get();
  }

  @Override
  public synchronized void close() {
    closed = true;
    connection.ifPresent(ApiConnection::close);
    connection = Optional.empty();
  }
}
