package io.bridgewatch.diagnose;

import static io.bridgewatch.diagnose.Scene.deployment;
import static io.bridgewatch.diagnose.Scene.pod;
import static io.bridgewatch.diagnose.Scene.service;
import static org.assertj.core.api.Assertions.assertThat;

import io.bridgewatch.model.AttributeNames;
import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.Cause;
import io.bridgewatch.model.CauseKind;
import io.bridgewatch.model.EntityRef;
import io.bridgewatch.model.EntityType;
import io.bridgewatch.model.Fact;
import io.bridgewatch.model.Incident;
import io.bridgewatch.model.MachineSign;
import io.bridgewatch.model.RelationType;
import io.bridgewatch.model.Signal;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What many suffer from because they share it. */
class CommonCausesTest {

  private static final List<String> SERVICES = List.of("front", "orders", "stock", "bank");
  private static final EntityRef ZONE =
      new EntityRef(EntityType.ZONE, Attributes.of(AttributeNames.ZONE, "z1"));

  private static final int NODES = 4;

  private final Scene scene = new Scene().nobodyReported();

  /** Services in a row, each with a pod on each of four nodes, every pod calling every next one. */
  private void nodes() {
    scene.calls("front", "orders").calls("orders", "stock").calls("stock", "bank");
    for (String service : SERVICES) {
      for (int node = 0; node < NODES; node++) {
        scene.relate(service(service), RelationType.RUNS_ON, pod(service + "-" + node));
        scene.relate(pod(service + "-" + node), RelationType.RUNS_ON, EntityRef.node("n" + node));
      }
    }
    scene.latency(service("front"), 9);
  }

  private interface Way {
    boolean isSlow(int fromNode, int toNode, String callee);
  }

  private void calls(Way way) {
    for (int i = 0; i + 1 < SERVICES.size(); i++) {
      for (int from = 0; from < NODES; from++) {
        for (int to = 0; to < NODES; to++) {
          var caller = pod(SERVICES.get(i) + "-" + from);
          var callee = pod(SERVICES.get(i + 1) + "-" + to);
          if (way.isSlow(from, to, SERVICES.get(i + 1))) {
            scene.gap(caller, callee);
          } else {
            scene.calm(caller, callee);
          }
        }
      }
    }
  }

  @Test
  void callsThatAreSlowWhereverTheyCrossTheBorderOfANodeAreTheNodes() {
    nodes();
    calls((from, to, callee) -> from != to && (from == 1 || to == 1));
    Cause cause = first();
    assertThat(cause.entity()).isEqualTo(EntityRef.node("n1"));
    assertThat(cause.kind()).isEqualTo(CauseKind.NETWORK_LATENCY);
    assertThat(cause.path()).startsWith(EntityRef.node("n1")).endsWith(service("front"));
  }

  @Test
  void theCardThatShowsTroubleIsNamedInPlaceOfItsNode() {
    nodes();
    var card =
        new EntityRef(
            EntityType.DEVICE,
            Attributes.of(AttributeNames.NODE, "n1", AttributeNames.DEVICE, "eth0"));
    scene.relate(card, RelationType.LOCATED_IN, EntityRef.node("n1"));
    var sign = MachineSign.NETWORK_DROPPED;
    scene.found(card, 20, Scene.shift(Signal.NETWORK, sign.metric(), sign.unit(), 0, 5, 20));
    calls((from, to, callee) -> from != to && (from == 1 || to == 1));
    assertThat(first().entity()).isEqualTo(card);
  }

  @Test
  void callsThatAreSlowAcrossTheBorderOfAZoneAreTheZones() {
    nodes();
    scene
        .relate(EntityRef.node("n0"), RelationType.LOCATED_IN, ZONE)
        .relate(EntityRef.node("n1"), RelationType.LOCATED_IN, ZONE);
    calls((from, to, callee) -> from < 2 != to < 2);
    assertThat(first().entity()).isEqualTo(ZONE);
    assertThat(first().kind()).isEqualTo(CauseKind.NETWORK_LATENCY);
  }

  @Test
  void callsThatAreSlowToOneServiceOnAllNodesAreTheServices() {
    nodes();
    scene.latency(service("orders"), 9);
    calls((from, to, callee) -> callee.equals("stock"));
    assertThat(first().entity()).isEqualTo(service("stock"));
  }

  @Test
  void oneServiceThatIsSlowOnOneNodeIsNoNode() {
    nodes();
    scene.latency(service("orders"), 9);
    calls((from, to, callee) -> callee.equals("stock") && to == 1);
    assertThat(first().entity()).isIn(service("stock"), pod("stock-1"));
  }

  @Test
  void moreRequestsFromOutsideExplainThatWhoTheyReachIsBusy() {
    scene.calls("front", "orders").calls("orders", "stock");
    for (String service : List.of("front", "orders", "stock")) {
      more(service, 4);
      scene.cpu(service(service), service.equals("front") ? 2 : 9);
    }
    scene.latency(service("front"), 9).latency(service("orders"), 9);
    Cause cause = first();
    assertThat(cause.entity()).isEqualTo(service("front"));
    assertThat(cause.kind()).isEqualTo(CauseKind.TRAFFIC_SURGE);
  }

