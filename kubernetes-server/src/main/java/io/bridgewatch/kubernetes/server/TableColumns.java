package io.bridgewatch.kubernetes.server;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Which columns kinds have, as the real server prints them. */
final class TableColumns {
  private TableColumns() {}

  /**
   * @param type of JSON's types
   * @param isWide whether it is shown on demand only
   * @param cell a text or a number, from the object and the present time
   */
  record Column(
      String name, String type, boolean isWide, BiFunction<JsonNode, Instant, Object> cell) {}

  private static final Column NAME = text("Name", object -> at(object, "metadata", "name"));
  private static final Column AGE =
      new Column(
          "Age",
          "string",
          false,
          (object, now) -> since(at(object, "metadata", "creationTimestamp"), now));

  private static final Map<String, List<Column>> BY_KIND =
      Map.ofEntries(
          Map.entry(
              "pods",
              List.of(
                  NAME,
                  text("Ready", PodColumns::ready),
                  text("Status", PodColumns::status),
                  new Column("Restarts", "string", false, PodColumns::restarts),
                  AGE,
                  wide("IP", pod -> orNone(at(pod, "status", "podIP"))),
                  wide("Node", pod -> orNone(at(pod, "spec", "nodeName"))),
                  wide("Nominated Node", pod -> orNone(at(pod, "status", "nominatedNodeName"))),
                  wide("Readiness Gates", pod -> "<none>"))),
          Map.entry(
              "deployments.apps",
              List.of(
                  NAME,
                  text("Ready", d -> number(d, "readyReplicas") + "/" + wanted(d)),
                  count("Up-to-date", d -> number(d, "updatedReplicas")),
                  count("Available", d -> number(d, "availableReplicas")),
                  AGE,
                  wide("Containers", d -> containers(d, "name")),
                  wide("Images", d -> containers(d, "image")),
                  wide("Selector", d -> labels(d.at("/spec/selector/matchLabels"))))),
          Map.entry(
              "replicasets.apps",
              List.of(
                  NAME,
                  count("Desired", TableColumns::wanted),
                  count("Current", r -> number(r, "replicas")),
                  count("Ready", r -> number(r, "readyReplicas")),
                  AGE,
                  wide("Containers", r -> containers(r, "name")),
                  wide("Images", r -> containers(r, "image")),
                  wide("Selector", r -> labels(r.at("/spec/selector/matchLabels"))))),
          Map.entry(
              "statefulsets.apps",
              List.of(
                  NAME,
                  text("Ready", s -> number(s, "readyReplicas") + "/" + wanted(s)),
                  AGE,
                  wide("Containers", s -> containers(s, "name")),
                  wide("Images", s -> containers(s, "image")))),
          Map.entry(
              "daemonsets.apps",
              List.of(
                  NAME,
                  count("Desired", d -> number(d, "desiredNumberScheduled")),
                  count("Current", d -> number(d, "currentNumberScheduled")),
                  count("Ready", d -> number(d, "numberReady")),
                  count("Up-to-date", d -> number(d, "updatedNumberScheduled")),
                  count("Available", d -> number(d, "numberAvailable")),
                  text("Node Selector", d -> labels(d.at("/spec/template/spec/nodeSelector"))),
                  AGE)),
          Map.entry(
              "jobs.batch",
              List.of(
                  NAME,
                  text("Status", TableColumns::jobStatus),
                  text(
                      "Completions",
                      j -> number(j, "succeeded") + "/" + j.at("/spec/completions").asInt(1)),
                  new Column("Duration", "string", false, TableColumns::jobDuration),
                  AGE)),
          Map.entry(
              "cronjobs.batch",
              List.of(
                  NAME,
                  text("Schedule", c -> at(c, "spec", "schedule")),
                  text("Timezone", c -> orNone(at(c, "spec", "timeZone"))),
                  text("Suspend", c -> c.at("/spec/suspend").asBoolean(false) ? "True" : "False"),
                  count("Active", c -> c.at("/status/active").size()),
                  new Column(
                      "Last Schedule",
                      "string",
                      false,
                      (c, now) -> since(at(c, "status", "lastScheduleTime"), now)),
                  AGE)),
          Map.entry(
              "services",
              List.of(
                  NAME,
                  text("Type", s -> at(s, "spec", "type")),
                  text("Cluster-IP", s -> orNone(at(s, "spec", "clusterIP"))),
                  text("External-IP", s -> "<none>"),
                  text("Port(s)", TableColumns::servicePorts),
                  AGE,
                  wide("Selector", s -> labels(s.at("/spec/selector"))))),
          Map.entry("endpoints", List.of(NAME, text("Endpoints", TableColumns::addresses), AGE)),
          Map.entry(
              "nodes",
              List.of(
                  NAME,
                  text("Status", TableColumns::nodeStatus),
                  text("Roles", TableColumns::nodeRoles),
                  AGE,
                  text("Version", n -> at(n, "status", "nodeInfo", "kubeletVersion")),
                  wide("Internal-IP", n -> orNone(address(n))),
                  wide("External-IP", n -> "<none>"),
                  wide("OS-Image", n -> at(n, "status", "nodeInfo", "osImage")),
                  wide("Kernel-Version", n -> at(n, "status", "nodeInfo", "kernelVersion")),
                  wide(
                      "Container-Runtime",
                      n -> at(n, "status", "nodeInfo", "containerRuntimeVersion")))),
          Map.entry(
              "namespaces", List.of(NAME, text("Status", n -> at(n, "status", "phase")), AGE)),
          Map.entry(
              "events",
              List.of(
                  new Column("Last Seen", "string", false, TableColumns::lastSeen),
                  text("Type", e -> at(e, "type")),
                  text("Reason", e -> at(e, "reason")),
                  text(
                      "Object",
                      e ->
                          at(e, "involvedObject", "kind").toLowerCase(java.util.Locale.ROOT)
                              + "/"
                              + at(e, "involvedObject", "name")),
                  text("Message", e -> at(e, "message")))),
          Map.entry(
              "configmaps",
              List.of(
                  NAME,
                  count("Data", c -> c.path("data").size() + c.path("binaryData").size()),
                  AGE)),
          Map.entry(
              "secrets",
              List.of(
                  NAME,
                  text("Type", s -> at(s, "type")),
                  count("Data", s -> s.path("data").size()),
                  AGE)),
          Map.entry(
              "horizontalpodautoscalers.autoscaling",
              List.of(
                  NAME,
                  text(
                      "Reference",
                      h ->
                          at(h, "spec", "scaleTargetRef", "kind")
                              + "/"
                              + at(h, "spec", "scaleTargetRef", "name")),
                  text("Targets", TableColumns::targets),
                  text("MinPods", h -> Integer.toString(h.at("/spec/minReplicas").asInt(1))),
                  count("MaxPods", h -> h.at("/spec/maxReplicas").asInt(0)),
                  count("Replicas", h -> number(h, "currentReplicas")),
                  AGE)),
          Map.entry(
              "poddisruptionbudgets.policy",
              List.of(
                  NAME,
                  text("Min Available", p -> orNotThere(p.at("/spec/minAvailable"))),
                  text("Max Unavailable", p -> orNotThere(p.at("/spec/maxUnavailable"))),
                  count("Allowed Disruptions", p -> number(p, "disruptionsAllowed")),
                  AGE)),
          Map.entry(
              "persistentvolumeclaims",
              List.of(
                  NAME,
                  text("Status", c -> at(c, "status", "phase")),
                  text("Volume", c -> at(c, "spec", "volumeName")),
                  text("Capacity", c -> at(c, "status", "capacity", "storage")),
                  text("StorageClass", c -> at(c, "spec", "storageClassName")),
                  AGE)));

