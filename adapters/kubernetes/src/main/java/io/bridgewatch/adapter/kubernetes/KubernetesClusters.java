package io.bridgewatch.adapter.kubernetes;

import io.bridgewatch.model.KubernetesObject;
import io.bridgewatch.model.ObjectKind;
import io.bridgewatch.ports.AutoscalerWriter;
import io.bridgewatch.ports.ClusterFeed;
import io.bridgewatch.ports.RegisteredCluster;
import io.bridgewatch.ports.Timekeeper;
import io.fabric8.kubernetes.api.model.NamedCluster;
import io.fabric8.kubernetes.api.model.NamedContext;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;

/**
 * Opens Kubernetes clusters: those of a kubeconfig, the one this program runs in, and those that
 * people registered. Only reads, and never a Secret; but for autoscalers, which a writer of their
 * own applies.
 */
public final class KubernetesClusters {

  private static final String USER_AGENT = "bridgewatch";
  private static final int CONNECT_MILLIS = 10_000;
  private static final Duration CHECK_PATIENCE = Duration.ofSeconds(10);
  private static final int CHECKS_AT_ONCE = 8;
  private static final Path SERVICE_ACCOUNT =
      Path.of("/var/run/secrets/kubernetes.io/serviceaccount");

  private final FeedSettings settings;
  private final Time time;
  private final RandomGenerator random;
  private final Map<String, String> environment;

  /**
   * @param clock by which what is heard gets its time
   */
  public KubernetesClusters(FeedSettings settings, Timekeeper clock) {
    this(settings, Time.by(clock), new SecureRandom(), System.getenv());
  }

  /**
   * @param random safe for several threads
   */
  KubernetesClusters(
      FeedSettings settings, Time time, RandomGenerator random, Map<String, String> environment) {
    this.settings = settings;
    this.time = time;
    this.random = random;
    this.environment = Map.copyOf(environment);
  }

  /**
   * The contexts of a kubeconfig, the current one first.
   *
   * @throws IOException if it cannot be read
   */
  public static List<String> contexts(Path kubeconfig) throws IOException {
    io.fabric8.kubernetes.api.model.Config file = read(kubeconfig);
    var contexts = new LinkedHashSet<String>();
    List<NamedContext> named = file.getContexts() == null ? List.of() : file.getContexts();
    named.stream()
        .map(NamedContext::getName)
        .filter(name -> name.equals(file.getCurrentContext()))
        .forEach(contexts::add);
    named.stream().map(NamedContext::getName).forEach(contexts::add);
    return List.copyOf(contexts);
  }

  /**
   * Where the API server of a context is; empty where the file does not say.
   *
   * @throws IOException if it cannot be read
   */
  public static String address(Path kubeconfig, String context) throws IOException {
    io.fabric8.kubernetes.api.model.Config file = read(kubeconfig);
    List<NamedContext> contexts = file.getContexts() == null ? List.of() : file.getContexts();
    List<NamedCluster> clusters = file.getClusters() == null ? List.of() : file.getClusters();
    return contexts.stream()
        .filter(named -> named.getName().equals(context) && named.getContext() != null)
        .flatMap(
            named ->
                clusters.stream().filter(c -> c.getName().equals(named.getContext().getCluster())))
        .filter(cluster -> cluster.getCluster() != null)
        .map(cluster -> cluster.getCluster().getServer())
        .filter(server -> server != null && !server.isBlank())
        .findFirst()
        .orElse("");
  }

  /**
   * The clusters of contexts of a kubeconfig, each named like its context, with a dash for what a
   * cluster's name cannot hold.
   *
   * @param contexts empty for the current one
   * @throws IOException if the file cannot be read
   * @throws IllegalArgumentException if it has no such context
   */
  public List<ClusterFeed> kubeconfig(Path kubeconfig, List<String> contexts) throws IOException {
    io.fabric8.kubernetes.api.model.Config file = read(kubeconfig);
    List<String> known = contexts(kubeconfig);
    List<String> wanted = contexts;
    if (wanted.isEmpty()) {
      String current = file.getCurrentContext();
      if (current == null || current.isBlank()) {
        throw new IllegalArgumentException(
            "%s has no current context; name one of %s".formatted(kubeconfig, known));
      }
      wanted = List.of(current);
    }
    for (String context : wanted) {
      if (!known.contains(context)) {
        throw new IllegalArgumentException(
            "%s has no context %s; it has %s".formatted(kubeconfig, context, known));
      }
    }
    var feeds = new ArrayList<ClusterFeed>();
    var names = new LinkedHashSet<String>();
    for (String context : new LinkedHashSet<>(wanted)) {
      feeds.add(feed(unique(clusterName(context), names), () -> config(kubeconfig, context)));
    }
    return List.copyOf(feeds);
  }

