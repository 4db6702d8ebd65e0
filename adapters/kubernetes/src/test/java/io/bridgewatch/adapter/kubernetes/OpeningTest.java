package io.bridgewatch.adapter.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.bridgewatch.kubernetes.server.AccessRule;
import io.bridgewatch.kubernetes.server.KubernetesServer;
import io.bridgewatch.kubernetes.server.ServerOptions;
import io.bridgewatch.model.FeedStatus.State;
import io.bridgewatch.model.ObjectKind;
import io.bridgewatch.ports.ClusterFeed;
import io.bridgewatch.ports.RegisteredCluster;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Kubeconfigs, registered clusters, TLS, and the look before registering. */
@Timeout(120)
class OpeningTest {

  @TempDir private Path folder;

  @Test
  void aKubeconfigOpensItsCurrentContextOrThoseNamed() throws Exception {
    try (var server = KubernetesServer.start()) {
      Path kubeconfig = kubeconfig(server.url().toString());
      KubernetesClusters clusters = FeedHarness.clusters(FeedHarness.QUICK);

      assertThat(KubernetesClusters.contexts(kubeconfig)).containsExactly("two", "ops@one:6443");
      assertThat(names(clusters.kubeconfig(kubeconfig, List.of()))).containsExactly("two");
      List<ClusterFeed> both = clusters.kubeconfig(kubeconfig, List.of("two", "ops@one:6443"));
      assertThat(names(both)).containsExactly("two", "ops-one-6443");
      for (ClusterFeed feed : both) {
        var heard = new Heard();
        try (feed) {
          feed.start(heard);
          heard.awaitState(State.LIVE);
        }
      }
    }
  }

