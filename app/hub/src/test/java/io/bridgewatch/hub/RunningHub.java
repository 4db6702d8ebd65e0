package io.bridgewatch.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.bridgewatch.engine.BundleDiagnosis;
import io.bridgewatch.engine.LiveSettings;
import io.bridgewatch.ports.Timekeeper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A hub on a free port, spoken to over HTTP. */
final class RunningHub implements AutoCloseable {

  static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Duration LONGEST = Duration.ofSeconds(60);

  private static final Set<String> OPEN = Set.of("QUEUED", "RUNNING");

  private final HttpClient http = HttpClient.newHttpClient();
  private final Hub hub;
  private final String console;

  private RunningHub(Hub hub, String console) {
    this.hub = hub;
    this.console = console;
  }

  static RunningHub start(Path directory, SettableClock clock) {
    return start(directory, clock, new BundleDiagnosis()::diagnose);
  }

  static RunningHub start(
      Path directory, SettableClock clock, Diagnosis diagnosis, String... more) {
    return start(directory, clock, diagnosis, NoWatch.parts(), more);
  }

  static RunningHub start(
      Path directory,
      SettableClock clock,
      Diagnosis diagnosis,
      ClusterParts clusters,
      String... more) {
    var args = new ArrayList<>(List.of("--http-port=0", "--data-dir=" + directory));
    args.addAll(List.of(more));
    var console = new ByteArrayOutputStream();
    var hub =
        Hub.start(
            HubOptions.parse(args, Map.of()),
            Timekeeper.by(clock),
            new PrintStream(console, true, StandardCharsets.UTF_8),
            diagnosis,
            store -> clusters,
            LiveSettings.usual());
    return new RunningHub(hub, console.toString(StandardCharsets.UTF_8));
  }

  /** A hub as people start it, which watches the clusters that the options name. */
  static RunningHub watching(Path directory, SettableClock clock, String... more) {
    return watching(directory, clock, LiveSettings.usual(), more);
  }

  /** The same with another pace of the diagnosis. */
  static RunningHub watching(
      Path directory, SettableClock clock, LiveSettings live, String... more) {
    var args = new ArrayList<>(List.of("--http-port=0", "--data-dir=" + directory));
    args.addAll(List.of(more));
    var console = new ByteArrayOutputStream();
    var hub =
        Hub.start(
            HubOptions.parse(args, Map.of()),
            Timekeeper.by(clock),
            new PrintStream(console, true, StandardCharsets.UTF_8),
            live);
    return new RunningHub(hub, console.toString(StandardCharsets.UTF_8));
  }

  /** A hub beside a simulated cluster that people may put trouble into. */
  static RunningHub beside(AttachedDrill drill, Path directory, SettableClock clock) {
    var console = new ByteArrayOutputStream();
    var hub =
        Hub.start(
            HubOptions.parse(List.of("--http-port=0", "--data-dir=" + directory), Map.of()),
            Timekeeper.by(clock),
            new PrintStream(console, true, StandardCharsets.UTF_8),
            Optional.of(drill));
    return new RunningHub(hub, console.toString(StandardCharsets.UTF_8));
  }

  Hub hub() {
    return hub;
  }

  /** What was printed until the hub was ready. */
  String console() {
    return console;
  }

  /** The password printed at the first start. */
  String initialPassword() {
    return console.lines().findFirst().orElseThrow().replaceFirst(".*[:：] ?", "");
  }

  /** One who speaks to the hub, logged in or not. */
  record Client(RunningHub hub, String cookie, String csrf) {

    /** The answer to a request that may change something, with all that it needs. */
    Answer send(String method, String path, String body) {
      return hub.send(
          hub.request(method, path, body).header("X-CSRF-Token", csrf).header("Cookie", cookie));
    }

    Answer get(String path) {
      return hub.send(hub.request("GET", path, "").header("Cookie", cookie));
    }

    /** The bytes of a file, with the headers they came with. */
    HttpResponse<byte[]> file(String path) {
      return hub.send(
          hub.request("GET", path, "").header("Cookie", cookie),
          HttpResponse.BodyHandlers.ofByteArray());
    }

