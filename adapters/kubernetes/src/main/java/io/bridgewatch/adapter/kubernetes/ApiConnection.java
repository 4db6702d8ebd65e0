package io.bridgewatch.adapter.kubernetes;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Asks one API server, with what opens it. Safe for several threads. */
final class ApiConnection implements AutoCloseable {

  private static final String JSON = "application/json";

  private final KubernetesClient client;
  private final HttpClient http;
  private final String base;
  private final Masking masking;
  private final Set<BodyStream> open = ConcurrentHashMap.newKeySet();

  private ApiConnection(KubernetesClient client, Masking masking) {
    this.client = client;
    this.http = client.getHttpClient();
    String url = client.getMasterUrl().toString();
    this.base = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    this.masking = masking;
  }

  /** Makes the connection ready; does not reach out. */
  static ApiConnection of(Config config, Masking masking) {
    return new ApiConnection(new KubernetesClientBuilder().withConfig(config).build(), masking);
  }

  /** An answer of 200 that is being read. */
  record Answer(BodyStream body, Optional<Instant> serverTime, Runnable done)
      implements AutoCloseable {
    @Override
    public void close() {
      body.close();
      done.run();
    }
  }

  /**
   * Sends a GET.
   *
   * @param what is asked for, for messages, such as {@code list pods}
   * @param path with its query
   * @param answerTimeout until the first byte
   * @param patience for silences within the body
   * @throws ApiException if there is no answer, or another than 200
   */
  Answer get(String what, String path, Duration answerTimeout, Duration patience)
      throws ApiException, InterruptedException {
    Fetched fetched = fetch(what, path, JSON, answerTimeout, patience);
    var answer = new Answer(fetched.body(), serverTime(fetched.response()), fetched.done());
    if (fetched.response().code() == 200) {
      return answer;
    }
    try (answer) {
      fetched.body().patience(answerTimeout);
      throw ApiException.ofStatus(
          what,
          fetched.response().code(),
          status(what, fetched.body()),
          retryAfter(fetched.response()));
    }
  }

  /** An answer of any status. */
  private record Fetched(HttpResponse<AsyncBody> response, BodyStream body, Runnable done) {}

  private Fetched fetch(
      String what, String path, String accept, Duration answerTimeout, Duration patience)
      throws ApiException, InterruptedException {
    return exchange(
        what,
        http.newHttpRequestBuilder()
            .uri(base + path)
            .setHeader("Accept", accept)
            .forStreaming()
            .build(),
        answerTimeout,
        patience);
  }

  private Fetched exchange(
      String what, HttpRequest request, Duration answerTimeout, Duration patience)
      throws ApiException, InterruptedException {
    var body = new BodyStream(what, patience);
    HttpResponse<AsyncBody> response = await(what, send(request, body), answerTimeout);
    open.add(body);
    body.begin(response.body());
    return new Fetched(response, body, () -> open.remove(body));
  }

  /**
   * Sends a GET and hands on whatever is answered.
   *
   * @throws ApiException if there is no answer
   */
  ApiPages.Page page(String path, String accept, Duration answerTimeout, Duration patience)
      throws ApiException, InterruptedException {
    return handedOn(fetch("read " + path, path, accept, answerTimeout, patience));
  }

  /**
   * Asks for a review of somebody's access, and hands on whatever is answered.
   *
   * @throws ApiException if there is no answer
   */
  ApiPages.Page accessReview(String json, Duration timeout)
      throws ApiException, InterruptedException {
    String path = "/apis/authorization.k8s.io/v1/subjectaccessreviews";
    return handedOn(
        exchange(
            "review access",
            http.newHttpRequestBuilder()
                .uri(base + path)
                .setHeader("Accept", JSON)
                .post(JSON, json)
                .forStreaming()
                .build(),
            timeout,
            timeout));
  }

  private static ApiPages.Page handedOn(Fetched fetched) {
    String type = fetched.response().header("Content-Type");
    return new ApiPages.Page(
        fetched.response().code(),
        type == null ? "" : type,
        new FilterInputStream(fetched.body()) {
          @Override
          public void close() throws IOException {
            fetched.body().close();
            fetched.done().run();
          }
        });
  }

  /**
   * What came of a write.
   *
   * @param body the object, or the {@code Status} that says why not; empty where it was no object
   */
  record Written(int code, Map<String, @Nullable Object> body) {}

  /**
   * Sends a server-side apply, once: what may have been done is not repeated.
   *
   * @param json the configuration
   * @throws ApiException if there is no answer
   */
  Written applyPatch(String what, String path, String json, Duration timeout)
      throws ApiException, InterruptedException {
    Fetched fetched =
        exchange(
            what,
            http.newHttpRequestBuilder()
                .uri(base + path)
                .setHeader("Accept", JSON)
                .patch("application/apply-patch+yaml", json) // JSON is YAML
                .forStreaming()
                .build(),
            timeout,
            timeout);
    try (var answer = new Answer(fetched.body(), Optional.empty(), fetched.done())) {
      return new Written(fetched.response().code(), status(what, answer.body()));
    }
  }

  /** Where the server is, as people know it. */
  String server() {
    return base;
  }

  /** Breaks off whatever is being read. */
  void abort() {
    open.forEach(BodyStream::close);
  }

  @Override
  public void close() {
    abort();
    client.close();
  }

  private CompletableFuture<HttpResponse<AsyncBody>> send(HttpRequest request, BodyStream body) {
    return http.consumeBytes(request, (bytes, source) -> body.arrived(bytes));
  }

  private HttpResponse<AsyncBody> await(
      String what, CompletableFuture<HttpResponse<AsyncBody>> answer, Duration timeout)
      throws ApiException, InterruptedException {
    try {
      return answer.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException late) {
      abandon(answer);
      throw ApiException.ofFailure(what, base, late);
    } catch (InterruptedException closing) {
      abandon(answer);
      throw closing;
    } catch (ExecutionException failure) {
      throw ApiException.ofFailure(
          what, base, failure.getCause() == null ? failure : failure.getCause());
    }
  }

  private static void abandon(CompletableFuture<HttpResponse<AsyncBody>> answer) {
    answer.whenComplete(
        (late, failure) -> {
          if (late != null) {
            late.body().cancel();
          }
        });
    answer.cancel(true);
  }

  private Map<String, @Nullable Object> status(String what, InputStream body) {
    try (var reader =
        new ObjectReader(what, new Limited(body), Keep.ALL, masking, new Interner())) {
      return reader.readOne().tree();
    } catch (ApiException noStatus) {
      return Map.of(); // a proxy's page, or half an answer: the code has to do
    }
  }

  private static @Nullable Duration retryAfter(HttpResponse<AsyncBody> response) {
    String header = response.header("Retry-After");
    if (header == null) {
      return null;
    }
    try {
      return Duration.ofSeconds(Math.max(0, Long.parseLong(header.strip())));
    } catch (NumberFormatException date) {
      return null;
    }
  }

  private static Optional<Instant> serverTime(HttpResponse<AsyncBody> response) {
    String header = response.header("Date");
    if (header == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          ZonedDateTime.parse(header, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeParseException noDate) {
      return Optional.empty();
    }
  }

  /** The first part of a stream, so that an endless error page does no harm. */
  private static final class Limited extends InputStream {
    private static final int LIMIT = 64 * 1024;

    private final InputStream source;
    private int left = LIMIT;

    Limited(InputStream source) {
      this.source = source;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      int count = read(one, 0, 1);
      return count < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      if (left <= 0) {
        return -1;
      }
      int count = source.read(target, offset, Math.min(length, left));
      left -= Math.max(0, count);
      return count;
    }
  }
}
