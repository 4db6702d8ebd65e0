package io.bridgewatch.drill.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.bridgewatch.kubernetes.server.KubernetesServer.ObjectName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What operators do, by the real kubectl, while the simulation runs. */
@Timeout(180)
class KubectlTest {
  @TempDir Path home;

  private final Trial trial = new Trial();

  @BeforeEach
  void find() throws IOException {
    var found =
        Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, "kubectl")));
    assumeTrue(found, "kubectl is not on the PATH: what it does against the drill stays untested");
    Files.writeString(
        home.resolve("config"),
        """
        apiVersion: v1
        kind: Config
        clusters: [{name: drill, cluster: {server: "%s"}}]
        contexts: [{name: drill, context: {cluster: drill, namespace: bank}}]
        current-context: drill
        """
            .formatted(trial.cluster.url()));
  }

  @AfterEach
  void close() {
    trial.close();
  }

  /** How a command ended, and what it wrote, errors included. */
  private record Ended(int code, String text) {}

  /** Runs kubectl while the simulation goes on, a second of it at a time. */
  private Ended kubectl(String... arguments) throws Exception {
    var command = new ArrayList<>(List.of("kubectl"));
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("KUBECONFIG", home.resolve("config").toString());
    builder.environment().put("HOME", home.toString());
    Callable<Ended> wait =
        () -> {
          var process = builder.start();
          process.getOutputStream().close();
          var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
          return new Ended(process.waitFor(), text);
        };
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var ended = threads.submit(wait);
      while (!ended.isDone()) {
        trial.run(1);
        try {
          ended.get(40, TimeUnit.MILLISECONDS);
        } catch (java.util.concurrent.TimeoutException stillRunning) {
          // the world goes on
        }
      }
      return ended.get();
    }
  }

  private String succeeded(String... arguments) throws Exception {
    var ended = kubectl(arguments);
    assertThat(ended.code).as(String.join(" ", arguments) + "\n" + ended.text).isZero();
    return ended.text;
  }

  @Test
  void itShowsWhatThereIs() throws Exception {
    assertThat(succeeded("get", "pods"))
        .containsPattern("NAME +READY +STATUS +RESTARTS +AGE")
        .containsPattern("pay-\\w+-\\w+ +1/1 +Running +0 +12d")
        .containsPattern("db-0 +1/1 +Running +0 +33d");
    assertThat(succeeded("get", "pods", "-o", "wide", "-l", "app=pay"))
        .containsPattern("10\\.201\\.\\d\\.\\d+ +node-[abc]");
    assertThat(succeeded("get", "deploy,sts,ds,svc,hpa,pdb,nodes,ep"))
        .containsPattern("deployment.apps/pay +3/3 +3 +3")
        .containsPattern("statefulset.apps/db +2/2")
        .containsPattern("daemonset.apps/agent +3 +3 +3 +3 +3")
        .containsPattern("node/node-a +Ready +<none> +34d +v1.36.2");
    assertThat(succeeded("describe", "deployment", "pay"))
        .contains("RollingUpdateStrategy:  25% max unavailable, 25% max surge")
        .contains("Available      True    MinimumReplicasAvailable");
    var pod = trial.pods("pay").getFirst();
    assertThat(succeeded("describe", "pod", pod.name()))
        .contains("Controlled By:  ReplicaSet/pay-")
        .containsPattern("Readiness: +http-get http://:8080/health/ready");
    assertThat(succeeded("describe", "node", "node-a"))
        .contains("kubelet is posting ready status")
        .contains("Non-terminated Pods:");
    trial.run(40);
    assertThat(succeeded("top", "pods")).containsPattern("pay-\\w+-\\w+ +10m +64Mi");
  }

  @Test
  void itReadsLogs() throws Exception {
    var pod = trial.pods("pay").getFirst().name();
    assertThat(succeeded("logs", pod)).isEqualTo("line 0 of pay\nline 1 of pay\nline 2 of pay\n");
    assertThat(succeeded("logs", pod, "--tail=1", "--timestamps"))
        .isEqualTo("2027-03-01T12:00:02Z line 2 of pay\n");
    assertThat(kubectl("logs", pod, "--previous").text)
        .contains("previous terminated container \"pay\" in pod \"%s\" not found".formatted(pod));
  }

  @Test
  void itRollsOutAndBack() throws Exception {
    succeeded("set", "image", "deployment/pay", "pay=pay:2");
    assertThat(succeeded("rollout", "status", "deployment/pay"))
        .contains("deployment \"pay\" successfully rolled out");
    assertThat(images()).containsOnly("pay:2");
    assertThat(succeeded("rollout", "history", "deployment/pay")).containsPattern("(?m)^2 ");
    succeeded("rollout", "undo", "deployment/pay");
    succeeded("rollout", "status", "deployment/pay");
    assertThat(images()).containsOnly(Trial.IMAGE);
    succeeded("rollout", "restart", "statefulset/db");
    assertThat(succeeded("rollout", "status", "statefulset/db")).contains("complete");
    assertThat(succeeded("scale", "deployment/pay", "--replicas=5")).contains("scaled");
    succeeded("rollout", "status", "deployment/pay");
    assertThat(trial.ready("pay")).hasSize(5);
  }

  private List<String> images() {
    return trial.ready("pay").stream()
        .map(pod -> pod.spec().at("/containers/0/image").asString(""))
        .distinct()
        .toList();
  }

  @Test
  void itDrainsANodeWithinTheBudget() throws Exception {
    var node =
        trial.pods("db").stream()
            .filter(pod -> pod.name().equals("db-0"))
            .findFirst()
            .orElseThrow()
            .nodeName();
    succeeded("cordon", node);
    assertThat(succeeded("get", "node", node)).contains("Ready,SchedulingDisabled");
    assertThat(succeeded("drain", node, "--ignore-daemonsets", "--delete-emptydir-data"))
        .contains("node/" + node + " drained");
    assertThat(trial.pods("pay")).noneMatch(pod -> pod.nodeName().equals(node));
    trial.run(60);
    assertThat(trial.ready("pay")).hasSize(3);
    succeeded("uncordon", node);
    trial.run(5);
    assertThat(trial.get(new ObjectName("v1", "Node", node)).path("spec").has("taints")).isFalse();
  }

  @Test
  void aBudgetThatAllowsNothingBlocksADrain() throws Exception {
    trial.change(
        new ObjectName("policy/v1", "PodDisruptionBudget", Trial.BANK, "pay"),
        live -> Trees.child(live, "spec").put("maxUnavailable", 0));
    trial.run(2);
    var node = trial.pods("pay").getFirst().nodeName();
    var ended = kubectl("drain", node, "--ignore-daemonsets", "--timeout=3s");
    assertThat(ended.code).isNotZero();
    assertThat(ended.text)
        .contains("Cannot evict pod as it would violate the pod's disruption budget.");
    assertThat(trial.ready("pay")).hasSize(3);
  }

  @Test
  void itAppliesWhatItIsGiven() throws Exception {
    var file = home.resolve("more.json");
    Files.writeString(file, Trial.deployment("more", 2, "{\"name\":\"c\",\"image\":\"more:1\"}"));
    assertThat(succeeded("apply", "-f", file.toString())).contains("deployment.apps/more created");
    succeeded("rollout", "status", "deployment/more");
    Files.writeString(file, Trial.deployment("more", 1, "{\"name\":\"c\",\"image\":\"more:1\"}"));
    assertThat(succeeded("apply", "-f", file.toString()))
        .contains("deployment.apps/more configured");
    trial.run(20);
    assertThat(trial.pods("more")).hasSize(1);
    assertThat(succeeded("delete", "deployment", "more")).contains("deleted");
    trial.run(20);
    assertThat(trial.pods("more")).isEmpty();
    assertThat(trial.objects().list("apps/v1", "ReplicaSet")).hasSize(1);
  }
}