  @Test
  void whatIsBusyWithoutMoreRequestsIsNotExplainedByThem() {
    scene.calls("front", "orders").calls("orders", "stock");
    more("front", 4);
    scene.cpu(service("stock"), 9).ownTime(service("stock"), 9);
    scene.latency(service("front"), 9).latency(service("orders"), 9);
    assertThat(first().entity()).isEqualTo(service("stock"));
  }

  @Test
  void autoscalersThatAreFullBecauseMoreRequestsComeAreNoTroublesOfTheirOwn() {
    scene.calls("front", "orders").calls("orders", "stock");
    for (String service : List.of("front", "orders", "stock")) {
      more(service, 4);
      scene.cpu(service(service), service.equals("front") ? 2 : 9);
      scene.relate(autoscaler(service), RelationType.SCALES, service(service));
    }
    scene.latency(service("front"), 9).latency(service("orders"), 9);
    scene.state(autoscaler("orders"), "HorizontalPodAutoscaler", "TooManyReplicas");
    scene.state(autoscaler("stock"), "HorizontalPodAutoscaler", "TooManyReplicas");
    assertThat(scene.only().causes().getFirst().kind()).isEqualTo(CauseKind.TRAFFIC_SURGE);
    scene.state(autoscaler("front"), "HorizontalPodAutoscaler", "FailedGetResourceMetric");
    assertThat(scene.incidents())
        .as("one that cannot scale is a trouble of its own")
        .extracting(incident -> incident.causes().getFirst().entity())
        .contains(autoscaler("front"))
        .doesNotContain(autoscaler("orders"), autoscaler("stock"));
  }

  private static EntityRef autoscaler(String name) {
    return new EntityRef(
        EntityType.HPA,
        Attributes.of(AttributeNames.HPA, name, AttributeNames.NAMESPACE, "made-up"));
  }

  @Test
  void moreRequestsThatNobodyFeelsAreNoIncident() {
    scene.calls("front", "orders");
    more("front", 9);
    more("orders", 9);
    assertThat(scene.incidents()).isEmpty();
  }

  @Test
  void aMachineThatWasSlowedDownExplainsThatAllOnItAreBusy() {
    nodes();
    for (String service : SERVICES) {
      scene.cpu(pod(service + "-1"), 9);
    }
    var sign = MachineSign.CPU_CLOCK_LOSS;
    scene.found(
        EntityRef.node("n1"), 99, Scene.shift(Signal.CPU, sign.metric(), sign.unit(), 0, 0.6, 99));
    assertThat(first().entity()).isEqualTo(EntityRef.node("n1"));
  }

  @Test
  void anAddressWithNothingBehindItIsNoTroubleOfItsOwnWhereItsNodeIsLost() {
    nodes();
    var address = address("bank");
    var node = EntityRef.node("n1");
    scene.relate(address, RelationType.ROUTES_TO, pod("bank-1"));
    scene.state(address, "Service", "NoReadyEndpoints").state(node, "Node", "NodeNotReady");
    assertThat(scene.incidents())
        .extracting(incident -> incident.causes().getFirst().entity())
        .containsOnly(node);
  }

  @Test
  void anAddressThatLeadsNowhereExplainsThatItsCallersFail() {
    scene.calls("front", "orders").calls("orders", "stock");
    scene.relate(address("stock"), RelationType.ROUTES_TO, service("stock"));
    scene.errors(service("front"), 0.5).errors(service("orders"), 0.9);
    scene.errors(service("orders"), 0.9).latency(service("orders"), 9);
    scene.state(address("stock"), "Service", "NoReadyEndpoints");
    Cause cause = first();
    assertThat(cause.entity()).isEqualTo(address("stock"));
    assertThat(cause.kind()).isEqualTo(CauseKind.NO_ENDPOINTS);
    assertThat(cause.path()).containsExactly(address("stock"), service("orders"), service("front"));
  }

  private static EntityRef address(String name) {
    return new EntityRef(
        EntityType.KUBERNETES_SERVICE,
        Attributes.of(
            AttributeNames.KUBERNETES_SERVICE, name, AttributeNames.NAMESPACE, "made-up"));
  }

  @Test
  void theQuotaThatLetsNoPodInIsNamed() {
    var fact =
        new Fact.ObjectState(
            "ReplicaSet",
            "orders-1",
            "FailedCreate",
            "pods \"orders-1-x\" is forbidden: exceeded quota: team, requested: pods=1, used:"
                + " pods=4, limited: pods=4",
            Scene.ONSET);
    Incident incident = scene.stateOf(deployment("orders"), fact).only();
    assertThat(incident.causes().getFirst().entity())
        .isEqualTo(
            new EntityRef(
                EntityType.RESOURCE_QUOTA,
                Attributes.of(
                    AttributeNames.RESOURCE_QUOTA, "team", AttributeNames.NAMESPACE, "made-up")));
    assertThat(incident.causes().getFirst().kind()).isEqualTo(CauseKind.QUOTA);
  }

  private void more(String service, double factor) {
    scene.found(
        service(service),
        50,
        Scene.shift(Signal.TRAFFIC, "http.server.request.count", "{request}", 10, 10 * factor, 50));
  }

  private Cause first() {
    return scene.only().causes().getFirst();
  }
}
