package io.bridgewatch.adapter.kubernetes;

import java.io.IOException;
import java.time.Duration;

/** Opens the connection when the first page is asked for. */
final class LazyPages implements ApiPages {

  private final LazyConnection connection;

  LazyPages(LazyConnection.Opening opening) {
    this.connection = new LazyConnection(opening);
  }

  @Override
  public Page get(String path, String accept, Duration timeout, Duration patience)
      throws IOException, InterruptedException {
    return connection.get().page(path, accept, timeout, patience);
  }

  @Override
  public Page accessReview(String review, Duration timeout)
      throws IOException, InterruptedException {
    return connection.get().accessReview(review, timeout);
  }

  @Override
  public void close() {
    connection.close();
  }
}
