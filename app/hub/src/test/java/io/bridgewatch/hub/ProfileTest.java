package io.bridgewatch.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.bridgewatch.hub.RunningHub.Client;
import io.bridgewatch.model.AttributeNames;
import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.MetricKind;
import io.bridgewatch.model.ObjectKind;
import io.bridgewatch.model.Observation;
import io.bridgewatch.model.SampleBatch;
import io.bridgewatch.model.SeriesKey;
import io.bridgewatch.model.WatchEvent;
import io.bridgewatch.ports.MetricStore;
import io.bridgewatch.testkit.KubernetesSample;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What containers are seen as, and how that orders what is shown. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProfileTest {

  private static final String DB = "type=pod&namespace=shop&name=db-0";

  private WatchedShop shop;
  private Client client;

  @BeforeAll
  void start(@TempDir Path directory) throws InterruptedException {
    shop = WatchedShop.start(directory);
    observe(
        Shop.PODS,
        WatchEvent.Type.ADDED,
        """
        {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "db-0", "namespace": "shop",
          "uid": "u-db-0", "creationTimestamp": "2026-03-01T08:00:00Z"},
         "spec": {"nodeName": "worker-1", "containers": [
            {"name": "db", "image": "registry.example/postgres:16",
             "ports": [{"containerPort": 5432}]},
            {"name": "side", "image": "registry.example/side:1"}]},
         "status": {"phase": "Running", "podIP": "10.0.0.99"}}
        """);
    observe(
        Shop.DEPLOYMENTS,
        WatchEvent.Type.MODIFIED,
        """
        {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "cart",
          "namespace": "shop", "uid": "u-cart", "generation": 1,
          "annotations": {"bridgewatch.io/profile": "nodejs"},
          "creationTimestamp": "2026-03-01T08:00:00Z"},
         "spec": {"replicas": 12, "selector": {"matchLabels": {"app": "cart"}}},
         "status": {"observedGeneration": 1, "replicas": 12}}
        """);
    client = shop.hub().as(shop.admin(), "AUDITOR");
    client.await("/api/v1/entities?type=pod&q=db-0", page -> page.get("total").asInt() == 1);
    client.await(
        "/api/v1/entity/profile?type=deployment&namespace=shop&name=cart",
        it -> it.at("/containers/0/chosen").asString("").equals("BY_ANNOTATION"));
    shop.hub().hub().context().getBean(MetricStore.class).append(samples());
    client.await("/api/v1/signals?" + DB, it -> it.get("metricsTotal").asInt() == 4);
  }

  @AfterAll
  void stop() {
    shop.close();
  }

  private void observe(ObjectKind kind, WatchEvent.Type type, String json)
      throws InterruptedException {
    shop.tell(
        new Observation.Observed(
            kind, new WatchEvent(shop.clock().instant(), type, KubernetesSample.object(json))));
  }

  private SampleBatch samples() {
    var batch = SampleBatch.builder();
    for (String metric :
        List.of(
            "container_memory_usage_bytes", "pg_stat_database_deadlocks", "pg_static", "pg_up")) {
      batch.add(
          new SeriesKey(
              Attributes.of(
                  Map.of(
                      AttributeNames.CLUSTER, WatchedShop.CLUSTER,
                      AttributeNames.NAMESPACE, "shop",
                      AttributeNames.POD, "db-0",
                      AttributeNames.CONTAINER, "db")),
              metric,
              "",
              MetricKind.GAUGE,
              Attributes.none()),
          shop.clock().millis(),
          1);
    }
    return batch.build();
  }

  private JsonNode get(String path) {
    var answer = client.get(path);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer.json();
  }

  private static List<String> texts(JsonNode list, String field) {
    return StreamSupport.stream(list.spliterator(), false)
        .map(item -> item.path(field).asString(""))
        .toList();
  }

  @Test
  void aContainerIsSeenAsWhatItIsWithTheEvidence() {
    var profiles = get("/api/v1/entity/profile?" + DB);
    assertThat(profiles.get("pod").asString()).isEqualTo("db-0");
    assertThat(texts(profiles.get("containers"), "container")).containsExactly("db", "side");
    var seen = profiles.at("/containers/0/seen/0");
    assertThat(seen.get("title").asString()).isEqualTo("PostgreSQL");
    assertThat(seen.get("confidence").asDouble()).isGreaterThan(0.9);
    assertThat(texts(seen.get("evidence"), "found"))
        .containsExactlyInAnyOrder(
            "registry.example/postgres:16", "pg_up", "pg_stat_database_deadlocks", "5432");
    var up = profiles.at("/containers/0/signals/0");
    assertThat(up.get("metric").asString()).isEqualTo("pg_up");
    assertThat(up.get("tells").asString()).isEqualTo("AVAILABILITY");
    assertThat(up.at("/names/0").asString()).isEqualTo("pg_up");
    assertThat(profiles.at("/containers/1/seen").size()).isZero();
  }

  @Test
  void oneContainerHasItsOwn() {
    var one = get("/api/v1/entity/profile?type=container&namespace=shop&pod=db-0&name=side");
    assertThat(texts(one.get("containers"), "container")).containsExactly("side");
    assertThat(get("/api/v1/entity/profile?type=node&name=worker-1").get("containers").size())
        .isZero();
    assertThat(get("/api/v1/entity/profile?type=pod&namespace=shop&name=gone").get("pod").isNull())
        .isTrue();
  }

  @Test
  void anAnnotationOfTheWorkloadDecidesForItsPods() {
    for (String what : List.of("type=deployment&name=cart", "type=pod&name=" + Shop.podName(0))) {
      var profile = get("/api/v1/entity/profile?namespace=shop&" + what).at("/containers/0");
      assertThat(profile.get("chosen").asString()).isEqualTo("BY_ANNOTATION");
      assertThat(profile.at("/seen/0/kind").asString()).isEqualTo("nodejs");
      assertThat(profile.at("/seen/0/evidence/0/source").asString()).isEqualTo("ANNOTATION");
    }
  }

  @Test
  void whatMattersComesFirstAmongTheSignals() {
    var metrics = get("/api/v1/signals?" + DB).get("metrics");
    assertThat(texts(metrics, "name"))
        .containsExactly(
            "pg_up", "pg_stat_database_deadlocks", "container_memory_usage_bytes", "pg_static");
    assertThat(metrics.at("/0/tells").asString()).isEqualTo("AVAILABILITY");
    assertThat(metrics.at("/1/tells").asString()).isEqualTo("ERRORS");
    assertThat(metrics.at("/2/tells").isNull()).isTrue();
  }
}
