package io.bridgewatch.diagnose;

import static io.bridgewatch.diagnose.Scene.deployment;
import static io.bridgewatch.diagnose.Scene.pod;
import static io.bridgewatch.diagnose.Scene.service;
import static org.assertj.core.api.Assertions.assertThat;

import io.bridgewatch.model.CallMap;
import io.bridgewatch.model.CauseKind;
import io.bridgewatch.model.EntityRef;
import io.bridgewatch.model.Fact;
import io.bridgewatch.model.Incident;
import io.bridgewatch.model.RelationType;
import io.bridgewatch.model.RuledOut;
import io.bridgewatch.model.Signal;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** Which component is blamed for what was found. */
class DiagnosisTest {

  private final Scene scene = new Scene();

  @Test
  void nothingFoundIsNoIncident() {
    assertThat(scene.calls("front", "orders").incidents()).isEmpty();
    assertThat(new Scene().nobodyReported().incidents()).isEmpty();
    assertThat(Diagnosis.suspicion(scene.situation())).isZero();
  }

  @Test
  void aLittleThatNobodyReportedIsNoIncident() {
    scene.calls("front", "orders").latency(service("front"), 1.1).nobodyReported();
    assertThat(scene.incidents()).isEmpty();
  }

  @Test
  void muchThatNobodyReportedIsAnIncident() {
    scene
        .calls("front", "orders")
        .ownTime(service("orders"), 9)
        .cpu(service("orders"), 9)
        .latency(service("front"), 9)
        .nobodyReported();
    assertThat(first(scene.only())).isEqualTo(service("orders"));
  }

  @Test
  void aCalleeAsBadExplainsItsCaller() {
    scene
        .calls("front", "orders")
        .calls("orders", "stock")
        .latency(service("front"), 5)
        .latency(service("orders"), 5)
        .latency(service("stock"), 5);
    var incident = scene.only();
    assertThat(first(incident)).isEqualTo(service("stock"));
    assertThat(incident.ruledOut())
        .filteredOn(out -> out.reason() == RuledOut.Reason.EXPLAINED_BY_DEPENDENCY)
        .extracting(RuledOut::entity)
        .contains(service("orders"), service("front"));
    assertThat(incident.causes().getFirst().path())
        .containsExactly(service("stock"), service("orders"), service("front"));
  }

  @Test
  void aCalmCalleeExplainsNothing() {
    scene.calls("front", "orders").calls("orders", "stock");
    scene.latency(service("front"), 5).latency(service("orders"), 5);
    assertThat(first(scene.only())).isEqualTo(service("orders"));
  }

  @Test
  void aBusyCalleeExplainsASlowCaller() {
    scene
        .calls("front", "orders")
        .latency(service("front"), 9)
        .latency(service("orders"), 3)
        .cpu(service("orders"), 9);
    var incident = scene.only();
    assertThat(first(incident)).isEqualTo(service("orders"));
    assertThat(incident.causes().getFirst().kind()).isEqualTo(CauseKind.CPU_SATURATION);
  }

  @Test
  void aGapOfOneEdgeIsBlamedOnTheCallee() {
    scene.calls("front", "orders", "users").gap("front", "orders");
    var incident = scene.only();
    assertThat(first(incident)).isEqualTo(service("orders"));
    assertThat(incident.causes().getFirst().kind()).isEqualTo(CauseKind.NETWORK_LATENCY);
  }

  @Test
  void aGapThatGrewOnAllEdgesOfOneComponentIsBlamedOnIt() {
    scene
        .calls("front", "orders")
        .calls("orders", "stock", "bank", "mail")
        .gap("front", "orders")
        .gap("orders", "stock")
        .gap("orders", "bank")
        .gap("orders", "mail");
    assertThat(first(scene.only())).isEqualTo(service("orders"));
  }

