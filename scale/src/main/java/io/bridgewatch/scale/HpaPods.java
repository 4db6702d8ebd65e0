package io.bridgewatch.scale;

import io.bridgewatch.model.KubernetesObject;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads pods as an autoscaler looks at them. */
public final class HpaPods {

  private HpaPods() {}

  /**
   * @param pod as the API server has it; what it does not say is absent
   */
  public static HpaPod of(KubernetesObject pod) {
    Optional<KubernetesObject> ready =
        pod.list("status", "conditions").stream()
            .filter(one -> one.text("type").filter("Ready"::equals).isPresent())
            .findFirst();
    return new HpaPod(
        pod.name(),
        switch (pod.text("status", "phase").orElse("")) {
          case "Pending" -> HpaPod.Phase.PENDING;
          case "Running" -> HpaPod.Phase.RUNNING;
          case "Succeeded" -> HpaPod.Phase.SUCCEEDED;
          case "Failed" -> HpaPod.Phase.FAILED;
          default -> HpaPod.Phase.UNKNOWN;
        },
        pod.text("metadata", "deletionTimestamp").isPresent(),
        ready.map(
            one ->
                switch (one.text("status").orElse("")) {
                  case "True" -> HpaPod.Ready.TRUE;
                  case "False" -> HpaPod.Ready.FALSE;
                  default -> HpaPod.Ready.UNKNOWN;
                }),
        ready.flatMap(one -> time(one, "lastTransitionTime")),
        time(pod, "status", "startTime"),
        requests(pod));
  }

  private static Optional<Instant> time(KubernetesObject object, String... path) {
    return object
        .text(path)
        .flatMap(
            text -> {
              try {
                return Optional.of(Instant.parse(text));
              } catch (DateTimeParseException noTime) {
                return Optional.empty();
              }
            });
  }

  private static Map<String, Map<String, Long>> requests(KubernetesObject pod) {
    var requests = new HashMap<String, Map<String, Long>>();
    for (KubernetesObject container : pod.list("spec", "containers")) {
      add(container, requests);
    }
    for (KubernetesObject init : pod.list("spec", "initContainers")) {
      if (init.text("restartPolicy").filter("Always"::equals).isPresent()) {
        add(init, requests);
      }
    }
    return requests;
  }

  private static void add(KubernetesObject container, Map<String, Map<String, Long>> to) {
    var its = new HashMap<String, Long>();
    for (String resource : List.of("cpu", "memory")) {
      OptionalLong milli = PodTemplate.request(container, resource);
      milli.ifPresent(amount -> its.put(resource, amount));
    }
    to.put(PodTemplate.name(container), Map.copyOf(its));
  }
}
