package io.bridgewatch.drill.cluster;

import io.bridgewatch.drill.plan.BankPlan;
import io.bridgewatch.drill.plan.JobPlan;
import io.bridgewatch.drill.plan.ServicePlan;
import io.bridgewatch.drill.plan.ServicePlan.Controller;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/** A bank's plan as the objects that its teams would apply. */
final class BankManifests {
  private static final String RELEASE = "1.0.0";
  private static final String STORAGE_CLASS = "local-ssd";
  private static final Set<String> SYSTEM = Set.of("kube-system", "default", "kube-node-lease");
  private static final int QUOTA_FACTOR = 3;

  private final BankPlan plan;

  BankManifests(BankPlan plan) {
    this.plan = plan;
  }

  /** Namespaces and what belongs to none. */
  List<ObjectNode> base() {
    var objects = new ArrayList<ObjectNode>();
    var namespaces = new LinkedHashSet<>(List.of("default", "kube-system", "kube-node-lease"));
    plan.services().forEach(service -> namespaces.add(service.namespace()));
    plan.jobs().forEach(job -> namespaces.add(job.namespace()));
    for (var namespace : namespaces) {
      objects.add(object("v1", "Namespace", "", namespace));
    }
    var storage = object("storage.k8s.io/v1", "StorageClass", "", STORAGE_CLASS);
    storage.put("provisioner", "local.csi.storage").put("reclaimPolicy", "Delete");
    storage.put("volumeBindingMode", "Immediate");
    objects.add(storage);
    return objects;
  }

  /** What teams may use together: limits and quotas of their namespaces. */
  List<ObjectNode> namespaced() {
    var objects = new ArrayList<ObjectNode>();
    plan.services().stream()
        .map(ServicePlan::namespace)
        .distinct()
        .filter(namespace -> !SYSTEM.contains(namespace))
        .forEach(
            namespace -> {
              objects.add(limitRange(namespace));
              objects.add(quota(namespace));
            });
    return objects;
  }

  private static ObjectNode limitRange(String namespace) {
    var range = object("v1", "LimitRange", namespace, "defaults");
    var limit = range.putObject("spec").putArray("limits").addObject().put("type", "Container");
    limit.putObject("default").put("memory", "256Mi");
    limit.putObject("defaultRequest").put("cpu", "50m").put("memory", "64Mi");
    return range;
  }

  private ObjectNode quota(String namespace) {
    var memory = 0L;
    var pods = 0L;
    for (var service : plan.services()) {
      if (service.namespace().equals(namespace)) {
        var count =
            service.controller() == Controller.DAEMON_SET
                ? plan.nodes().size()
                : service.maxReplicas();
        pods += count;
        memory += count * service.memoryLimitBytes();
      }
    }
    var quota = object("v1", "ResourceQuota", namespace, "team");
    quota
        .putObject("spec")
        .putObject("hard")
        .put("limits.memory", Quantities.ofBytes(Math.max(8L << 30, QUOTA_FACTOR * memory)))
        .put("pods", Long.toString(Math.max(20, QUOTA_FACTOR * pods)));
    return quota;
  }

  // ------------------------------------------------------------------ services

  List<ObjectNode> of(ServicePlan service) {
    return Stream.of(
            Stream.of(config(service), service(service), workload(service)),
            budget(service),
            autoscaler(service))
        .flatMap(objects -> objects)
        .toList();
  }

  private ObjectNode config(ServicePlan service) {
    var config = object("v1", "ConfigMap", service.namespace(), service.name() + "-config");
    var data = config.putObject("data");
    data.put("LOG_LEVEL", "info");
    data.put("THREADS", Integer.toString(service.threads()));
    service
        .clients()
        .forEach(
            (peer, client) ->
                data.put(
                    variable(peer) + "_URL", "http://%s.%s".formatted(peer, namespaceOf(peer))));
    return config;
  }

  private String namespaceOf(String service) {
    return plan.services().stream()
        .filter(one -> one.name().equals(service))
        .findFirst()
        .map(ServicePlan::namespace)
        .orElse("default");
  }

