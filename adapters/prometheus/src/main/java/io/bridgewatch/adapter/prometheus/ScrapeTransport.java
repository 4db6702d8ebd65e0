package io.bridgewatch.adapter.prometheus;

import java.io.IOException;
import java.io.InputStream;

/** Fetches a target's page. Safe for use by several threads. */
public interface ScrapeTransport {

  /**
   * Asks for the page with {@link ExpositionOptions#accept} and gzip. The target's timeout bounds
   * the whole exchange: reading the body after it throws {@link
   * java.net.http.HttpTimeoutException}.
   *
   * @throws IOException if there is no answer; a status other than 200 is an answer
   */
  Response get(ScrapeTarget target) throws IOException, InterruptedException;

  /**
   * @param contentType empty if not said
   * @param body decompressed as it is read
   */
  record Response(int status, String contentType, InputStream body) implements AutoCloseable {
    @Override
    public void close() throws IOException {
      body.close();
    }
  }
}
