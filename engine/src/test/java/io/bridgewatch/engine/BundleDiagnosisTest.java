package io.bridgewatch.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.bridgewatch.model.Bundle;
import io.bridgewatch.model.CauseKind;
import io.bridgewatch.model.EntityRef;
import io.bridgewatch.model.Incident;
import io.bridgewatch.model.SymptomHint;
import io.bridgewatch.model.WatchEvent;
import io.bridgewatch.testkit.MadeUpSystem;
import io.bridgewatch.testkit.Telemetry;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Made-up incidents of one phenomenon each, and what a report has to say of them. */
class BundleDiagnosisTest {

  private final MadeUpSystem system =
      new MadeUpSystem(42)
          .service("front", 1, "orders", "users")
          .service("orders", 3, "stock", "bank")
          .service("users", 1)
          .service("stock", 1)
          .service("bank", 1);

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void nothingIsAnIncidentInCalmData(long seed) {
    var calm =
        new MadeUpSystem(seed)
            .service("front", 1, "orders", "users")
            .service("orders", 3, "stock")
            .service("users", 1)
            .service("stock", 1);
    assertThat(new BundleDiagnosis().diagnose(calm.bundle()).incidents())
        .as("seed %d", seed)
        .isEmpty();
  }

  @Test
  void aPodShortOfProcessorIsNamedItself() {
    var incident = only(system.busyPod("stock", 0, 300).bundle());
    assertCause(incident, "stock-0", CauseKind.CPU_SATURATION);
    assertPath(incident, "stock", "front");
  }

  @Test
  void onePodOfManyIsNamedAndNotItsService() {
    var incident = only(system.busyPod("orders", 1, 400).bundle());
    assertCause(incident, "orders-1", CauseKind.CPU_SATURATION);
    assertPath(incident, "orders", "front");
  }

  @Test
  void aSlowNetworkInFrontOfAServiceIsBlamedOnThatServicesNetwork() {
    var incident = only(system.slowNetwork("bank", 250).bundle());
    assertCause(incident, "bank-0", CauseKind.NETWORK_LATENCY);
    assertPath(incident, "bank", "front");
  }

  @Test
  void codeThatSkipsAStepIsBlamedThoughNothingIsSlow() {
    var incident = only(reported(system.skipsCheck("stock").bundle()));
    assertCause(incident, "stock-0", CauseKind.SERVICE_BEHAVIOUR);
  }

  @Test
  void aFailingCalleeIsBlamedAndNotWhoCallsIt() {
    var incident = only(system.failing("bank", 0.6).bundle());
    assertThat(first(incident).name()).isEqualTo("bank-0");
    assertThat(incident.causes().getFirst().kind())
        .isIn(CauseKind.SERVICE_ERRORS, CauseKind.SERVICE_BEHAVIOUR);
    assertPath(incident, "bank", "front");
  }

  @Test
  void slowCodeIsBlamedWhereTheTimeIsSpent() {
    var incident = only(system.slowCode("users", 300).bundle());
    assertCause(incident, "users-0", CauseKind.SERVICE_LATENCY);
    assertPath(incident, "users", "front");
  }

  @Test
  void aNodeThatIsNotReadyIsACauseOfItself() {
    system.watch(Duration.ofSeconds(5), WatchEvent.Type.ADDED, node("True", "KubeletReady", 0));
    system.watch(
        Duration.ofMinutes(12),
        WatchEvent.Type.MODIFIED,
        node("Unknown", "NodeStatusUnknown", 720));
    var incident = only(system.bundle());
    assertCause(incident, "node-1", CauseKind.NODE_NOT_READY);
  }

  @Test
  void anImageThatCannotBePulledIsACauseOfItself() {
    system.watch(Duration.ofMinutes(12), WatchEvent.Type.ADDED, badImage());
    var incident = only(system.bundle());
    assertThat(incident.causes().getFirst().kind()).isEqualTo(CauseKind.IMAGE_PULL);
    assertThat(first(incident).name()).startsWith("reports");
  }

  @Test
  void theOnsetLiesNearTheFault() {
    var incident = only(system.slowCode("users", 300).bundle());
    assertThat(Duration.between(MadeUpSystem.ONSET, incident.onset()).abs())
        .isLessThanOrEqualTo(Duration.ofMinutes(3));
  }

