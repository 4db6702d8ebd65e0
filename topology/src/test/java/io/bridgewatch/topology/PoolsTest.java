package io.bridgewatch.topology;

import static io.bridgewatch.testkit.KubernetesSample.object;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.bridgewatch.model.KubernetesObject;
import io.bridgewatch.model.Topology;
import io.bridgewatch.topology.Pools.NodeKey;
import io.bridgewatch.topology.Pools.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PoolsTest {

  private static final double GIB = 1L << 30;

  private final List<KubernetesObject> objects = new ArrayList<>();

  @Test
  void nodesOfOneLabelAreOnePoolWithWhatItsPodsAskFor() {
    node("a", "batch", "");
    node("b", "batch", "");
    node("c", "online", "");
    pod("x", "a", "500m", "1Gi", "Running");
    pod("y", "b", "1", "2Gi", "Running");
    pod("done", "b", "4", "8Gi", "Succeeded");
    assertThat(Pools.ofNodes(topology(), new NodeKey.ByPool()))
        .satisfiesExactly(
            batch -> {
              assertThat(batch.name()).isEqualTo("batch");
              assertThat(batch.nodes()).isEqualTo(2);
              assertThat(batch.readyNodes()).isEqualTo(2);
              assertThat(batch.pods()).isEqualTo(2);
              assertThat(batch.allocatable().cpu()).isEqualTo(7.8);
              assertThat(batch.requests().cpu()).isEqualTo(1.5);
              assertThat(batch.requests().memory()).isEqualTo(3 * GIB);
            },
            online -> assertThat(online.pods()).isZero());
    assertThat(Pools.ofNodes(topology(), new NodeKey.ByZone()))
        .extracting(Pools.Pool::name)
        .containsExactly("z1");
  }

  @Test
  void podsBelongToTheTeamOfTheirWorkloadOrOfTheirNamespace() {
    objects.add(
        object(
            """
            {"kind":"Namespace","apiVersion":"v1","metadata":{"name":"shop","uid":"ns",
             "labels":{"team":"web"}}}"""));
    objects.add(
        object(
            """
            {"kind":"StatefulSet","apiVersion":"apps/v1","metadata":{"name":"ledger",
             "namespace":"shop","uid":"s","labels":{"team":"core"}},"spec":{"replicas":1}}"""));
    node("a", "p", "");
    pod("front", "a", "1", "1Gi", "Running");
    objects.add(
        object(
            """
            {"kind":"Pod","apiVersion":"v1","metadata":{"name":"ledger-0","namespace":"shop",
             "uid":"l0","ownerReferences":[{"apiVersion":"apps/v1","kind":"StatefulSet",
             "name":"ledger","uid":"s","controller":true}]},
             "spec":{"nodeName":"a","containers":[{"name":"c"}]},"status":{"phase":"Running"}}"""));
    assertThat(Pools.ofOwners(topology(), Pools.OwnerKey.TEAM))
        .extracting(Pools.Pool::name, Pools.Pool::pods, Pools.Pool::unrequested)
        .containsExactly(tuple("core", 1, 1), tuple("web", 1, 0));
  }

  @Test
  void whatFitsIsCountedNodeByNodeAndWhatDoesNotSaysWhy() {
    node("a", "batch", "");
    node("b", "batch", "");
    node("c", "batch", "{\"key\":\"dedicated\",\"value\":\"db\",\"effect\":\"NoSchedule\"}");
    pod("x", "a", "3", "1Gi", "Running");
    var wish = new Pools.Wish(1.9, GIB, Map.of(), Set.of());
    assertThat(Pools.placement(topology(), wish, new NodeKey.ByPool()))
        .singleElement()
        .satisfies(
            place -> {
              assertThat(place.fits()).isEqualTo(2); // both on b; 0.9 cores are left on a
              assertThat(place.nodes()).isEqualTo(1);
              assertThat(place.refusals())
                  .isEqualTo(Map.of(Refusal.TOO_LITTLE_CPU, 1, Refusal.TAINTED, 1));
            });
    var bearing = new Pools.Wish(1.9, GIB, Map.of(), Set.of("dedicated"));
    assertThat(Pools.placement(topology(), bearing, new NodeKey.ByPool()).getFirst().fits())
        .isEqualTo(4);
    var elsewhere = new Pools.Wish(1, GIB, Map.of("disk", "ssd"), Set.of());
    assertThat(Pools.placement(topology(), elsewhere, new NodeKey.ByPool()).getFirst().refusals())
        .isEqualTo(Map.of(Refusal.SELECTOR_DIFFERS, 3));
  }

  private Topology topology() {
    var replay = new Replay();
    replay.lists(Replay.START, objects);
    return replay.state.topology();
  }

  private void node(String name, String pool, String taint) {
    objects.add(
        object(
            """
            {"kind":"Node","apiVersion":"v1","metadata":{"name":"%1$s","uid":"n-%1$s",
             "labels":{"node-pool":"%2$s","topology.kubernetes.io/zone":"z1"}},
             "spec":{"taints":[%3$s]},
             "status":{"capacity":{"cpu":"4","memory":"8Gi","pods":"110"},
             "allocatable":{"cpu":"3900m","memory":"7Gi","pods":"110"},
             "nodeInfo":{"architecture":"arm64"},
             "conditions":[{"type":"Ready","status":"True"}]}}"""
                .formatted(name, pool, taint)));
  }

  private void pod(String name, String node, String cpu, String memory, String phase) {
    objects.add(
        object(
            """
            {"kind":"Pod","apiVersion":"v1","metadata":{"name":"%1$s","namespace":"shop",
             "uid":"p-%1$s"},"spec":{"nodeName":"%2$s","containers":[{"name":"c",
             "resources":{"requests":{"cpu":"%3$s","memory":"%4$s"}}}]},
             "status":{"phase":"%5$s"}}"""
                .formatted(name, node, cpu, memory, phase)));
  }
}
