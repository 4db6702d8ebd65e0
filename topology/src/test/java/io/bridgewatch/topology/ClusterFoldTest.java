package io.bridgewatch.topology;

import static io.bridgewatch.testkit.KubernetesSample.object;
import static org.assertj.core.api.Assertions.assertThat;

import io.bridgewatch.model.AttributeNames;
import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.Entity;
import io.bridgewatch.model.EntityRef;
import io.bridgewatch.model.EntityType;
import io.bridgewatch.model.Happening;
import io.bridgewatch.model.Health;
import io.bridgewatch.model.KubernetesObject;
import io.bridgewatch.model.Observation;
import io.bridgewatch.model.RelationType;
import io.bridgewatch.model.Span;
import io.bridgewatch.model.SpanKind;
import io.bridgewatch.model.WatchEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class ClusterFoldTest {

  private static final Instant START = Replay.START;

  private final Replay replay = new Replay();

  @Test
  void whatIsThereAtFirstContactWasCreatedByNobodyWeHeardOf() {
    replay.lists(START, List.of(deployment("web", 1, "a:1"), pod("web-1", 1, "")));
    assertThat(replay.all(Happening.Changed.class)).isEmpty();
    assertThat(names(EntityType.DEPLOYMENT)).containsExactly("web");
  }

  @Test
  void aListReadAgainTellsWhatWasMissedAndNothingTwice() {
    replay.lists(START, List.of(deployment("web", 1, "a:1"), deployment("old", 2, "a:1")));
    replay.list(
        START.plusSeconds(300),
        "Deployment",
        List.of(
            deployment("web", 9, "a:2"),
            created(deployment("new", 8, "b:1"), START.plusSeconds(100))));
    assertThat(changes())
        .containsExactlyInAnyOrder(
            "DEPLOY Deployment web: spec.containers[c].image",
            "DEPLOY Deployment new created",
            "DELETE Deployment old deleted while it was not watched");
    assertThat(names(EntityType.DEPLOYMENT)).containsExactly("new", "web");
    assertThat(replay.gone).extracting(ClusterFold.Gone::name).containsExactly("old");
    int told = replay.happenings.size();
    replay.list(
        START.plusSeconds(400),
        "Deployment",
        List.of(
            deployment("web", 9, "a:2"),
            created(deployment("new", 8, "b:1"), START.plusSeconds(100))));
    assertThat(replay.happenings).hasSize(told);
  }

  @Test
  void whatChangedWhileNobodyWatchedIsToldAfterARestart() {
    replay.lists(START, List.of(deployment("web", 1, "a:1"), deployment("old", 2, "a:1")));
    Replay second = new Replay();
    second.state = ClusterFold.begin("test", Ownership.usual(), START.plusSeconds(10));
    for (var object : List.of(deployment("web", 1, "a:1"), deployment("old", 2, "a:1"))) {
      second.take(ClusterFold.remember(second.state, Replay.kindOf("Deployment"), object));
    }
    assertThat(second.happenings).isEmpty();
    second.lists(
        START.plusSeconds(600),
        List.of(
            deployment("web", 9, "a:2"),
            created(deployment("new", 8, "b:1"), START.plusSeconds(300))));
    assertThat(second.all(Happening.Changed.class))
        .extracting(c -> c.change().summary())
        .containsExactlyInAnyOrder(
            "Deployment web: spec.containers[c].image",
            "Deployment new created",
            "Deployment old deleted while it was not watched");
  }

  @Test
  void aServiceIsThereForAsLongAsOneOfItsPodsIs() {
    replay.lists(START, List.of(pod("a", 1, "shop"), pod("b", 2, "shop")));
    EntityRef service = names().service("shop", "bank");
    delete("a", 3);
    assertThat(replay.state.topology().entity(service)).isPresent();
    delete("b", 4);
    assertThat(replay.state.topology().entity(service)).isEmpty();
    assertThat(replay.state.topology().relations()).isEmpty();
  }

  @Test
  void anEndpointThatTwoSlicesTellStaysWhileOneOfThemDoes() {
    replay.lists(
        START, List.of(pod("a", 1, ""), slice("v4", 2, "a", true), slice("v6", 3, "a", true)));
    EntityRef service = names().named("v1", "Service", "bank", "shop").orElseThrow();
    replay.event(START.plusSeconds(1), WatchEvent.Type.DELETED, slice("v4", 4, "a", true));
    assertThat(replay.state.topology().targets(service, RelationType.ROUTES_TO)).hasSize(1);
    replay.event(START.plusSeconds(2), WatchEvent.Type.DELETED, slice("v6", 5, "a", true));
    assertThat(replay.state.topology().targets(service, RelationType.ROUTES_TO)).isEmpty();
  }

  @Test
  void aServiceWithNothingReadyBehindItFailsAndRecovers() {
    replay.lists(
        START,
        List.of(
            object(
                """
                {"kind":"Service","apiVersion":"v1","metadata":{"name":"shop","namespace":"bank",
                 "uid":"svc","resourceVersion":"1"},"spec":{}}"""),
            slice("v4", 2, "a", true)));
    EntityRef service = names().named("v1", "Service", "bank", "shop").orElseThrow();
    assertThat(health(service).state()).isEqualTo(Health.State.HEALTHY);
    replay.event(START.plusSeconds(5), WatchEvent.Type.MODIFIED, slice("v4", 3, "a", false));
    assertThat(health(service).reason()).isEqualTo("NoReadyEndpoints");
    replay.event(START.plusSeconds(9), WatchEvent.Type.MODIFIED, slice("v4", 4, "a", true));
    assertThat(health(service).state()).isEqualTo(Health.State.HEALTHY);
    assertThat(replay.all(Happening.HealthChanged.class)).hasSize(2);
  }

  @Test
  void aPodThatStaysUnreadyFailsByTimeAloneWithTheProbesWords() {
    replay.lists(START, List.of());
    replay.event(START, WatchEvent.Type.ADDED, running("slow", 1, START, false));
    EntityRef pod = names().named("v1", "Pod", "bank", "slow").orElseThrow();
    assertThat(health(pod).state()).isEqualTo(Health.State.PROGRESSING);
    replay.advance(START.plusSeconds(29));
    assertThat(health(pod).state()).isEqualTo(Health.State.PROGRESSING);
    replay.advance(START.plusSeconds(31));
    assertThat(health(pod).state()).isEqualTo(Health.State.FAILING);
    replay.event(
        START.plusSeconds(32),
        WatchEvent.Type.ADDED,
        object(
            """
            {"kind":"Event","apiVersion":"v1","metadata":{"name":"e","namespace":"bank","uid":"e1"},
             "type":"Warning","reason":"Unhealthy","message":"Readiness probe failed: 503",
             "involvedObject":{"kind":"Pod","apiVersion":"v1","namespace":"bank","name":"slow"},
             "lastTimestamp":"%s","count":4}"""
                .formatted(START.plusSeconds(32))));
    assertThat(health(pod).message()).isEqualTo("Readiness probe failed: 503");
    replay.event(START.plusSeconds(40), WatchEvent.Type.MODIFIED, running("slow", 2, START, true));
    assertThat(health(pod).state()).isEqualTo(Health.State.HEALTHY);
  }

  @Test
  void customResourcesAreJudgedByTheirConditionsAndOwnWhatTheyMade() {
    replay.lists(START, List.of());
    replay.event(START, WatchEvent.Type.ADDED, kafka(1, "False", "BrokersNotReady"));
    EntityRef kafka =
        names().named("kafka.example.com/v1", "Kafka", "bank", "orders").orElseThrow();
    assertThat(kafka.type()).isEqualTo(EntityType.OBJECT);
    assertThat(kafka.identity().get(AttributeNames.OBJECT_KIND))
        .contains("Kafka.kafka.example.com");
    assertThat(health(kafka).state()).isEqualTo(Health.State.DEGRADED);
    assertThat(health(kafka).reason()).isEqualTo("BrokersNotReady");
    replay.event(START.plusSeconds(1), WatchEvent.Type.MODIFIED, kafka(2, "True", "Ready"));
    assertThat(health(kafka).state()).isEqualTo(Health.State.HEALTHY);
    replay.event(
        START.plusSeconds(2),
        WatchEvent.Type.ADDED,
        object(
            """
            {"kind":"StatefulSet","apiVersion":"apps/v1","metadata":{"name":"orders-brokers",
             "namespace":"bank","uid":"sts","resourceVersion":"3","ownerReferences":[{"kind":"Kafka",
             "apiVersion":"kafka.example.com/v1","name":"orders","uid":"k","controller":true}]},
             "spec":{"replicas":1}}"""));
    assertThat(replay.state.topology().sources(kafka, RelationType.OWNED_BY))
        .extracting(EntityRef::name)
        .containsExactly("orders-brokers");
  }

  @Test
  void aSuccessorOfTheSameNameIsAnotherPod() {
    replay.lists(START, List.of());
    replay.event(START.plusSeconds(1), WatchEvent.Type.ADDED, running("db-0", 1, START, true));
    String json = json("db-0", 2, START.plusSeconds(9), true);
    KubernetesObject successor = object(json.replace("\"uid\":\"u-db-0\"", "\"uid\":\"u2\""));
    replay.event(START.plusSeconds(9), WatchEvent.Type.ADDED, successor);
    assertThat(replay.all(Happening.Lived.class))
        .filteredOn(lived -> lived.entity().type() == EntityType.POD)
        .extracting(lived -> lived.stage().name())
        .containsSubsequence("CREATED", "GONE", "CREATED");
    assertThat(names(EntityType.POD)).containsExactly("db-0");
  }

  @RepeatedTest(20)
  void whateverTheOrderOfKindsTheTopologyIsTheSame(RepetitionInfo repetition) {
    var all =
        new ArrayList<>(
            List.of(
                deployment("web", 1, "a:1"),
                object(
                    """
                    {"kind":"ReplicaSet","apiVersion":"apps/v1","metadata":{"name":"web-h",
                     "namespace":"bank","uid":"rs","resourceVersion":"5","ownerReferences":[
                     {"kind":"Deployment","apiVersion":"apps/v1","name":"web","uid":"u-web",
                      "controller":true}]},"spec":{"replicas":1},"status":{"replicas":1}}"""),
                object(
                    json("web-h-1", 7, START, false)
                        .replace(
                            "\"uid\":\"u-web-h-1\"",
                            "\"uid\":\"x\",\"ownerReferences\":[{\"kind\":\"ReplicaSet\","
                                + "\"apiVersion\":\"apps/v1\",\"name\":\"web-h\",\"uid\":\"rs\","
                                + "\"controller\":true}]")),
                slice("v4", 8, "web-h-1", false)));
    Replay inOrder = new Replay();
    for (KubernetesObject one : all) {
      inOrder.event(START, WatchEvent.Type.ADDED, one);
    }
    long seed = repetition.getCurrentRepetition();
    Collections.shuffle(all, new Random(seed));
    for (KubernetesObject one : all) {
      replay.event(START, WatchEvent.Type.ADDED, one);
    }
    Instant later = START.plusSeconds(60);
    inOrder.advance(later);
    replay.advance(later);
    assertThat(replay.state.topology().relations())
        .as("seed %d", seed)
        .containsExactlyElementsOf(inOrder.state.topology().relations());
    for (Entity entity : inOrder.state.topology().entities()) {
      Entity same = replay.state.topology().entity(entity.ref()).orElseThrow();
      assertThat(same.attributes()).isEqualTo(entity.attributes());
      assertThat(same.health().state()).as("%s", entity.ref()).isEqualTo(entity.health().state());
    }
    EntityRef web = names().named("apps/v1", "Deployment", "bank", "web").orElseThrow();
    assertThat(health(web).reason()).isEqualTo("Unhealthy");
  }

  @Test
  void spansTieTheServicesOfTheirPodsForAsLongAsTheyAreSeen() {
    replay.lists(START, List.of(pod("f-1", 1, "front"), pod("s-1", 2, "shop")));
    EntityRef front = names().service("front", "bank");
    EntityRef shop = names().service("shop", "bank");
    replay.step(
        new Observation.Traced(
            START,
            List.of(
                span("1", "", "f-1", Attributes.none()),
                span("2", "1", "s-1", Attributes.none()),
                span("3", "2", "s-1", Attributes.of("peer.service", "mainframe")))));
    EntityRef mainframe = names().service("mainframe", "bank");
    assertThat(replay.state.topology().targets(front, RelationType.CALLS)).containsExactly(shop);
    assertThat(replay.state.topology().targets(shop, RelationType.CALLS))
        .containsExactly(mainframe);
    replay.advance(START.plusSeconds(16 * 60));
    assertThat(replay.state.topology().targets(front, RelationType.CALLS)).isEmpty();
    assertThat(replay.state.topology().entity(mainframe)).isEmpty();
    assertThat(replay.state.topology().entity(shop)).isPresent();
  }

  private static Span span(String id, String parent, String pod, Attributes attributes) {
    return new Span(
        "t",
        id,
        parent,
        "call",
        SpanKind.CLIENT,
        0,
        1,
        false,
        Attributes.of(AttributeNames.NAMESPACE, "bank", AttributeNames.POD, pod),
        attributes);
  }

  private static KubernetesTopology names() {
    return KubernetesTopology.ofCluster("test");
  }

  private Health health(EntityRef ref) {
    return replay.state.topology().entity(ref).orElseThrow().health();
  }

  private List<String> names(EntityType type) {
    var names = new ArrayList<String>();
    replay.state.topology().entities(type).forEach(entity -> names.add(entity.ref().name()));
    return names;
  }

  private List<String> changes() {
    return replay.all(Happening.Changed.class).stream()
        .map(c -> c.change().kind() + " " + c.change().summary())
        .toList();
  }

  private void delete(String pod, int version) {
    replay.event(START.plusSeconds(version), WatchEvent.Type.DELETED, pod(pod, version, "shop"));
  }

  private static KubernetesObject deployment(String name, int version, String image) {
    return object(
        """
        {"kind":"Deployment","apiVersion":"apps/v1","metadata":{"name":"%1$s","namespace":"bank",
         "uid":"u-%1$s","resourceVersion":"%2$d","creationTimestamp":"2026-01-01T00:00:00Z"},
         "spec":{"replicas":1,"template":{"spec":{"containers":[{"name":"c","image":"%3$s"}]}}}}"""
            .formatted(name, version, image));
  }

  private static KubernetesObject created(KubernetesObject object, Instant at) {
    var tree = new LinkedHashMap<String, @Nullable Object>(object.tree());
    var metadata =
        new LinkedHashMap<String, @Nullable Object>(object.object("metadata").orElseThrow().tree());
    metadata.put("creationTimestamp", at.toString());
    tree.put("metadata", metadata);
    return KubernetesObject.of(tree);
  }

  private static KubernetesObject pod(String name, int version, String app) {
    return object(
        """
        {"kind":"Pod","apiVersion":"v1","metadata":{"name":"%1$s","namespace":"bank",
         "uid":"u-%1$s","resourceVersion":"%2$d","labels":{"app":"%3$s"}},
         "spec":{"containers":[{"name":"c"}]},"status":{"phase":"Running"}}"""
            .formatted(name, version, app));
  }

  private static KubernetesObject running(String name, int version, Instant at, boolean ready) {
    return object(json(name, version, at, ready));
  }

  private static String json(String name, int version, Instant at, boolean ready) {
    return """
        {"kind":"Pod","apiVersion":"v1","metadata":{"name":"%1$s","namespace":"bank",
         "creationTimestamp":"%3$s","uid":"u-%1$s","resourceVersion":"%2$d"},
         "spec":{"containers":[{"name":"c"}]},"status":{"phase":"Running",
         "conditions":[{"type":"Ready","status":"%5$s","lastTransitionTime":"%3$s"}],
         "containerStatuses":[{"name":"c","ready":%4$s,"restartCount":0,
         "state":{"running":{"startedAt":"%3$s"}}}]}}"""
        .formatted(name, version, at, ready, ready ? "True" : "False");
  }

  private static KubernetesObject slice(String name, int version, String pod, boolean ready) {
    return object(
        """
        {"kind":"EndpointSlice","apiVersion":"discovery.k8s.io/v1","metadata":{"name":"%1$s",
         "namespace":"bank","uid":"u-%1$s","resourceVersion":"%2$d",
         "labels":{"kubernetes.io/service-name":"shop"}},
         "endpoints":[{"conditions":{"ready":%4$s},
         "targetRef":{"kind":"Pod","namespace":"bank","name":"%3$s"}}]}"""
            .formatted(name, version, pod, ready));
  }

  private static KubernetesObject kafka(int version, String ready, String reason) {
    return object(
        """
        {"kind":"Kafka","apiVersion":"kafka.example.com/v1","metadata":{"name":"orders",
         "namespace":"bank","uid":"k","resourceVersion":"%d"},
         "status":{"conditions":[{"type":"Ready","status":"%s","reason":"%s"}]}}"""
            .formatted(version, ready, reason));
  }
}