  @Test
  void whatWasReportedIsASymptomAndTheCauseIsWhereThePathLeads() {
    var bundle =
        system
            .slowCode("stock", 300)
            .bundle()
            .withHints(
                Optional.of(MadeUpSystem.ONSET.plusSeconds(60)),
                Optional.of(
                    new SymptomHint(Telemetry.service("front"), "http.server.request.duration")));
    var incident = only(bundle);
    assertThat(incident.symptoms()).anyMatch(s -> s.entity().name().startsWith("front"));
    assertCause(incident, "stock-0", CauseKind.SERVICE_LATENCY);
    assertPath(incident, "stock", "front");
  }

  @Test
  void aReportOfWhatIsCalmFindsNoGreatCause() {
    assertThat(new BundleDiagnosis().diagnose(reported(system.bundle())).incidents())
        .allSatisfy(
            incident -> {
              assertThat(incident.causes().getFirst().confidence()).isLessThan(0.5);
              assertThat(incident.insufficientEvidence()).isPresent();
            });
  }

  static void assertSound(Incident incident) {
    assertThat(incident.causes()).isNotEmpty();
    int rank = 1;
    for (var cause : incident.causes()) {
      assertThat(cause.rank()).isEqualTo(rank++);
      assertThat(cause.evidence())
          .isNotEmpty()
          .allSatisfy(e -> assertThat(e.weight()).isBetween(0.0, 1.0));
      assertThat(cause.confidence()).isLessThanOrEqualTo(incident.causes().getFirst().confidence());
    }
    assertThat(incident.symptoms()).isNotEmpty();
    assertThat(incident.timeline()).isSortedAccordingTo((a, b) -> a.time().compareTo(b.time()));
    assertThat(incident.map().nodes()).isNotEmpty();
  }

  private static void assertCause(Incident incident, String name, CauseKind kind) {
    assertThat(first(incident).name()).as(incident.causes().toString()).isEqualTo(name);
    assertThat(incident.causes().getFirst().kind()).isEqualTo(kind);
  }

  /** From the service that is to blame to the one that users feel. */
  private static void assertPath(Incident incident, String from, String to) {
    var path = incident.causes().getFirst().path();
    assertThat(path).as(incident.causes().toString()).isNotEmpty();
    assertThat(path.getFirst()).isEqualTo(EntityRef.service(from));
    assertThat(path.getLast()).isEqualTo(EntityRef.service(to));
    assertThat(incident.symptoms()).anyMatch(s -> s.entity().name().startsWith(to));
  }

  private static EntityRef first(Incident incident) {
    return incident.causes().getFirst().entity();
  }

  private static Incident only(Bundle bundle) {
    var incidents = new BundleDiagnosis().diagnose(bundle).incidents();
    assertThat(incidents).hasSize(1);
    assertSound(incidents.getFirst());
    return incidents.getFirst();
  }

  private static Bundle reported(Bundle bundle) {
    return bundle.withHints(Optional.of(MadeUpSystem.ONSET), Optional.empty());
  }

  private static String node(String ready, String reason, int since) {
    return """
        {"kind":"Node","metadata":{"name":"node-1","uid":"n1"},"status":{"conditions":[
          {"type":"Ready","status":"%s","reason":"%s","message":"",
           "lastTransitionTime":"%s"}]}}
        """
        .formatted(ready, reason, Telemetry.FROM.plusSeconds(since));
  }

  private static String badImage() {
    return """
        {"kind":"Pod","metadata":{"name":"reports-7f9c-x","namespace":"made-up","uid":"r1",
           "creationTimestamp":"%1$s",
           "ownerReferences":[{"kind":"ReplicaSet","name":"reports-7f9c","uid":"rs"}]},
         "spec":{"nodeName":"node-0","containers":[{"name":"app","image":"nowhere/none:1"}]},
         "status":{"phase":"Pending",
           "conditions":[{"type":"Ready","status":"False","lastTransitionTime":"%1$s"}],
           "containerStatuses":[{"name":"app","ready":false,"restartCount":0,"state":{"waiting":
             {"reason":"ImagePullBackOff","message":"Back-off pulling image"}}}]}}
        """
        .formatted(MadeUpSystem.ONSET.minusSeconds(10));
  }
}