  static List<Column> of(ApiKind kind) {
    return BY_KIND.getOrDefault(kind.qualifiedPlural(), List.of(NAME, AGE));
  }

  // ------------------------------------------------------------------ cells

  static String at(JsonNode object, String... path) {
    return Json.text(object, path);
  }

  private static int number(JsonNode object, String field) {
    return object.path("status").path(field).asInt(0);
  }

  private static int wanted(JsonNode object) {
    return object.at("/spec/replicas").asInt(1);
  }

  private static String orNone(String text) {
    return text.isEmpty() ? "<none>" : text;
  }

  private static String orNotThere(JsonNode value) {
    return value.isMissingNode() ? "N/A" : value.asString("");
  }

  private static String containers(JsonNode object, String field) {
    return object
        .at("/spec/template/spec/containers")
        .valueStream()
        .map(container -> Json.text(container, field))
        .collect(Collectors.joining(","));
  }

  private static String labels(JsonNode labels) {
    return orNone(
        labels.properties().stream()
            .map(label -> label.getKey() + "=" + label.getValue().asString(""))
            .collect(Collectors.joining(",")));
  }

  private static String jobStatus(JsonNode job) {
    for (var condition : job.at("/status/conditions")) {
      var isTrue = at(condition, "status").equals("True");
      var type = at(condition, "type");
      if (isTrue && (type.equals("Complete") || type.equals("Failed"))) {
        return type;
      }
    }
    return job.at("/spec/suspend").asBoolean(false) ? "Suspended" : "Running";
  }

  private static String jobDuration(JsonNode job, Instant now) {
    var start = at(job, "status", "startTime");
    var end = at(job, "status", "completionTime");
    return start.isEmpty() ? "" : since(start, end.isEmpty() ? now : Instant.parse(end));
  }

