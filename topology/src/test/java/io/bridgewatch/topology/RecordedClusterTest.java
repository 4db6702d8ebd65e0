package io.bridgewatch.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.bridgewatch.model.AttributeNames;
import io.bridgewatch.model.AuditRecord;
import io.bridgewatch.model.Entity;
import io.bridgewatch.model.EntityType;
import io.bridgewatch.model.Happening;
import io.bridgewatch.model.Health;
import io.bridgewatch.model.KubernetesObject;
import io.bridgewatch.model.Observation;
import io.bridgewatch.model.RelationType;
import io.bridgewatch.model.WatchEvent;
import io.bridgewatch.testkit.KubernetesSample;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * The recorded cluster, whose log of what was really done to it reads: faults applied at 18:44:07,
 * rollout of gateway at 18:44:24, ledger 2→3 at 18:44:50, an account pod deleted at 18:45:01, bad
 * rollout of account at 18:45:12, rolled back at 18:45:45, kubelet of bw-node2 stopped at 18:45:46.
 */
class RecordedClusterTest {

  /** Each change, its kind, its user and what was done, by the recording's own log. */
  private static final List<String> DONE =
      List.of(
          "18:44:08 DEPLOY by bw-admin: Deployment crash created",
          "18:44:09 DEPLOY by bw-admin: Deployment badconfig created",
          "18:44:09 DEPLOY by bw-admin: Deployment badimage created",
          "18:44:09 DEPLOY by bw-admin: Deployment oom created",
          "18:44:09 DEPLOY by bw-admin: Deployment sick created",
          "18:44:09 DEPLOY by bw-admin: Deployment toobig created",
          "18:44:14 HPA by autoscaler: Deployment account replicas 2 -> 3",
          "18:44:25 DEPLOY by bw-admin: Deployment gateway:"
              + " spec.containers[gateway].env[VERSION].value",
          "18:44:51 SCALE by bw-admin: StatefulSet ledger replicas 2 -> 3",
          "18:45:00 HPA by autoscaler: Deployment account replicas 3 -> 5",
          "18:45:01 DELETE by bw-admin: Pod account-79bdd768d5-4drq6 deleted",
          "18:45:12 DEPLOY by bw-admin: Deployment account: spec.containers[account].command",
          "18:45:46 ROLLBACK by bw-admin: Deployment account rolled back to revision 1:"
              + " spec.containers[account].command",
          "18:47:01 HPA by autoscaler: Deployment account replicas 5 -> 3");

  @Test
  void exactlyWhatWasDoneIsToldAndByWhom() throws IOException {
    assertThat(changes(replay(audit(), Duration.ZERO))).containsExactlyElementsOf(DONE);
  }

  @Test
  void anAuditLogThatComesLateTellsTheSame() throws IOException {
    assertThat(changes(replay(audit(), Duration.ofSeconds(30)))).containsExactlyElementsOf(DONE);
  }

  @Test
  void withoutAnAuditLogFieldOwnersAreTheAuthors() throws IOException {
    Replay replay = replay(List.of(), Duration.ZERO);
    assertThat(replay.all(Happening.Changed.class))
        .filteredOn(changed -> changed.change().summary().contains("gateway"))
        .singleElement()
        .satisfies(
            changed -> {
              assertThat(changed.user()).isEmpty();
              assertThat(changed.manager()).isEqualTo("kubectl-set");
              assertThat(changed.change().diff()).contains("env[VERSION].value: (none) -> 2");
            });
    assertThat(replay.all(Happening.Changed.class)).hasSize(DONE.size());
  }

  @Test
  void eachChangeIsToldWithinTwoSecondsOfItsRequest() throws IOException {
    List<AuditRecord> audit = audit();
    for (Happening.Changed changed : replay(audit, Duration.ZERO).all(Happening.Changed.class)) {
      assertThat(audit)
          .as(changed.change().summary())
          .anySatisfy(
              record -> {
                assertThat(record.user()).isEqualTo(changed.user());
                assertThat(Duration.between(record.time(), changed.time()).abs())
                    .isLessThanOrEqualTo(Duration.ofSeconds(2));
              });
    }
  }

  @Test
  void eachFaultyWorkloadSaysWhatIsWrongWithIt() throws IOException {
    var reasons = new TreeMap<String, String>();
    Replay replay = replayUntil(Instant.parse("2026-11-22T18:45:44Z"));
    for (Entity entity : replay.state.topology().entities(EntityType.DEPLOYMENT)) {
      if (entity.health().isTrouble()) {
        reasons.put(entity.ref().name(), entity.health().reason());
      }
    }
    assertThat(reasons)
        .containsExactly(
            Map.entry("account", "CrashLoopBackOff"),
            Map.entry("badconfig", "CreateContainerConfigError"),
            Map.entry("badimage", "ImagePullBackOff"),
            Map.entry("crash", "CrashLoopBackOff"),
            Map.entry("oom", "OOMKilled"),
            Map.entry("sick", "Unhealthy"),
            Map.entry("toobig", "Unschedulable"));
  }

