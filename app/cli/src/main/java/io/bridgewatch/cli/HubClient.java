package io.bridgewatch.cli;

import io.bridgewatch.adapter.report.Language;
import io.bridgewatch.cli.SessionFile.Session;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Speaks to a hub over its HTTP API. */
final class HubClient implements AutoCloseable {

  static final JsonMapper JSON = JsonMapper.builder().build();

  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final Duration ANSWER = Duration.ofSeconds(60);
  private static final String SESSION = "/api/v1/session";

  private final HubAddress server;
  private final Language language;
  private final HttpClient http = HttpClient.newBuilder().connectTimeout(CONNECT).build();
  private Optional<Session> session = Optional.empty();

  HubClient(HubAddress server, Language language) {
    this.server = server;
    this.language = language;
  }

  /** Goes on with a session that was begun before. */
  void resume(Session begun) {
    session = Optional.of(begun);
  }

  /**
   * Begins a session.
   *
   * @throws HubException if the hub does not answer, or refuses
   */
  Session login(String user, String password) throws HubException {
    var body = JSON.createObjectNode().put("username", user).put("password", password);
    var answer = send("POST", SESSION, body.toString());
    String cookie =
        answer
            .headers()
            .firstValue("Set-Cookie")
            .map(text -> text.replaceFirst(";.*", ""))
            .orElseThrow(() -> strange("no cookie"));
    var begun = new Session(server, user, cookie, text(parsed(answer.body()), "csrfToken"));
    session = Optional.of(begun);
    return begun;
  }

  /** Ends the session. */
  void logout() throws HubException {
    send("DELETE", SESSION, null);
    session = Optional.empty();
  }

  /**
   * What the hub answers.
   *
   * @param path with its query, encoded
   */
  JsonNode get(String path) throws HubException {
    return parsed(send("GET", path, null).body());
  }

  /**
   * What the hub answers to a request that may change something.
   *
   * @param body JSON; null for none
   */
  JsonNode post(String path, @Nullable String body) throws HubException {
    return parsed(send("POST", path, body).body());
  }

  /** What the hub answers to what is put in the place of something. */
  JsonNode put(String path, String body) throws HubException {
    return parsed(send("PUT", path, body).body());
  }

  /** What the hub answers when something is forgotten. */
  JsonNode delete(String path) throws HubException {
    return parsed(send("DELETE", path, null).body());
  }

  /** The text that the hub answers, such as a report. */
  String text(String path) throws HubException {
    return send("GET", path, null).body();
  }

  /** What is done with an event of a stream; returns whether more are wanted. */
  interface Reader {
    boolean read(String data);
  }

  /**
   * Reads server-sent events until the hub ends the stream or no more are wanted.
   *
   * @param after the id of an event after which to go on; from now on if it is empty
   * @return the id of the last event; empty if no more are wanted
   */
  Optional<String> follow(String path, String after, Reader reader) throws HubException {
    var request = request("GET", path, null).header("Accept", "text/event-stream");
    if (!after.isEmpty()) {
      request.header("Last-Event-ID", after);
    }
    var answer = exchange(request, HttpResponse.BodyHandlers.ofLines());
    try (Stream<String> lines = answer.body()) {
      if (answer.statusCode() / 100 != 2) {
        throw refused(answer.statusCode(), lines.collect(Collectors.joining("\n")));
      }
      String last = after;
      for (var line : (Iterable<String>) lines::iterator) {
        if (line.startsWith("id: ")) {
          last = line.substring("id: ".length());
        } else if (line.startsWith("data: ") && !reader.read(line.substring("data: ".length()))) {
          return Optional.empty();
        }
      }
      return Optional.of(last);
    } catch (UncheckedIOException e) {
      throw new HubException(
          "the hub at " + server + " has gone: " + e.getMessage(),
          server + " 的连接已中断：" + e.getMessage());
    }
  }

  private HttpResponse<String> send(String method, String path, @Nullable String body)
      throws HubException {
    var answer =
        exchange(
            request(method, path, body).timeout(ANSWER),
            HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    if (answer.statusCode() / 100 != 2) {
      throw refused(answer.statusCode(), answer.body());
    }
    return answer;
  }

  private HttpRequest.Builder request(String method, String path, @Nullable String body) {
    var request =
        HttpRequest.newBuilder(server.resolve(path))
            .header("Accept-Language", language.tag())
            .header("Content-Type", "application/json")
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    session.ifPresent(
        known -> {
          request.header("Cookie", known.cookie());
          request.header("X-CSRF-Token", known.csrf());
        });
    return request;
  }

  private <T> HttpResponse<T> exchange(
      HttpRequest.Builder request, HttpResponse.BodyHandler<T> body) throws HubException {
    try {
      return http.send(request.build(), body);
    } catch (ConnectException e) {
      throw new HubException(
          "no hub answers at "
              + server
              + "; start one with ./bw serve, or name another with --server",
          server + " 没有响应；请用 ./bw serve 启动服务，或用 --server 指定其他地址");
    } catch (HttpTimeoutException e) {
      throw new HubException(
          "the hub at " + server + " did not answer within " + ANSWER.toSeconds() + " s",
          server + " 在 " + ANSWER.toSeconds() + " 秒内没有答复");
    } catch (IOException e) {
      throw new HubException(
          "cannot speak to the hub at " + server + ": " + e.getMessage(),
          "无法与 " + server + " 通信：" + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HubException("interrupted", "已中断");
    }
  }

  private HubException refused(int status, String body) {
    JsonNode problem;
    try {
      problem = JSON.readTree(body);
    } catch (JacksonException e) {
      return strange("status " + status);
    }
    String reason = text(problem, "reason");
    String detail = text(problem, "detail");
    return switch (reason) {
      case "" -> strange("status " + status);
      case "NotLoggedIn" ->
          new HubException(
              "not logged in at " + server + ": run ./bw login, or set BW_USER and BW_PASSWORD",
              "尚未登录 " + server + "：请运行 ./bw login，或设置 BW_USER 与 BW_PASSWORD");
      case "BadCredentials" ->
          new HubException(
              "the user name or the password is wrong (BadCredentials)",
              "用户名或密码错误（BadCredentials）");
      default ->
          new HubException(detail + " (" + reason + ")", "服务拒绝了请求（" + reason + "）：" + detail);
    };
  }

  private JsonNode parsed(String body) throws HubException {
    try {
      return JSON.readTree(body);
    } catch (JacksonException e) {
      throw strange("no JSON");
    }
  }

  private HubException strange(String what) {
    return new HubException(
        "what answers at " + server + " is no Bridgewatch hub: " + what,
        server + " 的应答不是 Bridgewatch 服务：" + what);
  }

  /** As a part of a path or a value of a query. */
  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** The text of a field; empty where there is none. */
  static String text(JsonNode node, String field) {
    JsonNode value = node.path(field);
    return value.isNull() || value.isMissingNode() ? "" : value.asString();
  }

  @Override
  public void close() {
    http.close();
  }
}
