package io.bridgewatch.hub;

import io.bridgewatch.adapter.kubernetes.ApiPages;
import io.bridgewatch.adapter.prometheus.ScrapeTarget;
import io.bridgewatch.adapter.prometheus.ScrapeTransport;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.function.LongSupplier;

/** Fetches pages directly, or by way of a cluster's API server. */
final class ClusterTransport implements ScrapeTransport {

  private final ApiPages pages;
  private final ScrapeTransport direct;
  private final LongSupplier nanos;

  /**
   * @param nanos a clock that grows steadily
   */
  ClusterTransport(ApiPages pages, ScrapeTransport direct, LongSupplier nanos) {
    this.pages = pages;
    this.direct = direct;
    this.nanos = nanos;
  }

  @Override
  public Response get(ScrapeTarget target) throws IOException, InterruptedException {
    return switch (target.route()) {
      case DIRECT -> direct.get(target);
      case API_SERVER -> {
        long deadline = nanos.getAsLong() + target.timeout().toNanos();
        ApiPages.Page page =
            pages.get(
                target.address().toString(),
                target.options().accept(),
                target.timeout(),
                target.timeout());
        yield new Response(
            page.status(),
            page.contentType(),
            new Bounded(page.body(), deadline, target.timeout()));
      }
    };
  }

  /** A body that has to end in time. */
  private final class Bounded extends FilterInputStream {
    private final long deadline;
    private final Duration timeout;

    Bounded(InputStream body, long deadline, Duration timeout) {
      super(body);
      this.deadline = deadline;
      this.timeout = timeout;
    }

    @Override
    public int read() throws IOException {
      check();
      return in.read();
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      check();
      return in.read(into, offset, length);
    }

    private void check() throws HttpTimeoutException {
      if (nanos.getAsLong() - deadline >= 0) {
        throw new HttpTimeoutException("the page did not end within " + timeout);
      }
    }
  }
}
