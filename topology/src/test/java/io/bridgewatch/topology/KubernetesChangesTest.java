package io.bridgewatch.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.bridgewatch.model.Change;
import io.bridgewatch.model.KubernetesObject;
import io.bridgewatch.model.WatchEvent;
import io.bridgewatch.model.WatchEvent.Type;
import io.bridgewatch.testkit.KubernetesSample;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class KubernetesChangesTest {

  private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");

  private final List<KubernetesObject> objects = new ArrayList<>();
  private final List<WatchEvent> watch = new ArrayList<>();

  @Test
  void theRecordingTellsWhatWasDoneToItAndByWhom() throws IOException {
    KubernetesSample sample = KubernetesSample.read(Path.of("..", "samples", "bank-bad-rollout"));
    assertThat(
            KubernetesChanges.changes(sample.objects(), sample.watch()).stream()
                .map(
                    change ->
                        String.join(
                            " ",
                            change.time().toString().substring(11, 19),
                            change.kind().toString(),
                            "by",
                            change.author() + ":",
                            change.summary())))
        .containsExactly(
            "18:44:08 DEPLOY by kubectl-client-side-apply: Deployment crash created",
            "18:44:09 DEPLOY by kubectl-client-side-apply: Deployment badconfig created",
            "18:44:09 DEPLOY by kubectl-client-side-apply: Deployment badimage created",
            "18:44:09 DEPLOY by kubectl-client-side-apply: Deployment oom created",
            "18:44:09 DEPLOY by kubectl-client-side-apply: Deployment sick created",
            "18:44:09 DEPLOY by kubectl-client-side-apply: Deployment toobig created",
            "18:44:14 HPA by kube-controller-manager: Deployment account replicas 2 -> 3",
            "18:44:25 DEPLOY by kubectl-set: Deployment gateway:"
                + " spec.containers[gateway].env[VERSION].value",
            "18:44:51 SCALE by kubectl: StatefulSet ledger replicas 2 -> 3",
            "18:45:00 HPA by kube-controller-manager: Deployment account replicas 3 -> 5",
            "18:45:01 DELETE by : Pod account-79bdd768d5-4drq6 deleted",
            "18:45:12 DEPLOY by kubectl-patch: Deployment account:"
                + " spec.containers[account].command",
            "18:45:46 ROLLBACK by kubectl: Deployment account rolled back to revision 1:"
                + " spec.containers[account].command",
            "18:47:01 HPA by kube-controller-manager: Deployment account replicas 5 -> 3");
  }

  @Test
  void theDiffShowsBothValues() throws IOException {
    KubernetesSample sample = KubernetesSample.read(Path.of("..", "samples", "bank-bad-rollout"));
    assertThat(KubernetesChanges.changes(sample.objects(), sample.watch()))
        .filteredOn(change -> change.author().equals("kubectl-patch"))
        .extracting(Change::diff)
        .containsExactly(
            "spec.template.spec.containers[account].command:"
                + " [python3, /app/svc.py] -> [python3, /app/missing.py]");
  }

  @Test
  void aStatusIsNoChange() {
    objects.add(object(deployment(1, "a:1", "", "\"readyReplicas\":1")));
    watch(10, Type.MODIFIED, deployment(1, "a:1", "", "\"readyReplicas\":0"));
    assertThat(lines()).isEmpty();
  }

  @Test
  void aRestartIsTheRestartAnnotationAndNothingElse() {
    objects.add(object(deployment(1, "a:1", "", "")));
    String restarted = "\"annotations\":{\"kubectl.kubernetes.io/restartedAt\":\"now\"}";
    watch(10, Type.MODIFIED, deployment(1, "a:1", restarted, ""));
    watch(20, Type.MODIFIED, deployment(1, "a:2", restarted, ""));
    assertThat(lines())
        .containsExactly(
            "10 RESTART Deployment web restarted",
            "20 DEPLOY Deployment web: spec.containers[app].image");
  }

  @Test
  void goingBackToAnEarlierTemplateIsARollbackEvenWithoutReplicaSets() {
    objects.add(object(deployment(1, "a:1", "", "")));
    watch(10, Type.MODIFIED, deployment(1, "a:2", "", ""));
    watch(20, Type.MODIFIED, deployment(1, "a:1", "", ""));
    assertThat(lines())
        .containsExactly(
            "10 DEPLOY Deployment web: spec.containers[app].image",
            "20 ROLLBACK Deployment web rolled back: spec.containers[app].image");
  }

  @Test
  void aTemplateAndReplicasChangedAtOnceAreTwoChanges() {
    objects.add(object(deployment(1, "a:1", "", "")));
    watch(10, Type.MODIFIED, deployment(4, "a:2", "", ""));
    assertThat(lines())
        .containsExactly(
            "10 DEPLOY Deployment web: spec.containers[app].image",
            "10 SCALE Deployment web replicas 1 -> 4");
  }

  @Test
  void changedLinesOfAConfigMapAreShownAndCredentialsAreNot() {
    String map =
        """
        {"kind":"ConfigMap","metadata":{"name":"conf","namespace":"bank","uid":"cm"},
        "data":{"app.properties":"%s","apiToken":"%s"}}
        """;
    objects.add(object(map.formatted("pool=10\\nhost=db\\npassword=a", "x")));
    watch(10, Type.MODIFIED, map.formatted("pool=1\\nhost=db\\npassword=b", "y"));
    assertThat(changes()).hasSize(1);
    assertThat(changes().getFirst().kind()).isEqualTo(Change.Kind.CONFIG);
    assertThat(changes().getFirst().diff())
        .isEqualTo(
            "data.apiToken: *** -> ***\n"
                + "data.app.properties: pool=10 | password=*** -> pool=1 | password=***");
  }

  @Test
  void secretsAreNeverRead() {
    String secret =
        "{\"kind\":\"Secret\",\"metadata\":{\"name\":\"s\",\"namespace\":\"bank\",\"uid\":\"s\"},"
            + "\"data\":{\"a\":\"%s\"}}";
    objects.add(object(secret.formatted("MQ==")));
    watch(10, Type.MODIFIED, secret.formatted("Mg=="));
    assertThat(lines()).isEmpty();
  }

  @Test
  void aCordonIsAChangeAndTheClustersOwnTaintIsNot() {
    objects.add(object(node("false", "")));
    watch(10, Type.MODIFIED, node("false", taint("node.kubernetes.io/unreachable")));
    watch(20, Type.MODIFIED, node("true", taint("node.kubernetes.io/unschedulable")));
    watch(30, Type.MODIFIED, node("true", taint("maintenance")));
    assertThat(lines())
        .containsExactly("20 NODE Node n1: spec.unschedulable", "30 NODE Node n1: spec.taints");
  }

  @Test
  void aPodThatGoesWithItsScaledDownOwnerIsNoChange() {
    objects.add(object(replicaSet(2)));
    objects.add(object(pod("a", "")));
    objects.add(object(pod("b", "")));
    watch(
        10,
        Type.MODIFIED,
        pod(
            "b",
            "\"deletionTimestamp\":\"" + at(40) + "\"," + "\"deletionGracePeriodSeconds\":30,"));
    watch(60, Type.MODIFIED, replicaSet(1));
    watch(61, Type.DELETED, pod("a", ""));
    assertThat(lines()).containsExactly("10 DELETE Pod b deleted");
  }

  @Test
  void objectsThatAWatchListsAgainWereNotCreatedThen() {
    watch(
        5,
        Type.ADDED,
        deployment(1, "a:1", "", "")
            .replace("\"uid\"", "\"creationTimestamp\":\"2025-01-01T00:00:00Z\",\"uid\""));
    assertThat(lines()).isEmpty();
  }

  @Test
  void aDeletedWorkloadIsOneChange() {
    objects.add(object(deployment(1, "a:1", "", "")));
    objects.add(object(pod("a", "")));
    objects.add(object(replicaSet(1)));
    watch(10, Type.DELETED, deployment(1, "a:1", "", ""));
    watch(11, Type.DELETED, replicaSet(1));
    watch(12, Type.DELETED, pod("a", ""));
    assertThat(lines()).containsExactly("10 DELETE Deployment web deleted");
  }

  private void watch(int second, Type type, String json) {
    watch.add(new WatchEvent(START.plusSeconds(second), type, object(json)));
  }

  private List<Change> changes() {
    return KubernetesChanges.changes(objects, watch);
  }

  private List<String> lines() {
    return changes().stream()
        .map(
            change ->
                (change.time().getEpochSecond() - START.getEpochSecond())
                    + " "
                    + change.kind()
                    + " "
                    + change.summary())
        .toList();
  }

  private static KubernetesObject object(String json) {
    return KubernetesSample.object(json);
  }

  private static String at(int second) {
    return START.plusSeconds(second).toString();
  }

  private static String deployment(
      int replicas, String image, String templateMetadata, String status) {
    return """
        {"kind":"Deployment","metadata":{"name":"web","namespace":"bank","uid":"web"},
        "spec":{"replicas":%d,"template":{"metadata":{%s},"spec":{"containers":[{"name":"app",
        "image":"%s"}]}}},"status":{%s}}
        """
        .formatted(replicas, templateMetadata, image, status);
  }

  private static String replicaSet(int replicas) {
    return """
        {"kind":"ReplicaSet","metadata":{"name":"rs","namespace":"bank","uid":"rs","ownerReferences":
        [{"controller":true,"kind":"Deployment","name":"web","uid":"web"}]},"spec":{"replicas":%d}}
        """
        .formatted(replicas);
  }

  private static String pod(String name, String deletion) {
    return """
        {"kind":"Pod","metadata":{%2$s"name":"%1$s","namespace":"bank","uid":"%1$s","ownerReferences":
        [{"controller":true,"kind":"ReplicaSet","name":"rs","uid":"rs"}]},"status":{}}
        """
        .formatted(name, deletion);
  }

  private static String node(String unschedulable, String taints) {
    return """
        {"kind":"Node","metadata":{"name":"n1","uid":"n1"},"spec":{"unschedulable":%s,"taints":[%s]}}
        """
        .formatted(unschedulable, taints);
  }

  private static String taint(String key) {
    return "{\"key\":\"" + key + "\",\"effect\":\"NoSchedule\"}";
  }
}