  private static String variable(String name) {
    return name.toUpperCase(java.util.Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
  }

  private ObjectNode service(ServicePlan plan) {
    var service = object("v1", "Service", plan.namespace(), plan.name());
    label(service, plan);
    var spec = service.putObject("spec");
    if (plan.controller() != Controller.DEPLOYMENT) {
      spec.put("clusterIP", "None");
    }
    spec.putObject("selector").put("app", plan.name());
    spec.putArray("ports")
        .addObject()
        .put("name", portName(plan))
        .put("port", plan.kind().port())
        .put("targetPort", portName(plan));
    return service;
  }

  private static String portName(ServicePlan plan) {
    return switch (plan.kind()) {
      case JVM, NGINX, CORE_ADAPTER -> "http";
      case DATABASE -> "sql";
      case CACHE -> "cache";
      case QUEUE -> "broker";
      case DNS -> "dns-tcp";
      case AGENT -> "metrics";
    };
  }

  /** Whether others put messages for it into the queue; its group has its name. */
  private boolean consumes(ServicePlan service) {
    return plan.services().stream()
        .flatMap(other -> other.endpoints().stream())
        .flatMap(endpoint -> endpoint.steps().stream())
        .anyMatch(step -> step.asynchronous() && step.service().equals(service.name()));
  }

  private ObjectNode workload(ServicePlan service) {
    var kind =
        switch (service.controller()) {
          case DEPLOYMENT -> "Deployment";
          case STATEFUL_SET -> "StatefulSet";
          case DAEMON_SET -> "DaemonSet";
        };
    var workload = object("apps/v1", kind, service.namespace(), service.name());
    label(workload, service);
    if (consumes(service)) {
      ((ObjectNode) workload.get("metadata"))
          .putObject("annotations")
          .put("bridgewatch.io/consumes", service.name());
    }
    var spec = workload.putObject("spec");
    if (service.controller() != Controller.DAEMON_SET) {
      spec.put("replicas", service.replicas());
    }
    spec.putObject("selector").putObject("matchLabels").put("app", service.name());
    var template = spec.putObject("template");
    var labels = template.putObject("metadata").putObject("labels");
    labels.put("app", service.name()).put("app.kubernetes.io/name", service.name());
    labels.put("app.kubernetes.io/version", RELEASE).put("tier", service.tier());
    ((ObjectNode) template.get("metadata"))
        .putObject("annotations")
        .put("prometheus.io/scrape", "true")
        .put("prometheus.io/port", Integer.toString(service.kind().port()))
        .put("prometheus.io/path", "/metrics");
    var pod = template.putObject("spec");
    pod.putArray("containers").add(container(service));
    switch (service.controller()) {
      case DEPLOYMENT -> spread(pod, service);
      case STATEFUL_SET -> {
        spec.put("serviceName", service.name());
        claim(spec, (ObjectNode) pod.path("containers").get(0));
        spread(pod, service);
      }
      case DAEMON_SET -> pod.putArray("tolerations").addObject().put("operator", "Exists");
    }
    return workload;
  }

  private static void spread(ObjectNode pod, ServicePlan service) {
    var constraint = pod.putArray("topologySpreadConstraints").addObject();
    constraint.put("maxSkew", 1).put("topologyKey", "topology.kubernetes.io/zone");
    constraint.put("whenUnsatisfiable", "ScheduleAnyway");
    constraint.putObject("labelSelector").putObject("matchLabels").put("app", service.name());
  }

  private static void claim(ObjectNode spec, ObjectNode container) {
    var claim = spec.putArray("volumeClaimTemplates").addObject();
    claim.put("apiVersion", "v1").put("kind", "PersistentVolumeClaim");
    claim.putObject("metadata").put("name", "data");
    var wanted = claim.putObject("spec");
    wanted.putArray("accessModes").add("ReadWriteOnce");
    wanted.put("storageClassName", STORAGE_CLASS);
    wanted.putObject("resources").putObject("requests").put("storage", "50Gi");
    container.putArray("volumeMounts").addObject().put("name", "data").put("mountPath", "/data");
  }

  private static ObjectNode container(ServicePlan service) {
    var container = Trees.object().put("name", service.name());
    container.put("image", image(service.namespace(), service.name()));
    container
        .putArray("envFrom")
        .addObject()
        .putObject("configMapRef")
        .put("name", service.name() + "-config");
    var env = container.putArray("env");
    env.addObject()
        .put("name", "POD_NAME")
        .putObject("valueFrom")
        .putObject("fieldRef")
        .put("fieldPath", "metadata.name");
    env.addObject().put("name", "SERVICE").put("value", service.name());
    if (service.kind().hasHeap()) {
      env.addObject()
          .put("name", "JAVA_TOOL_OPTIONS")
          .put("value", "-Xmx" + service.heapBytes() / (1 << 20) + "m");
    }
    container
        .putArray("ports")
        .addObject()
        .put("name", portName(service))
        .put("containerPort", service.kind().port());
    var resources = container.putObject("resources");
    resources(resources, "requests", service.cpuRequestCores(), service.memoryRequestBytes());
    resources(resources, "limits", service.cpuLimitCores(), service.memoryLimitBytes());
    probes(container, service);
    return container;
  }

  private static void resources(ObjectNode of, String where, double cores, long bytes) {
    if (cores > 0) {
      Trees.child(of, where).put("cpu", Quantities.ofMilli(Math.round(cores * 1000)));
    }
    if (bytes > 0) {
      Trees.child(of, where).put("memory", Quantities.ofBytes(bytes));
    }
  }

  private static void probes(ObjectNode container, ServicePlan service) {
    var isHttp =
        switch (service.kind()) {
          case JVM, NGINX, CORE_ADAPTER, AGENT -> true;
          case DATABASE, CACHE, QUEUE, DNS -> false;
        };
    var startup = probe(container, "startupProbe", "/health/started", service, isHttp);
    startup.put("periodSeconds", 2).put("failureThreshold", 90);
    var readiness = probe(container, "readinessProbe", "/health/ready", service, isHttp);
    readiness.put("periodSeconds", 5).put("timeoutSeconds", 2);
    var liveness = probe(container, "livenessProbe", "/health/live", service, isHttp);
    liveness.put("periodSeconds", 10).put("timeoutSeconds", 3).put("failureThreshold", 6);
  }

  private static ObjectNode probe(
      ObjectNode container, String name, String path, ServicePlan service, boolean isHttp) {
    var probe = container.putObject(name);
    var target = probe.putObject(isHttp ? "httpGet" : "tcpSocket");
    if (isHttp) {
      target.put("path", path);
    }
    target.put("port", service.kind().port());
    return probe;
  }

  private Stream<ObjectNode> budget(ServicePlan service) {
    if (service.replicas() < 2 || service.controller() == Controller.DAEMON_SET) {
      return Stream.empty();
    }
    var budget = object("policy/v1", "PodDisruptionBudget", service.namespace(), service.name());
    var spec = budget.putObject("spec").put("maxUnavailable", 1);
    spec.putObject("selector").putObject("matchLabels").put("app", service.name());
    return Stream.of(budget);
  }

  private Stream<ObjectNode> autoscaler(ServicePlan service) {
    if (service.maxReplicas() <= service.replicas()
        || service.controller() != Controller.DEPLOYMENT) {
      return Stream.empty();
    }
    var autoscaler =
        object("autoscaling/v2", "HorizontalPodAutoscaler", service.namespace(), service.name());
    var spec = autoscaler.putObject("spec");
    spec.putObject("scaleTargetRef")
        .put("apiVersion", "apps/v1")
        .put("kind", "Deployment")
        .put("name", service.name());
    spec.put("minReplicas", service.replicas()).put("maxReplicas", service.maxReplicas());
    var metric = spec.putArray("metrics").addObject().put("type", "Resource");
    metric
        .putObject("resource")
        .put("name", "cpu")
        .putObject("target")
        .put("type", "Utilization")
        .put("averageUtilization", 150);
    return Stream.of(autoscaler);
  }

  // ------------------------------------------------------------------ jobs

  ObjectNode of(JobPlan job) {
    var cronJob = object("batch/v1", "CronJob", job.namespace(), job.name());
    var spec = cronJob.putObject("spec").put("schedule", job.schedule());
    spec.put("concurrencyPolicy", "Forbid");
    var jobSpec = spec.putObject("jobTemplate").putObject("spec");
    jobSpec.put("backoffLimit", 2).put("activeDeadlineSeconds", job.deadline().toSeconds());
    var template = jobSpec.putObject("template");
    template
        .putObject("metadata")
        .putObject("labels")
        .put("app", job.name())
        .put("app.kubernetes.io/name", job.name());
    var pod = template.putObject("spec").put("restartPolicy", "Never");
    var container = pod.putArray("containers").addObject().put("name", job.name());
    container.put("image", image(job.namespace(), job.name()));
    container.putArray("env").addObject().put("name", "JOB").put("value", job.name());
    var resources = container.putObject("resources");
    resources(resources, "requests", 0.1, 128L << 20);
    resources(resources, "limits", 0.5, 256L << 20);
    return cronJob;
  }

  // ------------------------------------------------------------------ helpers

  private void label(ObjectNode object, ServicePlan service) {
    Trees.child((ObjectNode) object.get("metadata"), "labels")
        .put("app", service.name())
        .put("app.kubernetes.io/name", service.name())
        .put("app.kubernetes.io/part-of", plan.cluster())
        .put("tier", service.tier());
  }

  /** Name of the image of a workload in its first release. */
  static String image(String namespace, String name) {
    return "images.bank.internal/%s/%s:%s".formatted(namespace, name, RELEASE);
  }

  private static ObjectNode object(String apiVersion, String kind, String namespace, String name) {
    var object = Trees.object().put("apiVersion", apiVersion).put("kind", kind);
    var metadata = object.putObject("metadata").put("name", name);
    if (!namespace.isEmpty()) {
      metadata.put("namespace", namespace);
    }
    return object;
  }
}
