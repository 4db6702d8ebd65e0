package io.bridgewatch.drill.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.bridgewatch.drill.plan.BankPlan;
import io.bridgewatch.drill.plan.JobPlan;
import io.bridgewatch.drill.plan.ServicePlan;
import io.bridgewatch.drill.runtime.ContainerRuntime.Exit;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * Holds what the drill's cluster serves against the fields that a real cluster of version 1.36 was
 * seen to serve ({@code recorded/fields.txt}: a kind and a path on each line). What it leaves out
 * stands in {@code recorded/omitted.txt}, with the reason.
 */
class RecordedFieldsTest {
  private static final Set<String> MAPS =
      Set.of(
          "labels",
          "annotations",
          "matchLabels",
          "limits",
          "requests",
          "capacity",
          "allocatable",
          "data",
          "hard",
          "used",
          "default",
          "defaultRequest",
          "allocatedResources",
          "nodeSelector",
          "disruptedPods");

  @Test
  void everyRecordedFieldIsServedOrLeftOutForAReason() throws IOException {
    var recorded = new TreeSet<>(lines("fields.txt"));
    var omitted = lines("omitted.txt").stream().map(line -> line.split(" +#")[0].strip()).toList();
    var served = servedInTrouble();

    assertThat(recorded).as("what is left out was recorded").containsAll(omitted);
    assertThat(served).as("what is left out is not served").doesNotContainAnyElementsOf(omitted);
    recorded.removeAll(omitted);
    recorded.removeAll(served);
    assertThat(recorded).as("recorded, and neither served nor left out on purpose").isEmpty();
  }

  private static Set<String> servedInTrouble() {
    var served = new TreeSet<String>();
    try (var trial = new Trial(5, RecordedFieldsTest::withJobs)) {
      trial.cluster.server().listen(change -> walk(change.kind(), change.object(), "", served));
      trial.runtime.of("crash:1").ends = Optional.of(new Exit(3, "Error", ""));
      trial.runtime.of("images.bank.internal/bank/sums:1.0.0").ends =
          Optional.of(new Exit(0, "Completed", ""));
      trial.create(Trial.deployment("crash", 1, "{\"name\":\"c\",\"image\":\"crash:1\"}"));
      trial.cluster.images().fail("gone:9", "not found");
      trial.create(Trial.deployment("gone", 1, "{\"name\":\"c\",\"image\":\"gone:9\"}"));
      trial.create(
          Trial.deployment(
              "big",
              1,
              "{\"name\":\"c\",\"image\":\"b:1\",\"resources\":{\"requests\":{\"cpu\":\"30\"}}}"));
      trial.runtime.of(Trial.IMAGE).cores = 0.9;
      trial.run(130);
      trial.setImage("pay", "pay:2");
      trial.run(60);
      trial.runtime.of("images.bank.internal/bank/db:1.0.0").answersProbe = path -> false;
      trial.run(40);
      trial.machine("node-c").isUp = false;
      trial.run(120);
      for (var kind :
          List.of(
              "v1 Pod",
              "v1 Service",
              "v1 Namespace",
              "v1 Node",
              "v1 Event",
              "v1 LimitRange",
              "v1 ResourceQuota",
              "v1 Endpoints",
              "apps/v1 StatefulSet",
              "apps/v1 DaemonSet",
              "apps/v1 ControllerRevision",
              "batch/v1 CronJob",
              "discovery.k8s.io/v1 EndpointSlice",
              "policy/v1 PodDisruptionBudget",
              "autoscaling/v2 HorizontalPodAutoscaler")) {
        var words = kind.split(" ");
        trial
            .objects()
            .list(words[0], words[1])
            .forEach(object -> walk(words[1], object, "", served));
      }
    }
    return served;
  }

  private static BankPlan withJobs(BankPlan plan) {
    var pay = Trial.service("pay", ServicePlan.Kind.JVM, ServicePlan.Controller.DEPLOYMENT, 3, 6);
    var services = new java.util.ArrayList<>(plan.services());
    services.set(0, pay);
    var sums = new JobPlan("sums", Trial.BANK, "* * * * *", "pay", "/", 1, 1, Duration.ofHours(1));
    return new BankPlan(plan.cluster(), plan.nodes(), services, plan.transactions(), List.of(sums));
  }

  private static void walk(String kind, JsonNode node, String path, Set<String> found) {
    if (node.isObject()) {
      for (var property : node.properties()) {
        var name = property.getKey();
        var below = path.isEmpty() ? name : path + "." + name;
        var value = property.getValue();
        var isMap =
            value.isObject()
                && (MAPS.contains(name) || (below.equals("spec.selector") && isPlain(value)));
        if (name.equals("managedFields")) {
          continue;
        }
        if (value.isContainer() && !value.isEmpty() && !isMap) {
          walk(kind, value, below, found);
        } else {
          found.add(kind + " " + below);
        }
      }
    } else {
      for (var item : node) {
        if (item.isContainer()) {
          walk(kind, item, path + "[]", found);
        } else {
          found.add(kind + " " + path + "[]");
        }
      }
    }
  }

  private static boolean isPlain(JsonNode selector) {
    return !selector.has("matchLabels") && !selector.has("matchExpressions");
  }

  private static List<String> lines(String name) throws IOException {
    var stream =
        Objects.requireNonNull(
            RecordedFieldsTest.class.getResourceAsStream("/recorded/" + name), name);
    try (var reader = new InputStreamReader(stream, StandardCharsets.UTF_8)) {
      return reader.readAllLines().stream().filter(line -> !line.isBlank()).toList();
    }
  }
}
