package io.bridgewatch.scale;

import static io.bridgewatch.testkit.KubernetesSample.object;
import static org.assertj.core.api.Assertions.assertThat;

import io.bridgewatch.model.KubernetesObject;
import io.bridgewatch.scale.ClusterRoom.Free;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ClusterRoomTest {

  private static ClusterRoom room(KubernetesObject workload, KubernetesObject... nodes) {
    return ClusterRoom.of(
        workload,
        Free.of(
            List.of(nodes),
            List.of(Workloads.pod("a", "n1", "1500m"), Workloads.pod("b", "n1", "500m"))),
        List.of());
  }

  @Test
  void whatNodesHaveLeftIsCountedNodeByNode() {
    // n1: 4 - 2 = 2 cores, four of 500m; n2: 1.9 cores, three
    var room =
        room(Workloads.ready(), Workloads.node("n1", "4", ""), Workloads.node("n2", "1900m", ""));
    assertThat(room).isEqualTo(new ClusterRoom(4, 7, 2, Optional.empty()));
    assertThat(room.largest()).isEqualTo(11);
  }

  @Test
  void nodesThatDoNotTakeThePodsDoNotCount() {
    var tainted =
        Workloads.node("n2", "8", ", \"taints\": [{\"key\": \"db\", \"effect\": \"NoSchedule\"}]");
    var cordoned = Workloads.node("n3", "8", ", \"unschedulable\": true");
    assertThat(room(Workloads.ready(), tainted, cordoned).nodes()).isZero();
    var tolerant =
        Workloads.deployment(
            "cart",
            Workloads.CONTAINER,
            ", \"tolerations\": [{\"key\": \"db\", \"operator\": \"Exists\"}]");
    assertThat(room(tolerant, tainted, cordoned).nodes()).isEqualTo(1);
    var elsewhere =
        Workloads.deployment(
            "cart", Workloads.CONTAINER, ", \"nodeSelector\": {\"pool\": \"batch\"}");
    assertThat(room(elsewhere, Workloads.node("n1", "8", "")).nodes()).isZero();
    String affinity =
        ", \"affinity\": {\"nodeAffinity\": {\"requiredDuringSchedulingIgnoredDuringExecution\":"
            + " {\"nodeSelectorTerms\": [{\"matchExpressions\": [{\"key\": \"cores\","
            + " \"operator\": \"Gt\", \"values\": [\"%d\"]}]}]}}}";
    var few = Workloads.deployment("cart", Workloads.CONTAINER, affinity.formatted(4));
    var many = Workloads.deployment("cart", Workloads.CONTAINER, affinity.formatted(8));
    assertThat(room(few, Workloads.node("n1", "8", "")).nodes()).isEqualTo(1);
    assertThat(room(many, Workloads.node("n1", "8", "")).nodes()).isZero();
  }

  @Test
  void theTightestQuotaOfTheNamespaceCounts() {
    String quota =
        """
        {"apiVersion": "v1", "kind": "ResourceQuota",
         "metadata": {"name": "%s", "namespace": "%s"}, "spec": {%s},
         "status": {"hard": {"requests.cpu": "%s", "requests.memory": "20Gi", "services": "1"},
           "used": {"requests.cpu": "2", "requests.memory": "4Gi", "services": "1"}}}
        """;
    var room =
        ClusterRoom.of(
            Workloads.ready(),
            Free.of(List.of(Workloads.node("n1", "64", "")), List.of()),
            List.of(
                object(quota.formatted("all", "shop", "", "5")),
                object(quota.formatted("other", "pay", "", "2")),
                object(quota.formatted("night", "shop", "\"scopes\": [\"BestEffort\"]", "2"))));
    assertThat(room.quota()).contains(new ClusterRoom.Quota("all", "requests.cpu", 6));
    assertThat(room.moreByNodes()).isEqualTo(16); // by memory
    assertThat(room.largest()).isEqualTo(10);
  }
}
