package io.bridgewatch.kubernetes.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class AccessTest {
  private final KubernetesServer server =
      KubernetesServer.start(
          ServerOptions.standard()
              .withAccount(
                  "t0ken", "system:serviceaccount:bank:viewer", AccessRule.reading("", "pods"))
              .withAccount("r00t", "admin", List.of(new AccessRule("*", "*", "*"))));

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void withoutATokenNothingIsAnswered() throws Exception {
    try (var nobody = new Client(server);
        var stranger = new Client(server, "Authorization", "Bearer wrong")) {
      assertThat(nobody.get("/api/v1/pods").body())
          .isEqualTo(
              Client.MAPPER.readTree(
                  """
                  {"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure",
                   "message":"Unauthorized","reason":"Unauthorized","code":401}"""));
      assertThat(nobody.get("/version").status()).isEqualTo(401);
      assertThat(stranger.get("/apis").status()).isEqualTo(401);
    }
  }

  @Test
  void whatNoRuleAllowsIsForbiddenInTheWordsOfTheRealServer() throws Exception {
    try (var viewer = new Client(server, "Authorization", "Bearer t0ken")) {
      assertThat(viewer.get("/api/v1/pods").status()).isEqualTo(200);
      assertThat(viewer.get("/apis").status()).isEqualTo(200);
      assertThat(viewer.get("/api/v1/secrets").body())
          .isEqualTo(
              Client.MAPPER.readTree(
                  """
                  {"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure",
                   "message":"secrets is forbidden: User \\"system:serviceaccount:bank:viewer\\" cannot list resource \\"secrets\\" in API group \\"\\" at the cluster scope",
                   "reason":"Forbidden","details":{"kind":"secrets"},"code":403}"""));
      assertThat(viewer.delete("/api/v1/namespaces/shop/pods/a", "").text("message"))
          .isEqualTo(
              "pods \"a\" is forbidden: User \"system:serviceaccount:bank:viewer\" cannot delete"
                  + " resource \"pods\" in API group \"\" in the namespace \"shop\"");
      assertThat(viewer.watch("/apis/apps/v1/deployments").status).isEqualTo(403);
    }
  }

  @Test
  void aStarAllowsEverything() throws Exception {
    try (var admin = new Client(server, "Authorization", "Bearer r00t")) {
      assertThat(admin.post("/api/v1/namespaces/shop/pods", Samples.pod("shop", "a")).status())
          .isEqualTo(201);
      assertThat(admin.get("/apis/apps/v1/deployments").status()).isEqualTo(200);
    }
  }

  @Test
  void requestsAreLogged() throws Exception {
    try (var admin =
        new Client(server, "Authorization", "Bearer r00t", "User-Agent", "bridgewatch/0.1")) {
      admin.get("/api/v1/pods?limit=500");
      admin.get("/apis/apps/v1/namespaces/shop/deployments/cart/scale");
    }
    var log = server.requests();

    assertThat(log.counts())
        .containsEntry("list pods", 1L)
        .containsEntry("get deployments.apps/scale", 1L);
    var entry = log.entries().getFirst();
    assertThat(entry.target()).isEqualTo("/api/v1/pods?limit=500");
    assertThat(entry.userAgent()).isEqualTo("bridgewatch/0.1");
    assertThat(entry.status()).isEqualTo(200);
    assertThat(log.bytes()).isGreaterThanOrEqualTo(entry.bytes());
  }
}
