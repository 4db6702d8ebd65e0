package io.bridgewatch.adapter.opensearch;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;

/** Answers as it is told, one answer for each bulk request or search; the rest is done. */
final class ScriptedPeer implements AutoCloseable {

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Queue<Answer> answers = new ArrayDeque<>();
  private final List<Request> requests = new ArrayList<>();
  private final CountDownLatch closed = new CountDownLatch(1);

  /** What was asked, besides health. */
  record Request(String method, String path, String authorization, String body) {
    /** The documents of a bulk request. */
    List<String> documents() {
      return body.lines().filter(line -> !line.startsWith("{\"create\"")).toList();
    }
  }

  private sealed interface Answer {
    record Said(int status, String body) implements Answer {}

    /** No answer while the peer runs. */
    record Silence() implements Answer {}
  }

  private ScriptedPeer(HttpServer server) {
    this.server = server;
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  static ScriptedPeer plain() throws IOException {
    return new ScriptedPeer(HttpServer.create(loopback(), 0));
  }

  static ScriptedPeer secure(SSLContext context) throws IOException {
    var server = HttpsServer.create(loopback(), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(context));
    return new ScriptedPeer(server);
  }

  private static InetSocketAddress loopback() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  URI base() {
    var scheme = server instanceof HttpsServer ? "https" : "http";
    return URI.create(scheme + "://localhost:" + server.getAddress().getPort());
  }

  synchronized ScriptedPeer then(int status, String body) {
    answers.add(new Answer.Said(status, body));
    return this;
  }

  synchronized ScriptedPeer thenNothing() {
    answers.add(new Answer.Silence());
    return this;
  }

  /** The requests of a path that begins so. */
  synchronized List<Request> requests(String path) {
    return requests.stream().filter(one -> one.path.startsWith(path)).toList();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      var answer = answer(exchange);
      if (answer.isEmpty()) {
        closed.await();
        return;
      }
      var bytes = answer.get().body.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(answer.get().status, bytes.length);
      exchange.getResponseBody().write(bytes);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized Optional<Answer.Said> answer(HttpExchange exchange) throws IOException {
    var path = exchange.getRequestURI().getPath();
    var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    var authorization = exchange.getRequestHeaders().getFirst("Authorization");
    if (path.startsWith("/_cluster") || path.equals("/")) {
      return Optional.of(new Answer.Said(200, "{\"status\":\"green\"}"));
    }
    requests.add(
        new Request(
            exchange.getRequestMethod(), path, authorization == null ? "" : authorization, body));
    if (path.startsWith("/_index_template")) {
      return Optional.of(new Answer.Said(200, "{\"acknowledged\":true}"));
    }
    var next = answers.poll();
    return switch (next) {
      case null -> Optional.of(new Answer.Said(500, "{\"error\":\"nothing left to say\"}"));
      case Answer.Said said -> Optional.of(said);
      case Answer.Silence silence -> Optional.empty();
    };
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
