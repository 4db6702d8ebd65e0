package io.bridgewatch.hub;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * Serves {@code external.metrics.k8s.io} and {@code custom.metrics.k8s.io} to a cluster's API
 * server, which asks on behalf of its users.
 *
 * <ol>
 *   <li>A certificate that the authority of the API server's proxy did not sign ends the handshake;
 *       none, or one of another name, is refused.
 *   <li>The user stands in {@code X-Remote-User}; who it is was proved to the API server.
 *   <li>Discovery is for each such user; a metric for whom the cluster lets read it.
 * </ol>
 *
 * <p>Answers {@value #TOGETHER} requests at a time; others are told to come again.
 */
final class MetricsApiServer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(MetricsApiServer.class);
  private static final int TOGETHER = 32;
  private static final Duration STOP = Duration.ofSeconds(1);
  private static final String EXTRA = "x-remote-extra-";
  private static final int MOST_GROUPS = 200;

  private final HttpsServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Semaphore free = new Semaphore(TOGETHER);
  private final MetricsApiCluster cluster;
  private final MetricsApiAnswers answers;
  private final JsonMapper json;

  private MetricsApiServer(
      HttpsServer server, MetricsApiCluster cluster, MetricsApiAnswers answers, JsonMapper json) {
    this.server = server;
    this.cluster = cluster;
    this.answers = answers;
    this.json = json;
  }

  /**
   * Begins to serve.
   *
   * @throws IOException if the port is taken or the certificate cannot be read
   */
  static MetricsApiServer start(
      String bind,
      MetricsApiOptions options,
      MetricsApiCluster cluster,
      MetricsApiAnswers answers,
      JsonMapper json)
      throws IOException {
    SSLContext tls = MetricsApiTls.context(options.tls(), () -> cluster.proxy().authorities());
    var server = HttpsServer.create(new InetSocketAddress(bind, options.port()), 0);
    server.setHttpsConfigurator(
        new HttpsConfigurator(tls) {
          @Override
          public void configure(HttpsParameters parameters) {
            SSLParameters wanted = tls.getDefaultSSLParameters();
            wanted.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
            wanted.setWantClientAuth(true);
            parameters.setSSLParameters(wanted);
          }
        });
    var started = new MetricsApiServer(server, cluster, answers, json);
    server.setExecutor(started.threads);
    server.createContext("/", started::handle);
    server.start();
    return started;
  }

  int port() {
    return server.getAddress().getPort();
  }

  /** What is answered. */
  record Answer(int status, Object body) {

    /** Not as wanted, in the words of Kubernetes. */
    static Answer refused(int status, String reason, String message) {
      var body = new TreeMap<String, Object>();
      body.put("kind", "Status");
      body.put("apiVersion", "v1");
      body.put("status", "Failure");
      body.put("reason", reason);
      body.put("message", message);
      body.put("code", status);
      return new Answer(status, body);
    }
  }

  /**
   * Who asks.
   *
   * @param extra by lower-case name
   */
  record User(String name, List<String> groups, Map<String, List<String>> extra) {}

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Answer answer;
      if (free.tryAcquire()) {
        try {
          answer = answer((HttpsExchange) exchange);
        } catch (RuntimeException e) {
          LOG.error("cannot answer {}", exchange.getRequestURI(), e);
          answer = Answer.refused(500, "InternalError", "see the hub's log");
        } finally {
          free.release();
        }
      } else {
        exchange.getResponseHeaders().set("Retry-After", "1");
        answer =
            Answer.refused(
                429, "TooManyRequests", TOGETHER + " requests are being answered; come again");
      }
      byte[] body = json.writeValueAsBytes(answer.body());
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(answer.status(), body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private Answer answer(HttpsExchange exchange) {
    Optional<String> proxy = name(exchange);
    if (proxy.isEmpty() || !cluster.proxy().isNamed(proxy.get())) {
      return Answer.refused(
          401,
          "Unauthorized",
          "this is for the API server's proxy, which shows its client certificate");
    }
    String name = header(exchange, "X-Remote-User");
    if (name.isBlank()) {
      return Answer.refused(401, "Unauthorized", "X-Remote-User does not say who asks");
    }
    if (!exchange.getRequestMethod().equals("GET")) {
      return Answer.refused(405, "MethodNotAllowed", "metrics are only read");
    }
    URI uri = exchange.getRequestURI();
    List<String> path =
        Arrays.stream(uri.getRawPath().split("/"))
            .filter(part -> !part.isEmpty())
            .map(MetricsApiServer::decoded)
            .toList();
    return answers.answer(path, query(uri), user(exchange, name));
  }

  /** The common name of the client's certificate, which the handshake has checked. */
  private static Optional<String> name(HttpsExchange exchange) {
    try {
      if (exchange.getSSLSession().getPeerCertificates()[0] instanceof X509Certificate one) {
        return new LdapName(one.getSubjectX500Principal().getName())
            .getRdns().stream()
                .filter(part -> part.getType().equalsIgnoreCase("CN"))
                .map(part -> String.valueOf(part.getValue()))
                .findFirst();
      }
      return Optional.empty();
    } catch (SSLPeerUnverifiedException | InvalidNameException none) {
      return Optional.empty();
    }
  }

  private static User user(HttpsExchange exchange, String name) {
    var headers = exchange.getRequestHeaders();
    var extra = new TreeMap<String, List<String>>();
    headers.forEach(
        (header, values) -> {
          String lower = header.toLowerCase(Locale.ROOT);
          if (lower.startsWith(EXTRA)) {
            extra.put(decoded(lower.substring(EXTRA.length())), List.copyOf(values));
          }
        });
    List<String> groups = headers.getOrDefault("X-Remote-Group", List.of());
    return new User(name, groups.stream().limit(MOST_GROUPS).toList(), extra);
  }

  private static String header(HttpsExchange exchange, String name) {
    String value = exchange.getRequestHeaders().getFirst(name);
    return value == null ? "" : value;
  }

  private static Map<String, String> query(URI uri) {
    var query = new TreeMap<String, String>();
    String raw = uri.getRawQuery();
    for (String part : raw == null ? new String[0] : raw.split("&")) {
      int equals = part.indexOf('=');
      query.put(
          decoded(equals < 0 ? part : part.substring(0, equals)),
          equals < 0 ? "" : decoded(part.substring(equals + 1)));
    }
    return query;
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException malformed) {
      return text;
    }
  }

  /** What can be said of this server, for tests and pages. */
  List<String> served() {
    return new ArrayList<>(answers.groups());
  }

  @Override
  public void close() {
    server.stop((int) STOP.toSeconds());
    threads.shutdownNow();
    cluster.close();
  }
}
