package io.bridgewatch.bench.discover;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * A large cluster that was never there: nodes in zones and pools, workloads of all kinds with their
 * pods over many namespaces, services with their endpoint slices. The same size gives the same
 * cluster.
 *
 * <p>Pods are as fat as real ones, with managed fields, projected tokens, probes and statuses: 6 to
 * 7 kB of JSON, of which a reader wants less than half.
 */
final class MadeUpCluster {
  private static final String CREATED = "2026-11-20T08:00:00Z";
  private static final String[] WORDS = {
    "ledger", "account", "transfer", "limit", "fraud", "card", "quote", "settle", "report", "audit",
    "notify", "session", "profile", "branch", "credit", "rate", "treasury", "archive", "batch",
        "gate"
  };

  private final ClusterSize size;
  private final SplittableRandom random;
  private final List<Pod> pods = new ArrayList<>();
  private int addresses;

  MadeUpCluster(ClusterSize size) {
    this.size = size;
    this.random = new SplittableRandom(size.seed());
  }

  /**
   * One pod, to be changed later.
   *
   * @param owner what runs it: kind, name and uid
   */
  record Pod(String namespace, String name, String uid, Workload owner, int node, String address) {

    /** Another pod of the same name, which follows this one. */
    Pod again(int number) {
      return new Pod(
          namespace,
          name,
          uid.substring(0, uid.length() - 8) + "%08x".formatted(number),
          owner,
          node,
          address);
    }
  }

  /**
   * What runs pods.
   *
   * @param controller kind of the object that owns the pods: ReplicaSet, StatefulSet, …
   * @param controllerName its name, the deployment's with a hash where it is a replica set
   */
  record Workload(
      String namespace,
      String app,
      String controller,
      String controllerName,
      String controllerUid) {}

  /** All pods, after {@link #tell}. */
  List<Pod> pods() {
    return List.copyOf(pods);
  }

  /** Tells each object as JSON text, owners before what they own. */
  void tell(Consumer<String> sink) {
    var namespaces = Math.max(3, Math.min(300, size.pods() / 300));
    for (var i = 0; i < namespaces; i++) {
      sink.accept(
          """
          {"apiVersion":"v1","kind":"Namespace","metadata":{"name":"%s","labels":{"team":"team-%d","kubernetes.io/metadata.name":"%s"}},"spec":{"finalizers":["kubernetes"]},"status":{"phase":"Active"}}"""
              .formatted(namespace(i), i % 40, namespace(i)));
    }
    for (var i = 0; i < size.nodes(); i++) {
      sink.accept(node(i));
    }
    var perNode = Math.min(2, Math.max(0, size.pods() / size.nodes() / 8));
    for (var i = 0; i < perNode; i++) {
      daemonSet(namespace(0), "agent-" + WORDS[i], sink);
    }
    var workloads = new ArrayList<List<Pod>>();
    for (var i = 0; pods.size() < size.pods(); i++) {
      var first = pods.size();
      var replicas = Math.min(size.pods() - first, 1 + random.nextInt(16));
      var home = namespace(1 + i % (namespaces - 1));
      var app = WORDS[i % WORDS.length] + "-" + i;
      switch (random.nextInt(20)) {
        case 0, 1, 2 -> statefulSet(home, app, replicas, sink);
        case 3 -> job(home, app, sink);
        default -> deployment(home, app, replicas, sink);
      }
      workloads.add(List.copyOf(pods.subList(first, pods.size())));
    }
    for (var i = 0; i < size.services() && !workloads.isEmpty(); i++) {
      service(i, workloads.get(i % workloads.size()), sink);
    }
  }

