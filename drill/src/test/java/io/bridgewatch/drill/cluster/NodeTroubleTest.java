package io.bridgewatch.drill.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.bridgewatch.kubernetes.server.KubernetesServer.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NodeTroubleTest {
  private static final ObjectName NODE = new ObjectName("v1", "Node", "node-a");

  private final Trial trial = new Trial();

  @AfterEach
  void close() {
    trial.close();
  }

  @Test
  void podsOfALostNodeAreNotReadyAndComeUpElsewhere() {
    trial.machine("node-a").isUp = false;
    trial.run(45);
    assertThat(Trees.isTrue(trial.get(NODE), "Ready")).isTrue();
    assertThat(trial.cluster.addresses("pay")).hasSize(3);
    trial.run(25);
    var ready = Trees.condition(trial.get(NODE), "Ready").orElseThrow();
    assertThat(Trees.text(ready, "status")).isEqualTo("Unknown");
    assertThat(Trees.text(ready, "message")).isEqualTo("Kubelet stopped posting node status.");
    assertThat(trial.get(NODE).at("/spec/taints"))
        .extracting(taint -> Trees.text(taint, "key") + ":" + Trees.text(taint, "effect"))
        .containsExactly(
            "node.kubernetes.io/unreachable:NoSchedule",
            "node.kubernetes.io/unreachable:NoExecute");
    assertThat(trial.cluster.addresses("pay")).hasSize(2);
    assertThat(trial.events("NodeNotReady")).contains("Node is not ready");
    trial.run(330);
    assertThat(trial.ready("pay")).hasSize(3).noneMatch(pod -> pod.nodeName().equals("node-a"));
    assertThat(trial.pods("pay"))
        .filteredOn(pod -> pod.nodeName().equals("node-a"))
        .hasSize(1)
        .allMatch(Pod::isTerminating);
    assertThat(trial.events("TaintManagerEviction"))
        .anyMatch(message -> message.startsWith("Marking for deletion Pod bank/pay-"));

    trial.machine("node-a").isUp = true;
    trial.run(60);
    assertThat(Trees.isTrue(trial.get(NODE), "Ready")).isTrue();
    assertThat(trial.get(NODE).path("spec").has("taints")).isFalse();
    assertThat(trial.pods("pay")).hasSize(3);
    assertThat(trial.ready("agent")).hasSize(3);
    assertThat(trial.events("Rebooted")).hasSize(1);
  }

  @Test
  void aStoppedKubeletThatComesBackInTimeCostsNoPod() {
    var before = trial.pods("pay").stream().map(Pod::uid).toList();
    trial.cluster.stopKubelet("node-a");
    trial.run(90);
    assertThat(trial.cluster.addresses("pay")).hasSize(2);
    trial.cluster.startKubelet("node-a");
    trial.run(30);
    assertThat(trial.pods("pay").stream().map(Pod::uid).toList()).containsExactlyElementsOf(before);
    assertThat(trial.ready("pay")).hasSize(3);
    assertThat(trial.events("TaintManagerEviction"))
        .anyMatch(message -> message.startsWith("Cancelling deletion of Pod bank/"));
  }

  @Test
  void aCordonedNodeGetsNoNewPods() {
    trial.change(NODE, node -> Trees.child(node, "spec").put("unschedulable", true));
    trial.scale("pay", 6);
    trial.run(30);
    assertThat(trial.ready("pay")).hasSize(6);
    assertThat(trial.ready("pay").stream().filter(pod -> pod.nodeName().equals("node-a")))
        .hasSize(1);
    assertThat(trial.get(NODE).at("/spec/taints/0/key").asString(""))
        .isEqualTo("node.kubernetes.io/unschedulable");
  }

  @Test
  void memoryPressureIsToldAndPodsAreEvicted() {
    trial.machine("node-a").memoryAvailableBytes = 50L << 20;
    trial.run(5);
    assertThat(Trees.isTrue(trial.get(NODE), "MemoryPressure")).isTrue();
    trial.machine("node-a").memoryAvailableBytes = 8L << 30;
    trial.run(60);
    assertThat(Trees.isTrue(trial.get(NODE), "MemoryPressure")).isFalse();
    assertThat(trial.events("Evicted"))
        .containsExactly(
            "The node was low on resource: memory. Threshold quantity: 100Mi, available:"
                + " 51200Ki. ");
    assertThat(trial.ready("pay")).hasSize(3);
    assertThat(trial.ready("db")).hasSize(2);
  }
}
