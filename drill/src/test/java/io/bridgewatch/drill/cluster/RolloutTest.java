package io.bridgewatch.drill.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.bridgewatch.drill.runtime.ContainerRuntime.Exit;
import java.util.HashSet;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RolloutTest {
  private static final String NEWER = "images.bank.internal/bank/pay:1.1.0";

  private final Trial trial = new Trial();

  @AfterEach
  void close() {
    trial.close();
  }

  @Test
  void aRolloutReplacesAllPodsAndNeverLeavesTooFew() {
    var old = new HashSet<>(trial.pods("pay").stream().map(Pod::uid).toList());
    trial.setImage("pay", NEWER);
    var least = Integer.MAX_VALUE;
    var most = 0;
    for (var second = 0; second < 120; second++) {
      trial.run(1);
      least = Math.min(least, trial.ready("pay").size());
      most = Math.max(most, (int) trial.pods("pay").stream().filter(Pod::isActive).count());
    }

    assertThat(least).isEqualTo(3); // a quarter of three rounds down to none
    assertThat(most).isEqualTo(4); // and up to one
    assertThat(trial.ready("pay")).hasSize(3).noneMatch(pod -> old.contains(pod.uid()));
    var deployment = trial.get(Trial.deployment("pay"));
    assertThat(Trees.annotation(deployment, "deployment.kubernetes.io/revision")).isEqualTo("2");
    assertThat(Trees.condition(deployment, "Progressing").map(c -> Trees.text(c, "reason")))
        .hasValue("NewReplicaSetAvailable");
    assertThat(trial.events("ScalingReplicaSet"))
        .anyMatch(message -> message.matches("Scaled up replica set pay-\\w+ from 0 to 1"))
        .anyMatch(message -> message.matches("Scaled down replica set pay-\\w+ from 1 to 0"));
  }

  @Test
  void aBadReleaseIsStuckAndTheOldPodsStay() {
    trial.runtime.of(NEWER).answersProbe = path -> !path.equals("/health/ready");
    trial.setImage("pay", NEWER);
    trial.run(700);

    var deployment = trial.get(Trial.deployment("pay"));
    assertThat(trial.ready("pay"))
        .hasSize(3)
        .allMatch(pod -> Trees.text(Trial.container(pod), "image").equals(Trial.IMAGE), "is old");
    assertThat(Trees.condition(deployment, "Progressing").map(c -> Trees.text(c, "reason")))
        .hasValue("ProgressDeadlineExceeded");
    assertThat(Trees.isTrue(deployment, "Available")).isTrue();
    assertThat(trial.events("Unhealthy"))
        .contains("Readiness probe failed: HTTP probe failed with statuscode: 503");
  }

  @Test
  void theTimeForARolloutBeginsWithIt() {
    trial.run(3_600);
    trial.setImage("pay", NEWER);
    for (var second = 0; second < 120; second++) {
      trial.run(1);
      assertThat(
              Trees.condition(trial.get(Trial.deployment("pay")), "Progressing")
                  .map(c -> Trees.text(c, "status")))
          .hasValue("True");
    }
  }

  @Test
  void takingTheTemplateBackRollsBack() {
    var first = trial.get(Trial.deployment("pay")).at("/spec/template");
    var firstSet = trial.objects().list("apps/v1", "ReplicaSet").getFirst();
    trial.runtime.of(NEWER).ends = Optional.of(new Exit(1, "Error", ""));
    trial.setImage("pay", NEWER);
    trial.run(60);
    trial.change(Trial.deployment("pay"), live -> Trees.child(live, "spec").set("template", first));
    trial.run(60);

    assertThat(trial.pods("pay")).hasSize(3);
    assertThat(trial.ready("pay")).hasSize(3);
    var deployment = trial.get(Trial.deployment("pay"));
    assertThat(Trees.annotation(deployment, "deployment.kubernetes.io/revision")).isEqualTo("3");
    var set = trial.get(Trees.named(firstSet));
    assertThat(Trees.annotation(set, "deployment.kubernetes.io/revision-history")).isEqualTo("1");
    assertThat(DeploymentController.wanted(set)).isEqualTo(3);
  }

  @Test
  void aPausedDeploymentTakesNoNewTemplate() {
    trial.change(Trial.deployment("pay"), live -> Trees.child(live, "spec").put("paused", true));
    trial.setImage("pay", NEWER);
    trial.run(60);
    assertThat(trial.pods("pay"))
        .allMatch(pod -> Trees.text(Trial.container(pod), "image").equals(Trial.IMAGE));
    trial.change(Trial.deployment("pay"), live -> Trees.child(live, "spec").remove("paused"));
    trial.run(120);
    assertThat(trial.ready("pay"))
        .hasSize(3)
        .allMatch(pod -> Trees.text(Trial.container(pod), "image").equals(NEWER));
  }

  @Test
  void scalingUpAndDownChangesPodsAndAddresses() {
    trial.scale("pay", 5);
    trial.run(30);
    assertThat(trial.ready("pay")).hasSize(5);
    assertThat(trial.cluster.addresses("pay")).hasSize(5);
    trial.scale("pay", 3);
    trial.run(30);
    assertThat(trial.pods("pay")).hasSize(3);
    assertThat(trial.cluster.addresses("pay")).hasSize(3);
    assertThat(trial.events("SuccessfulDelete")).hasSize(2);
  }

  @Test
  void aStatefulSetIsUpdatedFromTheLastPodToTheFirst() {
    var set =
        new io.bridgewatch.kubernetes.server.KubernetesServer.ObjectName(
            "apps/v1", "StatefulSet", Trial.BANK, "db");
    trial.change(
        set,
        live ->
            ((tools.jackson.databind.node.ObjectNode) live.at("/spec/template/spec/containers/0"))
                .put("image", "images.bank.internal/bank/db:2"));
    var sawLastFirst = false;
    for (var second = 0; second < 120; second++) {
      trial.run(1);
      var pods = trial.pods("db");
      sawLastFirst |=
          pods.size() == 2
              && image(pods.get(0)).endsWith("1.0.0")
              && image(pods.get(1)).endsWith("db:2");
    }
    assertThat(sawLastFirst).isTrue();
    assertThat(trial.ready("db")).hasSize(2).allMatch(pod -> image(pod).endsWith("db:2"));
    var status = trial.get(set).path("status");
    assertThat(Trees.text(status, "currentRevision"))
        .isEqualTo(Trees.text(status, "updateRevision"));
    assertThat(trial.objects().list("apps/v1", "ControllerRevision")).hasSize(3);
    assertThat(trial.objects().list("v1", "PersistentVolumeClaim"))
        .hasSize(2)
        .allMatch(claim -> Trees.text(claim, "status", "phase").equals("Bound"));
  }

  private static String image(Pod pod) {
    return pod.spec().at("/containers/0/image").asString("");
  }
}