  /** A pod's JSON as of so many restarts of its container. */
  String pod(Pod pod, int restarts, boolean ready) {
    var owner = pod.owner();
    var node = nodeName(pod.node());
    var last =
        restarts == 0
            ? "{}"
            : "{\"terminated\":{\"exitCode\":1,\"reason\":\"Error\",\"startedAt\":\"%s\",\"finishedAt\":\"%s\",\"containerID\":\"containerd://%s\"}}"
                .formatted(CREATED, moment(restarts), digest(pod, restarts - 1));
    return """
    {"apiVersion":"v1","kind":"Pod","metadata":{"name":"%s","namespace":"%s","uid":"%s","generation":1,"creationTimestamp":"%s",\
    "labels":{"app.kubernetes.io/name":"%s","app.kubernetes.io/part-of":"%s","pod-template-hash":"79bdd768d5","team":"%s"},\
    "annotations":{"prometheus.io/scrape":"true","prometheus.io/port":"8080","cni.example/podIP":"%s/32"},\
    "ownerReferences":[{"apiVersion":"%s","kind":"%s","name":"%s","uid":"%s","controller":true,"blockOwnerDeletion":true}],\
    "managedFields":%s},\
    "spec":{"volumes":[{"name":"config","configMap":{"name":"%s-config","defaultMode":420}},%s],\
    "containers":[{"name":"app","image":"registry.bank.example/%s:1.4.2","command":["java","-jar","/app/app.jar"],\
    "ports":[{"name":"http","containerPort":8080,"protocol":"TCP"},{"name":"metrics","containerPort":9090,"protocol":"TCP"}],\
    "env":[{"name":"NAME","value":"%s"},{"name":"JAVA_TOOL_OPTIONS","value":"-XX:MaxRAMPercentage=70 -XX:+UseG1GC"},{"name":"POD_IP","valueFrom":{"fieldRef":{"apiVersion":"v1","fieldPath":"status.podIP"}}}],\
    "resources":{"limits":{"cpu":"1","memory":"1Gi"},"requests":{"cpu":"250m","memory":"512Mi"}},\
    "volumeMounts":[{"name":"config","mountPath":"/app/config"},{"name":"kube-api-access","readOnly":true,"mountPath":"/var/run/secrets/kubernetes.io/serviceaccount"}],\
    "livenessProbe":{"httpGet":{"path":"/livez","port":8080,"scheme":"HTTP"},"initialDelaySeconds":20,"timeoutSeconds":1,"periodSeconds":10,"successThreshold":1,"failureThreshold":3},\
    "readinessProbe":{"httpGet":{"path":"/readyz","port":8080,"scheme":"HTTP"},"timeoutSeconds":1,"periodSeconds":5,"successThreshold":1,"failureThreshold":3},\
    "terminationMessagePath":"/dev/termination-log","terminationMessagePolicy":"File","imagePullPolicy":"IfNotPresent",\
    "securityContext":{"capabilities":{"drop":["ALL"]},"runAsNonRoot":true,"allowPrivilegeEscalation":false}}],\
    "restartPolicy":"Always","terminationGracePeriodSeconds":30,"dnsPolicy":"ClusterFirst","serviceAccountName":"%s","serviceAccount":"%s","nodeName":"%s",\
    "securityContext":{},"schedulerName":"default-scheduler",\
    "tolerations":[{"key":"node.kubernetes.io/not-ready","operator":"Exists","effect":"NoExecute","tolerationSeconds":300},{"key":"node.kubernetes.io/unreachable","operator":"Exists","effect":"NoExecute","tolerationSeconds":300}],\
    "priority":0,"enableServiceLinks":true,"preemptionPolicy":"PreemptLowerPriority"},\
    "status":{"observedGeneration":1,"phase":"Running","conditions":[%s,%s,%s,%s,%s],\
    "hostIP":"%s","hostIPs":[{"ip":"%s"}],"podIP":"%s","podIPs":[{"ip":"%s"}],"startTime":"%s",\
    "containerStatuses":[{"name":"app","state":{"running":{"startedAt":"%s"}},"lastState":%s,"ready":%b,"restartCount":%d,\
    "image":"registry.bank.example/%s:1.4.2","imageID":"registry.bank.example/%s@sha256:69deae6e9f86b413194a3a039adab1ffe138d3b9cedcafa172ea0cd59e941d9c",\
    "containerID":"containerd://%s","started":true,"allocatedResources":{"cpu":"250m","memory":"512Mi"},\
    "resources":{"limits":{"cpu":"1","memory":"1Gi"},"requests":{"cpu":"250m","memory":"512Mi"}},"user":{"linux":{"uid":10001,"gid":10001,"supplementalGroups":[10001]}}}],\
    "qosClass":"Burstable"}}"""
        .formatted(
            pod.name(),
            pod.namespace(),
            pod.uid(),
            CREATED,
            owner.app(),
            owner.app().replaceAll("-.*", ""),
            "team-" + pod.namespace().hashCode() % 10,
            pod.address(),
            owner.controller().equals("Job") ? "batch/v1" : "apps/v1",
            owner.controller(),
            owner.controllerName(),
            owner.controllerUid(),
            ManagedFieldsText.ofPod(owner.controllerUid(), pod.address(), moment(restarts)),
            owner.app(),
            ManagedFieldsText.TOKEN_VOLUME,
            owner.app(),
            owner.app(),
            owner.app(),
            owner.app(),
            node,
            condition("PodReadyToStartContainers", true, restarts),
            condition("Initialized", true, restarts),
            condition("Ready", ready, restarts),
            condition("ContainersReady", ready, restarts),
            condition("PodScheduled", true, 0),
            nodeAddress(pod.node()),
            nodeAddress(pod.node()),
            pod.address(),
            pod.address(),
            CREATED,
            moment(restarts),
            last,
            ready,
            restarts,
            owner.app(),
            owner.app(),
            digest(pod, restarts));
  }