  @Test
  void aKubeconfigThatIsNoneOrLacksTheContextIsRefused() throws Exception {
    KubernetesClusters clusters = FeedHarness.clusters(FeedHarness.QUICK);
    Path kubeconfig = kubeconfig("http://127.0.0.1:1");

    assertThatThrownBy(() -> clusters.kubeconfig(kubeconfig, List.of("three")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("has no context three; it has [two, ops@one:6443]");
    assertThatThrownBy(() -> clusters.kubeconfig(folder.resolve("none"), List.of()))
        .isInstanceOf(IOException.class);
    Path rubbish = Files.writeString(folder.resolve("rubbish"), "- [no\nkubeconfig");
    assertThatThrownBy(() -> clusters.kubeconfig(rubbish, List.of()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("is no kubeconfig");
  }

  @Test
  void aCheckTellsWhatMayBeRead() throws Exception {
    var rules = new ArrayList<>(AccessRule.reading("", "pods"));
    rules.addAll(AccessRule.reading("", "events"));
    ServerOptions options = ServerOptions.standard().withAccount("t", "reader", rules);
    try (var server = KubernetesServer.start(options)) {
      ClusterCheck check =
          FeedHarness.clusters(FeedHarness.QUICK).check(registered(server.url().toString(), "t"));

      assertThat(check.reachable()).isTrue();
      assertThat(check.version()).startsWith("v1.");
      assertThat(check.readable())
          .extracting(ObjectKind::resource)
          .containsExactly("pods", "events");
      assertThat(check.denied()).extracting(ObjectKind::resource).contains("nodes", "configmaps");
      assertThat(check.notServed()).doesNotContain(Kinds.PODS);
    }
  }

  @Test
  void aCheckSaysInOneSentenceWhyAClusterCannotBeReached() throws Exception {
    ServerOptions options = ServerOptions.standard().withAccount("t", "reader", List.of());
    try (var server = KubernetesServer.start(options)) {
      ClusterCheck refused =
          FeedHarness.clusters(FeedHarness.QUICK).check(registered(server.url().toString(), "x"));
      assertThat(refused.reachable()).isFalse();
      assertThat(refused.reason()).isEqualTo("Unauthorized");
      assertThat(refused.error()).contains("renew the token");

      server.disconnect();
      ClusterCheck gone =
          FeedHarness.clusters(FeedHarness.QUICK).check(registered(server.url().toString(), "t"));
      assertThat(gone.reason()).isEqualTo("ConnectionRefused");
    }
    ClusterCheck nowhere =
        FeedHarness.clusters(FeedHarness.QUICK).check(registered("https://no.such.invalid", "t"));
    assertThat(nowhere.reason()).isEqualTo("HostUnknown");
    ClusterCheck nonsense =
        FeedHarness.clusters(FeedHarness.QUICK).check(registered("nonsense", "t"));
    assertThat(nonsense.reachable()).isFalse();
  }

  @Test
  void aCertificateIsTrustedOnlyByItsAuthority() throws Exception {
    Path store = folder.resolve("store.p12");
    String pem = selfSigned(store);
    HttpsServer https = https(store);
    try {
      String url = "https://localhost:" + https.getAddress().getPort();
      KubernetesClusters clusters = FeedHarness.clusters(FeedHarness.QUICK);

      ClusterCheck untrusted = clusters.check(registered(url, "t"));
      assertThat(untrusted.reason()).isEqualTo("CertificateUntrusted");
      assertThat(untrusted.error()).contains("CA certificate");

      ClusterCheck trusted =
          clusters.check(
              new RegisteredCluster(
                  "c",
                  url,
                  Optional.of(pem),
                  new RegisteredCluster.Credential.Token("t"),
                  "tester",
                  Instant.EPOCH));
      assertThat(trusted.error()).isEmpty();
      assertThat(trusted.version()).isEqualTo("v1.36.2");
    } finally {
      https.stop(0);
    }
  }

  @Test
  void certificatesThatAreNoneAreAStateNotACrash() throws Exception {
    var cluster =
        new RegisteredCluster(
            "c",
            "https://localhost:1",
            Optional.of("no certificate"),
            new RegisteredCluster.Credential.ClientCertificate("no", "no"),
            "tester",
            Instant.EPOCH);
    KubernetesClusters clusters = FeedHarness.clusters(FeedHarness.QUICK);

    assertThat(clusters.check(cluster).reason()).isEqualTo("ConfigurationInvalid");
    var heard = new Heard();
    try (ClusterFeed feed = clusters.registered(cluster)) {
      feed.start(heard);
      heard.awaitState(State.DOWN);
      assertThat(heard.status("").orElseThrow().reason()).isEqualTo("ConfigurationInvalid");
    }
  }

  @Test
  void outsideAClusterThereIsNoServiceAccount() throws Exception {
    KubernetesClusters clusters = FeedHarness.clusters(FeedHarness.QUICK);
    assertThat(clusters.inCluster()).isFalse();
    var heard = new Heard();
    try (ClusterFeed feed = clusters.inCluster("here")) {
      feed.start(heard);
      heard.awaitState(State.DOWN);
      assertThat(heard.status("").orElseThrow().detail()).contains("no service account");
    }
  }

  private static List<String> names(List<ClusterFeed> feeds) {
    return feeds.stream().map(ClusterFeed::cluster).toList();
  }

  private static RegisteredCluster registered(String url, String token) {
    return new RegisteredCluster(
        "c",
        url,
        Optional.empty(),
        new RegisteredCluster.Credential.Token(token),
        "tester",
        Instant.EPOCH);
  }

  private Path kubeconfig(String url) throws IOException {
    return Files.writeString(
        folder.resolve("kubeconfig"),
        """
        apiVersion: v1
        kind: Config
        current-context: two
        clusters:
          - name: one
            cluster: {server: "%1$s"}
          - name: two
            cluster: {server: "%1$s"}
        users:
          - name: ops
            user: {token: abc}
        contexts:
          - name: ops@one:6443
            context: {cluster: one, user: ops}
          - name: two
            context: {cluster: two, user: ops}
        """
            .formatted(url));
  }

  /** Makes a key and a certificate for localhost; the certificate in PEM. */
  private static String selfSigned(Path store) throws Exception {
    String keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    run(
        keytool,
        "-genkeypair",
        "-alias",
        "x",
        "-keyalg",
        "EC",
        "-dname",
        "CN=localhost",
        "-ext",
        "san=dns:localhost",
        "-ext",
        "bc:c",
        "-validity",
        "30",
        "-storetype",
        "PKCS12",
        "-storepass",
        "changeit",
        "-keystore",
        store.toString());
    return run(
        keytool,
        "-exportcert",
        "-rfc",
        "-alias",
        "x",
        "-storepass",
        "changeit",
        "-keystore",
        store.toString());
  }

  private static String run(String... command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }

  private static HttpsServer https(Path store) throws Exception {
    var keys = KeyStore.getInstance(store.toFile(), "changeit".toCharArray());
    var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, "changeit".toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    var https = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    https.setHttpsConfigurator(new HttpsConfigurator(context));
    https.createContext(
        "/",
        exchange -> {
          boolean version = exchange.getRequestURI().getPath().equals("/version");
          byte[] body =
              (version ? "{\"gitVersion\":\"v1.36.2\"}" : "{\"kind\":\"Status\",\"code\":404}")
                  .getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(version ? 200 : 404, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    https.start();
    return https;
  }
}
