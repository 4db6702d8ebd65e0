package io.bridgewatch.diagnose;

import static io.bridgewatch.diagnose.Scene.deployment;
import static io.bridgewatch.diagnose.Scene.pod;
import static io.bridgewatch.diagnose.Scene.service;
import static org.assertj.core.api.Assertions.assertThat;

import io.bridgewatch.model.AttributeNames;
import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.EntityRef;
import io.bridgewatch.model.EntityType;
import io.bridgewatch.model.RelationType;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ComponentsTest {

  private static final EntityRef REPLICASET =
      new EntityRef(EntityType.REPLICASET, Attributes.of(AttributeNames.REPLICASET, "orders-7f"));

  private final Scene scene = new Scene();

  @Test
  void aPodBelongsToTheServiceThatRunsOnIt() {
    scene.pods("orders", 2, "node-1");
    var components = scene.components();
    assertThat(components.of(pod("orders-0"))).isEqualTo(service("orders"));
    assertThat(components.of(service("orders"))).isEqualTo(service("orders"));
    assertThat(components.pods(service("orders")))
        .containsExactly(pod("orders-0"), pod("orders-1"));
    assertThat(components.nodes(service("orders"))).containsExactly(EntityRef.node("node-1"));
  }

  @Test
  void aPodBelongsToItsWorkloadWhereNoServiceIsKnown() {
    scene
        .relate(pod("orders-0"), RelationType.OWNED_BY, REPLICASET)
        .relate(REPLICASET, RelationType.OWNED_BY, deployment("orders"));
    var components = scene.components();
    assertThat(components.of(pod("orders-0"))).isEqualTo(deployment("orders"));
    assertThat(components.pods(deployment("orders"))).containsExactly(pod("orders-0"));
  }

  @Test
  void aPodOfAWorkloadOfAServiceBelongsToTheService() {
    scene
        .relate(pod("orders-0"), RelationType.OWNED_BY, REPLICASET)
        .relate(REPLICASET, RelationType.OWNED_BY, deployment("orders"))
        .relate(service("orders"), RelationType.RUNS_ON, deployment("orders"));
    assertThat(scene.components().of(pod("orders-0"))).isEqualTo(service("orders"));
    assertThat(scene.components().pods(service("orders"))).containsExactly(pod("orders-0"));
  }

  @Test
  void whatNobodyOwnsIsItsOwnComponent() {
    var components = scene.components();
    assertThat(components.of(pod("alone"))).isEqualTo(pod("alone"));
    assertThat(components.of(EntityRef.node("n"))).isEqualTo(EntityRef.node("n"));
    assertThat(components.pods(service("unknown"))).isEmpty();
  }

  @Test
  void owningEachOtherInACircleEnds() {
    scene
        .relate(pod("a"), RelationType.OWNED_BY, pod("b"))
        .relate(pod("b"), RelationType.OWNED_BY, pod("a"))
        .relate(REPLICASET, RelationType.OWNED_BY, REPLICASET);
    assertThat(scene.components().of(pod("a"))).isIn(pod("a"), pod("b"));
    assertThat(scene.components().of(REPLICASET)).isEqualTo(REPLICASET);
    assertThat(scene.components().pods(REPLICASET)).isEmpty();
  }

  @Test
  void callsBetweenPodsAreCallsBetweenTheirServices() {
    scene
        .pods("front", 2, "node-1")
        .pods("orders", 1, "node-2")
        .relate(service("front"), RelationType.CALLS, pod("orders-0"))
        .relate(service("front"), RelationType.CALLS, pod("front-1"));
    var components = scene.components();
    assertThat(components.callees(service("front"))).containsExactly(service("orders"));
    assertThat(components.callers(service("front"))).isEmpty();
  }

  @Test
  void aPathFollowsCallsBackwardsAndIsTheShortest() {
    scene.calls("front", "orders", "users").calls("orders", "stock").calls("users", "orders");
    assertThat(path(service("stock"), service("front")))
        .containsExactly(service("stock"), service("orders"), service("front"));
    assertThat(path(service("front"), service("stock"))).isEmpty();
    assertThat(path(service("front"), service("front"))).containsExactly(service("front"));
  }

  @Test
  void aPathFromANodeLeadsOverWhatRunsOnIt() {
    scene.calls("front", "orders").pods("orders", 1, "node-1").pods("front", 1, "node-2");
    assertThat(path(EntityRef.node("node-1"), service("front")))
        .containsExactly(EntityRef.node("node-1"), service("orders"), service("front"));
  }

  @Test
  void aCircleOfCallsEnds() {
    scene.calls("a", "b").calls("b", "a");
    assertThat(path(service("a"), service("c"))).isEmpty();
    assertThat(path(service("a"), service("b"))).containsExactly(service("a"), service("b"));
  }

  private List<EntityRef> path(EntityRef from, EntityRef to) {
    NavigableSet<EntityRef> hurt = new TreeSet<>(List.of(to));
    return scene.components().path(from, hurt);
  }
}