  private static String condition(String type, boolean holds, int restarts) {
    return "{\"type\":\"%s\",\"observedGeneration\":1,\"status\":\"%s\",\"lastProbeTime\":null,\"lastTransitionTime\":\"%s\"}"
        .formatted(type, holds ? "True" : "False", moment(restarts));
  }

  /** The cluster's own time, a minute a restart. */
  private static String moment(int restarts) {
    return java.time.Instant.parse(CREATED).plusSeconds(60L * restarts).toString();
  }

  private static String digest(Pod pod, int restarts) {
    return "%s%08x%024x".formatted(pod.uid().replace("-", ""), restarts, pod.node());
  }

  private String node(int i) {
    var zone = "zone-" + (char) ('a' + i % 3);
    var pool = i % 10 == 0 ? "memory" : i % 17 == 0 ? "batch" : "general";
    var arch = i % 8 == 7 ? "arm64" : "amd64";
    var conditions = new StringBuilder();
    for (var type : new String[] {"MemoryPressure", "DiskPressure", "PIDPressure", "Ready"}) {
      conditions.append(conditions.isEmpty() ? "" : ",");
      conditions.append(
          "{\"type\":\"%s\",\"status\":\"%s\",\"lastHeartbeatTime\":\"%s\",\"lastTransitionTime\":\"%s\",\"reason\":\"Kubelet%s\",\"message\":\"kubelet says so\"}"
              .formatted(type, type.equals("Ready") ? "True" : "False", CREATED, CREATED, type));
    }
    return """
    {"apiVersion":"v1","kind":"Node","metadata":{"name":"%s","uid":"%s","creationTimestamp":"%s",\
    "labels":{"kubernetes.io/arch":"%s","kubernetes.io/os":"linux","kubernetes.io/hostname":"%s","topology.kubernetes.io/zone":"%s","topology.kubernetes.io/region":"north","node.bank.example/pool":"%s"},\
    "annotations":{"node.alpha.kubernetes.io/ttl":"0","volumes.kubernetes.io/controller-managed-attach-detach":"true"},"managedFields":%s},\
    "spec":{"podCIDR":"10.%d.%d.0/24","podCIDRs":["10.%d.%d.0/24"]},\
    "status":{"capacity":{"cpu":"64","ephemeral-storage":"264212084Ki","hugepages-1Gi":"0","hugepages-2Mi":"0","memory":"263905900Ki","pods":"110"},\
    "allocatable":{"cpu":"63","ephemeral-storage":"243497856Ki","hugepages-1Gi":"0","hugepages-2Mi":"0","memory":"255517292Ki","pods":"110"},\
    "conditions":[%s],"addresses":[{"type":"InternalIP","address":"%s"},{"type":"Hostname","address":"%s"}],\
    "daemonEndpoints":{"kubeletEndpoint":{"Port":10250}},"nodeInfo":{"machineID":"%032x","systemUUID":"%032x","bootID":"75e10171","kernelVersion":"6.18.44","osImage":"Debian GNU/Linux 12 (bookworm)","containerRuntimeVersion":"containerd://2.1.9","kubeletVersion":"v1.36.2","kubeProxyVersion":"","operatingSystem":"linux","architecture":"%s"}}}"""
        .formatted(
            nodeName(i),
            uid(),
            CREATED,
            arch,
            nodeName(i),
            zone,
            pool,
            ManagedFieldsText.ofNode(CREATED),
            64 + i / 256,
            i % 256,
            64 + i / 256,
            i % 256,
            conditions,
            nodeAddress(i),
            nodeName(i),
            i,
            i,
            arch);
  }

