package io.bridgewatch.drillrun;

import io.bridgewatch.drill.score.NamedCause;
import io.bridgewatch.drill.score.Telling;
import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.CauseKind;
import io.bridgewatch.model.EntityRef;
import io.bridgewatch.model.EntityType;
import io.bridgewatch.model.Layer;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads what a hub says of a cluster, as people do: by its API, logged in. */
final class HubReader implements AutoCloseable {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String SESSION = "/api/v1/session";
  private static final int NOT_LOGGED_IN = 401;
  private static final Duration LONGEST = Duration.ofSeconds(60);

  private static final int PAGE = 200;

  private final URI hub;
  private final String cluster;
  private final HttpClient http = HttpClient.newBuilder().connectTimeout(LONGEST).build();
  private final Map<String, Instant> known = new HashMap<>();
  private final String user;
  private final String password;
  private String cookie = "none=1";
  private String csrf = "";

  HubReader(URI hub, String cluster, String user, String password) {
    this.hub = hub;
    this.cluster = cluster;
    this.user = user;
    this.password = password;
  }

  /** Sessions end by the hub's clock, which is quick here: this begins another. */
  private void logIn() throws IOException, InterruptedException {
    var body = JSON.createObjectNode().put("username", user).put("password", password);
    var answer = checked(send("POST", SESSION, body.toString()));
    cookie = answer.headers().firstValue("Set-Cookie").orElse("").replaceFirst(";.*", "");
    csrf = JSON.readTree(answer.body()).path("csrfToken").asString();
  }

  /** A token by which telemetry is sent. */
  String openIngest() throws IOException, InterruptedException {
    return JSON.readTree(ask("PUT", "/api/v1/pipeline/ingest-token", "{}"))
        .path("token")
        .asString();
  }

  /** What was told since this was asked last. */
  List<Telling> news() throws IOException, InterruptedException {
    var news = new ArrayList<Telling>();
    String cursor = "";
    do {
      var page =
          get(
              "/api/v1/incidents?lang=en&limit=%d&cluster=%s%s"
                  .formatted(PAGE, encoded(cluster), cursor));
      for (JsonNode head : page.path("items")) {
        String id = head.path("id").asString();
        Instant updated = Instant.parse(head.path("live").path("updatedAt").asString());
        if (!updated.equals(known.put(id, updated))) {
          news.add(telling(id, updated, get("/api/v1/incidents/" + encoded(id) + "?lang=en")));
        }
      }
      cursor =
          page.path("next").isString() ? "&cursor=" + encoded(page.path("next").asString()) : "";
    } while (!cursor.isEmpty());
    return news;
  }

  private static Telling telling(String id, Instant at, JsonNode incident) {
    var symptoms = new HashSet<EntityRef>();
    for (JsonNode symptom : incident.path("symptoms")) {
      entity(symptom).ifPresent(symptoms::add);
    }
    var causes = new ArrayList<NamedCause>();
    for (JsonNode cause : incident.path("causes")) {
      entity(cause)
          .ifPresent(
              entity ->
                  causes.add(
                      new NamedCause(
                          cause.path("rank").asInt(),
                          entity,
                          layer(cause.path("layer").asString()),
                          kind(cause.path("kind").asString()),
                          cause.path("confidence").asDouble())));
    }
    return new Telling(at, id, symptoms, causes);
  }

  private static Optional<EntityRef> entity(JsonNode node) {
    var attributes = new TreeMap<String, String>();
    node.path("entity")
        .properties()
        .forEach(entry -> attributes.put(entry.getKey(), entry.getValue().asString()));
    String type = node.path("type").asString();
    return Stream.of(EntityType.values())
        .filter(known -> known.id().equals(type))
        .findFirst()
        .flatMap(known -> EntityRef.from(known, Attributes.of(attributes)));
  }

  private static Layer layer(String id) {
    return Stream.of(Layer.values())
        .filter(layer -> layer.id().equals(id))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("the hub names an unknown layer: " + id));
  }

  private static CauseKind kind(String id) {
    return Stream.of(CauseKind.values())
        .filter(kind -> kind.id().equals(id))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("the hub names an unknown cause: " + id));
  }

  private JsonNode get(String path) throws IOException, InterruptedException {
    return JSON.readTree(ask("GET", path, ""));
  }

  private String ask(String method, String path, String body)
      throws IOException, InterruptedException {
    var answer = send(method, path, body);
    if (answer.statusCode() == NOT_LOGGED_IN) {
      logIn();
      answer = send(method, path, body);
    }
    return checked(answer).body();
  }

  private static HttpResponse<String> checked(HttpResponse<String> answer) throws IOException {
    if (answer.statusCode() / 100 != 2) {
      throw new IOException(
          "the hub answered %s %s with %d: %s"
              .formatted(
                  answer.request().method(),
                  answer.request().uri(),
                  answer.statusCode(),
                  answer.body()));
    }
    return answer;
  }

  private HttpResponse<String> send(String method, String path, String body)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(hub.resolve(path))
            .timeout(LONGEST)
            .header("Content-Type", "application/json")
            .header("Cookie", cookie)
            .header("X-CSRF-Token", csrf)
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .build();
    return http.send(request, BodyHandlers.ofString());
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    http.close();
  }
}
