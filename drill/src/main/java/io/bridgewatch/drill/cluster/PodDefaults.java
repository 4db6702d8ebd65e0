package io.bridgewatch.drill.cluster;

import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What the API server fills in where pods and templates of pods say nothing. */
final class PodDefaults {
  private static final int EVICTED_AFTER_SECONDS = 300;
  private static final String TOKEN_PATH = "/var/run/secrets/kubernetes.io/serviceaccount";

  private PodDefaults() {}

  /** Defaults of a pod's spec, in a template or not. */
  static void fillSpec(ObjectNode spec) {
    for (var list : List.of("initContainers", "containers")) {
      for (var container : spec.path(list)) {
        fillContainer((ObjectNode) container);
      }
    }
    Trees.fill(spec, "restartPolicy", "Always");
    Trees.fill(spec, "terminationGracePeriodSeconds", 30);
    Trees.fill(spec, "dnsPolicy", "ClusterFirst");
    Trees.child(spec, "securityContext");
    Trees.fill(spec, "schedulerName", "default-scheduler");
    var account = Trees.text(spec, "serviceAccountName");
    if (!account.isEmpty()) {
      Trees.fill(spec, "serviceAccount", account);
    }
    for (var volume : spec.path("volumes")) {
      for (var kind : List.of("configMap", "secret")) {
        if (volume.get(kind) instanceof ObjectNode source) {
          Trees.fill(source, "defaultMode", 420);
        }
      }
      if (volume.get("hostPath") instanceof ObjectNode source) {
        Trees.fill(source, "type", "");
      }
    }
  }

  private static void fillContainer(ObjectNode container) {
    Trees.child(container, "resources");
    Trees.fill(container, "terminationMessagePath", "/dev/termination-log");
    Trees.fill(container, "terminationMessagePolicy", "File");
    var image = Trees.text(container, "image");
    var tag = image.substring(image.lastIndexOf('/') + 1);
    var isLatest = !tag.contains(":") || tag.endsWith(":latest");
    Trees.fill(container, "imagePullPolicy", isLatest ? "Always" : "IfNotPresent");
    for (var port : container.path("ports")) {
      Trees.fill((ObjectNode) port, "protocol", "TCP");
    }
    for (var name : List.of("startupProbe", "readinessProbe", "livenessProbe")) {
      if (container.get(name) instanceof ObjectNode probe) {
        Trees.fill(probe, "timeoutSeconds", 1);
        Trees.fill(probe, "periodSeconds", 10);
        Trees.fill(probe, "successThreshold", 1);
        Trees.fill(probe, "failureThreshold", 3);
        if (probe.get("httpGet") instanceof ObjectNode get) {
          Trees.fill(get, "path", "/");
          Trees.fill(get, "scheme", "HTTP");
        }
      }
    }
    for (var variable : container.path("env")) {
      if (variable.path("valueFrom").get("fieldRef") instanceof ObjectNode reference) {
        Trees.fill(reference, "apiVersion", "v1");
      }
    }
  }

  /**
   * Defaults of a pod itself.
   *
   * @param suffix of the name of its token's volume
   */
  static void fillPod(ObjectNode pod, String suffix) {
    var spec = Trees.child(pod, "spec");
    fillSpec(spec);
    for (var list : List.of("initContainers", "containers")) {
      for (var container : spec.path(list)) {
        requestLimits((ObjectNode) container.path("resources"));
      }
    }
    Trees.fill(spec, "serviceAccountName", "default");
    Trees.fill(spec, "serviceAccount", Trees.text(spec, "serviceAccountName"));
    Trees.fill(spec, "priority", 0);
    Trees.fill(spec, "enableServiceLinks", true);
    Trees.fill(spec, "preemptionPolicy", "PreemptLowerPriority");
    tolerate(spec, "node.kubernetes.io/not-ready");
    tolerate(spec, "node.kubernetes.io/unreachable");
    if (spec.path("automountServiceAccountToken").asBoolean(true)) {
      mountToken(spec, suffix);
    }
    var status = Trees.child(pod, "status");
    status.put("phase", "Pending").put("qosClass", qosClass(spec));
  }

  /** What is limited and not requested is requested as it is limited. */
  private static void requestLimits(ObjectNode resources) {
    for (var limit : resources.path("limits").properties()) {
      Trees.fill(Trees.child(resources, "requests"), limit.getKey(), limit.getValue().asString(""));
    }
  }

  private static void tolerate(ObjectNode spec, String taint) {
    for (var toleration : spec.path("tolerations")) {
      var key = Trees.text(toleration, "key");
      var effect = Trees.text(toleration, "effect");
      if ((key.equals(taint) || key.isEmpty())
          && (effect.isEmpty() || effect.equals("NoExecute"))) {
        return;
      }
    }
    Trees.list(spec, "tolerations")
        .addObject()
        .put("key", taint)
        .put("operator", "Exists")
        .put("effect", "NoExecute")
        .put("tolerationSeconds", EVICTED_AFTER_SECONDS);
  }

  private static void mountToken(ObjectNode spec, String suffix) {
    var name = "kube-api-access-" + suffix;
    for (var volume : spec.path("volumes")) {
      if (Trees.text(volume, "name").startsWith("kube-api-access-")) {
        return;
      }
    }
    var volume = Trees.list(spec, "volumes").addObject().put("name", name);
    var projected = volume.putObject("projected");
    var sources = projected.putArray("sources");
    sources
        .addObject()
        .putObject("serviceAccountToken")
        .put("expirationSeconds", 3607)
        .put("path", "token");
    var certificate = sources.addObject().putObject("configMap").put("name", "kube-root-ca.crt");
    certificate.putArray("items").addObject().put("key", "ca.crt").put("path", "ca.crt");
    sources
        .addObject()
        .putObject("downwardAPI")
        .putArray("items")
        .addObject()
        .put("path", "namespace")
        .putObject("fieldRef")
        .put("apiVersion", "v1")
        .put("fieldPath", "metadata.namespace");
    projected.put("defaultMode", 420);
    for (var container : spec.path("containers")) {
      Trees.list((ObjectNode) container, "volumeMounts")
          .addObject()
          .put("name", name)
          .put("readOnly", true)
          .put("mountPath", TOKEN_PATH);
    }
  }

  static String qosClass(JsonNode spec) {
    var isGuaranteed = true;
    var hasAny = false;
    for (var container : spec.path("containers")) {
      var requests = container.path("resources").path("requests");
      var limits = container.path("resources").path("limits");
      hasAny |= !requests.isEmpty() || !limits.isEmpty();
      for (var name : List.of("cpu", "memory")) {
        var limit = Trees.text(limits, name);
        isGuaranteed &= !limit.isEmpty() && limit.equals(Trees.text(requests, name));
      }
    }
    if (!hasAny) {
      return "BestEffort";
    }
    return isGuaranteed ? "Guaranteed" : "Burstable";
  }
}
