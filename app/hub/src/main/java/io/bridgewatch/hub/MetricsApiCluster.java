package io.bridgewatch.hub;

import io.bridgewatch.adapter.kubernetes.ApiPages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/**
 * What the cluster says about who may ask the metrics API: which authority vouches for its proxy,
 * which names that may have, and whether a user may read a metric. What cannot be asked is no.
 */
final class MetricsApiCluster implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(MetricsApiCluster.class);
  private static final String CONFIGURATION =
      "/api/v1/namespaces/kube-system/configmaps/extension-apiserver-authentication";
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final long AGAIN_NANOS = Duration.ofMinutes(1).toNanos();
  private static final long SOONER_NANOS = Duration.ofSeconds(5).toNanos();
  private static final long ALLOWED_NANOS = Duration.ofSeconds(60).toNanos();
  private static final long DENIED_NANOS = Duration.ofSeconds(10).toNanos();
  private static final int MOST_KNOWN = 1_000;

  private final Supplier<ApiPages> opening;
  private final Optional<Path> file;
  private final Set<String> names;
  private final JsonMapper json;
  private Optional<ApiPages> pages = Optional.empty();
  private Proxy proxy = Proxy.NONE;
  private long readAgainNanos = System.nanoTime() - 1;
  private final Map<Question, Verdict> known =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Question, Verdict> eldest) {
          return size() > MOST_KNOWN;
        }
      };

  /**
   * @param opening pages of the cluster's API server
   * @param file certificates that vouch for the proxy; empty to ask the cluster
   * @param names that the proxy may have, with the file; none for any
   */
  MetricsApiCluster(
      Supplier<ApiPages> opening, Optional<Path> file, Set<String> names, JsonMapper json) {
    this.opening = opening;
    this.file = file;
    this.names = names;
    this.json = json;
  }

  /**
   * The API server's proxy.
   *
   * @param authorities that vouch for it; none lets nobody in
   * @param names common names that it may have; none for any
   */
  record Proxy(List<X509Certificate> authorities, Set<String> names) {
    private static final Proxy NONE = new Proxy(List.of(), Set.of());

    boolean isNamed(String name) {
      return names.isEmpty() || names.contains(name);
    }
  }

  /** Read again each minute; what was known stays while it cannot be. */
  synchronized Proxy proxy() {
    long now = System.nanoTime();
    if (now - readAgainNanos >= 0) {
      try {
        proxy = file.isPresent() ? ofFile(file.get()) : ofCluster();
        readAgainNanos = now + AGAIN_NANOS;
      } catch (IOException | CertificateException | JacksonException e) {
        LOG.warn("it cannot be read who vouches for the API server's proxy", e);
        readAgainNanos = now + SOONER_NANOS;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    return proxy;
  }

  private Proxy ofFile(Path path) throws IOException, CertificateException {
    return new Proxy(MetricsApiTls.certificates(Files.readString(path)), names);
  }

  private Proxy ofCluster() throws IOException, CertificateException, InterruptedException {
    try (var page = pages().get(CONFIGURATION, "application/json", PATIENCE, PATIENCE)) {
      if (page.status() != 200) {
        throw new IOException(
            "the API server answers %d for %s; allow reading it by deploy/metrics-api"
                .formatted(page.status(), CONFIGURATION));
      }
      JsonNode data = json.readTree(page.body().readAllBytes()).path("data");
      String pem = data.path("requestheader-client-ca-file").asString("");
      String allowed = data.path("requestheader-allowed-names").asString("[]");
      return new Proxy(
          MetricsApiTls.certificates(pem),
          json.readTree(allowed)
              .valueStream()
              .map(JsonNode::asString)
              .collect(Collectors.toUnmodifiableSet()));
    }
  }

  private synchronized ApiPages pages() {
    if (pages.isEmpty()) {
      pages = Optional.of(opening.get());
    }
    return pages.get();
  }

  /**
   * Who asks for what.
   *
   * @param extra by lower-case name
   */
  record Question(
      String user,
      List<String> groups,
      Map<String, List<String>> extra,
      String verb,
      String group,
      String version,
      String namespace,
      String resource,
      String subresource,
      String name) {

    Question {
      groups = List.copyOf(groups);
      extra = Map.copyOf(new TreeMap<>(extra));
    }
  }

  private record Verdict(boolean allowed, long untilNanos) {}

  /** Whether the cluster allows it; what was answered holds for a while. */
  boolean allows(Question question) {
    synchronized (known) {
      var before = known.get(question);
      if (before != null && before.untilNanos() - System.nanoTime() > 0) {
        return before.allowed();
      }
    }
    boolean allowed = asked(question);
    synchronized (known) {
      known.remove(question);
      known.put(
          question,
          new Verdict(allowed, System.nanoTime() + (allowed ? ALLOWED_NANOS : DENIED_NANOS)));
    }
    return allowed;
  }

  private boolean asked(Question question) {
    try (var page = pages().accessReview(review(question), PATIENCE)) {
      byte[] body = page.body().readAllBytes();
      if (page.status() != 201 && page.status() != 200) {
        LOG.warn(
            "the API server does not say whether {} may read metrics: it answers {}",
            question.user(),
            page.status());
        return false;
      }
      JsonNode status = json.readTree(body).path("status");
      return status.path("allowed").asBoolean(false) && !status.path("denied").asBoolean(false);
    } catch (IOException | JacksonException e) {
      LOG.warn("it cannot be asked whether {} may read metrics", question.user(), e);
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private String review(Question question) {
    var review = json.createObjectNode();
    review.put("apiVersion", "authorization.k8s.io/v1").put("kind", "SubjectAccessReview");
    var spec = review.putObject("spec");
    spec.put("user", question.user());
    ArrayNode groups = spec.putArray("groups");
    question.groups().forEach(groups::add);
    if (!question.extra().isEmpty()) {
      var extra = spec.putObject("extra");
      question
          .extra()
          .forEach(
              (name, values) -> {
                ArrayNode all = extra.putArray(name);
                values.forEach(all::add);
              });
    }
    var attributes = spec.putObject("resourceAttributes");
    attributes
        .put("verb", question.verb())
        .put("group", question.group())
        .put("version", question.version())
        .put("namespace", question.namespace())
        .put("resource", question.resource());
    if (!question.subresource().isEmpty()) {
      attributes.put("subresource", question.subresource());
    }
    if (!question.name().isEmpty()) {
      attributes.put("name", question.name());
    }
    return review.toString();
  }

  @Override
  public synchronized void close() {
    pages.ifPresent(ApiPages::close);
    pages = Optional.empty();
  }
}
