package io.bridgewatch.kubernetes.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.bridgewatch.kubernetes.server.KubernetesServer.ObjectName;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WriteTest {
  private static final String PODS = "/api/v1/namespaces/shop/pods";
  private static final String DEPLOYMENTS = "/apis/apps/v1/namespaces/shop/deployments";
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

  private final KubernetesServer server =
      KubernetesServer.start(ServerOptions.standard().withTime(() -> NOON));
  private final Client client = new Client(server, "User-Agent", "kubectl/v1.36.2 (linux/amd64)");

  @AfterEach
  void close() {
    client.close();
    server.close();
  }

  @Test
  void theServerSetsWhatIsItsToSet() throws Exception {
    var made = client.post(DEPLOYMENTS, Samples.deployment("cart", 2));

    assertThat(made.status()).isEqualTo(201);
    assertThat(made.text("metadata", "uid")).matches("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f-]{17,}");
    assertThat(made.text("metadata", "creationTimestamp")).isEqualTo("2026-11-22T12:00:00Z");
    assertThat(made.body().path("metadata").path("generation").asInt()).isEqualTo(1);
    assertThat(made.version()).isEqualTo(server.resourceVersion());
    assertThat(client.post(DEPLOYMENTS, Samples.deployment("cart", 2)).text("reason"))
        .isEqualTo("AlreadyExists");
  }

  @Test
  void anUpdateOfAnOldVersionIsAConflict() throws Exception {
    var made = client.post(DEPLOYMENTS, Samples.deployment("cart", 2));
    client.mergePatch(DEPLOYMENTS + "/cart", "{\"spec\":{\"replicas\":3}}");
    var late = client.put(DEPLOYMENTS + "/cart", made.body().toString());

    assertThat(late.status()).isEqualTo(409);
    assertThat(late.body())
        .isEqualTo(
            Client.MAPPER.readTree(
                """
                {"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure",
                 "message":"Operation cannot be fulfilled on deployments.apps \\"cart\\": the object has been modified; please apply your changes to the latest version and try again",
                 "reason":"Conflict",
                 "details":{"name":"cart","group":"apps","kind":"deployments"},"code":409}"""));
  }

  @Test
  void onlyAChangedSpecCountsTheGenerationUp() throws Exception {
    client.post(DEPLOYMENTS, Samples.deployment("cart", 2));
    var cart = DEPLOYMENTS + "/cart";
    var labelled = client.mergePatch(cart, "{\"metadata\":{\"labels\":{\"a\":\"b\"}}}");
    var scaled = client.mergePatch(cart, "{\"spec\":{\"replicas\":3}}");
    var same = client.mergePatch(cart, "{\"spec\":{\"replicas\":3}}");

    assertThat(labelled.body().path("metadata").path("generation").asInt()).isEqualTo(1);
    assertThat(scaled.body().path("metadata").path("generation").asInt()).isEqualTo(2);
    assertThat(same.version()).isEqualTo(scaled.version()).isEqualTo(server.resourceVersion());
  }

  @Test
  void statusAndSpecAreWrittenApart() throws Exception {
    client.post(DEPLOYMENTS, Samples.deployment("cart", 2));
    var cart = DEPLOYMENTS + "/cart";
    var both = "{\"spec\":{\"replicas\":9},\"status\":{\"readyReplicas\":9}}";
    var plain = client.mergePatch(cart, both);
    var status =
        client.mergePatch(
            cart + "/status", "{\"spec\":{\"replicas\":1},\"status\":{\"readyReplicas\":8}}");

    assertThat(plain.body().path("spec").path("replicas").asInt()).isEqualTo(9);
    assertThat(plain.body().has("status")).isFalse();
    assertThat(status.body().path("spec").path("replicas").asInt()).isEqualTo(9);
    assertThat(status.body().path("status").path("readyReplicas").asInt()).isEqualTo(8);
  }

  @Test
  void aScaleIsTheReplicasOfAnObject() throws Exception {
    client.post(DEPLOYMENTS, Samples.deployment("cart", 2));
    var scale = DEPLOYMENTS + "/cart/scale";
    var before = client.get(scale);
    var after = client.mergePatch(scale, "{\"spec\":{\"replicas\":5}}");

    assertThat(before.text("kind")).isEqualTo("Scale");
    assertThat(before.text("status", "selector")).isEqualTo("app=cart");
    assertThat(after.body().path("spec").path("replicas").asInt()).isEqualTo(5);
    var cart = client.get(DEPLOYMENTS + "/cart").body();
    assertThat(cart.path("spec").path("replicas").asInt()).isEqualTo(5);
    assertThat(cart.path("metadata").path("generation").asInt()).isEqualTo(2);
    assertThat(client.get("/api/v1/namespaces/shop/pods/x/scale").status()).isEqualTo(404);
  }

  @Test
  void aJsonPatchIsTestedAndApplied() throws Exception {
    client.post(DEPLOYMENTS, Samples.deployment("cart", 2));
    var image = "/spec/template/spec/containers/0/image";
    var patched =
        client.jsonPatch(
            DEPLOYMENTS + "/cart",
            """
            [{"op":"test","path":"%s","value":"app:1"},{"op":"replace","path":"%s","value":"app:2"}]"""
                .formatted(image, image));
    var refused =
        client.jsonPatch(
            DEPLOYMENTS + "/cart",
            "[{\"op\":\"test\",\"path\":\"%s\",\"value\":\"app:1\"}]".formatted(image));

    assertThat(patched.body().at(image).asString()).isEqualTo("app:2");
    assertThat(refused.status()).isEqualTo(422);
  }

  @Test
  void aDryRunAnswersAndStoresNothing() throws Exception {
    var made = client.post(DEPLOYMENTS + "?dryRun=All", Samples.deployment("cart", 2));
    assertThat(made.status()).isEqualTo(201);
    assertThat(client.get(DEPLOYMENTS).names()).isEmpty();

    client.post(DEPLOYMENTS, Samples.deployment("cart", 2));
    var version = server.resourceVersion();
    var patched =
        client.mergePatch(DEPLOYMENTS + "/cart?dryRun=All", "{\"spec\":{\"replicas\":7}}");
    client.delete(DEPLOYMENTS + "/cart?dryRun=All", "");

    assertThat(patched.body().path("spec").path("replicas").asInt()).isEqualTo(7);
    assertThat(client.get(DEPLOYMENTS + "/cart").body().path("spec").path("replicas").asInt())
        .isEqualTo(2);
    assertThat(server.resourceVersion()).isEqualTo(version);
    assertThat(client.post(DEPLOYMENTS + "?dryRun=Some", "{}").status()).isEqualTo(400);
  }

  @Test
  void aRunningPodGetsTimeToEnd() throws Exception {
    server.put(Samples.pod("shop", "a"));
    var marked = client.delete(PODS + "/a", "");
    assertThat(marked.text("metadata", "deletionTimestamp")).isEqualTo("2026-11-22T12:00:30Z");
    assertThat(marked.body().path("metadata").path("deletionGracePeriodSeconds").asInt())
        .isEqualTo(30);
    assertThat(client.get(PODS).names()).containsExactly("a");

    client.delete(PODS + "/a", "{\"gracePeriodSeconds\":0}");
    assertThat(client.get(PODS + "/a").status()).isEqualTo(404);
  }

  @Test
  void finalizersHoldAnObjectUntilTheLastIsTakenOff() throws Exception {
    client.post(
        "/api/v1/namespaces/shop/configmaps",
        "{\"metadata\":{\"name\":\"c\",\"finalizers\":[\"a/b\"]},\"data\":{\"k\":\"v\"}}");
    var path = "/api/v1/namespaces/shop/configmaps/c";
    var held = client.delete(path, "");
    assertThat(held.text("metadata", "deletionTimestamp")).isEqualTo("2026-11-22T12:00:00Z");
    assertThat(client.get(path).status()).isEqualTo(200);

    client.mergePatch(path, "{\"metadata\":{\"finalizers\":null}}");
    assertThat(client.get(path).status()).isEqualTo(404);
  }

  @Test
  void preconditionsSpareASuccessor() throws Exception {
    server.put(Samples.pod("shop", "a"));
    var body = "{\"gracePeriodSeconds\":0,\"preconditions\":{\"%s\":\"%s\"}}";
    assertThat(client.delete(PODS + "/a", body.formatted("uid", "other")).status()).isEqualTo(409);
    assertThat(client.delete(PODS + "/a", body.formatted("resourceVersion", "1")).status())
        .isEqualTo(409);
    var uid = client.get(PODS + "/a").text("metadata", "uid");
    assertThat(client.delete(PODS + "/a", body.formatted("uid", uid)).status()).isEqualTo(200);
  }

  @Test
  void deletingAKindOfThingsTakesTheSelected() throws Exception {
    server.put(Samples.pod("shop", "a"));
    server.put(Samples.pod("shop", "b", "\"app\":\"pay\""));
    client.delete(PODS + "?labelSelector=app%3Dpay", "{\"gracePeriodSeconds\":0}");

    assertThat(client.get(PODS).names()).containsExactly("a");
  }

  @Test
  void managedFieldsSayWhoSetWhat() throws Exception {
    client.post(DEPLOYMENTS, Samples.deployment("cart", 2));
    var patched =
        client.mergePatch(
            DEPLOYMENTS + "/cart?fieldManager=autoscaler", "{\"spec\":{\"replicas\":3}}");
    var fields = patched.body().path("metadata").path("managedFields");

    assertThat(fields).hasSize(2);
    assertThat(Json.text(fields.path(0), "manager")).isEqualTo("kubectl");
    assertThat(fields.path(0).path("fieldsV1").path("f:spec").has("f:replicas")).isFalse();
    assertThat(
            fields
                .path(0)
                .at("/fieldsV1/f:spec/f:template/f:spec/f:containers/k:{\"name\":\"app\"}/f:image")
                .isObject())
        .isTrue();
    assertThat(fields.path(1))
        .isEqualTo(
            Client.MAPPER.readTree(
                """
                {"manager":"autoscaler","operation":"Update","apiVersion":"apps/v1",
                 "time":"2026-11-22T12:00:00Z","fieldsType":"FieldsV1",
                 "fieldsV1":{"f:spec":{"f:replicas":{}}}}"""));
    var status =
        client.mergePatch(DEPLOYMENTS + "/cart/status", "{\"status\":{\"replicas\":3}}").body();
    assertThat(Json.text(status.path("metadata").path("managedFields").path(2), "subresource"))
        .isEqualTo("status");
  }

  @Test
  void anApplyConflictsWithOwnersUnlessForced() throws Exception {
    client.post(DEPLOYMENTS, Samples.deployment("cart", 2));
    var path = DEPLOYMENTS + "/cart?fieldManager=bridgewatch";
    var wanted =
        "{\"apiVersion\":\"apps/v1\",\"kind\":\"Deployment\",\"spec\":{\"replicas\":4,\"paused\":true}}";
    var refused = client.apply(path, wanted);
    var forced = client.apply(path + "&force=true", wanted);

    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.text("message"))
        .isEqualTo(
            "Apply failed with 1 conflict: conflict with \"kubectl\" using apps/v1: .spec.replicas");
    assertThat(forced.status()).isEqualTo(200);
    assertThat(forced.body().path("spec").path("replicas").asInt()).isEqualTo(4);
    assertThat(client.apply(path, wanted).version()).isEqualTo(forced.version());
    var managers = forced.body().path("metadata").path("managedFields");
    assertThat(Json.text(managers.path(1), "operation")).isEqualTo("Apply");
    assertThat(managers.path(1).path("fieldsV1"))
        .isEqualTo(Client.MAPPER.readTree("{\"f:spec\":{\"f:replicas\":{},\"f:paused\":{}}}"));
  }

  @Test
  void whatAnApplyNoLongerNamesGoesWhenNobodyElseOwnsIt() throws Exception {
    var path = "/api/v1/namespaces/shop/configmaps/c?fieldManager=";
    var made = client.apply(path + "one", "{\"data\":{\"a\":\"1\",\"b\":\"2\"}}");
    client.apply(path + "two", "{\"data\":{\"b\":\"2\"}}");
    var less = client.apply(path + "one", "{\"data\":{}}");

    assertThat(made.status()).isEqualTo(201);
    assertThat(less.body().path("data")).isEqualTo(Client.MAPPER.readTree("{\"b\":\"2\"}"));
  }

  @Test
  void anApplyMergesItemsOfListsByTheirKeys() throws Exception {
    client.post(DEPLOYMENTS, Samples.deployment("cart", 2));
    var merged =
        client.apply(
            DEPLOYMENTS + "/cart?fieldManager=bridgewatch",
            """
            {"spec":{"template":{"spec":{"containers":[
              {"name":"app","env":[{"name":"A","value":"1"}]},{"name":"side","image":"side:1"}]}}}}""");

    var containers = merged.body().at("/spec/template/spec/containers");
    assertThat(containers).hasSize(2);
    assertThat(Json.text(containers.path(0), "image")).isEqualTo("app:1");
    assertThat(Json.text(containers.path(0).path("env").path(0), "value")).isEqualTo("1");
  }

  @Test
  void aDefinitionMakesItsKindServed() throws Exception {
    assertThat(client.get("/apis/bank.example/v1/ledgers").status()).isEqualTo(404);
    var made =
        client.post(
            "/apis/apiextensions.k8s.io/v1/customresourcedefinitions", Samples.definition());
    assertThat(Json.text(made.body().at("/status/conditions/1"), "type")).isEqualTo("Established");

    var ledgers = "/apis/bank.example/v1/namespaces/shop/ledgers";
    client.post(ledgers, "{\"metadata\":{\"name\":\"main\"},\"spec\":{\"size\":1}}");
    var list = client.get("/apis/bank.example/v1/ledgers").body();
    assertThat(Json.text(list, "kind")).isEqualTo("LedgerList");
    assertThat(list.path("items").path(0).propertyNames())
        .containsExactly("apiVersion", "kind", "metadata", "spec");
    assertThat(
            client
                .get("/apis/bank.example/v1beta1/namespaces/shop/ledgers/main")
                .text("apiVersion"))
        .isEqualTo("bank.example/v1beta1");

    server.delete(
        new ObjectName(
            "apiextensions.k8s.io/v1", "CustomResourceDefinition", "ledgers.bank.example"));
    assertThat(client.get("/apis/bank.example/v1/ledgers").status()).isEqualTo(404);
  }

  @Test
  void badObjectsAreRefusedWithTheFieldNamed() throws Exception {
    assertThat(client.post(PODS, "{\"metadata\":{}}").text("message"))
        .isEqualTo(
            "Pod \"\" is invalid: metadata.name: Required value: name or generateName is required");
    assertThat(client.post(PODS, "{\"kind\":\"Service\",\"metadata\":{\"name\":\"a\"}}").status())
        .isEqualTo(400);
    assertThat(client.post(PODS, Samples.pod("other", "a")).status()).isEqualTo(400);
    assertThat(client.post(PODS, "{\"metadata\":").status()).isEqualTo(400);
    assertThat(client.post(PODS, "[]").status()).isEqualTo(400);
    assertThat(client.get("/api/v1/unicorns").text("message"))
        .isEqualTo("the server could not find the requested resource");
    assertThat(client.get(PODS + "/a").text("message")).isEqualTo("pods \"a\" not found");
  }

  @Test
  void aNameIsGeneratedFromItsPrefix() throws Exception {
    var made = client.post(PODS, "{\"metadata\":{\"generateName\":\"cart-\"}}");
    assertThat(made.text("metadata", "name")).matches("cart-[a-z0-9]{5}");
  }

  @Test
  void directWritesKeepWhatTheyBringAndReplaceByUid() throws Exception {
    server.put(
        """
        {"apiVersion":"v1","kind":"Pod","metadata":{"name":"a","namespace":"shop","uid":"u1",
         "creationTimestamp":"2026-01-01T00:00:00Z","generation":3}}""");
    try (var events = client.watch(PODS + "?resourceVersion=" + server.resourceVersion())) {
      server.put(
          "{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"metadata\":{\"name\":\"a\",\"namespace\":\"shop\",\"uid\":\"u2\"}}");
      assertThat(events.words(2)).containsExactly("DELETED a", "ADDED a");
    }
    assertThat(client.get(PODS + "/a").text("metadata", "uid")).isEqualTo("u2");
  }

  @Test
  void theClockCanBeOff() throws Exception {
    server.faults().clockOffset(Duration.ofMinutes(10));
    var made = client.post(DEPLOYMENTS, Samples.deployment("cart", 2));

    assertThat(made.text("metadata", "creationTimestamp")).isEqualTo("2026-11-22T12:10:00Z");
    assertThat(made.response().headers().firstValue("Date"))
        .contains("Sun, 22 Nov 2026 12:10:00 GMT");
  }
}
