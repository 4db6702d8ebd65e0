package io.bridgewatch.kubernetes.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Speaks HTTP to a server, as a client of Kubernetes does. */
final class Client implements AutoCloseable {
  static final String PARTIAL =
      "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json";
  static final JsonMapper MAPPER = JsonMapper.builder().build();

  private final HttpClient http = HttpClient.newHttpClient();
  private final URI server;
  private final List<String> headers;

  Client(KubernetesServer server, String... headers) {
    this.server = server.url();
    this.headers = List.of(headers);
  }

  /** A whole answer; its body is parsed. */
  record Answer(int status, JsonNode body, HttpResponse<String> response) {
    String text(String... path) {
      return Json.text(body, path);
    }

    List<String> names() {
      return body.path("items")
          .valueStream()
          .map(item -> Json.text(item, "metadata", "name"))
          .toList();
    }

    String version() {
      return text("metadata", "resourceVersion");
    }
  }

  Answer get(String path) throws IOException, InterruptedException {
    return send("GET", path, "application/json", "");
  }

  Answer post(String path, String body) throws IOException, InterruptedException {
    return send("POST", path, "application/json", body);
  }

  Answer put(String path, String body) throws IOException, InterruptedException {
    return send("PUT", path, "application/json", body);
  }

  Answer mergePatch(String path, String body) throws IOException, InterruptedException {
    return send("PATCH", path, "application/merge-patch+json", body);
  }

  Answer jsonPatch(String path, String body) throws IOException, InterruptedException {
    return send("PATCH", path, "application/json-patch+json", body);
  }

  Answer strategicPatch(String path, String body) throws IOException, InterruptedException {
    return send("PATCH", path, "application/strategic-merge-patch+json", body);
  }

  /** A whole answer that is no JSON. */
  String text(String path) throws IOException, InterruptedException {
    return http.send(request(path).build(), HttpResponse.BodyHandlers.ofString()).body();
  }

  Answer apply(String path, String body) throws IOException, InterruptedException {
    return send("PATCH", path, "application/apply-patch+yaml", body);
  }

  Answer delete(String path, String body) throws IOException, InterruptedException {
    return send("DELETE", path, "application/json", body);
  }

  private Answer send(String method, String path, String type, String body)
      throws IOException, InterruptedException {
    var request = request(path).header("Content-Type", type);
    var response =
        http.send(
            request
                .method(
                    method,
                    body.isEmpty()
                        ? HttpRequest.BodyPublishers.noBody()
                        : HttpRequest.BodyPublishers.ofString(body))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    return new Answer(response.statusCode(), MAPPER.readTree(response.body()), response);
  }

  /** Opens a watch; returns when the server has answered. */
  Events watch(String path) throws IOException, InterruptedException {
    var separator = path.contains("?") ? "&" : "?";
    var response =
        http.send(
            request(path + separator + "watch=true").build(),
            HttpResponse.BodyHandlers.ofInputStream());
    return new Events(response.statusCode(), response.body());
  }

  private HttpRequest.Builder request(String path) {
    var request = HttpRequest.newBuilder(URI.create(server + path.replace(" ", "%20")));
    for (var i = 0; i < headers.size(); i += 2) {
      request.header(headers.get(i), headers.get(i + 1));
    }
    return request;
  }

  @Override
  public void close() {
    http.shutdownNow();
  }

  /** What a watch sends. */
  static final class Events implements AutoCloseable {
    final int status;
    private final BufferedReader lines;

    Events(int status, InputStream body) {
      this.status = status;
      this.lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
    }

    /** The next event; absent when the watch has ended in order. */
    Optional<JsonNode> next() throws IOException {
      return Optional.ofNullable(lines.readLine()).map(MAPPER::readTree);
    }

    /** {@code "ADDED name"}, {@code "BOOKMARK version"}. */
    String word() throws IOException {
      return next().map(Events::word).orElse("END");
    }

    List<String> words(int count) throws IOException {
      var words = new ArrayList<String>();
      for (var i = 0; i < count; i++) {
        words.add(word());
      }
      return words;
    }

    static String word(JsonNode event) {
      var type = Json.text(event, "type");
      return switch (type) {
        case "BOOKMARK" -> type + " " + Json.text(event, "object", "metadata", "resourceVersion");
        case "ERROR" -> type + " " + event.path("object").path("code").asInt();
        default -> type + " " + Json.text(event, "object", "metadata", "name");
      };
    }

    @Override
    public void close() throws IOException {
      lines.close();
    }
  }
}