  private void deployment(String namespace, String app, int replicas, Consumer<String> sink) {
    var uid = uid();
    sink.accept(
        workload(
            "Deployment",
            namespace,
            app,
            uid,
            "",
            "\"replicas\":%d,\"strategy\":{\"type\":\"RollingUpdate\",\"rollingUpdate\":{\"maxUnavailable\":\"25%%\",\"maxSurge\":\"25%%\"}},\"revisionHistoryLimit\":10,\"progressDeadlineSeconds\":600"
                .formatted(replicas),
            app,
            "\"observedGeneration\":1,\"replicas\":%d,\"updatedReplicas\":%d,\"readyReplicas\":%d,\"availableReplicas\":%d,\"conditions\":[{\"type\":\"Available\",\"status\":\"True\",\"lastUpdateTime\":\"%s\",\"lastTransitionTime\":\"%s\",\"reason\":\"MinimumReplicasAvailable\",\"message\":\"Deployment has minimum availability.\"}]"
                .formatted(replicas, replicas, replicas, replicas, CREATED, CREATED)));
    var setName = app + "-79bdd768d5";
    var set = new Workload(namespace, app, "ReplicaSet", setName, uid());
    sink.accept(
        workload(
            "ReplicaSet",
            namespace,
            setName,
            set.controllerUid(),
            owner("Deployment", app, uid),
            "\"replicas\":" + replicas,
            app,
            "\"replicas\":%d,\"fullyLabeledReplicas\":%d,\"readyReplicas\":%d,\"availableReplicas\":%d,\"observedGeneration\":1"
                .formatted(replicas, replicas, replicas, replicas)));
    for (var i = 0; i < replicas; i++) {
      place(set, setName + "-" + letters(), random.nextInt(size.nodes()), sink);
    }
  }

  private void statefulSet(String namespace, String app, int replicas, Consumer<String> sink) {
    var set = new Workload(namespace, app, "StatefulSet", app, uid());
    sink.accept(
        workload(
            "StatefulSet",
            namespace,
            app,
            set.controllerUid(),
            "",
            "\"replicas\":%d,\"serviceName\":\"%s\",\"podManagementPolicy\":\"OrderedReady\",\"updateStrategy\":{\"type\":\"RollingUpdate\"}"
                .formatted(replicas, app),
            app,
            "\"observedGeneration\":1,\"replicas\":%d,\"readyReplicas\":%d,\"currentReplicas\":%d,\"updatedReplicas\":%d,\"availableReplicas\":%d"
                .formatted(replicas, replicas, replicas, replicas, replicas)));
    for (var i = 0; i < replicas; i++) {
      place(set, app + "-" + i, random.nextInt(size.nodes()), sink);
    }
  }

