package io.bridgewatch.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.bridgewatch.model.Entity;
import io.bridgewatch.model.EntityRef;
import io.bridgewatch.model.KubernetesObject;
import io.bridgewatch.model.Relation;
import io.bridgewatch.testkit.KubernetesSample;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class KubernetesTopologyTest {

  private static final KubernetesSample SAMPLE = sample();

  @Test
  void aPodLeadsToItsNodeAndToItsDeployment() {
    assertThat(relations())
        .contains(
            "pod/account-79bdd768d5-4drq6 runs-on node/bw-node1",
            "pod/account-79bdd768d5-4drq6 owned-by replicaset/account-79bdd768d5",
            "replicaset/account-79bdd768d5 owned-by deployment/account",
            "pod/ledger-0 owned-by statefulset/ledger",
            "pod/agent-bz2kl owned-by daemonset/agent",
            "pod/settle-7x5zj owned-by job/settle");
  }

  @Test
  void aServiceRunsOnItsWorkloadAndIsRoutedToByName() {
    assertThat(relations())
        .contains(
            "service/account runs-on deployment/account",
            "service/account runs-on pod/account-79bdd768d5-4drq6",
            "kubernetes-service/account routes-to service/account",
            "kubernetes-service/account routes-to pod/account-79bdd768d5-4drq6",
            "kubernetes-service/kube-dns routes-to pod/coredns-f8968597f-2srqc");
  }

  @Test
  void anAutoscalerScalesItsTargetAndAVolumeIsMounted() {
    assertThat(relations())
        .contains(
            "hpa/account scales deployment/account",
            "pod/account-79bdd768d5-4drq6 mounts configmap/py")
        .noneMatch(relation -> relation.contains("kube-root-ca.crt"));
  }

  @Test
  void jobsProvideNoService() {
    assertThat(relations())
        .noneMatch(relation -> relation.startsWith("service/settle"))
        .noneMatch(relation -> relation.startsWith("service/reconcile"));
  }

  @Test
  void aWorkloadWithoutLabelsIsAServiceByItsName() {
    KubernetesObject pod =
        KubernetesSample.object(
            """
            {"kind":"Pod","metadata":{"name":"pay-5d-x","namespace":"bank","uid":"p","labels":
            {"pod-template-hash":"5d"},"ownerReferences":[{"controller":true,"kind":"ReplicaSet",
            "name":"pay-5d","uid":"rs"}]},"spec":{"nodeName":"n1"}}
            """);
    assertThat(KubernetesTopology.ofRecording().entities(pod).stream().map(Entity::ref))
        .contains(EntityRef.service("pay"));
    assertThat(KubernetesTopology.ofRecording().entities(pod).getFirst().attributes().asMap())
        .containsEntry("k8s.pod.uid", "p")
        .containsEntry("k8s.node.name", "n1")
        .containsEntry("k8s.deployment.name", "pay")
        .containsEntry("service.name", "pay");
  }

  @Test
  void everyEndOfARelationOfTheRecordingIsAnEntityOfIt() {
    var known = new TreeSet<EntityRef>();
    SAMPLE
        .objects()
        .forEach(
            object ->
                KubernetesTopology.ofRecording()
                    .entities(object)
                    .forEach(entity -> known.add(entity.ref())));
    assertThat(
            SAMPLE.objects().stream()
                .flatMap(object -> KubernetesTopology.ofRecording().relations(object).stream())
                .flatMap(relation -> List.of(relation.from(), relation.to()).stream())
                .distinct())
        // a selector may name a service that no workload provides
        .filteredOn(ref -> !known.contains(ref))
        .isEmpty();
  }

  @Test
  void unknownKindsAndNamelessObjectsTellNothing() {
    for (String json :
        List.of("{\"kind\":\"Kafka\",\"metadata\":{\"name\":\"k\"}}", "{\"kind\":\"Pod\"}", "{}")) {
      assertThat(KubernetesTopology.ofRecording().entities(KubernetesSample.object(json)))
          .isEmpty();
      assertThat(KubernetesTopology.ofRecording().relations(KubernetesSample.object(json)))
          .isEmpty();
    }
  }

  private static List<String> relations() {
    return SAMPLE.objects().stream()
        .flatMap(object -> KubernetesTopology.ofRecording().relations(object).stream())
        .map(KubernetesTopologyTest::line)
        .toList();
  }

  private static String line(Relation relation) {
    return name(relation.from()) + " " + relation.type().id() + " " + name(relation.to());
  }

  private static String name(EntityRef ref) {
    return ref.type().id() + "/" + ref.name();
  }

  private static KubernetesSample sample() {
    try {
      return KubernetesSample.read(Path.of("..", "samples", "bank-bad-rollout"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
