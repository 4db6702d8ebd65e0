package io.bridgewatch.detect;

import static org.assertj.core.api.Assertions.assertThat;

import io.bridgewatch.model.EntityType;
import io.bridgewatch.model.Fact;
import io.bridgewatch.model.Finding;
import io.bridgewatch.model.KubernetesObject;
import io.bridgewatch.model.WatchEvent;
import io.bridgewatch.model.Window;
import io.bridgewatch.testkit.KubernetesSample;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class KubernetesStatesTest {

  private static final Instant FROM = Instant.parse("2026-03-01T10:00:00Z");
  private static final Window WINDOW = new Window(FROM, FROM.plusSeconds(1200));

  private final List<KubernetesObject> objects = new ArrayList<>();
  private final List<WatchEvent> watch = new ArrayList<>();

  @Test
  void aPodThatBecomesReadyWithinItsProbesDelaysIsNoFinding() {
    watch(60, pod("a", running(60, false), ready(false, 58)));
    watch(85, pod("a", running(60, true), ready(true, 85)));
    assertThat(lines()).isEmpty();
  }

  @Test
  void theTimeToBecomeReadyBeginsWhenTheStartupProbeHasPassed() {
    watch(60, startsSlowly(running(60, false).replace("\"started\":true", "\"started\":false")));
    watch(140, startsSlowly(running(60, false)));
    watch(165, startsSlowly(running(60, true)));
    assertThat(lines()).isEmpty();
  }

  @Test
  void aPodThatHasStartedAndStaysUnreadyFailsItsProbe() {
    watch(60, startsSlowly(running(60, false).replace("\"started\":true", "\"started\":false")));
    watch(140, startsSlowly(running(60, false)));
    watch(175, startsSlowly(running(60, true)));
    assertThat(lines()).containsExactly("60 pod a Unhealthy container app runs and is not ready");
  }

  private static String startsSlowly(String container) {
    return pod("a", container, ready(container.contains("\"ready\":true"), 58))
        .replace(
            "{\"name\":\"app\",\"readinessProbe\"",
            "{\"name\":\"app\",\"startupProbe\":{\"periodSeconds\":5,\"failureThreshold\":40},"
                + "\"readinessProbe\"");
  }

  @Test
  void aPodThatStaysUnreadyAfterItsStartUpFailsItsProbe() {
    watch(60, pod("a", running(60, false), ready(false, 58)));
    watch(61, event("e1", "Pod", "bank", "a", "Unhealthy", "Readiness probe failed: 503", 65, 300));
    assertThat(lines()).containsExactly("60 pod a Unhealthy Readiness probe failed: 503");
  }

  @Test
  void anEventForAnotherPodOfThatNameIsNotUsed() {
    watch(60, pod("a", running(60, false), ready(false, 58)));
    watch(
        61,
        event("e1", "Pod", "bank", "b", "Unhealthy", "Readiness probe failed: 503", 65, 300)
            .replace("\"name\":\"b\"", "\"name\":\"a\""));
    assertThat(lines()).containsExactly("60 pod a Unhealthy container app runs and is not ready");
  }

  @Test
  void anEventFromBeforeTheWindowIsNotReused() {
    watch(60, pod("a", running(60, false), ready(false, 58)));
    objects.add(
        object(event("e", "Pod", "bank", "a", "Unhealthy", "Readiness probe failed", -900, -600)));
    assertThat(lines()).containsExactly("60 pod a Unhealthy container app runs and is not ready");
  }

  @Test
  void aPodThatIsBeingDeletedIsNoFinding() {
    String dying =
        pod("a", ended(137, "Error", 100), ready(false, 100))
            .replace(
                "\"uid\":\"a\"",
                "\"uid\":\"a\",\"deletionGracePeriodSeconds\":30,\"deletionTimestamp\":\""
                    + at(130)
                    + "\"");
    watch(101, dying);
    assertThat(lines()).isEmpty();
  }

  @Test
  void exitCode137IsLackOfMemoryOnlyWhereTheReasonSaysSo() {
    watch(100, pod("a", ended(137, "Error", 100), ready(false, 100)));
    watch(100, pod("b", ended(137, "OOMKilled", 100), ready(false, 100)));
    assertThat(lines())
        .containsExactly(
            "100 pod a Error container app exited with code 137 (signal 9), restarts: 1",
            "100 pod b OOMKilled container app exited with code 137 (signal 9), restarts: 1");
  }

  @Test
  void aSingleRestartThatWasOverSoonIsDroppedWhereSomethingLasts() {
    watch(100, pod("once", ended(1, "Error", 100), ready(false, 100)));
    watch(110, pod("once", restarted(105, 100), ready(true, 110)));
    watch(200, waiting("stuck", "CreateContainerConfigError", "configmap \"x\" not found"));
    assertThat(lines())
        .containsExactly("200 pod stuck CreateContainerConfigError configmap \"x\" not found");
  }

  @Test
  void aSingleRestartIsToldWhereItIsTheOnlyTroubleAndCountsHalf() {
    watch(100, pod("once", ended(1, "Error", 100), ready(false, 100)));
    watch(110, pod("once", restarted(105, 100), ready(true, 110)));
    assertThat(findings()).hasSize(1);
    assertThat(findings().getFirst().severity()).isEqualTo(3.5);
  }

  @Test
  void aCrashFromBeforeTheWindowIsNoNews() {
    objects.add(object(pod("old", restarted(-5000, -5010), ready(true, -4990))));
    assertThat(lines()).isEmpty();
  }

  @Test
  void completedJobsAndTheirFailedAttemptsAreNoFindings() {
    watch(100, owned(pod("try-1", ended(1, "Error", 100), ready(false, 100)), "Job", "job"));
    watch(
        160,
        """
        {"kind":"Job","metadata":{"name":"job","namespace":"bank","uid":"job"},"status":
        {"succeeded":1,"conditions":[{"type":"Complete","status":"True"}]}}
        """);
    assertThat(lines()).isEmpty();
  }

  @Test
  void aFailedJobIsOneFindingWhateverItsAttempts() {
    watch(100, owned(pod("try-1", ended(1, "Error", 100), ready(false, 100)), "Job", "job"));
    watch(150, owned(pod("try-2", ended(1, "Error", 150), ready(false, 150)), "Job", "job"));
    watch(
        160,
        """
        {"kind":"Job","metadata":{"name":"job","namespace":"bank","uid":"job"},"status":
        {"failed":2,"conditions":[{"type":"Failed","status":"True","reason":"BackoffLimitExceeded",
        "message":"2 tries","lastTransitionTime":"%s"}]}}
        """
            .formatted(at(160)));
    assertThat(lines()).containsExactly("160 job job BackoffLimitExceeded 2 tries");
  }

  @Test
  void aJobThatFailedYesterdayIsNoNews() {
    objects.add(
        object(
            """
            {"kind":"Job","metadata":{"name":"job","namespace":"bank","uid":"job"},"status":
            {"failed":2,"conditions":[{"type":"Failed","status":"True",
            "reason":"BackoffLimitExceeded","lastTransitionTime":"%s"}]}}
            """
                .formatted(at(-80000))));
    assertThat(lines()).isEmpty();
  }

  @Test
  void aWorkloadWithoutReplicasIsExplainedByItsPods() {
    objects.add(object(owned(replicaSet("rs", 1, 1), "Deployment", "web")));
    watch(100, owned(waiting("web-1", "ImagePullBackOff", "no such image"), "ReplicaSet", "rs"));
    watch(100, unavailable("web", 100));
    assertThat(lines()).containsExactly("100 pod web-1 ImagePullBackOff no such image");
  }

  @Test
  void aWorkloadWithoutReplicasAndWithoutReasonIsTold() {
    watch(100, unavailable("web", 100));
    assertThat(lines()).containsExactly("100 deployment web MinimumReplicasUnavailable few");
  }

  @Test
  void aQuotaIsToldOfTheDeploymentThatMayNotGrow() {
    watch(100, owned(replicaSet("rs", 1, 3), "Deployment", "web"));
    watch(
        101,
        event("e", "ReplicaSet", "bank", "rs", "FailedCreate", "exceeded quota: team", 100, 101));
    watch(102, unavailable("web", 100));
    assertThat(lines()).containsExactly("100 deployment web FailedCreate exceeded quota: team");
  }

  @Test
  void podsOfANodeThatWentAwayAreToldWithTheNode() {
    watch(50, onNode(pod("before", ended(1, "Error", 50), ready(false, 50)), "n1"));
    watch(300, node("n1", "Unknown", "NodeStatusUnknown", 300));
    watch(301, onNode(pod("a", running(10, true), writtenOff(301)), "n1"));
    assertThat(lines())
        .containsExactly(
            "50 pod before Error container app exited with code 1, restarts: 1",
            "260 node n1 NodeStatusUnknown gone Pods (1): a");
  }

  @Test
  void aServiceIsToldWhenItsLastEndpointGoes() {
    objects.add(object(slice("web", true)));
    objects.add(object(slice("never", null)));
    watch(100, slice("web", false));
    assertThat(lines())
        .containsExactly("100 kubernetes-service web NoReadyEndpoints 0 of 1" + " endpoints ready");
  }

  @Test
  void aCordonedNodeIsANoteAndAFullDiskAWarning() {
    watch(
        100,
        """
        {"kind":"Node","metadata":{"name":"n1","uid":"n1"},"spec":{"unschedulable":true,"taints":
        [{"key":"node.kubernetes.io/unschedulable","timeAdded":"%s"}]},"status":{"conditions":[
        {"type":"Ready","status":"True"},{"type":"DiskPressure","status":"True","message":"full",
        "lastTransitionTime":"%s"},{"type":"MemoryPressure","status":"False"}]}}
        """
            .formatted(at(90), at(100)));
    assertThat(lines())
        .containsExactly("90 node n1 NodeNotSchedulable ", "100 node n1 DiskPressure full");
  }

  @Test
  void conditionsOfCustomResourcesAreJudgedOnlyWhereTheirMeaningIsKnown() {
    watch(
        100,
        """
        {"kind":"Kafka","metadata":{"name":"k","namespace":"bank","uid":"k"},"status":{"conditions":[
        {"type":"Ready","status":"False","reason":"BrokersDown","message":"0 of 3",
        "lastTransitionTime":"%s"},
        {"type":"Idle","status":"True"},{"type":"Paused","status":"False"}]}}
        """
            .formatted(at(100)));
    assertThat(lines()).containsExactly("100 namespace bank BrokersDown 0 of 3");
  }

  @Test
  void anAutoscalerThatIsSwitchedOffIsNoFinding() {
    watch(100, autoscaler("ScalingDisabled"));
    assertThat(lines()).isEmpty();
    watch(200, autoscaler("FailedGetResourceMetric"));
    assertThat(lines()).containsExactly("100 hpa web FailedGetResourceMetric why");
  }

  @Test
  void anUnboundClaimThatWaitsForAPodIsNoFinding() {
    String claim =
        """
        {"kind":"PersistentVolumeClaim","metadata":{"name":"data","namespace":"bank","uid":"pvc",
        "creationTimestamp":"%s"},"status":{"phase":"Pending"}}
        """
            .formatted(at(10));
    watch(10, claim);
    watch(
        11,
        event(
            "e", "PersistentVolumeClaim", "bank", "pvc", "WaitForFirstConsumer", "waits", 10, 11));
    assertThat(lines()).isEmpty();
    watch(
        12,
        event("f", "PersistentVolumeClaim", "bank", "pvc", "ProvisioningFailed", "full", 12, 12));
    assertThat(lines()).containsExactly("10 persistent-volume-claim data ProvisioningFailed full");
  }

  @Test
  void aPodThatWaitsForItsVolumeTellsWhatTheEventSays() {
    watch(100, waiting("a", "ContainerCreating", ""));
    watch(101, event("e", "Pod", "bank", "a", "FailedMount", "secret \"s\" not found", 101, 300));
    assertThat(lines()).containsExactly("101 pod a FailedMount secret \"s\" not found");
  }

  @Test
  void malformedObjectsArePassedOver() {
    watch(1, "{\"kind\":\"Pod\",\"metadata\":{\"uid\":\"x\"},\"status\":7}");
    watch(2, "{\"kind\":\"Event\",\"metadata\":{\"uid\":\"y\"}}");
    watch(
        3,
        "{\"kind\":\"Pod\",\"metadata\":{\"name\":\"z\",\"namespace\":\"bank\",\"uid\":\"z\","
            + "\"creationTimestamp\":\"yesterday\"},\"status\":{\"conditions\":\"none\"}}");
    assertThat(lines()).isEmpty();
  }

  private void watch(int second, String json) {
    watch.add(new WatchEvent(FROM.plusSeconds(second), WatchEvent.Type.MODIFIED, object(json)));
  }

  private List<Finding> findings() {
    return KubernetesStates.overWindow(objects, watch, WINDOW);
  }

  private List<String> lines() {
    return findings().stream()
        .map(
            finding -> {
              var state = (Fact.ObjectState) finding.fact();
              EntityType type = finding.entity().type();
              long second = finding.onset().getEpochSecond() - FROM.getEpochSecond();
              return String.join(
                  " ",
                  String.valueOf(second),
                  type.id(),
                  finding.entity().name(),
                  state.reason(),
                  state.message());
            })
        .toList();
  }

  private static KubernetesObject object(String json) {
    return KubernetesSample.object(json);
  }

  private static String at(int second) {
    return FROM.plusSeconds(second).toString();
  }

  private static String pod(String name, String container, String conditions) {
    return """
        {"kind":"Pod","metadata":{"name":"%1$s","namespace":"bank","uid":"%1$s"},
        "spec":{"containers":[{"name":"app","readinessProbe":{"periodSeconds":10}}]},
        "status":{"phase":"Running","conditions":[%3$s],"containerStatuses":[%2$s]}}
        """
        .formatted(name, container, conditions);
  }

  private static String waiting(String name, String reason, String message) {
    return """
        {"kind":"Pod","metadata":{"name":"%1$s","namespace":"bank","uid":"%1$s"},
        "status":{"phase":"Pending","containerStatuses":[{"name":"app","ready":false,"state":
        {"waiting":{"reason":"%2$s","message":"%3$s"}}}]}}
        """
        .formatted(name, reason, message.replace("\"", "\\\""));
  }

  private static String running(int since, boolean ready) {
    return "{\"name\":\"app\",\"ready\":%s,\"started\":true,\"state\":{\"running\":{\"startedAt\":\"%s\"}}}"
        .formatted(ready, at(since));
  }

  private static String ended(int code, String reason, int second) {
    return """
        {"name":"app","ready":false,"restartCount":1,"state":{"terminated":{"exitCode":%d,
        "reason":"%s","finishedAt":"%s"}}}"""
        .formatted(code, reason, at(second));
  }

  private static String restarted(int since, int ended) {
    return """
        {"name":"app","ready":true,"started":true,"restartCount":1,
        "state":{"running":{"startedAt":"%s"}},
        "lastState":{"terminated":{"exitCode":1,"reason":"Error","finishedAt":"%s"}}}"""
        .formatted(at(since), at(ended));
  }

  private static String ready(boolean ready, int since) {
    return "{\"type\":\"Ready\",\"status\":\"%s\",\"lastTransitionTime\":\"%s\"}"
        .formatted(ready ? "True" : "False", at(since));
  }

  private static String writtenOff(int since) {
    return ready(false, since) + ",{\"type\":\"ContainersReady\",\"status\":\"True\"}";
  }

  private static String onNode(String pod, String node) {
    return pod.replaceFirst("\"spec\":\\{", "\"spec\":{\"nodeName\":\"" + node + "\",");
  }

  private static String owned(String json, String kind, String owner) {
    return json.replaceFirst(
        "\"namespace\":",
        "\"ownerReferences\":[{\"controller\":true,\"kind\":\"%1$s\",\"name\":\"%2$s\",\"uid\":\"%2$s\"}],\"namespace\":"
            .formatted(kind, owner));
  }

  private static String replicaSet(String name, int revision, int replicas) {
    return """
        {"kind":"ReplicaSet","metadata":{"name":"%1$s","namespace":"bank","uid":"%1$s","annotations":
        {"deployment.kubernetes.io/revision":"%2$d"}},"spec":{"replicas":%3$d},"status":{"replicas":0}}
        """
        .formatted(name, revision, replicas);
  }

  private static String unavailable(String name, int since) {
    return """
        {"kind":"Deployment","metadata":{"name":"%1$s","namespace":"bank","uid":"%1$s"},"status":
        {"conditions":[{"type":"Available","status":"False","reason":"MinimumReplicasUnavailable",
        "message":"few","lastTransitionTime":"%2$s"}]}}
        """
        .formatted(name, at(since));
  }

  private static String node(String name, String ready, String reason, int since) {
    return """
        {"kind":"Node","metadata":{"name":"%1$s","uid":"%1$s"},"status":{"conditions":[{"type":"Ready",
        "status":"%2$s","reason":"%3$s","message":"gone","lastHeartbeatTime":"%5$s",
        "lastTransitionTime":"%4$s"}]}}
        """
        .formatted(name, ready, reason, at(since), at(since - 40));
  }

  private static String slice(String service, @Nullable Boolean ready) {
    String endpoints =
        ready == null
            ? ""
            : "{\"addresses\":[\"10.0.0.1\"],\"conditions\":{\"ready\":" + ready + "}}";
    return """
        {"kind":"EndpointSlice","metadata":{"name":"%1$s-x","namespace":"bank","uid":"%1$s-x",
        "labels":{"kubernetes.io/service-name":"%1$s"}},"endpoints":[%2$s]}
        """
        .formatted(service, endpoints);
  }

  private static String autoscaler(String reason) {
    return """
        {"kind":"HorizontalPodAutoscaler","metadata":{"name":"web","namespace":"bank","uid":"hpa"},
        "status":{"conditions":[{"type":"ScalingActive","status":"False","reason":"%s",
        "message":"why","lastTransitionTime":"%s"}]}}
        """
        .formatted(reason, at(100));
  }

  private static String event(
      String uid,
      String kind,
      String namespace,
      String aboutUid,
      String reason,
      String message,
      int first,
      int last) {
    return """
        {"kind":"Event","metadata":{"name":"%1$s","uid":"%1$s"},"type":"Warning","reason":"%2$s",
        "message":"%3$s","involvedObject":{"kind":"%4$s","namespace":"%5$s","name":"%6$s","uid":"%6$s",
        "fieldPath":"%9$s"},"firstTimestamp":"%7$s","lastTimestamp":"%8$s"}
        """
        .formatted(
            uid,
            reason,
            message.replace("\"", "\\\""),
            kind,
            namespace,
            aboutUid,
            at(first),
            at(last),
            reason.equals("Unhealthy") ? "spec.containers{app}" : "");
  }
}
