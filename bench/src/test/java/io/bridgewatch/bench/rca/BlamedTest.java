package io.bridgewatch.bench.rca;

import static org.assertj.core.api.Assertions.assertThat;

import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.Bundle;
import io.bridgewatch.model.EntityRef;
import io.bridgewatch.model.EntityType;
import io.bridgewatch.testkit.SyntheticIncident;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BlamedTest {

  private final SyntheticIncident incident = SyntheticIncident.faulty(5, 4);
  private final Bundle bundle = incident.bundle();
  private final Kinship kinship = Kinship.of(bundle);
  private final Attributes pod = incident.guilty().orElseThrow();
  private final String podName = pod.getOr("k8s.pod.name", "");
  private final Blamed truth = Blamed.of(pod, kinship);

  @Test
  void podMatchesItsServiceThroughTheBundle() {
    var answer = cause(EntityType.POD, Attributes.of("k8s.pod.name", podName));
    var serviceTruth =
        Blamed.of(Attributes.of("service.name", pod.getOr("service.name", "")), kinship);

    assertThat(answer.matches(serviceTruth)).isTrue();
    assertThat(answer.matches(truth)).isTrue();
  }

  @Test
  void serviceAndDeploymentMatchTheirPod() {
    assertThat(
            cause(EntityType.SERVICE, Attributes.of("service.name", pod.getOr("service.name", "")))
                .matches(truth))
        .isTrue();
    assertThat(
            cause(
                    EntityType.DEPLOYMENT,
                    Attributes.of("k8s.deployment.name", pod.getOr("k8s.deployment.name", "")))
                .matches(truth))
        .isTrue();
  }

  @Test
  void anotherPodOfTheServiceDoesNotMatch() {
    var other =
        Blamed.of(
            Attributes.of(
                Map.of("k8s.pod.name", "other-1", "service.name", pod.getOr("service.name", ""))),
            kinship);

    assertThat(other.matches(truth)).isFalse();
  }

  @Test
  void nodeDoesNotMatchAPodOnItAndMatchesItself() {
    String node = pod.getOr("k8s.node.name", "");
    var answer = cause(EntityType.NODE, Attributes.of("k8s.node.name", node));

    assertThat(answer.matches(truth)).isFalse();
    assertThat(answer.matches(Blamed.of(Attributes.of("host.name", node), kinship))).isTrue();
  }

  @Test
  void podAndItsServiceCountOnce() {
    var ranked =
        List.of(
            cause(EntityType.POD, Attributes.of("k8s.pod.name", podName)),
            cause(EntityType.SERVICE, Attributes.of("service.name", pod.getOr("service.name", ""))),
            cause(EntityType.SERVICE, Attributes.of("service.name", "another")));

    assertThat(Blamed.distinct(ranked)).hasSize(2);
  }

  private Blamed cause(EntityType type, Attributes identity) {
    return Blamed.of(Reports.cause(1, new EntityRef(type, identity), 0.5), kinship);
  }
}
