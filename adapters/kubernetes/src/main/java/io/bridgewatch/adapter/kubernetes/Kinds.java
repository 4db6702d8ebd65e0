package io.bridgewatch.adapter.kubernetes;

import io.bridgewatch.model.ObjectKind;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The kinds that are read of every cluster. {@code deploy/rbac/read-only.yaml} allows exactly
 * these; a test holds the two together. Custom resources are found through their definitions.
 */
public final class Kinds {

  static final ObjectKind NODES = cluster("", "v1", "nodes", "Node");
  static final ObjectKind NAMESPACES = cluster("", "v1", "namespaces", "Namespace");
  static final ObjectKind PODS = namespaced("", "v1", "pods", "Pod");
  static final ObjectKind DEFINITIONS =
      cluster(
          "apiextensions.k8s.io", "v1", "customresourcedefinitions", "CustomResourceDefinition");

  private static final String GATEWAY = "gateway.networking.k8s.io";

  /** In the order in which they are first read: what others hang on comes first. */
  private static final List<Wanted> WANTED =
      List.of(
          one(NODES),
          one(NAMESPACES),
          one(DEFINITIONS),
          one(PODS),
          one(namespaced("apps", "v1", "replicasets", "ReplicaSet")),
          one(namespaced("apps", "v1", "deployments", "Deployment")),
          one(namespaced("apps", "v1", "statefulsets", "StatefulSet")),
          one(namespaced("apps", "v1", "daemonsets", "DaemonSet")),
          one(namespaced("batch", "v1", "jobs", "Job")),
          one(namespaced("batch", "v1", "cronjobs", "CronJob")),
          one(namespaced("", "v1", "services", "Service")),
          one(namespaced("discovery.k8s.io", "v1", "endpointslices", "EndpointSlice")),
          one(namespaced("apps", "v1", "controllerrevisions", "ControllerRevision")),
          one(namespaced("", "v1", "configmaps", "ConfigMap")),
          one(
              namespaced(
                  "autoscaling", "v2", "horizontalpodautoscalers", "HorizontalPodAutoscaler")),
          one(namespaced("policy", "v1", "poddisruptionbudgets", "PodDisruptionBudget")),
          one(cluster("", "v1", "persistentvolumes", "PersistentVolume")),
          one(namespaced("", "v1", "persistentvolumeclaims", "PersistentVolumeClaim")),
          one(cluster("storage.k8s.io", "v1", "storageclasses", "StorageClass")),
          one(namespaced("", "v1", "resourcequotas", "ResourceQuota")),
          one(namespaced("", "v1", "limitranges", "LimitRange")),
          one(namespaced("networking.k8s.io", "v1", "ingresses", "Ingress")),
          one(namespaced("networking.k8s.io", "v1", "networkpolicies", "NetworkPolicy")),
          one(cluster(GATEWAY, "v1", "gatewayclasses", "GatewayClass")),
          one(namespaced(GATEWAY, "v1", "gateways", "Gateway")),
          one(namespaced(GATEWAY, "v1", "httproutes", "HTTPRoute")),
          one(namespaced(GATEWAY, "v1", "grpcroutes", "GRPCRoute")),
          any(
              namespaced(GATEWAY, "v1", "tlsroutes", "TLSRoute"),
              namespaced(GATEWAY, "v1alpha3", "tlsroutes", "TLSRoute"),
              namespaced(GATEWAY, "v1alpha2", "tlsroutes", "TLSRoute")),
          any(
              namespaced(GATEWAY, "v1", "tcproutes", "TCPRoute"),
              namespaced(GATEWAY, "v1alpha2", "tcproutes", "TCPRoute")),
          one(namespaced("coordination.k8s.io", "v1", "leases", "Lease")),
          // The two groups show the same stored objects, so one of them is enough.
          any(
              namespaced("events.k8s.io", "v1", "events", "Event"),
              namespaced("", "v1", "events", "Event")));

  private static final Set<String> RESOURCES =
      all().stream().map(ObjectKind::resource).collect(Collectors.toUnmodifiableSet());

  private static final Pattern DNS_NAME = Pattern.compile("[a-z0-9]([-a-z0-9.]{0,250}[a-z0-9])?");
  private static final Pattern VERSION = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");

  private Kinds() {}

  /** Every kind that is asked for by name, in each version that is tried. */
  public static List<ObjectKind> all() {
    return WANTED.stream().flatMap(wanted -> wanted.choices().stream()).toList();
  }

  static List<Wanted> wanted() {
    return WANTED;
  }

  /** Whether objects of that resource are read anyway, as one of the kinds above. */
  static boolean isNamed(ObjectKind kind) {
    return RESOURCES.contains(kind.resource());
  }

  /**
   * Whether it may be asked for: nothing that calls itself secrets, whatever its group, and nothing
   * whose name would lead the request to another path.
   */
  static boolean mayBeRead(ObjectKind kind) {
    return !kind.plural().equals("secrets")
        && DNS_NAME.matcher(kind.plural()).matches()
        && VERSION.matcher(kind.version()).matches()
        && (kind.group().isEmpty() || DNS_NAME.matcher(kind.group()).matches());
  }

  /** Where all objects of the kind are found, such as {@code /apis/apps/v1/deployments}. */
  static String path(ObjectKind kind) {
    return (kind.group().isEmpty() ? "/api/" : "/apis/") + kind.apiVersion() + "/" + kind.plural();
  }

  /**
   * One thing to read.
   *
   * @param choices kinds that show the same objects, the best first; the first that is served is
   *     taken
   */
  record Wanted(List<ObjectKind> choices) {
    Wanted {
      choices = List.copyOf(choices);
    }
  }

  private static Wanted one(ObjectKind kind) {
    return new Wanted(List.of(kind));
  }

  private static Wanted any(ObjectKind... kinds) {
    return new Wanted(List.of(kinds));
  }

  private static ObjectKind cluster(String group, String version, String plural, String kind) {
    return new ObjectKind(group, version, plural, kind, false);
  }

  private static ObjectKind namespaced(String group, String version, String plural, String kind) {
    return new ObjectKind(group, version, plural, kind, true);
  }
}
