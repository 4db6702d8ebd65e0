package io.bridgewatch.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class ObjectReasonTest {

  @Test
  void aFailedCreateIsAQuotaOnlyWhereTheMessageSaysSo() {
    assertThat(ObjectReason.causeKind(state("ReplicaSet", "FailedCreate", "exceeded quota: bank")))
        .contains(CauseKind.QUOTA);
    assertThat(ObjectReason.causeKind(state("ReplicaSet", "FailedCreate", "denied by webhook")))
        .contains(CauseKind.ROLLOUT_STUCK);
  }

  @Test
  void aMountThatWantsAMissingSecretIsMissingConfiguration() {
    assertThat(ObjectReason.causeKind(state("Pod", "FailedMount", "secret \"tls\" not found")))
        .contains(CauseKind.CONFIG_MISSING);
    assertThat(ObjectReason.causeKind(state("Pod", "FailedMount", "timed out")))
        .contains(CauseKind.VOLUME);
  }

  @Test
  void consequencesAndChoicesAreNoCauses() {
    assertThat(ObjectReason.causeKind(state("Deployment", "MinimumReplicasUnavailable", "")))
        .isEmpty();
    assertThat(ObjectReason.causeKind(state("Node", "NodeNotSchedulable", ""))).isEmpty();
    assertThat(ObjectReason.causeKind(state("Kafka", "SomethingElse", ""))).isEmpty();
  }

  @Test
  void everyWordIsFoundAgain() {
    for (ObjectReason reason : ObjectReason.values()) {
      assertThat(ObjectReason.of(reason.word())).contains(reason);
    }
  }

  private static Fact.ObjectState state(String kind, String reason, String message) {
    return new Fact.ObjectState(kind, "x", reason, message, Instant.EPOCH);
  }
}
