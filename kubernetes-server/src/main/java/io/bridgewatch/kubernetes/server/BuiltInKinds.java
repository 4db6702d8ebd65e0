package io.bridgewatch.kubernetes.server;

import static io.bridgewatch.kubernetes.server.ApiKind.Trait.CUSTOM;
import static io.bridgewatch.kubernetes.server.ApiKind.Trait.GENERATION;
import static io.bridgewatch.kubernetes.server.ApiKind.Trait.MEASURED;
import static io.bridgewatch.kubernetes.server.ApiKind.Trait.REVIEW;
import static io.bridgewatch.kubernetes.server.ApiKind.Trait.SCALE;
import static io.bridgewatch.kubernetes.server.ApiKind.Trait.STATUS;

import io.bridgewatch.kubernetes.server.ApiKind.Scope;
import io.bridgewatch.kubernetes.server.ApiKind.Trait;
import java.util.List;
import java.util.Set;

/** The kinds that are served without a definition. */
final class BuiltInKinds {
  static final String DEFINITIONS = "customresourcedefinitions.apiextensions.k8s.io";
  static final String GATEWAY = "gateway.networking.k8s.io";
  private static final List<String> ALL = List.of("all");
  private static final String PODS =
      "\"template\":{\"metadata\":{},\"spec\":{\"containers\":null}}";

  private BuiltInKinds() {}

