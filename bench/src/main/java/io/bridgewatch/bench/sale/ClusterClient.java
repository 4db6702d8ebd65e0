package io.bridgewatch.bench.sale;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads a cluster as any user of it does: by its API server. */
final class ClusterClient implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(PATIENCE).build();
  private final JsonMapper json = JsonMapper.builder().build();
  private final URI server;

  ClusterClient(URI server) {
    this.server = server;
  }

  JsonNode object(String path) {
    return json.readTree(
        get(path)
            .orElseThrow(
                () -> new IllegalStateException("the cluster has nothing at %s".formatted(path))));
  }

  /** A page of a pod; empty when it does not answer. */
  Optional<String> page(String namespace, String pod) {
    return get("/api/v1/namespaces/%s/pods/%s/proxy/metrics".formatted(namespace, pod))
        .map(bytes -> new String(bytes, StandardCharsets.UTF_8));
  }

  private Optional<byte[]> get(String path) {
    var request = HttpRequest.newBuilder(server.resolve(path)).timeout(PATIENCE).build();
    try {
      var answer = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
      return answer.statusCode() == 200 ? Optional.of(answer.body()) : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while reading the cluster", e);
    }
  }

  @Override
  public void close() {
    http.close();
  }
}