  @Test
  void aLostNodeIsToldWithThePodsItTakesAlong() throws IOException {
    Replay replay = replay(audit(), Duration.ZERO);
    List<Happening.HealthChanged> lost =
        replay.all(Happening.HealthChanged.class).stream()
            .filter(turn -> turn.time().equals(Instant.parse("2026-11-22T18:46:39Z")))
            .toList();
    assertThat(lost)
        .filteredOn(turn -> turn.entity().type() == EntityType.NODE)
        .singleElement()
        .satisfies(
            turn -> {
              assertThat(turn.entity().name()).isEqualTo("bw-node2");
              assertThat(turn.health().state()).isEqualTo(Health.State.FAILING);
              assertThat(turn.health().reason()).isEqualTo("NodeStatusUnknown");
            });
    var onNode =
        replay
            .state
            .topology()
            .sources(KubernetesTopology.ofCluster("test").node("bw-node2"), RelationType.RUNS_ON);
    assertThat(lost)
        .filteredOn(turn -> turn.entity().type() == EntityType.POD)
        .hasSize(5)
        .allSatisfy(
            turn -> {
              assertThat(turn.health().reason()).isEqualTo("NodeNotReady");
              assertThat(onNode).contains(turn.entity());
            });
  }

  @Test
  void aContainersLifeIsToldFromItsFirstSecondToItsEnd() throws IOException {
    List<String> life =
        replay(List.of(), Duration.ZERO).all(Happening.Lived.class).stream()
            .filter(
                lived -> lived.entity().identity().getOr(AttributeNames.POD, "").startsWith("oom-"))
            .sorted(Comparator.comparing(Happening.Lived::time))
            .map(
                lived ->
                    lived.stage()
                        + lived.exitCode().stream().mapToObj(c -> " " + c).findFirst().orElse(""))
            .limit(14)
            .toList();
    assertThat(life)
        .startsWith("CREATED", "SCHEDULED")
        .containsSubsequence("STARTED", "TERMINATED 137", "RESTARTED", "TERMINATED 137");
  }

  @Test
  void foldedStepByStepItEqualsWhatTheDeltasLeadTo() throws IOException {
    Replay replay = replay(audit(), Duration.ZERO);
    assertThat(replay.byDeltas.entities())
        .containsExactlyElementsOf(replay.state.topology().entities());
    assertThat(replay.byDeltas.relations())
        .containsExactlyElementsOf(replay.state.topology().relations());
  }

  private static List<String> changes(Replay replay) {
    return replay.all(Happening.Changed.class).stream()
        .map(
            changed ->
                "%s %s by %s: %s"
                    .formatted(
                        changed.time().toString().substring(11, 19),
                        changed.change().kind(),
                        changed
                            .user()
                            .replace(
                                "system:serviceaccount:kube-system:horizontal-pod-autoscaler",
                                "autoscaler"),
                        changed.change().summary()))
        .sorted()
        .toList();
  }

  private static Replay replayUntil(Instant end) throws IOException {
    return replay(List.of(), Duration.ZERO, end);
  }

  private static Replay replay(List<AuditRecord> audit, Duration late) throws IOException {
    return replay(audit, late, Instant.MAX);
  }

  /** Lists, then the watch and the audit log together by time, the latter so much later. */
  private static Replay replay(List<AuditRecord> audit, Duration late, Instant end)
      throws IOException {
    var sample = KubernetesSample.read(Path.of("..", "samples", "bank-bad-rollout"));
    var replay = new Replay();
    replay.lists(sample.window().from(), sample.objects());
    var heard = new ArrayList<Observation>();
    for (WatchEvent event : sample.watch()) {
      KubernetesObject object = event.object();
      heard.add(new Observation.Observed(Replay.kindOf(object.kind()), event));
    }
    audit.forEach(record -> heard.add(new Observation.Audited(record.time().plus(late), record)));
    heard.sort(Comparator.comparing(Observation::time));
    heard.stream().filter(one -> one.time().isBefore(end)).forEach(replay::step);
    replay.advance(replay.state.now().plusSeconds(60));
    return replay;
  }

  /** The requests of the recorded audit log that changed something, as they came. */
  private static List<AuditRecord> audit() throws IOException {
    var records = new ArrayList<AuditRecord>();
    try (var lines =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(
                    RecordedClusterTest.class.getResourceAsStream("audit.ndjson")),
                StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        KubernetesObject json = KubernetesSample.object(line);
        records.add(
            new AuditRecord(
                text(json, "id"),
                Instant.parse(text(json, "time")),
                text(json, "user"),
                text(json, "userAgent"),
                text(json, "verb"),
                text(json, "group"),
                text(json, "resource"),
                text(json, "subresource"),
                text(json, "namespace"),
                text(json, "name")));
      }
    }
    return records;
  }

  private static String text(KubernetesObject json, String field) {
    return json.text(field).orElse("");
  }
}
