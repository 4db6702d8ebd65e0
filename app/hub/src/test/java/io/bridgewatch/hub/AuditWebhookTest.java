package io.bridgewatch.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.bridgewatch.hub.RunningHub.Answer;
import io.bridgewatch.hub.RunningHub.Client;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Audit events that API servers deliver. */
class AuditWebhookTest {

  private static final String EVENTS = "/api/v1/clusters/east/audit-events";

  @TempDir Path directory;
  private WatchedShop shop;

  @BeforeEach
  void start() throws InterruptedException {
    shop = WatchedShop.start(directory);
  }

  @AfterEach
  void stop() {
    shop.close();
  }

  private Answer deliver(String token, String body) {
    return shop.hub()
        .send(shop.hub().request("POST", EVENTS, body).header("Authorization", "Bearer " + token));
  }

  private static String event(String time) {
    return """
    {"kind": "EventList", "apiVersion": "audit.k8s.io/v1", "items": [
      {"level": "Metadata", "auditID": "a-1", "stage": "ResponseComplete", "verb": "patch",
       "requestURI": "/apis/apps/v1/namespaces/shop/deployments/cart",
       "user": {"username": "alice"}, "userAgent": "kubectl/v1.36.2",
       "objectRef": {"resource": "deployments", "namespace": "shop", "name": "cart",
         "apiGroup": "apps", "apiVersion": "v1"},
       "responseStatus": {"code": 200}, "requestReceivedTimestamp": "%s"},
      {"nonsense": true}]}
    """
        .formatted(time);
  }

  @Test
  void whoChangedSomethingIsKnownOnceTheApiServerTells() throws InterruptedException {
    var admin = shop.admin();
    var opened = admin.send("PUT", "/api/v1/clusters/east/audit-webhook", "");
    assertThat(opened.status()).as(opened.body()).isEqualTo(200);
    assertThat(opened.json().get("path").asString()).isEqualTo(EVENTS);
    shop.clock().advance(Duration.ofMinutes(10));
    var now = shop.clock().instant();
    var taken = deliver(opened.json().get("token").asString(), event(now.toString()));
    assertThat(taken.status()).as(taken.body()).isEqualTo(200);
    assertThat(taken.json().get("taken").asInt()).isEqualTo(1);
    assertThat(taken.json().get("rejected").asInt()).isEqualTo(1);
    shop.tell(Shop.rollout(now));
    var page =
        admin.await(
            "/api/v1/happenings?what=change&near=deployment/shop/cart&hops=0",
            found -> found.at("/items/0/user").asString("").equals("alice"));
    assertThat(page.at("/items/0/author").asString()).isEqualTo("alice");
    admin.await(
        "/api/v1/clusters",
        list -> list.at("/items/0/pipeline/rejections/0/reason").asString("").equals("NotAnEvent"));
    assertThat(admin.get("/api/v1/audit?action=AUDIT_WEBHOOK_OPENED").body()).contains("east");
  }

  @Test
  void aTokenOpensOneClustersWebhookAndNothingElse() throws Exception {
    var admin = shop.admin();
    var token =
        admin.send("PUT", "/api/v1/clusters/east/audit-webhook", "").json().get("token").asString();
    for (String wrong : new String[] {"", "x", token + "x"}) {
      assertThat(deliver(wrong, event("2026-03-01T12:00:00Z")).status()).isEqualTo(401);
    }
    assertThat(
            shop.hub()
                .send(
                    shop.hub()
                        .request("POST", EVENTS.replace("east", "west"), "{}")
                        .header("Authorization", "Bearer " + token))
                .status())
        .isEqualTo(401);
    assertThat(
            shop.hub()
                .send(
                    shop.hub()
                        .request("GET", "/api/v1/clusters", "")
                        .header("Authorization", "Bearer " + token))
                .status())
        .isEqualTo(401);
    assertThat(deliver(token, "{\"items\": [").reason()).isEqualTo("InvalidBody");
    try (var files = Files.walk(directory)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
            .as(file.toString())
            .doesNotContain(token);
      }
    }
    assertThat(admin.send("PUT", "/api/v1/clusters/east/audit-webhook", "").status())
        .isEqualTo(200);
    assertThat(deliver(token, event("2026-03-01T12:00:00Z")).status())
        .as("replaced")
        .isEqualTo(401);
    assertThat(admin.send("DELETE", "/api/v1/clusters/east/audit-webhook", "").status())
        .isEqualTo(204);
    assertThat(admin.send("DELETE", "/api/v1/clusters/east/audit-webhook", "").reason())
        .isEqualTo("NotFound");
    assertThat(admin.send("PUT", "/api/v1/clusters/west/audit-webhook", "").reason())
        .isEqualTo("ClusterNotFound");
  }

  private static boolean hasWebhook(Client admin, String cluster) {
    return admin
        .get("/api/v1/clusters")
        .json()
        .get("items")
        .valueStream()
        .filter(item -> item.get("name").asString().equals(cluster))
        .findFirst()
        .orElseThrow()
        .get("auditWebhook")
        .asBoolean();
  }

  @Test
  void whetherThereIsATokenIsSaidOfEachCluster() {
    var admin = shop.admin();
    assertThat(hasWebhook(admin, "east")).isFalse();
    admin.send("PUT", "/api/v1/clusters/east/audit-webhook", "");
    assertThat(hasWebhook(admin, "east")).isTrue();
    admin.send("DELETE", "/api/v1/clusters/east/audit-webhook", "");
    assertThat(hasWebhook(admin, "east")).isFalse();
  }

  @Test
  void theTokenOfARemovedClusterDoesNotOpenAnotherOfItsName() {
    var admin = shop.admin();
    var west =
        RunningHub.JSON
            .createObjectNode()
            .put("name", "west")
            .put("apiUrl", "https://10.1.2.3:6443")
            .put("token", "t")
            .toString();
    var webhook = "/api/v1/clusters/west/audit-webhook";
    assertThat(admin.send("POST", "/api/v1/clusters", west).status()).isEqualTo(201);
    var token = admin.send("PUT", webhook, "").json().get("token").asString();
    assertThat(admin.send("DELETE", "/api/v1/clusters/west", "").status()).isEqualTo(204);
    assertThat(admin.get("/api/v1/audit?action=AUDIT_WEBHOOK_CLOSED").body()).contains("west");
    assertThat(admin.send("POST", "/api/v1/clusters", west).status()).isEqualTo(201);
    assertThat(hasWebhook(admin, "west")).isFalse();
    var delivery =
        shop.hub()
            .request("POST", EVENTS.replace("east", "west"), "{\"items\": []}")
            .header("Authorization", "Bearer " + token);
    assertThat(shop.hub().send(delivery).status()).isEqualTo(401);
  }
}
