package io.bridgewatch.drill.cluster;

import java.util.Map;
import java.util.random.RandomGenerator;
import tools.jackson.databind.node.ObjectNode;

/** What the API server fills in where objects say nothing, by kind. */
final class Defaults {
  private static final String LETTERS = "bcdfghjklmnpqrstvwxz2456789";

  private final RandomGenerator random;
  private int nextServiceIp = 10;
  private int nextNodePort = 30_080;

  /**
   * @param random for names of volumes
   */
  Defaults(RandomGenerator random) {
    this.random = random;
  }

  void fill(ObjectNode object, boolean isNew) {
    var spec = Trees.child(object, "spec");
    switch (Trees.text(object, "kind")) {
      case "Pod" -> {
        if (isNew) {
          PodDefaults.fillPod(object, suffix());
        }
      }
      case "Deployment" -> deployment(spec);
      case "ReplicaSet" -> {
        Trees.fill(spec, "replicas", 1);
        template(spec);
      }
      case "StatefulSet" -> statefulSet(spec);
      case "DaemonSet" -> daemonSet(object, spec);
      case "Job" -> job(object, spec);
      case "CronJob" -> cronJob(spec);
      case "Service" -> service(object, spec);
      case "HorizontalPodAutoscaler" -> autoscaler(spec);
      case "Namespace" -> namespace(object, spec, isNew);
      case "PersistentVolumeClaim" -> {
        Trees.fill(spec, "volumeMode", "Filesystem");
        if (isNew) {
          Trees.fill(Trees.child(object, "status"), "phase", "Pending");
        }
      }
      default -> {
        if (spec.isEmpty()) {
          object.remove("spec");
        }
      }
    }
  }