    Answer withoutCsrf(String method, String path) {
      return hub.send(hub.request(method, path, "{}").header("Cookie", cookie));
    }

    Answer upload(String name, byte[] content) {
      var boundary = "frontier";
      var head =
          "--"
              + boundary
              + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\""
              + name
              + "\"\r\nContent-Type: application/octet-stream\r\n\r\n";
      var body =
          BodyPublishers.concat(
              BodyPublishers.ofString(head),
              BodyPublishers.ofByteArray(content),
              BodyPublishers.ofString("\r\n--" + boundary + "--\r\n"));
      return hub.send(
          HttpRequest.newBuilder(hub.uri("/api/v1/bundles"))
              .timeout(LONGEST)
              .header("Content-Type", "multipart/form-data; boundary=" + boundary)
              .header("X-CSRF-Token", csrf)
              .header("Cookie", cookie)
              .POST(body));
    }

    /** Uploads and returns the job's id. */
    String imported(String name, byte[] content) {
      var answer = upload(name, content);
      assertThat(answer.status()).as(answer.body()).isEqualTo(202);
      return answer.json().get("job").asString();
    }

    /** Asks until the answer is as wanted. */
    JsonNode await(String path, Predicate<JsonNode> wanted) {
      long deadline = System.nanoTime() + LONGEST.toNanos();
      while (true) {
        var answer = get(path).json();
        if (wanted.test(answer)) {
          return answer;
        }
        assertThat(System.nanoTime()).as("still " + answer).isLessThan(deadline);
        LockSupport.parkNanos(20_000_000);
      }
    }

    /** Waits until a job has ended, which must be in that state. */
    JsonNode job(String id, String state) {
      var ended = await("/api/v1/jobs/" + id, job -> !OPEN.contains(job.get("state").asString()));
      assertThat(ended.get("state").asString()).as(ended.toString()).isEqualTo(state);
      return ended;
    }
  }

  /** What the hub answered. */
  record Answer(int status, HttpResponse<String> response) {

    String body() {
      return response.body();
    }

    JsonNode json() {
      return JSON.readTree(response.body());
    }

    /** Of a problem document. */
    String reason() {
      assertThat(header("Content-Type")).startsWith("application/problem+json");
      assertThat(json().get("status").asInt()).isEqualTo(status);
      return json().get("reason").asString();
    }

    String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }
  }

  Client stranger() {
    return new Client(this, "nothing=1", "none");
  }

  Answer login(String user, String password) {
    var body = JSON.createObjectNode().put("username", user).put("password", password).toString();
    return stranger().send("POST", "/api/v1/session", body);
  }

  Client loggedIn(String user, String password) {
    var answer = login(user, password);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return new Client(
        this,
        answer.header("Set-Cookie").replaceFirst(";.*", ""),
        answer.json().get("csrfToken").asString());
  }

  Client admin() {
    return loggedIn("admin", initialPassword());
  }

  /** Adds a user of that role and logs them in. */
  Client as(Client admin, String role) {
    var name = role.toLowerCase(Locale.ROOT);
    var body = JSON.createObjectNode().put("username", name).put("role", role).toString();
    var added = admin.send("POST", "/api/v1/users", body);
    assertThat(added.status()).as(added.body()).isEqualTo(201);
    return loggedIn(name, added.json().get("initialPassword").asString());
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + hub.port() + path);
  }

  HttpRequest.Builder request(String method, String path, String body) {
    return HttpRequest.newBuilder(uri(path))
        .timeout(LONGEST)
        .header("Content-Type", "application/json")
        .method(
            method,
            Optional.of(body)
                .filter(text -> !text.isEmpty())
                .map(BodyPublishers::ofString)
                .orElseGet(BodyPublishers::noBody));
  }

  Answer send(HttpRequest.Builder request) {
    var response = send(request, HttpResponse.BodyHandlers.ofString());
    return new Answer(response.statusCode(), response);
  }

  private <T> HttpResponse<T> send(HttpRequest.Builder request, HttpResponse.BodyHandler<T> body) {
    try {
      return http.send(request.build(), body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    http.close();
    hub.close();
  }
}
