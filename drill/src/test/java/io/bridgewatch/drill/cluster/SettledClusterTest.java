package io.bridgewatch.drill.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.bridgewatch.drill.plan.StandardBank;
import io.bridgewatch.drill.sim.Simulation;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SettledClusterTest {

  @Test
  void theStandardBankIsUpAndOldWhenItStarts() {
    var start = Instant.parse("2027-03-01T12:00:00Z");
    var simulation = new Simulation(start, 3);
    var threads = ManagementFactory.getThreadMXBean();
    var before = threads.getCurrentThreadCpuTime();
    try (var cluster = new ClusterBuilder(simulation, StandardBank.plan()).build()) {
      var took = Duration.ofNanos(threads.getCurrentThreadCpuTime() - before);
      assertThat(took).as("CPU time until it was settled").isLessThan(Duration.ofSeconds(4));
      cluster.goLive(new TestRuntime(simulation));
      var pods = cluster.server().objects().list("v1", "Pod").stream().map(Pod::of).toList();

      assertThat(pods).hasSizeGreaterThan(90);
      assertThat(pods).allMatch(Pod::isReady, "is ready");
      assertThat(pods)
          .allMatch(pod -> pod.created().isBefore(start.minus(Duration.ofHours(20))), "is old");
      var deployments = cluster.server().objects().list("apps/v1", "Deployment");
      assertThat(deployments)
          .isNotEmpty()
          .allSatisfy(
              deployment ->
                  assertThat(DeploymentController.count(deployment, "availableReplicas"))
                      .as(Trees.name(deployment))
                      .isEqualTo(DeploymentController.wanted(deployment)));
      assertThat(cluster.server().count("v1", "Event")).isZero();

      cluster.advance(Duration.ofMinutes(10));
      var after = cluster.server().objects().list("v1", "Pod").stream().map(Pod::of).toList();
      assertThat(after).allMatch(Pod::isReady, "is still ready");
      assertThat(after.stream().map(Pod::uid).toList())
          .containsExactlyElementsOf(pods.stream().map(Pod::uid).toList());
      assertThat(cluster.server().objects().list("v1", "Node"))
          .allMatch(node -> Trees.isTrue(node, "Ready"), "is ready");
    }
  }

  @Test
  void zonesShareTheReplicasOfAService() {
    try (var trial = new Trial()) {
      assertThat(trial.ready("pay")).extracting(Pod::nodeName).doesNotHaveDuplicates().hasSize(3);
      assertThat(trial.ready("agent")).extracting(Pod::nodeName).doesNotHaveDuplicates().hasSize(3);
      assertThat(trial.ready("db")).extracting(Pod::name).containsExactly("db-0", "db-1");
      assertThat(trial.cluster.addresses("pay"))
          .hasSize(3)
          .allMatch(address -> address.port() == 8080);
      assertThat(trial.cluster.addresses("pay")).isSameAs(trial.cluster.addresses("pay"));
    }
  }
}
