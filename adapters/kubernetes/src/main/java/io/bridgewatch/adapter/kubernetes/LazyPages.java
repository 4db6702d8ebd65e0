package io.bridgewatch.adapter.kubernetes;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** Opens the connection when the first page is asked for. */
final class LazyPages implements ApiPages {

  private final Opening opening;
  private Optional<ApiConnection> connection = Optional.empty();
  private boolean closed;

  /** Makes a connection. */
  interface Opening {
    ApiConnection open() throws ApiException;
  }

  LazyPages(Opening opening) {
    this.opening = opening;
  }

  @Override
  public Page get(String path, String accept, Duration timeout, Duration patience)
      throws IOException, InterruptedException {
    return connection().page(path, accept, timeout, patience);
  }

  private synchronized ApiConnection connection() throws IOException {
    if (closed) {
      throw new IOException("this cluster is not read any more");
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