  String suffix() {
    var suffix = new StringBuilder();
    for (var i = 0; i < 5; i++) {
      suffix.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return suffix.toString();
  }

  private static void template(ObjectNode spec) {
    Trees.child(Trees.child(spec, "template"), "metadata");
    PodDefaults.fillSpec(Trees.child(Trees.child(spec, "template"), "spec"));
  }

  private static void deployment(ObjectNode spec) {
    Trees.fill(spec, "replicas", 1);
    template(spec);
    var strategy = Trees.child(spec, "strategy");
    Trees.fill(strategy, "type", "RollingUpdate");
    if (Trees.text(strategy, "type").equals("RollingUpdate")) {
      var rolling = Trees.child(strategy, "rollingUpdate");
      Trees.fill(rolling, "maxUnavailable", "25%");
      Trees.fill(rolling, "maxSurge", "25%");
    } else {
      strategy.remove("rollingUpdate");
    }
    Trees.fill(spec, "revisionHistoryLimit", 10);
    Trees.fill(spec, "progressDeadlineSeconds", 600);
  }

  private static void statefulSet(ObjectNode spec) {
    Trees.fill(spec, "replicas", 1);
    template(spec);
    Trees.fill(spec, "podManagementPolicy", "OrderedReady");
    var strategy = Trees.child(spec, "updateStrategy");
    Trees.fill(strategy, "type", "RollingUpdate");
    if (Trees.text(strategy, "type").equals("RollingUpdate")) {
      Trees.fill(Trees.child(strategy, "rollingUpdate"), "partition", 0);
    }
    Trees.fill(spec, "revisionHistoryLimit", 10);
    var retention = Trees.child(spec, "persistentVolumeClaimRetentionPolicy");
    Trees.fill(retention, "whenDeleted", "Retain");
    Trees.fill(retention, "whenScaled", "Retain");
  }

  private static void daemonSet(ObjectNode object, ObjectNode spec) {
    template(spec);
    var strategy = Trees.child(spec, "updateStrategy");
    Trees.fill(strategy, "type", "RollingUpdate");
    if (Trees.text(strategy, "type").equals("RollingUpdate")) {
      var rolling = Trees.child(strategy, "rollingUpdate");
      Trees.fill(rolling, "maxUnavailable", 1);
      Trees.fill(rolling, "maxSurge", 0);
    }
    Trees.fill(spec, "revisionHistoryLimit", 10);
    Trees.child(Trees.child(object, "metadata"), "annotations")
        .put("deprecated.daemonset.template.generation", Long.toString(Trees.generation(object)));
  }

  private static void job(ObjectNode object, ObjectNode spec) {
    Trees.fill(spec, "parallelism", 1);
    Trees.fill(spec, "completions", 1);
    Trees.fill(spec, "backoffLimit", 6);
    var uid = Trees.uid(object);
    if (!spec.has("selector")) {
      Trees.child(Trees.child(spec, "selector"), "matchLabels")
          .put("batch.kubernetes.io/controller-uid", uid);
    }
    Trees.fill(spec, "manualSelector", false);
    template(spec);
    var templateLabels =
        Trees.child(Trees.child(Trees.child(spec, "template"), "metadata"), "labels");
    var labels = Trees.child(Trees.child(object, "metadata"), "labels");
    var name = Trees.name(object);
    Map.of(
            "batch.kubernetes.io/controller-uid", uid,
            "batch.kubernetes.io/job-name", name,
            "controller-uid", uid,
            "job-name", name)
        .entrySet()
        .stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(
            label -> {
              templateLabels.put(label.getKey(), label.getValue());
              labels.put(label.getKey(), label.getValue());
            });
    Trees.fill(spec, "completionMode", "NonIndexed");
    Trees.fill(spec, "suspend", false);
    Trees.fill(spec, "podReplacementPolicy", "TerminatingOrFailed");
  }

  private static void cronJob(ObjectNode spec) {
    Trees.fill(spec, "concurrencyPolicy", "Allow");
    Trees.fill(spec, "suspend", false);
    Trees.fill(spec, "successfulJobsHistoryLimit", 3);
    Trees.fill(spec, "failedJobsHistoryLimit", 1);
    var jobTemplate = Trees.child(spec, "jobTemplate");
    Trees.child(jobTemplate, "metadata");
    template(Trees.child(jobTemplate, "spec"));
  }

  private void service(ObjectNode object, ObjectNode spec) {
    Trees.fill(spec, "type", "ClusterIP");
    for (var port : spec.path("ports")) {
      var one = (ObjectNode) port;
      Trees.fill(one, "protocol", "TCP");
      if (!one.has("targetPort")) {
        one.set("targetPort", one.get("port"));
      }
      if (Trees.text(spec, "type").equals("NodePort")) {
        if (!one.has("nodePort")) {
          one.put("nodePort", nextNodePort++);
        }
      }
    }
    if (!spec.has("clusterIP")) {
      nextServiceIp++;
      spec.put("clusterIP", "10.202.%d.%d".formatted(nextServiceIp / 250, 1 + nextServiceIp % 250));
    }
    Trees.list(spec, "clusterIPs").removeAll().add(Trees.text(spec, "clusterIP"));
    Trees.fill(spec, "sessionAffinity", "None");
    if (!spec.has("ipFamilies")) {
      spec.putArray("ipFamilies").add("IPv4");
    }
    Trees.fill(spec, "ipFamilyPolicy", "SingleStack");
    Trees.fill(spec, "internalTrafficPolicy", "Cluster");
    if (Trees.text(spec, "type").equals("NodePort")) {
      Trees.fill(spec, "externalTrafficPolicy", "Cluster");
    }
    Trees.child(Trees.child(object, "status"), "loadBalancer");
  }

  private static void autoscaler(ObjectNode spec) {
    Trees.fill(spec, "minReplicas", 1);
    if (!spec.has("metrics")) {
      var cpu = spec.putArray("metrics").addObject().put("type", "Resource");
      cpu.putObject("resource")
          .put("name", "cpu")
          .putObject("target")
          .put("type", "Utilization")
          .put("averageUtilization", 80);
    }
    if (!spec.has("behavior")) {
      return;
    }
    var behavior = Trees.child(spec, "behavior");
    var up = Trees.child(behavior, "scaleUp");
    Trees.fill(up, "stabilizationWindowSeconds", 0);
    Trees.fill(up, "selectPolicy", "Max");
    if (!up.has("policies")) {
      var policies = up.putArray("policies");
      policies.addObject().put("type", "Pods").put("value", 4).put("periodSeconds", 15);
      policies.addObject().put("type", "Percent").put("value", 100).put("periodSeconds", 15);
    }
    var down = Trees.child(behavior, "scaleDown");
    Trees.fill(down, "selectPolicy", "Max");
    if (!down.has("policies")) {
      down.putArray("policies")
          .addObject()
          .put("type", "Percent")
          .put("value", 100)
          .put("periodSeconds", 15);
    }
  }

  private static void namespace(ObjectNode object, ObjectNode spec, boolean isNew) {
    Trees.child(Trees.child(object, "metadata"), "labels")
        .put("kubernetes.io/metadata.name", Trees.name(object));
    if (isNew) {
      Trees.list(spec, "finalizers").removeAll().add("kubernetes");
      Trees.fill(Trees.child(object, "status"), "phase", "Active");
    }
  }
}
