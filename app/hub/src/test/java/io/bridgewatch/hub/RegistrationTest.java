package io.bridgewatch.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.bridgewatch.hub.RunningHub.Client;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/** Registering clusters. */
class RegistrationTest {

  private static final String CLUSTERS = "/api/v1/clusters";
  private static final String TOKEN = "eyJhbGciOiJSUzI1NiJ9.secret";

  private WatchedShop shop;
  private Client admin;

  @BeforeEach
  void start(@TempDir Path directory) throws InterruptedException {
    shop = WatchedShop.start(directory);
    admin = shop.admin();
  }

  @AfterEach
  void stop() {
    shop.close();
  }

  private static ObjectNode body(String name, String url) {
    return RunningHub.JSON
        .createObjectNode()
        .put("name", name)
        .put("apiUrl", url)
        .put("token", TOKEN);
  }

  private RunningHub.Answer register(ObjectNode body) {
    return admin.send("POST", CLUSTERS, body.toString());
  }

  @Test
  void aRegisteredClusterIsWatchedUntilItIsRemovedAndItsTokenNeverComesBack()
      throws InterruptedException {
    var added = register(body("west", "https://10.1.2.3:6443/"));
    assertThat(added.status()).as(added.body()).isEqualTo(201);
    assertThat(added.json().get("apiUrl").asString()).isEqualTo("https://10.1.2.3:6443");
    assertThat(added.json().get("credential").asString()).isEqualTo("token");
    assertThat(shop.links().isOpen("west")).isTrue();
    var listed = admin.get(CLUSTERS);
    assertThat(listed.json().get("items")).hasSize(2);
    assertThat(listed.json().at("/items/1/source").asString()).isEqualTo("REGISTERED");
    assertThat(register(body("west", "https://10.1.2.3:6443")).reason()).isEqualTo("ClusterExists");

    var moved = body("west", "https://10.9.9.9:6443");
    assertThat(admin.send("PUT", CLUSTERS + "/west", moved.toString()).status()).isEqualTo(200);
    assertThat(admin.send("PUT", CLUSTERS + "/none", moved.toString()).reason())
        .isEqualTo("ClusterNotFound");
    assertThat(admin.send("PUT", CLUSTERS + "/east", moved.toString()).reason())
        .isEqualTo("ClusterNotRegistered");

    assertThat(admin.send("DELETE", CLUSTERS + "/west", "").status()).isEqualTo(204);
    assertThat(shop.links().isOpen("west")).isFalse();
    assertThat(admin.get(CLUSTERS).json().get("items")).hasSize(1);
    assertThat(admin.send("DELETE", CLUSTERS + "/east", "").reason())
        .isEqualTo("ClusterNotRegistered");

    var audit = admin.get("/api/v1/audit").body();
    assertThat(audit)
        .contains("CLUSTER_REGISTERED", "CLUSTER_REPLACED", "CLUSTER_REMOVED")
        .contains("west at https://10.9.9.9:6443");
    assertThat(added.body() + listed.body() + audit).doesNotContain("secret");
  }

  @Test
  void aClusterCanBeTriedBeforeItIsRegistered() {
    var up = admin.send("POST", CLUSTERS + "/check", body("x", "https://10.1.2.3").toString());
    assertThat(up.json().get("version").asString()).isEqualTo("v1.36.2");
    assertThat(up.json().at("/denied/0").asString()).isEqualTo("nodes");
    var down =
        admin.send("POST", CLUSTERS + "/check", body("x", "https://down.invalid").toString());
    assertThat(down.json().get("reachable").asBoolean()).isFalse();
    assertThat(down.json().get("error").asString()).isEqualTo("nobody answers");
    assertThat(admin.get(CLUSTERS).json().get("items")).hasSize(1);
  }

  @Test
  void onlyAddressesThatAnApiServerCanHaveAreTaken() {
    for (String url :
        List.of(
            "http://10.1.2.3:6443",
            "https://169.254.169.254/latest/meta-data",
            "https://[fe80::1]:6443",
            "https://[fd00:ec2::254]/",
            "https://100.100.100.200",
            "https://0.0.0.0:6443",
            "https://[::ffff:169.254.169.254]",
            "https://user:password@10.1.2.3",
            "https://10.1.2.3/?x=1",
            "file:///etc/passwd",
            "10.1.2.3:6443",
            "https:// ")) {
      for (String path : List.of(CLUSTERS, CLUSTERS + "/check")) {
        assertThat(admin.send("POST", path, body("x", url).toString()).reason())
            .as(path + " " + url)
            .isEqualTo("InvalidParameter");
      }
    }
    assertThat(register(body("here", "http://127.0.0.1:8001")).status()).isEqualTo(201);
  }

  @Test
  void whatIsMissingOrWrongIsNamed() {
    assertThat(register(body("", "https://10.1.2.3")).json().get("detail").asString())
        .contains("name");
    assertThat(register(body("check", "https://10.1.2.3")).reason()).isEqualTo("InvalidParameter");
    for (ObjectNode wrong :
        List.of(
            body("x", "https://10.1.2.3").put("clientKey", "-----BEGIN PRIVATE KEY-----"),
            body("x", "https://10.1.2.3").put("token", "two\nlines"),
            body("x", "https://10.1.2.3").put("certificateAuthority", "no pem"),
            body("x", "https://10.1.2.3").put("token", " "))) {
      assertThat(register(wrong).reason()).isEqualTo("InvalidParameter");
    }
    var certificate =
        body("x", "https://10.1.2.3")
            .put("clientCertificate", "-----BEGIN CERTIFICATE-----\nx")
            .put("clientKey", "-----BEGIN EC PRIVATE KEY-----\nx");
    certificate.remove("token");
    var added = register(certificate);
    assertThat(added.json().get("credential").asString()).isEqualTo("client-certificate");
  }

  @Test
  void onlyAdministratorsRegister() {
    var operator = shop.hub().as(admin, "OPERATOR");
    var auditor = shop.hub().as(admin, "AUDITOR");
    for (Client other : List.of(operator, auditor)) {
      assertThat(other.get(CLUSTERS).status()).isEqualTo(200);
      assertThat(other.send("POST", CLUSTERS, body("x", "https://10.1.2.3").toString()).reason())
          .isEqualTo("RoleMissing");
      assertThat(other.send("DELETE", CLUSTERS + "/east", "").reason()).isEqualTo("RoleMissing");
      assertThat(other.send("POST", CLUSTERS + "/check", "{}").reason()).isEqualTo("RoleMissing");
    }
  }
}
