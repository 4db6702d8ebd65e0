package io.bridgewatch.drill.fault;

import io.bridgewatch.drill.fault.FaultKind.Group;
import io.bridgewatch.drill.plan.ServicePlan;
import io.bridgewatch.drill.plan.ServicePlan.Controller;
import io.bridgewatch.drill.plan.ServicePlan.Kind;
import io.bridgewatch.drill.world.BankWorld;
import io.bridgewatch.kubernetes.server.KubernetesServer.ObjectName;
import io.bridgewatch.model.AttributeNames;
import io.bridgewatch.model.CauseKind;
import io.bridgewatch.model.EntityType;
import io.bridgewatch.model.Layer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import tools.jackson.databind.node.ObjectNode;

/** Trouble with what the bank has told its cluster. */
final class KubernetesFaults {

  /** As {@code kubectl drain} does. */
  private static final Duration EVICTED_EVERY = Duration.ofSeconds(5);

  private KubernetesFaults() {}

  static List<FaultKind> all() {
    return List.of(
        new FaultKind(
            "quota-exceeded",
            Group.KUBERNETES,
            "a quota that lets no new pod in",
            "资源配额不足，无法新建 Pod",
            KubernetesFaults::quota),
        ContainerFaults.edited(
            "unschedulable",
            Group.KUBERNETES,
            "pods that ask for more than any node has",
            "请求资源过大，无法调度",
            live ->
                ((ObjectNode) Hands.container(live).get("resources"))
                    .withObject("/requests")
                    .put("memory", "4Ti"),
            CauseKind.UNSCHEDULABLE,
            CauseKind.ROLLOUT_STUCK),
        new FaultKind(
            "drain-blocked",
            Group.KUBERNETES,
            "a disruption budget that lets no pod go while a node is drained",
            "PDB 阻塞节点排空",
            KubernetesFaults::blockedDrain),
        new FaultKind(
            "hpa-misconfigured",
            Group.KUBERNETES,
            "an autoscaler that may not scale while customers come",
            "HPA 配置错误，无法扩容",
            KubernetesFaults::autoscaler),
        new FaultKind(
            "selector-wrong",
            Group.KUBERNETES,
            "a service whose selector matches no pod",
            "Service 选择器错误",
            (world, random) ->
                service(world, random, spec -> spec.withObject("/selector").put("app", "nobody"))),
        new FaultKind(
            "port-wrong",
            Group.KUBERNETES,
            "a service that points to a port where nobody listens",
            "Service 端口错误",
            (world, random) ->
                service(
                    world,
                    random,
                    spec -> ((ObjectNode) spec.at("/ports/0")).put("targetPort", 9999))),
        new FaultKind(
            "config-missing",
            Group.KUBERNETES,
            "a configuration map that was deleted before a restart",
            "ConfigMap 缺失",
            KubernetesFaults::config),
        new FaultKind(
            "webhook-timeout",
            Group.KUBERNETES,
            "an admission webhook for pods that must agree and does not answer",
            "准入 Webhook 无响应，Pod 无法创建",
            KubernetesFaults::webhook),
        new FaultKind(
            "dns-down",
            Group.KUBERNETES,
            "the cluster's resolver scaled to nothing",
            "集群 DNS 不可用",
            KubernetesFaults::dns));
  }

  private static Fault quota(BankWorld world, RandomGenerator random) {
    ServicePlan service = new Targets(world, random).deployedJava();
    var hands = new Hands(world);
    var quota = new ObjectName("v1", "ResourceQuota", service.namespace(), "team");
    String before = hands.get(quota).at("/spec/hard/pods").asString("");
    return new Fault(
        service.namespace() + "/team, " + service.name(),
        () -> {
          hands.edit(quota, live -> ((ObjectNode) live.at("/spec/hard")).put("pods", "1"));
          hands.restart(service);
        },
        () -> hands.edit(quota, live -> ((ObjectNode) live.at("/spec/hard")).put("pods", before)),
        () ->
            new Marks(world)
                .namespaced(
                    EntityType.RESOURCE_QUOTA,
                    AttributeNames.RESOURCE_QUOTA,
                    "team",
                    service.namespace(),
                    CauseKind.QUOTA));
  }

  private static Fault blockedDrain(BankWorld world, RandomGenerator random) {
    ServicePlan service =
        new Targets(world, random)
            .service(
                s ->
                    s.kind() == Kind.JVM
                        && s.controller() == Controller.DEPLOYMENT
                        && s.replicas() > 1);
    var hands = new Hands(world);
    var budget =
        new ObjectName("policy/v1", "PodDisruptionBudget", service.namespace(), service.name());
    String node = world.bank().replicas(service.name()).getFirst().start().node();
    var draining = new AtomicBoolean();
    return new Fault(
        service.name() + " on " + node,
        () -> {
          hands.edit(budget, live -> ((ObjectNode) live.get("spec")).put("maxUnavailable", 0));
          hands.cordon(node, true);
          draining.set(true);
          world.repeat(EVICTED_EVERY, () -> draining.get() && hands.evictAll(node));
        },
        () -> {
          hands.edit(budget, live -> ((ObjectNode) live.get("spec")).put("maxUnavailable", 1));
          draining.set(false);
          hands.cordon(node, false);
        },
        () ->
            new Marks(world)
                .thing(
                    "PodDisruptionBudget.policy",
                    service.name(),
                    service.namespace(),
                    service,
                    CauseKind.UNSCHEDULABLE,
                    CauseKind.ROLLOUT_STUCK));
  }