  private void daemonSet(String namespace, String app, Consumer<String> sink) {
    var set = new Workload(namespace, app, "DaemonSet", app, uid());
    var count = Math.min(size.nodes(), size.pods() - pods.size());
    sink.accept(
        workload(
            "DaemonSet",
            namespace,
            app,
            set.controllerUid(),
            "",
            "\"updateStrategy\":{\"type\":\"RollingUpdate\"}",
            app,
            "\"observedGeneration\":1,\"currentNumberScheduled\":%d,\"desiredNumberScheduled\":%d,\"numberReady\":%d,\"numberAvailable\":%d,\"numberMisscheduled\":0,\"updatedNumberScheduled\":%d"
                .formatted(count, count, count, count, count)));
    for (var i = 0; i < count; i++) {
      place(set, app + "-" + letters(), i, sink);
    }
  }

  private void job(String namespace, String app, Consumer<String> sink) {
    var job = new Workload(namespace, app, "Job", app, uid());
    sink.accept(
        workload(
            "Job",
            namespace,
            app,
            job.controllerUid(),
            "",
            "\"parallelism\":1,\"completions\":1,\"backoffLimit\":6",
            app,
            "\"active\":1,\"ready\":1,\"startTime\":\"%s\"".formatted(CREATED)));
    place(job, app + "-" + letters(), random.nextInt(size.nodes()), sink);
  }

  private static String owner(String kind, String name, String uid) {
    return "\"ownerReferences\":[{\"apiVersion\":\"apps/v1\",\"kind\":\"%s\",\"name\":\"%s\",\"uid\":\"%s\",\"controller\":true,\"blockOwnerDeletion\":true}],"
        .formatted(kind, name, uid);
  }

  private static String workload(
      String kind,
      String namespace,
      String name,
      String uid,
      String owners,
      String spec,
      String app,
      String status) {
    return """
    {"apiVersion":"%s","kind":"%s","metadata":{"name":"%s","namespace":"%s","uid":"%s","generation":1,"creationTimestamp":"%s",\
    "labels":{"app.kubernetes.io/name":"%s","app.kubernetes.io/part-of":"%s"},"annotations":{"deployment.kubernetes.io/revision":"1"},%s"managedFields":%s},\
    "spec":{%s,"selector":{"matchLabels":{"app.kubernetes.io/name":"%s"}},\
    "template":{"metadata":{"labels":{"app.kubernetes.io/name":"%s"}},"spec":{"containers":[{"name":"app","image":"registry.bank.example/%s:1.4.2",\
    "env":[{"name":"NAME","value":"%s"}],"ports":[{"name":"http","containerPort":8080,"protocol":"TCP"}],\
    "resources":{"limits":{"cpu":"1","memory":"1Gi"},"requests":{"cpu":"250m","memory":"512Mi"}},\
    "readinessProbe":{"httpGet":{"path":"/readyz","port":8080,"scheme":"HTTP"},"timeoutSeconds":1,"periodSeconds":5,"successThreshold":1,"failureThreshold":3}}],\
    "restartPolicy":"Always","terminationGracePeriodSeconds":30,"dnsPolicy":"ClusterFirst","securityContext":{},"schedulerName":"default-scheduler"}}},\
    "status":{%s}}"""
        .formatted(
            kind.equals("Job") ? "batch/v1" : "apps/v1",
            kind,
            name,
            namespace,
            uid,
            CREATED,
            app,
            app.replaceAll("-.*", ""),
            owners,
            ManagedFieldsText.ofWorkload(CREATED),
            spec,
            app,
            app,
            app,
            app,
            status);
  }