  /** Whether this program runs in a cluster, with a service account. */
  public boolean inCluster() {
    return environment.containsKey("KUBERNETES_SERVICE_HOST")
        && Files.isReadable(SERVICE_ACCOUNT.resolve("token"));
  }

  /** The cluster that this program runs in, by its service account. */
  public ClusterFeed inCluster(String name) {
    return feed(name, () -> serviceAccount(environment, SERVICE_ACCOUNT));
  }

  /** A cluster that somebody registered. */
  public ClusterFeed registered(RegisteredCluster cluster) {
    return feed(cluster.name(), () -> config(cluster));
  }

  /** Pages of the cluster of a kubeconfig's context; does not reach out yet. */
  public ApiPages pages(Path kubeconfig, String context) {
    return new LazyPages(() -> connect(() -> config(kubeconfig, context)));
  }

  /** Pages of the cluster that this program runs in. */
  public ApiPages pagesInCluster() {
    return new LazyPages(() -> connect(() -> serviceAccount(environment, SERVICE_ACCOUNT)));
  }

  /** Pages of a cluster that somebody registered. */
  public ApiPages pages(RegisteredCluster cluster) {
    return new LazyPages(() -> connect(() -> config(cluster)));
  }

  /** Writes autoscalers of the cluster of a kubeconfig's context; does not reach out yet. */
  public AutoscalerWriter autoscalers(Path kubeconfig, String context) {
    return autoscalers(() -> config(kubeconfig, context));
  }

  /** Writes autoscalers of the cluster that this program runs in. */
  public AutoscalerWriter autoscalersInCluster() {
    return autoscalers(() -> serviceAccount(environment, SERVICE_ACCOUNT));
  }

  /** Writes autoscalers of a cluster that somebody registered. */
  public AutoscalerWriter autoscalers(RegisteredCluster cluster) {
    return autoscalers(() -> config(cluster));
  }

  private AutoscalerWriter autoscalers(Configuration configuration) {
    return new HpaWriter(() -> connect(configuration), new Masking(settings.maskingKey()));
  }

  /** Looks whether a cluster can be reached and what may be read of it; takes seconds. */
  public ClusterCheck check(RegisteredCluster cluster) throws InterruptedException {
    try (ApiConnection connection = connect(() -> config(cluster))) {
      return check(connection);
    } catch (ApiException failure) {
      return ClusterCheck.unreachable(failure);
    }
  }

  private ClusterCheck check(ApiConnection connection) throws ApiException, InterruptedException {
    String version;
    try (var answer =
            connection.get("reach the API server", "/version", CHECK_PATIENCE, CHECK_PATIENCE);
        var reader =
            new ObjectReader(
                "reach the API server",
                answer.body(),
                Keep.ALL,
                new Masking(settings.maskingKey()),
                new Interner())) {
      version = KubernetesObject.of(reader.readOne().tree()).text("gitVersion").orElse("");
    } catch (ApiException failure) {
      if (failure.reason() != FeedReason.FORBIDDEN) {
        throw failure;
      }
      version = "";
    }
    List<Tried> tried = tryKinds(connection);
    return new ClusterCheck(
        true,
        version,
        kinds(tried, Access.READABLE),
        kinds(tried, Access.DENIED),
        kinds(tried, Access.NOT_SERVED),
        "",
        "");
  }

  private enum Access {
    READABLE,
    DENIED,
    NOT_SERVED
  }

  private record Tried(ObjectKind kind, Access access) {}

  private static List<ObjectKind> kinds(List<Tried> tried, Access access) {
    return tried.stream().filter(one -> one.access() == access).map(Tried::kind).toList();
  }

  /** Lists one object of each kind. */
  private static List<Tried> tryKinds(ApiConnection connection)
      throws ApiException, InterruptedException {
    try (var threads = Executors.newFixedThreadPool(CHECKS_AT_ONCE, Thread.ofVirtual().factory())) {
      var attempts = new ArrayList<Callable<Tried>>();
      for (Kinds.Wanted wanted : Kinds.wanted()) {
        attempts.add(() -> tryKind(connection, wanted));
      }
      var tried = new ArrayList<Tried>();
      for (Future<Tried> result : threads.invokeAll(attempts)) {
        tried.add(result.get());
      }
      return tried;
    } catch (ExecutionException failure) {
      throw ApiException.ofFailure("check the cluster", connection.server(), failure);
    }
  }

