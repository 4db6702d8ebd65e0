package io.bridgewatch.adapter.opensearch;

import io.bridgewatch.ports.QueryDeadline;
import io.bridgewatch.ports.QueryTimeoutException;
import io.bridgewatch.ports.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Requests to the cluster, each within the endpoint's timeout. One that nobody waits for any more
 * is given up: its connection is closed, by which the cluster cancels a search. Safe for use by
 * several threads.
 */
final class Rest implements AutoCloseable {

  static final JsonMapper JSON = JsonMapper.shared();

  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final Duration LOOK_EVERY = Duration.ofMillis(20);

  private final OpenSearchEndpoint endpoint;
  private final HttpClient client;

  /**
   * @throws StoreException if the file of certificates cannot be used
   */
  Rest(OpenSearchEndpoint endpoint) {
    this.endpoint = endpoint;
    var builder =
        HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT);
    endpoint.caFile().ifPresent(file -> builder.sslContext(trusting(file)));
    this.client = builder.build();
  }

  private static SSLContext trusting(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      var store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      int number = 0;
      for (var one : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        store.setCertificateEntry("ca" + number++, one);
      }
      if (number == 0) {
        throw new StoreException("there is no certificate in " + file + "; wanted PEM");
      }
      var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store);
      var context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (IOException | GeneralSecurityException e) {
      throw new StoreException(
          "cannot read certificates from " + file + ": " + e.getMessage() + "; wanted PEM", e);
    }
  }

  OpenSearchEndpoint endpoint() {
    return endpoint;
  }

  Reply get(String path) {
    return send("GET", path, "application/json", BodyPublishers.noBody());
  }

  Reply delete(String path) {
    return send("DELETE", path, "application/json", BodyPublishers.noBody());
  }

  /**
   * @param body what JSON can say: maps, lists, texts, numbers, booleans
   */
  Reply put(String path, Object body) {
    return send("PUT", path, "application/json", json(body));
  }

  Reply post(String path, Object body) {
    return send("POST", path, "application/json", json(body));
  }

  /** Lines of JSON, as bulk requests are. */
  Reply postLines(String path, List<byte[]> lines) {
    return send("POST", path, "application/x-ndjson", BodyPublishers.ofByteArrays(lines));
  }

  private static BodyPublisher json(Object body) {
    return BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body));
  }

  /**
   * @throws QueryTimeoutException if nobody waits any more
   */
  private Reply send(String method, String path, String type, BodyPublisher body) {
    QueryDeadline.check();
    var request =
        HttpRequest.newBuilder(endpoint.at(path))
            .timeout(endpoint.timeout())
            .header("Content-Type", type)
            .header("Accept", "application/json")
            .header("User-Agent", "bridgewatch")
            .method(method, body);
    endpoint.credentials().header().ifPresent(value -> request.header("Authorization", value));
    try {
      return reply(answer(request.build()));
    } catch (HttpTimeoutException e) {
      return new Reply.Unreachable("no answer within " + endpoint.timeout().toSeconds() + " s", e);
    } catch (IOException e) {
      return new Reply.Unreachable(Reply.shortened(e.toString()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException("interrupted while waiting for " + endpoint.base(), e);
    }
  }

  /** Waits in short steps, so that it notices when nobody waits any more. */
  private HttpResponse<byte[]> answer(HttpRequest request)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + endpoint.timeout().toNanos();
    var coming = client.sendAsync(request, BodyHandlers.ofByteArray());
    try {
      while (true) {
        try {
          return coming.get(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
          QueryDeadline.check();
          if (System.nanoTime() - end >= 0) { // the request's own limit may end with its headers
            throw new HttpTimeoutException("the answer did not end in time");
          }
        }
      }
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
    } finally {
      coming.cancel(true);
    }
  }

  private static Reply reply(HttpResponse<byte[]> response) {
    int status = response.statusCode();
    try {
      var body = response.body().length == 0 ? JSON.nullNode() : JSON.readTree(response.body());
      return status / 100 == 2 ? new Reply.Done(body) : refused(status, body);
    } catch (JacksonException e) {
      var text = new String(response.body(), StandardCharsets.UTF_8).strip();
      return new Reply.Refused(status, List.of(), "no JSON: " + Reply.shortened(text));
    }
  }

  private static Reply.Refused refused(int status, JsonNode body) {
    var error = body.path("error");
    var root = error.path("root_cause").path(0);
    var reason =
        root.path("reason")
            .asString(error.path("reason").asString(error.asString(body.toString())));
    return new Reply.Refused(
        status, Reply.types(error.findValues("type")), Reply.shortened(reason));
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
