package io.bridgewatch.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.bridgewatch.hub.RunningHub.Client;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What the API says of a watched cluster. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClustersTest {

  private WatchedShop shop;
  private Client admin;
  private Instant before;
  private Instant rollout;

  @BeforeAll
  void start(@TempDir Path directory) throws InterruptedException {
    shop = WatchedShop.start(directory);
    admin = shop.admin();
    before = shop.clock().instant();
    shop.clock().advance(Duration.ofMinutes(10));
    rollout = shop.clock().instant();
    shop.tell(Shop.rollout(rollout));
    admin.await("/api/v1/happenings?what=change", page -> !page.get("items").isEmpty());
    shop.clock().advance(Duration.ofMinutes(5));
    shop.tell(Shop.gone(shop.clock().instant(), 0));
    admin.await("/api/v1/entities?type=pod", page -> page.get("total").asInt() == 11);
  }

  @AfterAll
  void stop() {
    shop.close();
  }

  private JsonNode get(String path) {
    var answer = admin.get("/api/v1" + path);
    assertThat(answer.status()).as(path + ": " + answer.body()).isEqualTo(200);
    return answer.json();
  }

  private static List<String> names(JsonNode page) {
    return StreamSupport.stream(page.get("items").spliterator(), false)
        .map(item -> item.get("name").asString())
        .toList();
  }

  private static String encoded(Object text) {
    return URLEncoder.encode(text.toString(), StandardCharsets.UTF_8);
  }

  @Test
  void whatIsKeptIsToldWithItsRoom() throws Exception {
    var retention = get("/retention");
    assertThat(retention.get("usableBytes").asLong()).isPositive();
    assertThat(retention.get("kept").findValuesAsString("kind")).contains("HAPPENINGS", "TOPOLOGY");
    assertThat(retention.get("kept").get(0).get("keepDays").asInt()).isEqualTo(30);
    assertThat(retention.get("trouble").isNull()).isTrue();
  }

  @Test
  void clustersAreListedWithTheirStateAndCounts() {
    var cluster = get("/clusters").get("items").get(0);
    assertThat(cluster.get("name").asString()).isEqualTo("east");
    assertThat(cluster.get("state").asString()).isEqualTo("LIVE");
    assertThat(cluster.get("source").asString()).isEqualTo("KUBECONFIG");
    assertThat(cluster.get("kinds")).hasSize(8);
    assertThat(cluster.at("/counts/nodes").asInt()).isEqualTo(2);
    assertThat(cluster.at("/counts/pods").asInt()).isEqualTo(11);
    assertThat(cluster.at("/counts/workloads").asInt()).isEqualTo(1);
    assertThat(cluster.at("/pipeline/observed").asInt()).isGreaterThan(30);
    assertThat(cluster.get("troubles").asInt()).isGreaterThan(0);
    assertThat(get("/clusters/east/history").get("retentionDays").asInt()).isEqualTo(30);
  }

  @Test
  void entitiesAreFoundByWhatTheyAreCalledLabelledAndRunOn() {
    assertThat(get("/entities?type=node").get("total").asInt()).isEqualTo(2);
    assertThat(names(get("/entities?type=pod&health=failing"))).containsExactly(Shop.podName(11));
    assertThat(names(get("/entities?type=pod&label=track=canary")))
        .containsExactly(Shop.podName(11));
    assertThat(names(get("/entities?type=pod&q=CANARY+5D9"))).containsExactly(Shop.podName(11));
    assertThat(names(get("/entities?type=pod&q=10.0.0.4"))).containsExactly(Shop.podName(4));
    assertThat(get("/entities?type=pod&q=registry.example/cart:1").get("total").asInt())
        .isEqualTo(11);
    assertThat(get("/entities?type=pod&node=worker-2").get("total").asInt()).isEqualTo(6);
    assertThat(get("/entities?namespace=none").get("total").asInt()).isZero();
    assertThat(names(get("/entities?type=kubernetes-service,deployment")))
        .containsExactly("cart", "cart");
  }

  @Test
  void whatNamesNoTeamBelongsToThatOfWhatKeepsItOrOfItsNamespace() {
    assertThat(get("/entities?type=pod&team=payments").get("total").asInt()).isEqualTo(11);
    var owned = get("/entities?type=replicaset&team=payments&application=webshop");
    assertThat(names(owned)).containsExactly("cart-5d9");
    assertThat(owned.at("/items/0/team").asString()).isEqualTo("payments");
    assertThat(owned.at("/items/0/application").asString()).isEqualTo("webshop");
  }

  @Test
  void pagesInAnyOrderHoldEachEntityOnce() {
    for (String sort : List.of("", "&sort=name", "&sort=-name", "&sort=-created", "&sort=health")) {
      var whole = names(get("/entities?type=pod" + sort));
      var paged = new ArrayList<String>();
      String cursor = "";
      do {
        var page = get("/entities?type=pod&limit=4" + sort + cursor);
        assertThat(page.get("total").asInt()).isEqualTo(11);
        paged.addAll(names(page));
        cursor = page.get("next").isNull() ? "" : "&cursor=" + page.get("next").asString();
      } while (!cursor.isEmpty());
      assertThat(paged).as(sort).hasSize(11).doesNotHaveDuplicates().isEqualTo(whole);
    }
    assertThat(names(get("/entities?type=pod&sort=-restarts&limit=1")))
        .containsExactly(Shop.podName(11));
    assertThat(names(get("/entities?type=pod&sort=created&limit=1")))
        .containsExactly(Shop.podName(1));
    var other = get("/entities?type=pod&limit=4&sort=name").get("next").asString();
    assertThat(admin.get("/api/v1/entities?type=pod&cursor=" + other).reason())
        .isEqualTo("InvalidCursor");
  }

  @Test
  void summariesCountByTypeAndNamespace() {
    var summary = get("/entities/summary?lang=zh");
    var pods =
        StreamSupport.stream(summary.get("types").spliterator(), false)
            .filter(type -> type.get("type").asString().equals("pod"))
            .findFirst()
            .orElseThrow();
    assertThat(pods.get("total").asInt()).isEqualTo(11);
    assertThat(pods.at("/health/failing").asInt()).isEqualTo(1);
    assertThat(summary.at("/namespaces/0/namespace").asString()).isEqualTo("shop");
    assertThat(summary.at("/namespaces/0/troubles").asInt()).isPositive();
  }

  @Test
  void anEntityComesWithItsRelationsAndContainers() {
    var pod = get("/entity?type=pod&namespace=shop&name=" + Shop.podName(11));
    assertThat(pod.at("/entity/id").asString()).isEqualTo("pod/shop/" + Shop.podName(11));
    assertThat(pod.at("/entity/health/reason").asString()).isEqualTo("CrashLoopBackOff");
    assertThat(pod.at("/entity/attributes/k8s.node.name").asString()).isEqualTo("worker-2");
    assertThat(names(items(pod.get("containers")))).containsExactly("app");
    assertThat(ids(pod.at("/relations/out/items")))
        .contains("replicaset/shop/cart-5d9", "node/worker-2", "configmap/shop/cart-settings");
    assertThat(ids(pod.at("/relations/in/items"))).contains("kubernetes-service/shop/cart");
    assertThat(pod.get("stretches")).hasSize(1);
    assertThat(admin.get("/api/v1/entity?type=pod&namespace=shop&name=none").reason())
        .isEqualTo("NotFound");
    assertThat(admin.get("/api/v1/entity?type=pot&name=none").reason())
        .isEqualTo("InvalidParameter");
  }

  private static JsonNode items(JsonNode list) {
    return RunningHub.JSON.createObjectNode().set("items", list);
  }

  private static List<String> ids(JsonNode relations) {
    return StreamSupport.stream(relations.spliterator(), false)
        .map(relation -> relation.at("/entity/id").asString())
        .toList();
  }

  @Test
  void theLastObjectIsThere() {
    var object = get("/entity/object?type=deployment&namespace=shop&name=cart");
    assertThat(object.at("/spec/template/spec/containers/0/image").asString())
        .isEqualTo("registry.example/cart:2.0");
    assertThat(admin.get("/api/v1/entity/object?type=container&namespace=shop&name=app").reason())
        .isEqualTo("NotFound");
  }

  @Test
  void theMapShowsCausalNeighboursAndCountsTheRest() {
    var map = get("/map?type=kubernetes-service&namespace=shop&name=cart");
    var byId = nodes(map);
    assertThat(byId)
        .containsKeys(
            "kubernetes-service/shop/cart",
            "pod/shop/" + Shop.podName(11), // in trouble, so never hidden
            "node/worker-1",
            "node/worker-2",
            "replicaset/shop/cart-5d9",
            "deployment/shop/cart",
            "configmap/shop/cart-settings");
    var group =
        byId.values().stream()
            .filter(node -> node.get("size").asInt() > 1)
            .findFirst()
            .orElseThrow();
    assertThat(group.get("size").asInt()).isEqualTo(4);
    assertThat(group.get("entity").isNull()).isTrue();
    for (JsonNode edge : map.get("edges")) {
      assertThat(byId).containsKeys(edge.get("from").asString(), edge.get("to").asString());
    }
    var opened =
        get(
            "/map?type=kubernetes-service&namespace=shop&name=cart&expand="
                + encoded(group.get("id").asString()));
    assertThat(nodes(opened).values()).allMatch(node -> node.get("size").asInt() == 1);
    assertThat(nodes(opened).keySet().stream().filter(id -> id.startsWith("pod/"))).hasSize(11);
  }

  private static Map<String, JsonNode> nodes(JsonNode map) {
    return StreamSupport.stream(map.get("nodes").spliterator(), false)
        .collect(Collectors.toMap(node -> node.get("id").asString(), node -> node));
  }

  @Test
  void changesNearAServiceAreToldWithWhoAndWhat() {
    var near = "&near=kubernetes-service/shop/cart&from=" + encoded(before);
    var page = get("/happenings?what=change&lang=en" + near);
    var change =
        StreamSupport.stream(page.get("items").spliterator(), false)
            .filter(item -> item.at("/entity/type").asString().equals("deployment"))
            .findFirst()
            .orElseThrow();
    assertThat(change.get("kind").asString()).isEqualTo("deploy");
    assertThat(change.get("manager").asString()).isEqualTo("kubectl-set");
    assertThat(change.get("diff").asString()).contains("cart:1.0", "cart:2.0");
    assertThat(change.get("sentence").asString()).startsWith("Deployment cart: ");
    assertThat(change.get("time").asString()).isEqualTo("2026-03-01T12:10:00.000Z");
    assertThat(get("/happenings?what=change&change=rollback" + near).get("items")).isEmpty();
    assertThat(get("/happenings?what=change&q=CART:2.0" + near).get("items")).hasSize(1);
    assertThat(get("/happenings?what=change&to=" + encoded(rollout) + near).get("items")).isEmpty();
    assertThat(get("/happenings?near=node/worker-1&hops=0&what=change").get("items")).isEmpty();
    assertThat(get("/happenings?lang=zh&what=change" + near).at("/items/0/sentence").asString())
        .contains("：");
  }

  @Test
  void whatWentAwayMeanwhileWasNear() {
    var page = get("/happenings?what=lifecycle&near=deployment/shop/cart&from=" + encoded(before));
    assertThat(page.get("items").toString()).contains(Shop.podName(0)).contains("gone");
  }

  @Test
  void thePastIsAskedByItsTime() {
    var then = get("/entities?type=pod&at=" + encoded(before));
    assertThat(then.get("total").asInt()).isEqualTo(12);
    assertThat(then.get("asOf").asString()).isEqualTo("2026-03-01T12:00:00.000Z");
    assertThat(
            get("/entity?type=pod&namespace=shop&name="
                    + Shop.podName(0)
                    + "&at="
                    + encoded(before))
                .at("/entity/name")
                .asString())
        .isEqualTo(Shop.podName(0));
    var early = admin.get("/api/v1/entities?at=2020-01-01T00:00:00Z");
    assertThat(early.status()).isEqualTo(404);
    assertThat(early.reason()).isEqualTo("MomentNotKnown");
    assertThat(early.json().get("detail").asString()).contains("heard from 2026-03-01T12:00:00Z");
    assertThat(admin.get("/api/v1/entities?at=yesterday").reason()).isEqualTo("InvalidParameter");
  }

  @Test
  void anUnknownClusterIsSaidToBeUnknown() {
    for (String path :
        List.of(
            "/entities?cluster=west",
            "/entity?cluster=west&type=pod&name=x",
            "/map?cluster=west&type=pod&name=x",
            "/happenings?cluster=west",
            "/pools?cluster=west",
            "/clusters/west/history")) {
      var answer = admin.get("/api/v1" + path);
      assertThat(answer.status()).as(path).isEqualTo(404);
      assertThat(answer.reason()).as(path).isEqualTo("ClusterNotFound");
    }
  }

  @Test
  void poolsAndTeamsSayWhatThereIsAndWhoAsksForIt() {
    var pool = get("/pools").at("/items/0");
    assertThat(pool.get("name").asString()).isEqualTo("web");
    assertThat(pool.at("/allocatable/cpu").asDouble()).isEqualTo(16);
    assertThat(pool.at("/requests/cpu").asDouble()).isEqualTo(5.5);
    assertThat(names(get("/pools?by=arch"))).containsExactly("amd64", "arm64");
    assertThat(names(get("/pools?by=node-label&label=kubernetes.io/arch"))).hasSize(2);
    var team = get("/teams").at("/items/0");
    assertThat(team.get("name").asString()).isEqualTo("payments");
    assertThat(team.get("pods").asInt()).isEqualTo(11);
    assertThat(admin.get("/api/v1/pools?by=x").reason()).isEqualTo("InvalidParameter");
  }

  @Test
  void placementSaysWhereAPodFitsAndWhyElsewhereNot() {
    assertThat(get("/placement?cpu=500m&memory=1Gi").get("fits").asInt()).isEqualTo(21);
    var arm = get("/placement?cpu=4&arch=arm64&lang=zh");
    assertThat(arm.get("fits").asInt()).isEqualTo(1);
    assertThat(arm.at("/items/0/refusals/0/reason").asString()).isEqualTo("SelectorDiffers");
    assertThat(arm.at("/items/0/refusals/0/reasonText").asString()).isEqualTo("标签不符");
    assertThat(admin.get("/api/v1/placement?cpu=lots").reason()).isEqualTo("InvalidParameter");
  }
}
