package io.bridgewatch.drill.bank;

import static org.assertj.core.api.Assertions.assertThat;

import io.bridgewatch.drill.plan.StandardBank;
import io.bridgewatch.drill.runtime.ContainerProcess;
import io.bridgewatch.drill.runtime.ContainerProcess.ProbeAnswer;
import io.bridgewatch.drill.runtime.ContainerRuntime.Exit;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The life of one container, as its kubelet sees it. */
class ReplicaTest {

  private final Town town = new Town(StandardBank.plan(), 29, Telemetry.NONE).open();

  private void run(int seconds) {
    town.simulation.run(Duration.ofSeconds(seconds));
  }

  @Test
  void answersProbesOnlyWhenUpAndOnlyAtItsPortAndPath() {
    ContainerProcess fresh = town.start("limits", Map.of());
    assertThat(fresh.probe("/health/ready", 8080).message()).isEqualTo("connection refused");
    run(60);
    ProbeAnswer answer = fresh.probe("/health/ready", 8080);
    assertThat(answer.succeeded()).isTrue();
    assertThat(answer.took()).isLessThan(Duration.ofMillis(50));
    assertThat(fresh.probe("/ready", 8080).message()).contains("404");
    assertThat(fresh.probe("/health/ready", 8081).message()).isEqualTo("connection refused");
  }

  @Test
  void startsSlowerWhenTheNodeHasNoCpuLeft() {
    Replica fresh = (Replica) town.start("limits", Map.of());
    fresh.machine.cpu().foreignCores().set(64);
    run(40);
    assertThat(fresh.isServing()).isFalse();
    run(400);
    assertThat(fresh.isServing()).isTrue();
  }

  @Test
  void isSlowUntilItsCodeIsWarm() {
    Replica fresh = (Replica) town.start("limits", Map.of());
    run(25);
    assertThat(fresh.coldFactor()).isGreaterThan(2);
    run(300);
    assertThat(fresh.coldFactor()).isEqualTo(1);
  }

  @Test
  void finishesWhatItHasWhenToldToStop() {
    town.bank.load().begin();
    run(60);
    Replica old = town.bank.replicas("account").getFirst();
    old.terminate();
    run(10);
    assertThat(town.exits).containsExactly(new Exit(143, "Error", ""));
    assertThat(old.isGone()).isTrue();
    assertThat(old.usage().processes()).isZero();
    assertThat(town.bank.replicas("account")).hasSize(2);
  }

  @Test
  void isKilledWithoutAWord() {
    Replica old = town.bank.replicas("account").getFirst();
    old.kill();
    run(10);
    assertThat(town.exits).isEmpty();
    assertThat(old.probe("/health/live", 8080).succeeded()).isFalse();
  }

  @Test
  void obeysItsEnvironment() {
    Replica small =
        (Replica)
            town.adopt(
                "limits",
                Map.of(
                    "THREADS", "2",
                    "JAVA_TOOL_OPTIONS", "-XX:+UseG1GC -Xmx64m",
                    "RISK_CACHE_URL", "http://risk-cash.data"));
    assertThat(small.threads()).isEqualTo(2);
    assertThat(small.heap().orElseThrow().maximumBytes()).isEqualTo(64 * 1024 * 1024);
    town.bank.load().begin();
    run(60);
    assertThat(small.log(Instant.EPOCH, 10_000))
        .anyMatch(line -> line.text().contains("UnknownHostException"));
    Replica odd = (Replica) town.adopt("limits", Map.of("THREADS", "many"));
    assertThat(odd.threads()).isEqualTo(32);
  }

  @Test
  void aReleaseThatCrashesAtItsStartExitsWithAnError() {
    town.bank.behaviours().ofImage("registry/limits:2.0").set(Trait.CRASH_AT_START, 1);
    var process = town.bank.start(town.start("limits", Map.of(), "2.0"), town.exits::add);
    run(60);
    assertThat(town.exits).containsExactly(new Exit(1, "Error", ""));
    assertThat(process.log(Instant.EPOCH, 100)).anyMatch(ContainerProcess.LogLine::isError);
  }

  @Test
  void aContainerThatThePlanDoesNotKnowJustWaits() {
    ContainerProcess shell = town.start("debugger", Map.of());
    run(5);
    assertThat(shell.usage().processes()).isEqualTo(1);
    shell.terminate();
    assertThat(town.exits).hasSize(1);
  }
}
