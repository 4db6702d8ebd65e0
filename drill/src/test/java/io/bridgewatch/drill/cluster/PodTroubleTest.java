package io.bridgewatch.drill.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.bridgewatch.drill.runtime.ContainerRuntime.Exit;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PodTroubleTest {
  private final Trial trial = new Trial();

  @AfterEach
  void close() {
    trial.close();
  }

  @Test
  void aContainerThatEndsAgainAndAgainIsStartedEverMoreSeldom() {
    trial.runtime.of("crash:1").ends = Optional.of(new Exit(3, "Error", ""));
    trial.create(Trial.deployment("crash", 1, "{\"name\":\"c\",\"image\":\"crash:1\"}"));
    trial.run(32);
    var pod = trial.pods("crash").getFirst();
    var status = Trial.container(pod);
    assertThat(Trees.text(status, "state", "waiting", "reason")).isEqualTo("CrashLoopBackOff");
    assertThat(Trees.text(status, "state", "waiting", "message"))
        .isEqualTo(
            "back-off 20s restarting failed container=c pod=%s_bank(%s)"
                .formatted(pod.name(), pod.uid()));
    assertThat(status.at("/lastState/terminated/exitCode").asInt()).isEqualTo(3);
    trial.run(900);
    // at once, then after 10, 20, 40, 80, 160 and 300 seconds, each time two seconds of running
    assertThat(Trial.container(trial.pods("crash").getFirst()).path("restartCount").asInt())
        .isBetween(6, 8);
    assertThat(trial.events("BackOff"))
        .contains(
            "Back-off restarting failed container c in pod %s_bank(%s)"
                .formatted(pod.name(), pod.uid()));
  }

  @Test
  void aKilledContainerTellsThatItsMemoryWasUsedUp() {
    trial.runtime.of("oom:1").ends = Optional.of(new Exit(137, "OOMKilled", ""));
    trial.create(Trial.deployment("oom", 1, "{\"name\":\"c\",\"image\":\"oom:1\"}"));
    trial.run(20);
    var status = Trial.container(trial.pods("oom").getFirst());
    assertThat(Trees.text(status, "lastState", "terminated", "reason")).isEqualTo("OOMKilled");
    assertThat(status.at("/lastState/terminated/exitCode").asInt()).isEqualTo(137);
  }

  @Test
  void anImageThatIsNotThereIsTriedAgain() {
    trial.cluster.images().fail("gone:9", "failed to resolve image: not found");
    trial.create(Trial.deployment("gone", 1, "{\"name\":\"c\",\"image\":\"gone:9\"}"));
    trial.run(10);
    var status = Trial.container(trial.pods("gone").getFirst());
    assertThat(Trees.text(status, "state", "waiting", "reason")).isEqualTo("ImagePullBackOff");
    assertThat(Trees.text(status, "state", "waiting", "message"))
        .isEqualTo(
            "Back-off pulling image \"gone:9\": ErrImagePull: failed to resolve image: not found");
    assertThat(trial.events("Failed"))
        .contains(
            "Failed to pull image \"gone:9\": failed to resolve image: not found",
            "Error: ErrImagePull",
            "Error: ImagePullBackOff");
    trial.cluster.images().heal("gone:9");
    trial.run(60);
    assertThat(trial.ready("gone")).hasSize(1);
  }

  @Test
  void aMissingConfigurationIsToldAndLaterFound() {
    trial.create(
        Trial.deployment(
            "needy",
            1,
            """
            {"name":"c","image":"needy:1","env":[{"name":"KEY","valueFrom":
              {"configMapKeyRef":{"name":"settings","key":"key"}}}]}"""));
    trial.run(15);
    var status = Trial.container(trial.pods("needy").getFirst());
    assertThat(Trees.text(status, "state", "waiting", "reason"))
        .isEqualTo("CreateContainerConfigError");
    assertThat(Trees.text(status, "state", "waiting", "message"))
        .isEqualTo("configmap \"settings\" not found");
    trial.create(
        """
        {"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"settings","namespace":"bank"},
         "data":{"other":"1"}}""");
    trial.run(20);
    assertThat(trial.events("Failed"))
        .contains("Error: couldn't find key key in ConfigMap bank/settings");
    trial.change(
        new io.bridgewatch.kubernetes.server.KubernetesServer.ObjectName(
            "v1", "ConfigMap", "bank", "settings"),
        live -> Trees.child(live, "data").put("key", "value"));
    trial.run(30);
    assertThat(trial.ready("needy")).hasSize(1);
    assertThat(trial.runtime.processes.getLast().start.environment()).containsEntry("KEY", "value");
  }

  @Test
  void aPodThatFitsNowhereSaysWhy() {
    trial.create(
        Trial.deployment(
            "big",
            1,
            "{\"name\":\"c\",\"image\":\"big:1\",\"resources\":{\"requests\":{\"cpu\":\"30\"}}}"));
    trial.run(5);
    var words =
        "0/3 nodes are available: 3 Insufficient cpu. no new claims to deallocate, preemption:"
            + " 0/3 nodes are available: 3 Preemption is not helpful for scheduling.";
    assertThat(trial.events("FailedScheduling")).containsExactly(words);
    var pod = trial.pods("big").getFirst();
    var condition = Trees.condition(pod.tree(), "PodScheduled").orElseThrow();
    assertThat(Trees.text(condition, "reason")).isEqualTo("Unschedulable");
    assertThat(Trees.text(condition, "message")).isEqualTo(words);
  }

  @Test
  void aQuotaThatIsUsedUpIsTold() {
    var quota =
        new io.bridgewatch.kubernetes.server.KubernetesServer.ObjectName(
            "v1", "ResourceQuota", "bank", "team");
    trial.change(
        quota,
        live -> ((tools.jackson.databind.node.ObjectNode) live.at("/spec/hard")).put("pods", "9"));
    trial.run(2);
    trial.scale("pay", 6);
    trial.run(20);
    assertThat(trial.ready("pay")).hasSize(4);
    assertThat(trial.events("FailedCreate"))
        .anyMatch(
            message ->
                message.matches(
                    "Error creating: pods \"pay-[a-z0-9]+-[a-z0-9]+\" is forbidden: exceeded quota:"
                        + " team, requested: pods=1, used: pods=9, limited: pods=9"));
    var deployment = trial.get(Trial.deployment("pay"));
    assertThat(Trees.isTrue(deployment, "ReplicaFailure")).isTrue();
    trial.scale("pay", 3);
    trial.run(20);
    assertThat(trial.get(quota).at("/status/used/pods").asString("")).isEqualTo("8");
  }

  @Test
  void aSetThatMayNotMakePodsTriesLessAndLessOften() {
    trial.change(
        new io.bridgewatch.kubernetes.server.KubernetesServer.ObjectName(
            "v1", "ResourceQuota", "bank", "team"),
        live -> ((tools.jackson.databind.node.ObjectNode) live.at("/spec/hard")).put("pods", "9"));
    trial.run(2);
    trial.scale("pay", 6);
    trial.run(60);
    assertThat(failedCreates()).isBetween(4, 20);
    trial.run(1_200);
    assertThat(failedCreates()).isLessThan(40);
    assertThat(trial.events("FailedCreate"))
        .hasSizeLessThanOrEqualTo(11)
        .anyMatch(message -> message.startsWith("(combined from similar events): "));
  }

  private int failedCreates() {
    return trial.objects().list("v1", "Event").stream()
        .filter(event -> Trees.text(event, "reason").equals("FailedCreate"))
        .mapToInt(event -> event.path("count").asInt())
        .sum();
  }

  @Test
  void aContainerThatFailsItsLivenessProbeIsRestarted() {
    var sick = trial.runtime.of(Trial.IMAGE);
    sick.answersProbe = path -> !path.equals("/health/live");
    trial.run(100);
    assertThat(trial.events("Killing"))
        .contains("Container pay failed liveness probe, will be restarted");
    assertThat(Trial.container(trial.pods("pay").getFirst()).path("restartCount").asInt())
        .isPositive();
    sick.answersProbe = path -> true;
    trial.run(120);
    assertThat(trial.ready("pay")).hasSize(3);
  }

  @Test
  void aProcessThatDoesNotEndIsKilledAfterItsGrace() {
    trial.runtime.of(Trial.IMAGE).ignoresTermination = true;
    var pod = trial.pods("pay").getFirst();
    trial.objects().delete(pod.objectName(), Optional.empty());
    trial.run(25);
    assertThat(trial.pods("pay")).anyMatch(one -> one.uid().equals(pod.uid()));
    assertThat(trial.cluster.addresses("pay")).hasSize(3); // its successor serves already
    trial.run(10);
    assertThat(trial.pods("pay")).noneMatch(one -> one.uid().equals(pod.uid()));
    assertThat(trial.events("Killing")).contains("Stopping container pay");
  }
}
