package io.bridgewatch.detect;

import static org.assertj.core.api.Assertions.assertThat;

import io.bridgewatch.model.CauseKind;
import io.bridgewatch.model.Fact;
import io.bridgewatch.model.Finding;
import io.bridgewatch.model.KubernetesObject;
import io.bridgewatch.model.ObjectReason;
import io.bridgewatch.model.WatchEvent;
import io.bridgewatch.model.Window;
import io.bridgewatch.testkit.KubernetesSample;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The rules on a recording of a real cluster, with the faults that were really made in it. */
class KubernetesStatesSampleTest {

  private static final KubernetesSample SAMPLE = sample();

  @Test
  void theRecordingShowsTheFaultsThatWereMadeAndNothingElse() {
    assertThat(over(SAMPLE.window()).stream().map(KubernetesStatesSampleTest::line))
        .containsExactly(
            "18:44:09 pod toobig-65998d7d68-tzx66 Unschedulable 10",
            "18:44:11 pod badconfig-5fb87bc55-zz4cz CreateContainerConfigError 10",
            "18:44:11 pod badimage-5fb96cc566-njs74 ImagePullBackOff 10",
            "18:44:11 pod sick-564556c868-c7rn5 Unhealthy 10",
            "18:44:12 pod oom-7cd9d579c-w86fr OOMKilled 10",
            "18:44:13 pod crash-59969975cb-svgqr CrashLoopBackOff 10",
            // the rollout that was rolled back half a minute later, and the pods it brought
            "18:45:12 deployment account NewReplicaSetUnavailable 3.5",
            "18:45:14 pod account-dc746c4c-cbs8w CrashLoopBackOff 5",
            "18:45:14 pod account-dc746c4c-m5gpj CrashLoopBackOff 5",
            "18:45:14 pod account-dc746c4c-xpj8t CrashLoopBackOff 5",
            // 3 s before its kubelet was stopped, 56 s before the cluster said so
            "18:45:43 node bw-node2 NodeStatusUnknown 10");
  }

  @Test
  void everyFaultMeansTheRightKindOfCause() {
    assertThat(over(SAMPLE.window()).stream().map(Finding::fact).map(Fact.ObjectState.class::cast))
        .extracting(state -> state.name() + " " + ObjectReason.causeKind(state).orElseThrow())
        .contains(
            "toobig-65998d7d68-tzx66 " + CauseKind.UNSCHEDULABLE,
            "badconfig-5fb87bc55-zz4cz " + CauseKind.CONFIG_MISSING,
            "badimage-5fb96cc566-njs74 " + CauseKind.IMAGE_PULL,
            "sick-564556c868-c7rn5 " + CauseKind.PROBE_FAILING,
            "oom-7cd9d579c-w86fr " + CauseKind.OUT_OF_MEMORY,
            "crash-59969975cb-svgqr " + CauseKind.CRASH_LOOP,
            "account-dc746c4c " + CauseKind.ROLLOUT_STUCK,
            "bw-node2 " + CauseKind.NODE_NOT_READY);
  }

  @Test
  void theNodeNamesThePodsItTookAlong() {
    assertThat(message("bw-node2"))
        .endsWith(
            "Pods (5): account-79bdd768d5-hpzfr, account-79bdd768d5-jkwvm, agent-prgxp,"
                + " gateway-56845dc8bb-rwsq9, ledger-0");
  }

  @Test
  void messagesSayWhatIsMissing() {
    assertThat(message("badconfig-5fb87bc55-zz4cz")).isEqualTo("secret \"missing\" not found");
    assertThat(message("toobig-65998d7d68-tzx66")).contains("Insufficient cpu");
    assertThat(message("crash-59969975cb-svgqr")).contains("exited with code 3");
    assertThat(message("sick-564556c868-c7rn5")).contains("failed liveness probe");
  }

  @Test
  void theMinuteBeforeTheFirstFaultIsClean() {
    assertThat(over(new Window(SAMPLE.window().from(), Instant.parse("2026-11-22T18:44:08Z"))))
        .isEmpty();
  }

  @Test
  void stepsTellEachTroubleOnceAndInTime() {
    var told = new ArrayList<String>();
    KubernetesStates.State state = KubernetesStates.begin(SAMPLE.window().from());
    for (KubernetesObject object : SAMPLE.objects()) {
      state = KubernetesStates.observe(state, SAMPLE.window().from(), object);
    }
    for (WatchEvent event : SAMPLE.watch()) {
      KubernetesStates.Step step = KubernetesStates.step(state, event);
      state = step.state();
      step.findings().forEach(finding -> told.add(event.time() + " " + finding.entity().name()));
    }
    assertThat(told).hasSameSizeAs(new HashSet<>(told));
    assertThat(told)
        .contains(
            "2026-11-22T18:44:11Z badimage-5fb96cc566-njs74",
            "2026-11-22T18:45:14Z account-dc746c4c-m5gpj",
            "2026-11-22T18:46:39Z bw-node2")
        .noneMatch(line -> line.contains("gateway"));
  }

  @Test
  void forgettingWhatIsOverKeepsWhatLasts() {
    KubernetesStates.State state = KubernetesStates.begin(SAMPLE.window().from());
    for (WatchEvent event : SAMPLE.watch()) {
      state = KubernetesStates.step(state, event).state();
    }
    KubernetesStates.State later =
        KubernetesStates.forgetBefore(state, Instant.parse("2026-11-22T18:46:30Z"));
    assertThat(KubernetesStates.findings(later, SAMPLE.window()))
        .extracting(finding -> finding.entity().name())
        .contains("bw-node2", "crash-59969975cb-svgqr")
        .noneMatch(name -> name.startsWith("account-dc746c4c"));
  }

  private static List<Finding> over(Window window) {
    return KubernetesStates.overWindow(SAMPLE.objects(), SAMPLE.watch(), window);
  }

  private static String message(String name) {
    return over(SAMPLE.window()).stream()
        .map(finding -> (Fact.ObjectState) finding.fact())
        .filter(state -> state.name().equals(name))
        .findFirst()
        .orElseThrow()
        .message();
  }

  private static String line(Finding finding) {
    var state = (Fact.ObjectState) finding.fact();
    String severity = String.valueOf(finding.severity()).replaceAll("\\.0$", "");
    return String.join(
        " ",
        finding.onset().toString().substring(11, 19),
        finding.entity().type().id(),
        finding.entity().name(),
        state.reason(),
        severity);
  }

  private static KubernetesSample sample() {
    try {
      return KubernetesSample.read(Path.of("..", "samples", "bank-bad-rollout"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
