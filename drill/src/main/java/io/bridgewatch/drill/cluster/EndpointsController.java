package io.bridgewatch.drill.cluster;

import io.bridgewatch.kubernetes.server.KubernetesServer.ObjectName;
import io.bridgewatch.kubernetes.server.LabelSelectors;
import io.bridgewatch.kubernetes.server.ObjectChange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Tells which pods stand behind a Service: one EndpointSlice and one Endpoints object for each. */
final class EndpointsController extends Controller {
  private static final String NAME_LABEL = "kubernetes.io/service-name";
  private final Map<String, Map<String, String>> labelsByPod = new HashMap<>();

  EndpointsController(World world) {
    super(world);
  }

  @Override
  void seen(ObjectChange change) {
    var key = change.namespace() + "/" + change.name();
    switch (change.kind()) {
      case "Service" -> enqueue(key);
      case "Pod" -> {
        var labels = Trees.labels(Trees.at(change.object(), "metadata", "labels"));
        var before =
            change.type() == ObjectChange.Type.DELETED
                ? labelsByPod.remove(key)
                : labelsByPod.put(key, labels);
        for (var service : world.cache().in("Service", change.namespace())) {
          var selector = selector(service);
          if (matches(selector, labels) || (before != null && matches(selector, before))) {
            enqueue(Trees.key(service));
          }
        }
      }
      default -> {}
    }
  }

  private static JsonNode selector(JsonNode service) {
    return Trees.at(service, "spec", "selector");
  }

  private static boolean matches(JsonNode selector, Map<String, String> labels) {
    return !selector.isEmpty()
        && LabelSelectors.matches(Trees.object().set("matchLabels", selector), labels);
  }

  /** A pod that is or may be behind the service. */
  private record Member(Pod pod, String ip, boolean isReady, boolean isServing) {}

  @Override
  void reconcile(String namespace, String name) {
    var found = world.cache().find("Service", namespace, name);
    if (found.isEmpty()) {
      world.delete(new ObjectName("v1", "Endpoints", namespace, name), Optional.of(0L));
      return; // the slice goes with its owner
    }
    var service = found.get();
    if (selector(service).isEmpty()) {
      return;
    }
    var members = members(service);
    var addresses = new ArrayList<ObjectNode>();
    members.forEach(member -> addresses.add(endpoint(service, member)));
    writeSlice(service, addresses, ports(service, members, true));
    writeEndpoints(service, members, ports(service, members, false));
  }

  private List<Member> members(ObjectNode service) {
    var members = new ArrayList<Member>();
    var takesAll = Trees.at(service, "spec", "publishNotReadyAddresses").asBoolean(false);
    for (var pod : world.cache().podsIn(Trees.namespace(service))) {
      var ip = Trees.text(pod.tree(), "status", "podIP");
      if (!ip.isEmpty() && !pod.isFinished() && matches(selector(service), pod.labels())) {
        members.add(
            new Member(
                pod, ip, takesAll || (pod.isReady() && !pod.isTerminating()), pod.isReady()));
      }
    }
    return members;
  }

  private ObjectNode endpoint(ObjectNode service, Member member) {
    var endpoint = Trees.object();
    endpoint.putArray("addresses").add(member.ip);
    endpoint
        .putObject("conditions")
        .put("ready", member.isReady)
        .put("serving", member.isServing)
        .put("terminating", member.pod.isTerminating());
    name(service, member, endpoint);
    endpoint.set("targetRef", target(member.pod));
    endpoint.put("nodeName", member.pod.nodeName());
    world
        .cache()
        .find("Node", "", member.pod.nodeName())
        .map(node -> Trees.text(node, "metadata", "labels", "topology.kubernetes.io/zone"))
        .filter(zone -> !zone.isEmpty())
        .ifPresent(zone -> endpoint.put("zone", zone));
    return endpoint;
  }

  /** Pods that ask for it have a name of their own below the service's. */
  private static void name(ObjectNode service, Member member, ObjectNode address) {
    var hostname = Trees.text(member.pod.spec(), "hostname");
    if (!hostname.isEmpty()
        && Trees.text(member.pod.spec(), "subdomain").equals(Trees.name(service))) {
      address.put("hostname", hostname);
    }
  }

  private static ObjectNode target(Pod pod) {
    return Trees.object()
        .put("kind", "Pod")
        .put("namespace", pod.namespace())
        .put("name", pod.name())
        .put("uid", pod.uid());
  }

  /** A named target port is looked up in the pods; where none has it, the port is left out. */
  private static ArrayNode ports(ObjectNode service, List<Member> members, boolean isSlice) {
    var ports = Trees.object().putArray("ports");
    for (var port : Trees.at(service, "spec", "ports")) {
      var number = targetPort(port, members);
      if (number == 0) {
        continue;
      }
      var told = ports.addObject();
      if (port.has("name") || isSlice) {
        told.put("name", Trees.text(port, "name"));
      }
      if (isSlice) {
        told.put("protocol", Trees.text(port, "protocol")).put("port", number);
      } else {
        told.put("port", number).put("protocol", Trees.text(port, "protocol"));
      }
    }
    return ports;
  }