  @Test
  void aGapThatGrewOnAllCallsOfACallerIsBlamedOnTheCaller() {
    scene
        .calls("front", "orders", "users", "mail")
        .calls("shop", "orders", "users", "mail")
        .gap("front", "orders")
        .gap("front", "users")
        .gap("front", "mail");
    assertThat(first(scene.only())).isEqualTo(service("front"));
  }

  @Test
  void aClientWithoutCallersSpeaksForItsCallee() {
    scene.calls("front", "bank").calls("probe", "bank").hurts("front").latency(service("probe"), 9);
    assertThat(first(scene.only())).isEqualTo(service("bank"));
  }

  @Test
  void aClientThatIsBusyItselfSpeaksForItself() {
    scene
        .calls("front", "bank")
        .calls("probe", "bank")
        .hurts("probe")
        .latency(service("probe"), 9)
        .cpu(service("probe"), 9);
    assertThat(first(scene.only())).isEqualTo(service("probe"));
  }

  @Test
  void whatTheWholeFleetShowsSaysNothingOfOne() {
    for (String name : List.of("a", "b", "c", "d", "e", "f")) {
      scene.calls("front", name).cpu(service(name), 4);
    }
    scene.latency(service("front"), 5).ownTime(service("d"), 4);
    assertThat(first(scene.only())).isEqualTo(service("d"));
  }

  @Test
  void manyWeakWitnessesDoNotOutweighOneStrong() {
    scene
        .calls("front", "strong", "weak")
        .latency(service("front"), 5)
        .ownTime(service("strong"), 9)
        .cpu(service("weak"), 1.3)
        .ownTime(service("weak"), 1.3)
        .found(service("weak"), 3, Scene.shift(Signal.SATURATION, "queue", "", 1, 2, 3))
        .found(service("weak"), 3, Scene.shift(Signal.OTHER, "other", "", 1, 2, 3))
        .found(service("weak"), 3, Scene.shift(Signal.TRAFFIC, "requests", "", 10, 15, 3));
    assertThat(first(scene.only())).isEqualTo(service("strong"));
  }

  @Test
  void aComponentFromWhichNoWayLeadsToWhatHurtsComesLater() {
    scene
        .calls("front", "orders")
        .calls("elsewhere", "far")
        .calls("far", "farther")
        .hurts("front")
        .latency(service("front"), 9)
        .ownTime(service("orders"), 5)
        .ownTime(service("far"), 9);
    assertThat(first(scene.only())).isEqualTo(service("orders"));
  }

  @Test
  void onePodIsNamedWhereAllSpeaksOfItAndTheServiceWhereItDoesNot() {
    scene.calls("front", "orders").pods("orders", 3, "node-1").latency(service("front"), 9);
    scene.cpu(pod("orders-1"), 9);
    assertThat(first(scene.only())).isEqualTo(pod("orders-1"));
    scene.cpu(pod("orders-0"), 9).cpu(pod("orders-2"), 9);
    assertThat(first(scene.only())).isEqualTo(service("orders"));
  }

  @Test
  void theOnePodInTroubleIsNamedWhereItsServiceShowsItToo() {
    scene
        .calls("front", "orders")
        .pods("orders", 3, "node-1")
        .relate(service("orders"), RelationType.RUNS_ON, deployment("orders"))
        .latency(service("front"), 9)
        .errors(service("orders"), 0.3)
        .state(pod("orders-1"), "Pod", "Unhealthy");
    assertThat(first(scene.only())).isEqualTo(pod("orders-1"));
    scene.state(pod("orders-2"), "Pod", "Unhealthy");
    assertThat(first(scene.only())).isEqualTo(deployment("orders"));
  }

