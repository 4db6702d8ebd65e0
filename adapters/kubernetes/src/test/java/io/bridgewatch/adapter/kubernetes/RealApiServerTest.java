package io.bridgewatch.adapter.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.bridgewatch.model.FeedStatus.State;
import io.bridgewatch.model.KubernetesObject;
import io.bridgewatch.ports.ClusterFeed;
import io.bridgewatch.ports.RegisteredCluster;
import io.fabric8.kubeapitest.KubeAPIServer;
import io.fabric8.kubeapitest.KubeAPIServerConfigBuilder;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The same on a real API server, wherever its binaries are found. */
@Timeout(180)
class RealApiServerTest {

  private static final String SKIPPED =
      "tests on a real API server; set KUBE_API_TEST_DIR to a folder with"
          + " k8s/<version>/{kube-apiserver,etcd,kubectl}";
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** Minor versions of Kubernetes 1 from which on it does. */
  private static final int STREAMS_LISTS = 34;

  private static final int SERVES_ALL_KINDS = 25;

  private static final String DEFINITION =
      """
      {"apiVersion":"apiextensions.k8s.io/v1","kind":"CustomResourceDefinition",
       "metadata":{"name":"coupons.shop.example"},
       "spec":{"group":"shop.example","scope":"Namespaced",
        "names":{"plural":"coupons","singular":"coupon","kind":"Coupon","listKind":"CouponList"},
        "versions":[{"name":"v1","served":true,"storage":true,
         "schema":{"openAPIV3Schema":{"type":"object","x-kubernetes-preserve-unknown-fields":true}}}]}}""";

  private static final String COUPON =
      """
      {"apiVersion":"shop.example/v1","kind":"Coupon","metadata":{"namespace":"default","name":"ten"},
       "spec":{"percent":10}}""";

  @TempDir private static Path folder;
  private static Optional<KubeAPIServer> server = Optional.empty();
  private static Path kubeconfig = Path.of("");

  private static final Optional<String> BINARIES =
      Optional.ofNullable(System.getenv("KUBE_API_TEST_DIR")).filter(folder -> !folder.isBlank());

  @BeforeAll
  static void start() throws IOException {
    if (BINARIES.isEmpty()) {
      System.err.println("SKIPPED: " + SKIPPED);
      return;
    }
    var started =
        new KubeAPIServer(
            KubeAPIServerConfigBuilder.anAPIServerConfig()
                .withTestDir(BINARIES.get())
                .withOfflineMode(true)
                .withUpdateKubeConfig(false)
                .build());
    started.start();
    server = Optional.of(started);
    kubeconfig = Files.writeString(folder.resolve("kubeconfig"), started.getKubeConfigYaml());
  }

  @BeforeEach
  void binariesAreThere() {
    assumeTrue(BINARIES.isPresent(), SKIPPED);
  }

  @AfterAll
  static void stop() {
    server.ifPresent(KubeAPIServer::stop);
  }

  @Test
  void streamedListsAndWatchesTellWhatThereIs() throws Exception {
    try (var client = client();
        var feed = feed(FeedHarness.QUICK)) {
      put(client, "streamed-1", "a");
      var heard = new Heard();
      feed.start(heard);
      heard.awaitState(State.LIVE);

      if (minor(client) >= STREAMS_LISTS) {
        assertThat(feed.streamsLists()).as("1.34 and later stream lists").isTrue();
      }
      assertThat(heard.object("configmaps", "default", "streamed-1")).isPresent();
      assertThat(heard.object("namespaces", "", "kube-system")).isPresent();
      follow(client, heard, "streamed-2");
    }
  }

  @Test
  void pagesTellTheSame() throws Exception {
    try (var client = client();
        var feed = feed(FeedHarness.pagesOf(2))) {
      for (int i = 0; i < 7; i++) {
        put(client, "paged-" + i, "a");
      }
      var heard = new Heard();
      feed.streamsNoLists();
      feed.start(heard);
      heard.awaitState(State.LIVE);

      for (int i = 0; i < 7; i++) {
        assertThat(heard.object("configmaps", "default", "paged-" + i)).isPresent();
      }
      follow(client, heard, "paged-new");
    }
  }

  @Test
  void aVersionThatIsTooOldIsCalledExpired() throws Exception {
    String path = "/api/v1/configmaps?watch=true&timeoutSeconds=5&resourceVersion=1";
    ApiException expired;
    try (var connection = connection();
        var answer = connection.get("watch configmaps", path, PATIENCE, PATIENCE);
        var reader = reader(answer)) {
      var event = reader.nextEvent().orElseThrow();
      assumeTrue(
          event.type().equals("ERROR"), "this API server still knows all since its first version");
      var status = KubernetesObject.of(event.object().tree());
      expired =
          ApiException.ofStatus(
              "watch configmaps",
              status.number("code").orElseThrow().intValue(),
              status.tree(),
              null);
    } catch (ApiException e) {
      expired = e;
    }
    assertThat(expired.reason()).isEqualTo(FeedReason.EXPIRED);
  }

  @Test
  void customResourcesAreFoundAsTheyAreDefined() throws Exception {
    try (var client = client();
        var feed = feed(FeedHarness.QUICK)) {
      var heard = new Heard();
      feed.start(heard);
      heard.awaitState(State.LIVE);
      apply(client, DEFINITION);
      heard.awaitState("coupons.shop.example", State.LIVE);
      apply(client, COUPON);
      heard.await(
          "the coupon", () -> heard.object("coupons.shop.example", "default", "ten").isPresent());

      assertThat(
              heard
                  .object("coupons.shop.example", "default", "ten")
                  .orElseThrow()
                  .number("spec", "percent"))
          .hasValue(10.0);
      assertThat(heard.violations()).isEmpty();
    }
  }

