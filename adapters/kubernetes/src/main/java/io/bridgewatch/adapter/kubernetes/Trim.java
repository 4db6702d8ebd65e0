package io.bridgewatch.adapter.kubernetes;

import static io.bridgewatch.adapter.kubernetes.Keep.ALL;
import static io.bridgewatch.adapter.kubernetes.Keep.DROP;
import static io.bridgewatch.adapter.kubernetes.Keep.allBut;
import static io.bridgewatch.adapter.kubernetes.Keep.only;

import io.bridgewatch.model.ObjectKind;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** What is kept of the objects of each kind. */
final class Trim {

  /** Where a string is cut, unless its place says otherwise. */
  static final int STRING_LIMIT = 4 * 1024;

  /** Where a value of a config map is cut: enough to show a change. */
  static final int CONFIG_LIMIT = 8 * 1024;

  /** What an object may hold at most after trimming, in characters. */
  static final int OBJECT_LIMIT = 256 * 1024;

  private static final int CUSTOM_SPEC_LIMIT = 16 * 1024;
  private static final int CUSTOM_STATUS_LIMIT = 8 * 1024;
  private static final int CUSTOM_REST_LIMIT = 4 * 1024;

  /** Annotations that repeat the object or change every other second without meaning a change. */
  static final Set<String> DROPPED_ANNOTATIONS =
      Set.of(
          "kubectl.kubernetes.io/last-applied-configuration",
          "control-plane.alpha.kubernetes.io/leader");

  private static final Keep METADATA =
      allBut(
          "selfLink", DROP,
          "managedFields", new Keep.FieldManagers(),
          "annotations", new Keep.Annotations());

  private static final Keep PROBE =
      allBut(
          "exec", allBut("command", new Keep.Arguments()),
          "httpGet", allBut("httpHeaders", new Keep.NamedValues()));

  private static final Keep CONTAINER =
      allBut(
          "env", new Keep.NamedValues(),
          "command", new Keep.Arguments(),
          "args", new Keep.Arguments(),
          "livenessProbe", PROBE,
          "readinessProbe", PROBE,
          "startupProbe", PROBE,
          "lifecycle", allBut("postStart", PROBE, "preStop", PROBE),
          "terminationMessagePath", DROP,
          "terminationMessagePolicy", DROP);

  private static final Keep POD_SPEC =
      allBut(
          "containers", CONTAINER,
          "initContainers", CONTAINER,
          "ephemeralContainers", CONTAINER,
          "volumes", allBut("csi", allBut("volumeAttributes", new Keep.Masked(STRING_LIMIT))));

  private static final Keep TEMPLATE = allBut("metadata", METADATA, "spec", POD_SPEC);
  private static final Keep WORKLOAD_SPEC = allBut("template", TEMPLATE);

  private static final Keep CLAIM_SPEC =
      allBut("csi", allBut("volumeAttributes", new Keep.Masked(STRING_LIMIT)));

  private static final Keep PLAIN = object();
  private static final Keep WORKLOAD = object("spec", WORKLOAD_SPEC);

  private static final Keep DEFINITION =
      object(
          "spec",
          only(
              "group", ALL,
              "names", ALL,
              "scope", ALL,
              "versions", only("name", ALL, "served", ALL, "storage", ALL, "deprecated", ALL)));

  private static final Keep CUSTOM =
      new Keep.Fields(
          Map.of(
              "apiVersion", ALL,
              "kind", ALL,
              "metadata", METADATA,
              "spec", new Keep.Budget(CUSTOM_SPEC_LIMIT),
              "status",
                  new Keep.Fields(Map.of("conditions", ALL), new Keep.Budget(CUSTOM_STATUS_LIMIT))),
          new Keep.Budget(CUSTOM_REST_LIMIT));

  private static final Map<String, Keep> BY_RESOURCE =
      Map.ofEntries(
          Map.entry("nodes", object("status", allBut("images", DROP))),
          Map.entry("pods", object("spec", POD_SPEC)),
          Map.entry("deployments.apps", WORKLOAD),
          Map.entry("replicasets.apps", WORKLOAD),
          Map.entry("statefulsets.apps", WORKLOAD),
          Map.entry("daemonsets.apps", WORKLOAD),
          Map.entry("jobs.batch", WORKLOAD),
          Map.entry(
              "cronjobs.batch",
              object("spec", allBut("jobTemplate", allBut("spec", WORKLOAD_SPEC)))),
          Map.entry("controllerrevisions.apps", object("data", allBut("spec", WORKLOAD_SPEC))),
          Map.entry("persistentvolumes", object("spec", CLAIM_SPEC)),
          Map.entry(
              "storageclasses.storage.k8s.io", object("parameters", new Keep.Masked(STRING_LIMIT))),
          Map.entry(
              "configmaps",
              object("data", new Keep.Masked(CONFIG_LIMIT), "binaryData", new Keep.Digests())),
          Map.entry("customresourcedefinitions.apiextensions.k8s.io", DEFINITION));

  private Trim() {}

  static Keep of(ObjectKind kind) {
    Keep named = BY_RESOURCE.get(kind.resource());
    if (named != null) {
      return named;
    }
    return Kinds.isNamed(kind) ? PLAIN : CUSTOM;
  }

  private static Keep object(Object... namesAndKeeps) {
    Keep.Fields fields = allBut(namesAndKeeps);
    var named = new HashMap<>(fields.named());
    named.put("metadata", METADATA);
    return new Keep.Fields(named, ALL);
  }
}