  private void place(Workload owner, String name, int node, Consumer<String> sink) {
    var address = addresses++;
    var pod =
        new Pod(
            owner.namespace(),
            name,
            uid(),
            owner,
            node,
            "10.%d.%d.%d".formatted(128 + (address >> 16), (address >> 8) & 255, address & 255));
    pods.add(pod);
    sink.accept(pod(pod, 0, true));
  }

  private void service(int i, List<Pod> behind, Consumer<String> sink) {
    var owner = behind.getFirst().owner();
    var name = owner.app() + "-svc-" + i;
    var uid = uid();
    sink.accept(
        """
        {"apiVersion":"v1","kind":"Service","metadata":{"name":"%s","namespace":"%s","uid":"%s","creationTimestamp":"%s","labels":{"app.kubernetes.io/name":"%s"}},\
        "spec":{"ports":[{"name":"http","protocol":"TCP","port":80,"targetPort":8080}],"selector":{"app.kubernetes.io/name":"%s"},"clusterIP":"10.96.%d.%d","clusterIPs":["10.96.%d.%d"],"type":"ClusterIP","sessionAffinity":"None","ipFamilies":["IPv4"],"ipFamilyPolicy":"SingleStack","internalTrafficPolicy":"Cluster"},\
        "status":{"loadBalancer":{}}}"""
            .formatted(
                name,
                owner.namespace(),
                uid,
                CREATED,
                owner.app(),
                owner.app(),
                i / 256 % 256,
                i % 256,
                i / 256 % 256,
                i % 256));
    var endpoints = new StringBuilder();
    for (var pod : behind) {
      endpoints.append(endpoints.isEmpty() ? "" : ",");
      endpoints.append(
          "{\"addresses\":[\"%s\"],\"conditions\":{\"ready\":true,\"serving\":true,\"terminating\":false},\"targetRef\":{\"kind\":\"Pod\",\"namespace\":\"%s\",\"name\":\"%s\",\"uid\":\"%s\"},\"nodeName\":\"%s\",\"zone\":\"zone-a\"}"
              .formatted(
                  pod.address(), pod.namespace(), pod.name(), pod.uid(), nodeName(pod.node())));
    }
    sink.accept(
        """
        {"apiVersion":"discovery.k8s.io/v1","kind":"EndpointSlice","metadata":{"name":"%s-%s","generateName":"%s-","namespace":"%s","uid":"%s","generation":1,"creationTimestamp":"%s",\
        "labels":{"endpointslice.kubernetes.io/managed-by":"endpointslice-controller.k8s.io","kubernetes.io/service-name":"%s"},\
        "ownerReferences":[{"apiVersion":"v1","kind":"Service","name":"%s","uid":"%s","controller":true,"blockOwnerDeletion":true}]},\
        "addressType":"IPv4","endpoints":[%s],"ports":[{"name":"http","protocol":"TCP","port":8080}]}"""
            .formatted(
                name,
                letters(),
                name,
                owner.namespace(),
                uid(),
                CREATED,
                name,
                name,
                uid,
                endpoints));
  }

  private static String namespace(int i) {
    return i == 0 ? "kube-system" : "%s-%03d".formatted(WORDS[i % WORDS.length], i);
  }

  private static String nodeName(int i) {
    return "node-%05d".formatted(i);
  }

  private static String nodeAddress(int i) {
    return "172.16.%d.%d".formatted(i / 250, i % 250 + 1);
  }

  private String uid() {
    return new UUID(
            (random.nextLong() & ~0xf000L) | 0x4000L,
            (random.nextLong() & ~(3L << 62)) | (2L << 62))
        .toString();
  }

  private String letters() {
    return Integer.toString(100_000_000 + random.nextInt(1_000_000_000), 36)
        .toLowerCase(Locale.ROOT);
  }
}