  private static Fault autoscaler(BankWorld world, RandomGenerator random) {
    var targets = new Targets(world, random);
    ServicePlan service =
        targets.service(
            s ->
                s.controller() == Controller.DEPLOYMENT
                    && s.maxReplicas() > s.replicas()
                    && targets.cores(s) > 0.2);
    var hands = new Hands(world);
    var name =
        new ObjectName(
            "autoscaling/v2", "HorizontalPodAutoscaler", service.namespace(), service.name());
    var streams = world.bank().load().streams();
    return new Fault(
        service.name(),
        () -> {
          hands.edit(
              name,
              live -> {
                ((ObjectNode) live.get("spec")).put("minReplicas", 1).put("maxReplicas", 1);
              });
          streams.forEach(stream -> stream.factor().set(5));
        },
        () -> {
          hands.edit(
              name,
              live ->
                  ((ObjectNode) live.get("spec"))
                      .put("minReplicas", service.replicas())
                      .put("maxReplicas", service.maxReplicas()));
          streams.forEach(stream -> stream.factor().reset());
        },
        () ->
            new Marks(world)
                .object(
                    EntityType.HPA,
                    AttributeNames.HPA,
                    service.name(),
                    service,
                    CauseKind.AUTOSCALING,
                    CauseKind.CPU_SATURATION,
                    CauseKind.SATURATION));
  }

  private static Fault service(
      BankWorld world, RandomGenerator random, Consumer<ObjectNode> change) {
    ServicePlan service = new Targets(world, random).deployedJava();
    var hands = new Hands(world);
    var name = new ObjectName("v1", "Service", service.namespace(), service.name());
    ObjectNode before = hands.get(name).deepCopy();
    return new Fault(
        service.name(),
        () -> hands.edit(name, live -> change.accept((ObjectNode) live.get("spec"))),
        () -> hands.edit(name, live -> live.set("spec", before.get("spec").deepCopy())),
        () ->
            new Marks(world)
                .object(
                    EntityType.KUBERNETES_SERVICE,
                    AttributeNames.KUBERNETES_SERVICE,
                    service.name(),
                    service,
                    CauseKind.NO_ENDPOINTS,
                    CauseKind.DEPENDENCY_FAILED,
                    CauseKind.SERVICE_ERRORS));
  }

  private static Fault config(BankWorld world, RandomGenerator random) {
    ServicePlan service = new Targets(world, random).deployedJava();
    var hands = new Hands(world);
    var name = new ObjectName("v1", "ConfigMap", service.namespace(), service.name() + "-config");
    ObjectNode before = hands.get(name).deepCopy();
    return new Fault(
        service.name(),
        () -> {
          hands.delete(name);
          hands.restart(service);
        },
        () -> {
          ObjectNode again = before.deepCopy();
          var metadata = again.putObject("metadata");
          metadata.put("name", service.name() + "-config").put("namespace", service.namespace());
          hands.create(again);
        },
        () ->
            new Marks(world)
                .object(
                    EntityType.CONFIGMAP,
                    AttributeNames.CONFIGMAP,
                    service.name() + "-config",
                    service,
                    CauseKind.CONFIG_MISSING));
  }

  /** A check of images is required for all new pods, at an address where nobody is any more. */
  private static Fault webhook(BankWorld world, RandomGenerator random) {
    ServicePlan service = new Targets(world, random).deployedJava();
    var hands = new Hands(world);
    var check = new Webhook("image-policy", "kube-system", "192.0.2.10");
    return new Fault(
        service.name(),
        () -> {
          check.objects().forEach(hands::create);
          hands.restart(service);
        },
        () -> check.names().forEach(hands::delete),
        () ->
            new Marks(world)
                .thing(
                    "ValidatingWebhookConfiguration.admissionregistration.k8s.io",
                    check.name(),
                    "",
                    service,
                    CauseKind.ROLLOUT_STUCK));
  }

  private static Fault dns(BankWorld world, RandomGenerator random) {
    ServicePlan dns =
        new Targets(world, random)
            .one(
                "a resolver",
                world.plan().services().stream().filter(s -> s.kind() == Kind.DNS).toList());
    var hands = new Hands(world);
    return new Fault(
        dns.name(),
        () -> hands.scale(dns, 0),
        () -> hands.scale(dns, dns.replicas()),
        () ->
            new Marks(world)
                .workload(
                    dns,
                    Layer.NETWORK,
                    CauseKind.NO_ENDPOINTS,
                    CauseKind.DEPENDENCY_FAILED,
                    CauseKind.SERVICE_ERRORS,
                    CauseKind.CONTAINER_STOPPED));
  }
}