  @Test
  void everyTroubleThatObjectsTellIsAnIncidentOfItsOwn() {
    scene
        .state(pod("a"), "Pod", "ImagePullBackOff")
        .state(pod("b"), "Pod", "OOMKilled")
        .state(EntityRef.node("node-1"), "Node", "NodeStatusUnknown")
        .nobodyReported();
    assertThat(scene.incidents())
        .extracting(i -> i.causes().getFirst().kind())
        .containsExactlyInAnyOrder(
            CauseKind.IMAGE_PULL, CauseKind.OUT_OF_MEMORY, CauseKind.NODE_NOT_READY);
  }

  @Test
  void aChangeShortlyBeforeTheOnsetIsToldAndOthersAreNot() {
    scene
        .calls("front", "orders")
        .ownTime(service("orders"), 9)
        .change("orders", Duration.ofMinutes(2), "just before")
        .change("orders", Duration.ofMinutes(31), "long before")
        .change("orders", Duration.ofMinutes(-2), "after")
        .change("front", Duration.ofMinutes(2), "elsewhere");
    assertThat(scene.only().causes().getFirst().evidence())
        .filteredOn(e -> e.fact() instanceof Fact.ChangedBefore)
        .extracting(e -> ((Fact.ChangedBefore) e.fact()).change().summary())
        .containsExactly("just before");
  }

  @Test
  void theMapHoldsTheCauseTheSymptomAndTheWayBetween() {
    scene
        .calls("front", "orders", "users")
        .calls("orders", "stock")
        .ownTime(service("stock"), 9)
        .latency(service("front"), 9);
    var map = scene.only().map();
    assertThat(map.nodes()).extracting(CallMap.Node::entity).doesNotHaveDuplicates();
    assertThat(role(map, "stock")).isEqualTo(CallMap.Role.CAUSE);
    assertThat(role(map, "front")).isEqualTo(CallMap.Role.SYMPTOM);
    assertThat(role(map, "orders")).isEqualTo(CallMap.Role.ON_PATH);
    var nodes = map.nodes().stream().map(CallMap.Node::entity).toList();
    assertThat(map.edges())
        .isNotEmpty()
        .allSatisfy(e -> assertThat(nodes).contains(e.from(), e.to()));
  }

  @Test
  void theSameIncidentHasTheSameIdAndAnotherAnother() {
    String id = scene.calls("front", "orders").ownTime(service("orders"), 9).only().id();
    assertThat(scene.only().id()).isEqualTo(id);
    assertThat(new Scene().calls("front", "users").ownTime(service("users"), 9).only().id())
        .isNotEqualTo(id);
  }

  @Test
  void ofTwoAlikeNeitherIsSure() {
    scene.calls("front", "a", "b").ownTime(service("a"), 5);
    double alone = scene.only().causes().getFirst().confidence();
    scene.ownTime(service("b"), 5);
    assertThat(scene.only().causes().getFirst().confidence()).isLessThan(alone);
  }

  @RepeatedTest(10)
  void theOrderOfFindingsDoesNotMatter(RepetitionInfo repetition) {
    long seed = repetition.getCurrentRepetition();
    scene
        .calls("front", "orders", "users")
        .calls("orders", "stock", "bank")
        .pods("orders", 2, "node-1")
        .pods("stock", 1, "node-2")
        .latency(service("front"), 5)
        .latency(pod("orders-0"), 4)
        .cpu(pod("orders-1"), 3)
        .cpu(pod("stock-0"), 3)
        .ownTime(service("stock"), 5)
        .errors(service("bank"), 0.2)
        .gap("orders", "bank")
        .gap("orders", "stock")
        .state(pod("stock-0"), "Pod", "OOMKilled");
    var straight = scene.incidents();
    assertThat(scene.shuffled(seed).incidents()).as("seed %d", seed).isEqualTo(straight);
  }

  private static CallMap.Role role(CallMap map, String service) {
    return map.nodes().stream()
        .filter(n -> n.entity().equals(service(service)))
        .findFirst()
        .orElseThrow()
        .role();
  }

  private static EntityRef first(Incident incident) {
    return incident.causes().getFirst().entity();
  }
}