  private static String servicePorts(JsonNode service) {
    return orNone(
        service
            .at("/spec/ports")
            .valueStream()
            .map(
                port ->
                    port.path("port").asInt()
                        + (port.has("nodePort") ? ":" + port.path("nodePort").asInt() : "")
                        + "/"
                        + at(port, "protocol"))
            .collect(Collectors.joining(",")));
  }

  private static String addresses(JsonNode endpoints) {
    var all = new ArrayList<String>();
    for (var subset : endpoints.path("subsets")) {
      for (var port : subset.path("ports")) {
        subset
            .path("addresses")
            .forEach(address -> all.add(at(address, "ip") + ":" + port.path("port").asInt()));
      }
    }
    var shown = String.join(",", all.subList(0, Math.min(3, all.size())));
    return all.size() > 3 ? shown + " + " + (all.size() - 3) + " more..." : orNone(shown);
  }

  private static String nodeStatus(JsonNode node) {
    var status = "Unknown";
    for (var condition : node.at("/status/conditions")) {
      if (at(condition, "type").equals("Ready")) {
        status = at(condition, "status").equals("True") ? "Ready" : "NotReady";
      }
    }
    return node.at("/spec/unschedulable").asBoolean(false)
        ? status + ",SchedulingDisabled"
        : status;
  }

  private static String nodeRoles(JsonNode node) {
    var prefix = "node-role.kubernetes.io/";
    return orNone(
        node.at("/metadata/labels").properties().stream()
            .map(Map.Entry::getKey)
            .filter(label -> label.startsWith(prefix))
            .map(label -> label.substring(prefix.length()))
            .sorted()
            .collect(Collectors.joining(",")));
  }

  private static String address(JsonNode node) {
    return node.at("/status/addresses")
        .valueStream()
        .filter(address -> at(address, "type").equals("InternalIP"))
        .map(address -> at(address, "address"))
        .findFirst()
        .orElse("");
  }

  private static String lastSeen(JsonNode event, Instant now) {
    return Stream.of("lastTimestamp", "eventTime", "firstTimestamp")
        .map(field -> at(event, field))
        .filter(text -> !text.isEmpty())
        .findFirst()
        .map(text -> since(text, now))
        .orElse("<unknown>");
  }

  private static String targets(JsonNode autoscaler) {
    var current = autoscaler.at("/status/currentMetrics");
    var shown = new ArrayList<String>();
    var index = 0;
    for (var metric : autoscaler.at("/spec/metrics")) {
      var type = at(metric, "type");
      var inner = Character.toLowerCase(type.charAt(0)) + type.substring(1);
      var target = metric.path(inner).path("target");
      var now = current.path(index++).path(inner).path("current");
      var name = metric.path(inner).has("name") ? at(metric, inner, "name") + ": " : "";
      if (at(target, "type").equals("Utilization")) {
        var used = now.path("averageUtilization");
        shown.add(
            name
                + (used.isMissingNode() ? "<unknown>" : used.asInt() + "%")
                + "/"
                + target.path("averageUtilization").asInt()
                + "%");
      } else {
        var used = at(now, "averageValue");
        shown.add(name + (used.isEmpty() ? "<unknown>" : used) + "/" + at(target, "averageValue"));
      }
    }
    return orNone(String.join(", ", shown));
  }

  // ------------------------------------------------------------------ helpers

  /** As kubectl writes durations: 5s, 3m20s, 2h, 4d3h, 12d. */
  static String since(String time, Instant now) {
    if (time.isEmpty()) {
      return "<none>";
    }
    try {
      return duration(Duration.between(Instant.parse(time), now));
    } catch (DateTimeException e) {
      return "<invalid>";
    }
  }

  private static String duration(Duration age) {
    var seconds = age.toSeconds();
    if (seconds < 120) {
      return Math.max(0, seconds) + "s";
    }
    var minutes = age.toMinutes();
    if (minutes < 10) {
      return two(minutes, "m", seconds % 60, "s");
    }
    if (minutes < 180) {
      return minutes + "m";
    }
    var hours = age.toHours();
    if (hours < 8) {
      return two(hours, "h", minutes % 60, "m");
    }
    if (hours < 48) {
      return hours + "h";
    }
    var days = age.toDays();
    if (days < 8) {
      return two(days, "d", hours % 24, "h");
    }
    return days < 730 ? days + "d" : two(days / 365, "y", days % 365, "d");
  }

  private static String two(long large, String largeUnit, long small, String smallUnit) {
    return large + largeUnit + (small == 0 ? "" : small + smallUnit);
  }

  private static Column text(String name, Function<JsonNode, Object> cell) {
    return new Column(name, "string", false, (object, now) -> cell.apply(object));
  }

  private static Column count(String name, Function<JsonNode, Object> cell) {
    return new Column(name, "integer", false, (object, now) -> cell.apply(object));
  }

  private static Column wide(String name, Function<JsonNode, Object> cell) {
    return new Column(name, "string", true, (object, now) -> cell.apply(object));
  }
}