  static List<ApiKind> list() {
    return List.of(
            cluster("", "v1", "namespaces", "Namespace", Set.of(STATUS), List.of("ns")),
            cluster("", "v1", "nodes", "Node", Set.of(STATUS), List.of("no"))
                .with(
                    "\"spec\":{},\"status\":{\"daemonEndpoints\":{\"kubeletEndpoint\":{\"Port\":0}},"
                        + "\"nodeInfo\":{\"machineID\":\"\",\"systemUUID\":\"\",\"bootID\":\"\","
                        + "\"kernelVersion\":\"\",\"osImage\":\"\",\"containerRuntimeVersion\":\"\","
                        + "\"kubeletVersion\":\"\",\"kubeProxyVersion\":\"\",\"operatingSystem\":\"\","
                        + "\"architecture\":\"\"}}"),
            space("", "v1", "pods", "Pod", Set.of(STATUS, GENERATION), List.of("po"))
                .in(ALL)
                .with("\"spec\":{\"containers\":null},\"status\":{}"),
            space("", "v1", "services", "Service", Set.of(STATUS), List.of("svc"))
                .in(ALL)
                .with("\"spec\":{},\"status\":{\"loadBalancer\":{}}"),
            space("", "v1", "endpoints", "Endpoints", Set.of(), List.of("ep")).with(""),
            space("", "v1", "events", "Event", Set.of(), List.of("ev"))
                .with(
                    "\"involvedObject\":{},\"source\":{},\"firstTimestamp\":null,"
                        + "\"lastTimestamp\":null,\"eventTime\":null,\"reportingComponent\":\"\","
                        + "\"reportingInstance\":\"\""),
            space("", "v1", "configmaps", "ConfigMap", Set.of(), List.of("cm")).with(""),
            space("", "v1", "secrets", "Secret", Set.of(), List.of()).with(""),
            space("", "v1", "serviceaccounts", "ServiceAccount", Set.of(), List.of("sa")).with(""),
            space("", "v1", "limitranges", "LimitRange", Set.of(), List.of("limits"))
                .with("\"spec\":{\"limits\":null}"),
            space("", "v1", "resourcequotas", "ResourceQuota", Set.of(STATUS), List.of("quota")),
            space(
                    "",
                    "v1",
                    "replicationcontrollers",
                    "ReplicationController",
                    scaled(),
                    List.of("rc"))
                .in(ALL),
            cluster(
                "", "v1", "persistentvolumes", "PersistentVolume", Set.of(STATUS), List.of("pv")),
            space(
                "",
                "v1",
                "persistentvolumeclaims",
                "PersistentVolumeClaim",
                Set.of(STATUS),
                List.of("pvc")),
            space("apps", "v1", "deployments", "Deployment", scaled(), List.of("deploy"))
                .in(ALL)
                .with(
                    "\"spec\":{\"replicas\":0,\"selector\":null,"
                        + PODS
                        + ",\"strategy\":{}},\"status\":{}"),
            space("apps", "v1", "replicasets", "ReplicaSet", scaled(), List.of("rs"))
                .in(ALL)
                .with(
                    "\"spec\":{\"replicas\":0,\"selector\":null,"
                        + PODS
                        + "},\"status\":{\"replicas\":0}"),
            space("apps", "v1", "statefulsets", "StatefulSet", scaled(), List.of("sts"))
                .in(ALL)
                .with(
                    "\"spec\":{\"replicas\":0,\"selector\":null,"
                        + PODS
                        + ",\"serviceName\":\"\",\"updateStrategy\":{}},"
                        + "\"status\":{\"replicas\":0,\"availableReplicas\":0}"),
            space(
                    "apps",
                    "v1",
                    "daemonsets",
                    "DaemonSet",
                    Set.of(STATUS, GENERATION),
                    List.of("ds"))
                .in(ALL)
                .with(
                    "\"spec\":{\"selector\":null,"
                        + PODS
                        + ",\"updateStrategy\":{}},\"status\":{\"currentNumberScheduled\":0,"
                        + "\"numberMisscheduled\":0,\"desiredNumberScheduled\":0,\"numberReady\":0}"),
            space("apps", "v1", "controllerrevisions", "ControllerRevision", Set.of(), List.of())
                .with("\"revision\":0"),
            space("batch", "v1", "jobs", "Job", Set.of(STATUS, GENERATION), List.of())
                .in(ALL)
                .with("\"spec\":{" + PODS + "},\"status\":{}"),
            space("batch", "v1", "cronjobs", "CronJob", Set.of(STATUS, GENERATION), List.of("cj"))
                .in(ALL),
            space(
                    "autoscaling",
                    "v2",
                    "horizontalpodautoscalers",
                    "HorizontalPodAutoscaler",
                    Set.of(STATUS),
                    List.of("hpa"))
                .in(ALL)
                .with(
                    "\"spec\":{\"scaleTargetRef\":{\"kind\":\"\",\"name\":\"\"},\"maxReplicas\":0},"
                        + "\"status\":{\"desiredReplicas\":0,\"currentMetrics\":null}"),
            space(
                "policy",
                "v1",
                "poddisruptionbudgets",
                "PodDisruptionBudget",
                Set.of(STATUS, GENERATION),
                List.of("pdb")),
            space(
                    "discovery.k8s.io",
                    "v1",
                    "endpointslices",
                    "EndpointSlice",
                    Set.of(GENERATION),
                    List.of())
                .with("\"addressType\":\"\",\"endpoints\":null,\"ports\":null"),
            space("events.k8s.io", "v1", "events", "Event", Set.of(), List.of("ev"))
                .with("\"eventTime\":null,\"regarding\":{},\"deprecatedSource\":{}"),
            space("coordination.k8s.io", "v1", "leases", "Lease", Set.of(), List.of())
                .with("\"spec\":{}"),
            space(
                "networking.k8s.io",
                "v1",
                "ingresses",
                "Ingress",
                Set.of(STATUS, GENERATION),
                List.of("ing")),
            cluster(
                    "networking.k8s.io",
                    "v1",
                    "ingressclasses",
                    "IngressClass",
                    Set.of(GENERATION),
                    List.of())
                .with("\"spec\":{}"),
            space(
                    "networking.k8s.io",
                    "v1",
                    "networkpolicies",
                    "NetworkPolicy",
                    Set.of(GENERATION),
                    List.of("netpol"))
                .with("\"spec\":{\"podSelector\":{}}"),
            cluster(
                    "storage.k8s.io",
                    "v1",
                    "storageclasses",
                    "StorageClass",
                    Set.of(),
                    List.of("sc"))
                .with("\"provisioner\":\"\""),
            cluster(
                    "scheduling.k8s.io",
                    "v1",
                    "priorityclasses",
                    "PriorityClass",
                    Set.of(GENERATION),
                    List.of("pc"))
                .with("\"value\":0"),
            cluster(
                    "rbac.authorization.k8s.io",
                    "v1",
                    "clusterroles",
                    "ClusterRole",
                    Set.of(),
                    List.of())
                .with("\"rules\":null"),
            cluster(
                    "rbac.authorization.k8s.io",
                    "v1",
                    "clusterrolebindings",
                    "ClusterRoleBinding",
                    Set.of(),
                    List.of())
                .with("\"roleRef\":{\"kind\":\"\",\"name\":\"\"}"),
            space("rbac.authorization.k8s.io", "v1", "roles", "Role", Set.of(), List.of())
                .with("\"rules\":null"),
            space(
                    "rbac.authorization.k8s.io",
                    "v1",
                    "rolebindings",
                    "RoleBinding",
                    Set.of(),
                    List.of())
                .with("\"roleRef\":{\"kind\":\"\",\"name\":\"\"}"),
            cluster(
                    "apiextensions.k8s.io",
                    "v1",
                    "customresourcedefinitions",
                    "CustomResourceDefinition",
                    Set.of(STATUS, GENERATION),
                    List.of("crd", "crds"))
                .in(List.of("api-extensions")),
            cluster(
                    "admissionregistration.k8s.io",
                    "v1",
                    "validatingwebhookconfigurations",
                    "ValidatingWebhookConfiguration",
                    Set.of(GENERATION),
                    List.of())
                .in(List.of("api-extensions"))
                .with(""),
            cluster(
                "authorization.k8s.io",
                "v1",
                "selfsubjectaccessreviews",
                "SelfSubjectAccessReview",
                Set.of(REVIEW),
                List.of()),
            cluster(GATEWAY, "v1", "gatewayclasses", "GatewayClass", custom(), List.of("gc"))
                .in(List.of("gateway-api")),
            route("v1", "gateways", "Gateway", "gtw"),
            route("v1", "httproutes", "HTTPRoute"),
            route("v1", "grpcroutes", "GRPCRoute"),
            route("v1", "tlsroutes", "TLSRoute"),
            route("v1alpha2", "tcproutes", "TCPRoute"),
            route("v1alpha2", "udproutes", "UDPRoute"),
            route("v1beta1", "referencegrants", "ReferenceGrant", "refgrant"))
        .stream()
        .map(Draft::kind)
        .toList();
  }

