package io.bridgewatch.adapter.prometheus;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/** Fetches pages directly, by the JDK's HTTP client; redirects are not followed. */
public final class HttpScrapeTransport implements ScrapeTransport, AutoCloseable {
  private static final Duration CONNECT = Duration.ofSeconds(10);

  /** Which certificates are trusted. */
  private record Trust(Optional<Path> authorities, boolean verified) {}

  private final Map<Trust, HttpClient> clients = new ConcurrentHashMap<>();
  private final ScheduledThreadPoolExecutor deadlines;

  public HttpScrapeTransport() {
    deadlines =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("scrape-deadlines").factory());
    deadlines.setRemoveOnCancelPolicy(true);
  }

  @Override
  public Response get(ScrapeTarget target) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + target.timeout().toNanos();
    var request =
        HttpRequest.newBuilder(target.address())
            .timeout(target.timeout())
            .header("Accept", target.options().accept())
            .header("Accept-Encoding", "gzip")
            .header(
                "X-Prometheus-Scrape-Timeout-Seconds",
                Double.toString(target.timeout().toMillis() / 1000.0));
    token(target.access()).ifPresent(it -> request.header("Authorization", "Bearer " + it));
    HttpResponse<InputStream> response =
        client(target.access()).send(request.build(), BodyHandlers.ofInputStream());
    var body = new DeadlineStream(response.body(), deadline);
    try {
      var encoding = response.headers().firstValue("Content-Encoding").orElse("");
      return new Response(
          response.statusCode(),
          response.headers().firstValue("Content-Type").orElse(""),
          encoding.equalsIgnoreCase("gzip") ? new GZIPInputStream(body, 8192) : body);
    } catch (IOException e) {
      body.close();
      throw e;
    }
  }

  private static Optional<String> token(ScrapeAccess access) throws IOException {
    if (access.tokenFile().isEmpty()) {
      return access.token();
    }
    try (var lines = Files.lines(access.tokenFile().get(), StandardCharsets.UTF_8)) {
      return lines.findFirst().map(String::strip).filter(line -> !line.isEmpty());
    }
  }

  private HttpClient client(ScrapeAccess access) throws IOException {
    var trust = new Trust(access.authorities(), access.verified());
    HttpClient known = clients.get(trust);
    if (known != null) {
      return known;
    }
    HttpClient made = newClient(trust);
    HttpClient first = clients.putIfAbsent(trust, made);
    return first == null ? made : first;
  }

  private static HttpClient newClient(Trust trust) throws IOException {
    var client = HttpClient.newBuilder().connectTimeout(CONNECT);
    try {
      if (!trust.verified) {
        client.sslContext(context(new TrustManager[] {new TrustAll()}));
      } else if (trust.authorities.isPresent()) {
        client.sslContext(context(authorities(trust.authorities.get())));
      }
    } catch (GeneralSecurityException e) {
      throw new IOException("cannot use the certificates of " + trust, e);
    }
    return client.build();
  }

  private static SSLContext context(TrustManager[] trust) throws GeneralSecurityException {
    var context = SSLContext.getInstance("TLS");
    context.init(null, trust, new SecureRandom());
    return context;
  }

  private static TrustManager[] authorities(Path file)
      throws IOException, GeneralSecurityException {
    var store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    try (var in = Files.newInputStream(file)) {
      int number = 0;
      for (var one : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        store.setCertificateEntry("authority-" + number++, one);
      }
    }
    var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory.getTrustManagers();
  }

  @Override
  public void close() {
    deadlines.shutdownNow();
    clients.values().forEach(HttpClient::shutdownNow);
  }

  /** A body that is closed when its time is up, even while it is read. */
  private final class DeadlineStream extends FilterInputStream {
    private final long deadline;
    private final ScheduledFuture<?> closing;

    private DeadlineStream(InputStream in, long deadline) {
      super(in);
      this.deadline = deadline;
      closing =
          deadlines.schedule(this::expire, deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
    }

    private void expire() {
      try {
        in.close();
      } catch (IOException e) {
        // it is of no use any more, closed or not; the reader is told by read()
      }
    }

    @Override
    public int read() throws IOException {
      var one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      try {
        int read = in.read(into, offset, length);
        if (read < 0 && isOver()) {
          throw new HttpTimeoutException("the body did not end in time");
        }
        return read;
      } catch (IOException e) {
        throw isOver() ? timeout(e) : e;
      }
    }

    private boolean isOver() {
      return System.nanoTime() - deadline >= 0;
    }

    private static IOException timeout(IOException cause) {
      var timeout = new HttpTimeoutException("the body did not end in time");
      timeout.initCause(cause);
      return timeout;
    }

    @Override
    public void close() throws IOException {
      closing.cancel(false);
      in.close();
    }
  }

  /** Trusts any certificate, as one does with kubelets that sign their own. */
  private static final class TrustAll extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