  private static Tried tryKind(ApiConnection connection, Kinds.Wanted wanted)
      throws ApiException, InterruptedException {
    Access access = Access.NOT_SERVED;
    for (ObjectKind kind : wanted.choices()) {
      try (var _ =
          connection.get(
              "list " + kind, Kinds.path(kind) + "?limit=1", CHECK_PATIENCE, CHECK_PATIENCE)) {
        return new Tried(kind, Access.READABLE);
      } catch (ApiException failure) {
        if (failure.reason().unreachable()) {
          throw failure;
        }
        access = failure.reason() == FeedReason.NOT_SERVED ? access : Access.DENIED;
      }
    }
    return new Tried(wanted.choices().getFirst(), access);
  }

  // Configuration

  private interface Configuration {
    Config read() throws IOException;
  }

  private ClusterFeed feed(String name, Configuration configuration) {
    return new KubernetesFeed(name, () -> connect(configuration), settings, time, random);
  }

  private ApiConnection connect(Configuration configuration) throws ApiException {
    try {
      Config config = configuration.read();
      config.setUserAgent(USER_AGENT);
      config.setConnectionTimeout(CONNECT_MILLIS);
      config.setRequestTimeout(0);
      config.setRequestRetryBackoffLimit(0); // repeating is the feed's own business
      if (config.getMasterUrl().startsWith("http://")) {
        config.setHttp2Disable(true);
      }
      return ApiConnection.of(config, new Masking(settings.maskingKey()));
    } catch (IOException | RuntimeException failure) {
      throw new ApiException(
          FeedReason.CONFIGURATION_INVALID,
          "cannot open the cluster: %s; check address, certificates and credentials"
              .formatted(failure.getMessage()),
          failure);
    }
  }

  private static Config config(Path kubeconfig, String context) throws IOException {
    read(kubeconfig); // for its message: the driver's says less
    return Config.fromKubeconfig(context, kubeconfig.toFile());
  }

  private static Config serviceAccount(Map<String, String> environment, Path folder)
      throws IOException {
    String host = environment.get("KUBERNETES_SERVICE_HOST");
    if (host == null || !Files.isReadable(folder.resolve("token"))) {
      throw new IOException(
          "no service account: KUBERNETES_SERVICE_HOST or %s is missing; run in a pod with"
                  .formatted(folder.resolve("token"))
              + " automountServiceAccountToken, or name a kubeconfig");
    }
    String port = environment.getOrDefault("KUBERNETES_SERVICE_PORT", "443");
    String bracketed = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
    return empty()
        .withMasterUrl("https://" + bracketed + ":" + port)
        .withCaCertFile(folder.resolve("ca.crt").toString())
        .withOauthTokenProvider(() -> token(folder.resolve("token"))) // the kubelet rotates it
        .build();
  }

  private static Config config(RegisteredCluster cluster) {
    ConfigBuilder config = empty().withMasterUrl(cluster.apiUrl());
    cluster.certificateAuthority().ifPresent(pem -> config.withCaCertData(base64(pem)));
    return switch (cluster.credential()) {
      case RegisteredCluster.Credential.Token(String token) ->
          config.withOauthToken(token.strip()).build();
      case RegisteredCluster.Credential.ClientCertificate(String certificate, String key) ->
          config
              .withClientCertData(base64(certificate))
              .withClientKeyData(base64(key))
              .withClientKeyAlgo(key.contains("BEGIN EC ") ? "EC" : "RSA")
              .build();
    };
  }

  /** Nothing from this machine's own configuration. */
  private static ConfigBuilder empty() {
    return new ConfigBuilder(Config.empty());
  }

  private static io.fabric8.kubernetes.api.model.Config read(Path kubeconfig) throws IOException {
    try (InputStream file = Files.newInputStream(kubeconfig)) {
      return Serialization.unmarshal(file, io.fabric8.kubernetes.api.model.Config.class);
    } catch (RuntimeException malformed) {
      throw new IOException("%s is no kubeconfig".formatted(kubeconfig), malformed);
    }
  }

  private static String token(Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot read the service account's token", failure);
    }
  }

  private static String base64(String pem) {
    return Base64.getEncoder().encodeToString(pem.getBytes(StandardCharsets.UTF_8));
  }

  private static String clusterName(String context) {
    String name = context.replaceAll("[^A-Za-z0-9._-]", "-");
    return name.length() <= 63 ? name : name.substring(name.length() - 63);
  }

  private static String unique(String name, Set<String> taken) {
    String free = name;
    for (int i = 2; !taken.add(free); i++) {
      free = name + "-" + i;
    }
    return free;
  }
}