  /** The metrics API. */
  static List<ApiKind> measured() {
    return List.of(
        measured("nodes", "NodeMetrics", Scope.CLUSTER),
        measured("pods", "PodMetrics", Scope.NAMESPACED));
  }

  private static ApiKind measured(String plural, String kind, Scope scope) {
    return draft("metrics.k8s.io", "v1beta1", plural, kind, scope, Set.of(MEASURED), List.of())
        .kind();
  }

  private static Draft route(String version, String plural, String kind, String... shortNames) {
    return space(GATEWAY, version, plural, kind, custom(), List.of(shortNames))
        .in(List.of("gateway-api"));
  }

  private static Set<Trait> scaled() {
    return Set.of(STATUS, SCALE, GENERATION);
  }

  private static Set<Trait> custom() {
    return Set.of(STATUS, GENERATION, CUSTOM);
  }

  private static Draft space(
      String group,
      String version,
      String plural,
      String kind,
      Set<Trait> traits,
      List<String> shortNames) {
    return draft(group, version, plural, kind, Scope.NAMESPACED, traits, shortNames);
  }

  private static Draft cluster(
      String group,
      String version,
      String plural,
      String kind,
      Set<Trait> traits,
      List<String> shortNames) {
    return draft(group, version, plural, kind, Scope.CLUSTER, traits, shortNames);
  }

  private static Draft draft(
      String group,
      String version,
      String plural,
      String kind,
      Scope scope,
      Set<Trait> traits,
      List<String> shortNames) {
    var rest = traits.contains(CUSTOM) ? "" : "\"spec\":{},\"status\":{}";
    return new Draft(
        new ApiKind(group, version, plural, kind, scope, traits, shortNames, List.of(), rest));
  }

  /** A kind that gets its last columns. */
  private record Draft(ApiKind kind) {
    Draft in(List<String> categories) {
      return new Draft(
          new ApiKind(
              kind.group(),
              kind.version(),
              kind.plural(),
              kind.kind(),
              kind.scope(),
              kind.traits(),
              kind.shortNames(),
              categories,
              kind.emptyRest()));
    }

    Draft with(String emptyRest) {
      return new Draft(
          new ApiKind(
              kind.group(),
              kind.version(),
              kind.plural(),
              kind.kind(),
              kind.scope(),
              kind.traits(),
              kind.shortNames(),
              kind.categories(),
              emptyRest));
    }
  }
}