  @Test
  void aDryRunIsNoChange() throws Exception {
    try (var client = client();
        var feed = feed(FeedHarness.QUICK)) {
      var heard = new Heard();
      feed.start(heard);
      heard.awaitState(State.LIVE);
      ConfigMap dry =
          client
              .configMaps()
              .inNamespace("default")
              .resource(configMap("dry", "a"))
              .dryRun(true)
              .create();
      assertThat(dry.getMetadata().getUid()).isNotEmpty();
      follow(client, heard, "after-dry");

      assertThat(heard.object("configmaps", "default", "dry")).isEmpty();
    }
  }

  @Test
  void theShippedRoleReadsItsKindsAndNothingElse() throws Exception {
    try (var client = client()) {
      apply(client, Files.readString(RbacTest.FOLDER.resolve("read-only.yaml")));
      apply(client, DEFINITION);
      String token =
          client
              .serviceAccounts()
              .inNamespace("bridgewatch")
              .withName("bridgewatch")
              .tokenRequest()
              .getStatus()
              .getToken();
      var cluster = registered(client, token);
      KubernetesClusters clusters = FeedHarness.clusters(FeedHarness.QUICK);

      ClusterCheck check = clusters.check(cluster);
      assertThat(check.error()).isEmpty();
      assertThat(check.denied()).isEmpty();
      assertThat(check.readable()).contains(Kinds.PODS, Kinds.NODES, Kinds.DEFINITIONS);
      if (minor(client) >= SERVES_ALL_KINDS) {
        assertThat(check.notServed())
            .allMatch(kind -> kind.group().equals("gateway.networking.k8s.io"));
      }

      var heard = new Heard();
      try (ClusterFeed feed = clusters.registered(cluster)) {
        feed.start(heard);
        heard.awaitState(State.LIVE);
        heard.awaitState("coupons.shop.example", State.UNAVAILABLE);
        assertThat(heard.status("coupons.shop.example").orElseThrow().reason())
            .isEqualTo("Forbidden");
      }
      try (var asBridgewatch =
          new KubernetesClientBuilder().withConfig(bearer(client, token)).build()) {
        assertThatThrownBy(() -> asBridgewatch.secrets().inAnyNamespace().list())
            .hasMessageContaining("forbidden");
        assertThatThrownBy(() -> asBridgewatch.serviceAccounts().inAnyNamespace().list())
            .hasMessageContaining("forbidden");
        assertThatThrownBy(() -> put(asBridgewatch, "no", "no")).hasMessageContaining("forbidden");
      }
    }
  }

  private static int minor(KubernetesClient client) {
    return Integer.parseInt(client.getKubernetesVersion().getGitVersion().split("\\.")[1]);
  }

  /** Creates, changes and deletes, and waits until each was told. */
  private static void follow(KubernetesClient client, Heard heard, String name) throws Exception {
    ConfigMap created = put(client, name, "a");
    heard.awaitVersion("configmaps", "default", name, created.getMetadata().getResourceVersion());
    ConfigMap changed = put(client, name, "b");
    heard.awaitVersion("configmaps", "default", name, changed.getMetadata().getResourceVersion());
    client.configMaps().inNamespace("default").withName(name).delete();
    heard.awaitGone("configmaps", "default", name);
    assertThat(heard.violations()).isEmpty();
  }

  private static ConfigMap put(KubernetesClient client, String name, String value) {
    return client
        .configMaps()
        .inNamespace("default")
        .resource(configMap(name, value))
        .forceConflicts()
        .serverSideApply();
  }

  private static ConfigMap configMap(String name, String value) {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withNamespace("default")
        .withName(name)
        .endMetadata()
        .addToData("mode", value)
        .build();
  }

  private static void apply(KubernetesClient client, String manifests) {
    client
        .load(new ByteArrayInputStream(manifests.getBytes(StandardCharsets.UTF_8)))
        .items()
        .forEach(item -> client.resource(item).forceConflicts().serverSideApply());
  }

  private static KubernetesClient client() throws IOException {
    return new KubernetesClientBuilder()
        .withConfig(Config.fromKubeconfig(Files.readString(kubeconfig)))
        .build();
  }

  private static Config bearer(KubernetesClient client, String token) {
    Config admin = client.getConfiguration();
    return new ConfigBuilder(Config.empty())
        .withMasterUrl(admin.getMasterUrl())
        .withCaCertFile(admin.getCaCertFile())
        .withOauthToken(token)
        .build();
  }

  private static KubernetesFeed feed(FeedSettings settings) throws IOException {
    return (KubernetesFeed)
        FeedHarness.clusters(settings).kubeconfig(kubeconfig, List.of()).getFirst();
  }

  private static ApiConnection connection() throws IOException {
    return ApiConnection.of(Config.fromKubeconfig(Files.readString(kubeconfig)), new Masking(""));
  }

  private static ObjectReader reader(ApiConnection.Answer answer) {
    return new ObjectReader(
        "watch configmaps", answer.body(), Keep.ALL, new Masking(""), new Interner());
  }

  private static RegisteredCluster registered(KubernetesClient client, String token)
      throws IOException {
    Config admin = client.getConfiguration();
    return new RegisteredCluster(
        "real",
        admin.getMasterUrl().replaceAll("/$", ""),
        Optional.of(Files.readString(Path.of(admin.getCaCertFile()))),
        new RegisteredCluster.Credential.Token(token),
        "tester",
        Instant.EPOCH);
  }
}
