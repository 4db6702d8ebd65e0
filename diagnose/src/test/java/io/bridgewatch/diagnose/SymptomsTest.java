package io.bridgewatch.diagnose;

import static io.bridgewatch.diagnose.Scene.pod;
import static io.bridgewatch.diagnose.Scene.service;
import static org.assertj.core.api.Assertions.assertThat;

import io.bridgewatch.model.EntityRef;
import java.util.NavigableSet;
import org.junit.jupiter.api.Test;

class SymptomsTest {

  private final Scene scene = new Scene().calls("front", "orders").pods("front", 2, "node-1");

  @Test
  void usersFeelWhatNobodyElseCalls() {
    scene.latency(service("front"), 5).latency(service("orders"), 5);
    assertThat(hurt()).containsExactly(service("front"));
  }

  @Test
  void whatAPodOfItShowsIsFeltToo() {
    scene.errors(pod("front-1"), 0.5);
    assertThat(hurt()).containsExactly(service("front"));
  }

  @Test
  void whatWasReportedIsFeltWhateverElseIsFound() {
    scene.latency(service("front"), 5).hurts("orders");
    assertThat(hurt()).containsExactly(service("orders"));
  }

  @Test
  void processorsAreNotFelt() {
    scene.cpu(service("front"), 10);
    assertThat(hurt()).isEmpty();
  }

  @Test
  void aLittleIsNotFelt() {
    scene.latency(service("front"), 1.02);
    assertThat(hurt()).isEmpty();
  }

  @Test
  void whatNobodyCallsAndCallsNobodyIsNoWayIn() {
    scene.latency(service("batch"), 5);
    assertThat(hurt()).isEmpty();
  }

  private NavigableSet<EntityRef> hurt() {
    return Symptoms.hurt(scene.components(), scene.telemetry(), scene.hint());
  }
}
