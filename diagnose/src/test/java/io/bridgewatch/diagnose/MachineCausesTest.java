package io.bridgewatch.diagnose;

import static io.bridgewatch.diagnose.Scene.pod;
import static io.bridgewatch.diagnose.Scene.service;
import static org.assertj.core.api.Assertions.assertThat;

import io.bridgewatch.model.AttributeNames;
import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.Cause;
import io.bridgewatch.model.CauseKind;
import io.bridgewatch.model.EntityRef;
import io.bridgewatch.model.EntityType;
import io.bridgewatch.model.Layer;
import io.bridgewatch.model.MachineSign;
import io.bridgewatch.model.RelationType;
import io.bridgewatch.model.RuledOut;
import io.bridgewatch.model.Signal;
import io.bridgewatch.model.Symptom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Nodes and their devices as causes of what is suffered above them. */
class MachineCausesTest {

  private static final EntityRef NODE = EntityRef.node("n1");
  private static final EntityRef DISK = device("sdb");

  private final Scene scene = new Scene();

  @BeforeEach
  void aBankOnNodes() {
    scene
        .calls("front", "orders")
        .calls("orders", "store")
        .pods("front", 2, "n2")
        .pods("orders", 2, "n2")
        .pods("store", 1, "n1")
        .relate(DISK, RelationType.LOCATED_IN, NODE)
        .nobodyReported();
  }

  @Test
  void aSlowDiskExplainsWhoeverUsesItAndAllAbove() {
    slow("front", "orders", "store");
    scene.ownTime(service("store"), 9);
    found(DISK, MachineSign.DISK_OPERATION_DURATION, 0.002, 0.12);
    found(DISK, MachineSign.DISK_UTILIZATION, 0.1, 1);
    Cause cause = first();
    assertThat(cause.entity()).isEqualTo(DISK);
    assertThat(cause.kind()).isEqualTo(CauseKind.NODE_DISK);
    assertThat(cause.layer()).isEqualTo(Layer.HARDWARE);
    assertThat(cause.path())
        .containsExactly(DISK, NODE, service("store"), service("orders"), service("front"));
    assertThat(scene.only().ruledOut())
        .filteredOn(out -> out.reason() == RuledOut.Reason.EXPLAINED_BY_DEPENDENCY)
        .extracting(RuledOut::entity)
        .contains(service("store"));
  }

  @Test
  void untilTheEdgeFeelsADiskWhatSuffersHighestAboveItIsHurt() {
    scene.ownTime(service("orders"), 2).ownTime(service("store"), 2);
    found(DISK, MachineSign.DISK_OPERATION_DURATION, 0.002, 0.12);
    var incident = scene.only();
    assertThat(incident.symptoms()).extracting(Symptom::entity).containsOnly(service("orders"));
    assertThat(incident.causes().getFirst().path())
        .containsExactly(DISK, NODE, service("store"), service("orders"));
  }

  @Test
  void theWayUpLeadsOverAStoreWhoseWorkPilesUpRatherThanOverAShorterCalmOne() {
    scene.calls("front", "bystander").pods("bystander", 1, "n1");
    slow("front", "orders");
    scene.found(
        service("store"), 20, Scene.shift(Signal.SATURATION, "server_threads_busy", "", 1, 6, 20));
    found(DISK, MachineSign.DISK_OPERATION_DURATION, 0.002, 0.12);
    assertThat(first().path())
        .containsExactly(DISK, NODE, service("store"), service("orders"), service("front"));
  }

  @Test
  void aBusyDiskIsNotSlow() {
    slow("front", "orders");
    scene.ownTime(service("orders"), 9);
    found(DISK, MachineSign.DISK_UTILIZATION, 0.5, 0.8);
    assertThat(first().entity().name()).startsWith("orders");
  }

  @Test
  void whatWaitsForADiskIsTheDisksMatter() {
    slow("front", "orders", "store");
    found(NODE, MachineSign.DISK_PRESSURE, 0.01, 0.7);
    found(DISK, MachineSign.DISK_OPERATION_DURATION, 0.002, 0.12);
    assertThat(first().entity()).isEqualTo(DISK);
  }

  @Test
  void aNodeWithAStrangerOnItIsToBlame() {
    slow("front", "orders", "store");
    found(NODE, MachineSign.CPU_UTILIZATION, 0.3, 1);
    found(NODE, MachineSign.CPU_PRESSURE, 0.01, 0.8);
    Cause cause = first();
    assertThat(cause.entity()).isEqualTo(NODE);
    assertThat(cause.kind()).isEqualTo(CauseKind.NODE_CPU);
    assertThat(cause.layer()).isEqualTo(Layer.NODE);
  }

  @Test
  void aPodThatTakesTheCpuExplainsItsNode() {
    slow("front", "orders", "store");
    scene.cpu(pod("store-0"), 9);
    found(NODE, MachineSign.CPU_UTILIZATION, 0.3, 1);
    assertThat(first().entity().name()).startsWith("store");
  }

  @Test
  void whatSensorsTellIsOfTheHardware() {
    slow("front", "orders", "store");
    scene.cpu(pod("store-0"), 2);
    found(NODE, MachineSign.CPU_THROTTLES, 0, 0.5);
    found(NODE, MachineSign.CPU_CLOCK_LOSS, 0, 0.5);
    Cause cause = first();
    assertThat(cause.entity()).isEqualTo(NODE);
    assertThat(cause.kind()).isEqualTo(CauseKind.NODE_CPU);
    assertThat(cause.layer()).isEqualTo(Layer.HARDWARE);
  }

  @Test
  void aWigglingSensorIsNoIncident() {
    found(NODE, MachineSign.CPU_TEMPERATURE, 0.5, 0.7);
    found(NODE, MachineSign.MEMORY_ERRORS_CORRECTED, 0, 0.001);
    found(device("eth0"), MachineSign.NETWORK_DROPPED, 0.1, 1);
    found(DISK, MachineSign.DISK_OPERATION_DURATION, 0.001, 0.004);
    found(DISK, MachineSign.DISK_UTILIZATION, 0.2, 0.6);
    assertThat(scene.incidents()).isEmpty();
  }

  private Cause first() {
    return scene.only().causes().getFirst();
  }

  private void slow(String... services) {
    for (String name : services) {
      scene.latency(service(name), 5);
    }
  }

  private void found(EntityRef where, MachineSign sign, double before, double after) {
    scene.found(
        where, 100, Scene.shift(sign.signal(), sign.metric(), sign.unit(), before, after, 100));
  }

  private static EntityRef device(String name) {
    return new EntityRef(
        EntityType.DEVICE, Attributes.of(AttributeNames.NODE, "n1", AttributeNames.DEVICE, name));
  }
}
