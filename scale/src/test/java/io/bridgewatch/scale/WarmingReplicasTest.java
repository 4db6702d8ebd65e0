package io.bridgewatch.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class WarmingReplicasTest {

  private final WarmingReplicas replicas = new WarmingReplicas(new Warming(100, 1));

  @Test
  void aColdReplicaServesHalfAndGoesEvenlyToAllOfIt() {
    replicas.add(2, 1000);
    assertThat(replicas.missing(1000)).isCloseTo(1, within(1e-12));
    assertThat(replicas.missing(1050)).isCloseTo(2 * (1 - 1 / 1.5), within(1e-12));
    assertThat(replicas.missing(1100)).isZero();
  }

  @Test
  void onlyThoseThatAreTooSlowForTheirShareAreBeyondIt() {
    replicas.add(2, 1000);
    replicas.add(3, 1060);
    assertThat(replicas.beyond(0.6, 1060)).isEqualTo(3); // those at 2.0, not those at 1.4
    assertThat(replicas.powerBeyond(0.6, 1060)).isCloseTo(1.5, within(1e-12));
    assertThat(replicas.beyond(0.4, 1060)).isZero();
    assertThat(replicas.extraBusy(0.4, 1060)).isCloseTo(2 * 0.4 * 0.4 + 3 * 0.4, within(1e-12));
  }

  @Test
  void theYoungestGoFirstAndTheWarmAreForgotten() {
    replicas.add(2, 1000);
    replicas.add(3, 1060);
    replicas.remove(4);
    assertThat(replicas.beyond(0.9, 1060)).isEqualTo(1);
    replicas.forgetWarm(1100);
    assertThat(replicas.beyond(0.9, 1060)).isZero();
  }

  @Test
  void manyGroupsAreKept() {
    for (int i = 0; i < 50; i++) {
      replicas.add(1, 1000 + i);
    }
    assertThat(replicas.beyond(0.9, 1050)).isEqualTo(50);
  }

  @Test
  void whatCannotBeIsRefused() {
    assertThatThrownBy(() -> new Warming(-1, 1)).hasMessageContaining("-1");
    assertThatThrownBy(() -> new Warming(1, Double.NaN)).hasMessageContaining("NaN");
  }
}