  private static int targetPort(JsonNode port, List<Member> members) {
    var target = port.path("targetPort");
    if (!target.isString()) {
      return target.asInt(port.path("port").asInt(0));
    }
    for (var member : members) {
      for (var container : member.pod.spec().path("containers")) {
        for (var own : container.path("ports")) {
          if (Trees.text(own, "name").equals(target.stringValue())) {
            return own.path("containerPort").asInt(0);
          }
        }
      }
    }
    return 0;
  }

  // ------------------------------------------------------------------ writing

  private void writeSlice(ObjectNode service, List<ObjectNode> endpoints, ArrayNode ports) {
    var existing =
        world.cache().in("EndpointSlice", Trees.namespace(service)).stream()
            .filter(slice -> Trees.isControlledBy(slice, Trees.uid(service)))
            .findFirst();
    if (existing.isPresent()) {
      var old = existing.get();
      var list = old.arrayNode().addAll(endpoints);
      if (!old.path("endpoints").equals(list) || !old.path("ports").equals(ports)) {
        world.change(
            Trees.named(old),
            World.CONTROLLERS,
            "",
            live -> {
              trigger(live, service);
              live.set("endpoints", list);
              live.set("ports", ports);
            });
      }
      return;
    }
    var slice = Trees.object().put("kind", "EndpointSlice");
    slice.put("apiVersion", "discovery.k8s.io/v1");
    var metadata = slice.putObject("metadata");
    metadata.put("generateName", Trees.name(service) + "-");
    metadata.put("namespace", Trees.namespace(service));
    metadata
        .putObject("labels")
        .put("endpointslice.kubernetes.io/managed-by", "endpointslice-controller.k8s.io")
        .put(NAME_LABEL, Trees.name(service));
    if (Trees.text(service, "spec", "clusterIP").equals("None")) {
      Trees.child(metadata, "labels").put("service.kubernetes.io/headless", "");
    }
    trigger(slice, service);
    Trees.own(slice, service);
    slice.put("addressType", "IPv4");
    slice.putArray("endpoints").addAll(endpoints);
    slice.set("ports", ports);
    world.objects().create(slice, World.CONTROLLERS);
  }

  private void trigger(ObjectNode object, ObjectNode service) {
    var newest =
        world.cache().podsIn(Trees.namespace(service)).stream()
            .filter(pod -> matches(selector(service), pod.labels()))
            .flatMap(pod -> pod.readySince().stream())
            .max(Instant::compareTo)
            .map(Trees::time)
            .orElse(Trees.text(service, "metadata", "creationTimestamp"));
    Trees.child(Trees.child(object, "metadata"), "annotations")
        .put("endpoints.kubernetes.io/last-change-trigger-time", newest);
  }

  private void writeEndpoints(ObjectNode service, List<Member> members, ArrayNode ports) {
    var subsets = Trees.object().putArray("subsets");
    if (!members.isEmpty()) {
      var subset = subsets.addObject();
      addresses(service, subset, "addresses", members.stream().filter(Member::isReady).toList());
      addresses(
          service,
          subset,
          "notReadyAddresses",
          members.stream()
              .filter(member -> !member.isReady && !member.pod.isTerminating())
              .toList());
      if (subset.isEmpty()) {
        subsets.removeAll();
      } else {
        subset.set("ports", ports);
      }
    }
    var name = new ObjectName("v1", "Endpoints", Trees.namespace(service), Trees.name(service));
    var written =
        world.change(
            name,
            World.CONTROLLERS,
            "",
            live -> {
              if (subsets.equals(live.path("subsets"))) {
                return;
              }
              trigger(live, service);
              if (subsets.isEmpty()) {
                live.remove("subsets");
              } else {
                live.set("subsets", subsets);
              }
            });
    if (written.isPresent()) {
      return;
    }
    var fresh = Trees.object().put("kind", "Endpoints").put("apiVersion", "v1");
    var metadata = fresh.putObject("metadata").put("name", Trees.name(service));
    metadata.put("namespace", Trees.namespace(service));
    metadata.putObject("labels").put("endpoints.kubernetes.io/managed-by", "endpoint-controller");
    if (!subsets.isEmpty()) {
      fresh.set("subsets", subsets);
    }
    world.objects().create(fresh, World.CONTROLLERS);
  }

  private static void addresses(
      ObjectNode service, ObjectNode subset, String field, List<Member> members) {
    if (members.isEmpty()) {
      return;
    }
    var list = subset.putArray(field);
    for (var member : members) {
      var address = list.addObject().put("ip", member.ip);
      name(service, member, address);
      address.put("nodeName", member.pod.nodeName());
      address.set("targetRef", target(member.pod));
    }
  }
}
