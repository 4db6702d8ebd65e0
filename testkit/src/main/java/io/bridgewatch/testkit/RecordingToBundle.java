package io.bridgewatch.testkit;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Turns the recording of a cluster's API, logs and metric pages into an incident bundle.
 *
 * <ol>
 *   <li>The lists taken first become the objects at the start of the window.
 *   <li>The watches, one for each kind and without times, become one watch: resource versions are
 *       one ascending count over all kinds, so they give the order; the time of an event is the
 *       latest of the objects' own times up to it, which is exact to about a second.
 *   <li>Log lines keep the container runtime's time. Metric samples keep theirs.
 *   <li>Requests are counted from the log line each service writes for each request, per pod,
 *       because what is left of each log differs.
 *   <li>Replicas and restarts are read off the watch every 5 s.
 *   <li>Changes are the requests in the audit log that a person made.
 * </ol>
 *
 * <p>Left out: certificates, tokens and what identifies the machine recorded on, node images,
 * {@code last-applied-configuration}, and field ownership except where it tells who changed a spec.
 * The same recording gives the same bytes.
 */
public final class RecordingToBundle {

  private static final long BUCKET_MILLIS = 5_000;

  private static final List<String> LISTS =
      List.of(
          "v1_namespaces",
          "v1_nodes",
          "v1_configmaps",
          "v1_resourcequotas",
          "v1_limitranges",
          "v1_services",
          "discovery.k8s.io_v1_endpointslices",
          "apps_v1_deployments",
          "apps_v1_replicasets",
          "apps_v1_statefulsets",
          "apps_v1_daemonsets",
          "apps_v1_controllerrevisions",
          "batch_v1_cronjobs",
          "batch_v1_jobs",
          "autoscaling_v2_horizontalpodautoscalers",
          "policy_v1_poddisruptionbudgets",
          "v1_pods",
          "v1_events");

  private static final List<String> WATCHES =
      List.of(
          "v1_nodes",
          "v1_services",
          "discovery.k8s.io_v1_endpointslices",
          "apps_v1_deployments",
          "apps_v1_replicasets",
          "apps_v1_statefulsets",
          "batch_v1_jobs",
          "autoscaling_v2_horizontalpodautoscalers",
          "v1_pods",
          "v1_events");

  /** Fields that hold a time in the past; deletionTimestamp, for one, lies ahead. */
  private static final Set<String> PAST =
      Set.of(
          "creationTimestamp",
          "time",
          "lastTransitionTime",
          "lastHeartbeatTime",
          "lastUpdateTime",
          "startedAt",
          "finishedAt",
          "startTime",
          "completionTime",
          "firstTimestamp",
          "lastTimestamp",
          "eventTime",
          "lastScaleTime",
          "timeAdded",
          "lastScheduleTime",
          "lastSuccessfulTime");

  /** Kinds whose field ownership is kept, less that of their status. */
  private static final Set<String> OWNED_FIELDS_KEPT =
      Set.of(
          "Deployment",
          "StatefulSet",
          "DaemonSet",
          "ConfigMap",
          "Service",
          "HorizontalPodAutoscaler",
          "Node");

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Path recording;
  private final Path bundle;
  private final List<ObjectNode> objects = new ArrayList<>();
  private final List<Watched> watch = new ArrayList<>();
  private final Map<String, ObjectNode> pods = new TreeMap<>();
  private Instant from = Instant.MAX;
  private Instant to = Instant.MIN;

  private record Watched(Instant time, long version, String type, ObjectNode object) {}

  private record Line(Instant time, String text) {}

  /** One request as a service logged it. */
  private record Request(long millis, double seconds, int status) {}

  private RecordingToBundle(Path recording, Path bundle) {
    this.recording = recording;
    this.bundle = bundle;
  }

  /**
   * @param args the recording's folder and the folder to write; its last name names the bundle
   */
  public static void main(String[] args) throws IOException {
    if (args.length != 2) {
      throw new IllegalArgumentException(
          "cannot convert a recording: wanted its folder and the bundle's, got "
              + Arrays.toString(args));
    }
    new RecordingToBundle(Path.of(args[0]), Path.of(args[1])).convert();
  }

  private void convert() throws IOException {
    Files.createDirectories(bundle.resolve("kubernetes"));
    long listed = readLists();
    readWatches(listed);
    for (ObjectNode object : objects) {
      rememberPod(object);
    }
    watch.forEach(event -> rememberPod(event.object()));
    List<ObjectNode> metrics = metrics();
    List<ObjectNode> logs = logs();
    widen(watch.getLast().time());
    from = from.truncatedTo(ChronoUnit.SECONDS);
    to = to.truncatedTo(ChronoUnit.SECONDS).plusSeconds(1);
    ObjectNode list = JSON.createObjectNode().put("apiVersion", "v1").put("kind", "List");
    ArrayNode items = list.putArray("items");
    objects.forEach(object -> items.add(stripped(object)));
    write("kubernetes/objects.json.gz", Stream.of(list));
    write("kubernetes/watch.ndjson.gz", watch.stream().map(RecordingToBundle::line));
    write("metrics.jsonl.gz", metrics.stream());
    write("logs.jsonl.gz", logs.stream());
    write("changes.jsonl", changes().stream());
    write("calls.jsonl", calls().stream());
    ObjectNode manifest =
        JSON.createObjectNode()
            .put("format", "bridgewatch.incident-bundle/v1")
            .put("name", String.valueOf(bundle.getFileName()));
    manifest.putObject("window").put("from", from.toString()).put("to", to.toString());
    write("bundle.json", Stream.of(manifest));
  }

  private void widen(Instant time) {
    from = time.isBefore(from) ? time : from;
    to = time.isAfter(to) ? time : to;
  }

  // ---- objects and watch

  /** Returns the resource version of the lists: what a watch tells up to it is in them. */
  private long readLists() throws IOException {
    long version = 0;
    for (String name : LISTS) {
      JsonNode list = JSON.readTree(recording.resolve("before/" + name + ".json").toFile());
      String kind = list.path("kind").asString().replaceAll("List$", "");
      version = Math.max(version, list.path("metadata").path("resourceVersion").asLong(0));
      for (JsonNode item : list.path("items")) {
        ObjectNode typed =
            JSON.createObjectNode()
                .put("apiVersion", list.path("apiVersion").asString())
                .put("kind", kind);
        typed.setAll((ObjectNode) item);
        if (!isSecret(typed)) {
          objects.add(typed);
        }
      }
    }
    return version;
  }

  private void readWatches(long listed) throws IOException {
    var unordered = new ArrayList<Watched>();
    for (String name : WATCHES) {
      for (String line : Files.readAllLines(recording.resolve("watch/" + name + ".ndjson"))) {
        JsonNode event = JSON.readTree(line);
        String type = event.path("type").asString();
        long version = event.path("object").path("metadata").path("resourceVersion").asLong(0);
        if (version > listed && Set.of("ADDED", "MODIFIED", "DELETED").contains(type)) {
          unordered.add(new Watched(Instant.MIN, version, type, (ObjectNode) event.path("object")));
        }
      }
    }
    unordered.sort(Comparator.comparingLong(Watched::version));
    Instant latest = Instant.MIN;
    for (ObjectNode object : objects) {
      latest = later(latest, latestOwnTime(object, Instant.MIN));
    }
    for (Watched event : unordered) {
      latest = latestOwnTime(event.object(), latest);
      watch.add(new Watched(latest, event.version(), event.type(), event.object()));
    }
  }

  private static Instant latestOwnTime(JsonNode node, Instant otherwise) {
    Instant latest = otherwise;
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      JsonNode value = field.getValue();
      if (value.isString() && PAST.contains(field.getKey())) {
        latest = later(latest, parse(value.asString()).orElse(Instant.MIN));
      } else {
        latest = latestOwnTime(value, latest);
      }
    }
    if (node.isArray()) {
      for (JsonNode element : node) {
        latest = latestOwnTime(element, latest);
      }
    }
    return latest;
  }

  private static Instant later(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }

  private static Optional<Instant> parse(String text) {
    try {
      return Optional.of(Instant.parse(text));
    } catch (DateTimeException notATime) {
      return Optional.empty();
    }
  }

  private static boolean isSecret(JsonNode object) {
    String kind = object.path("kind").asString();
    return kind.equals("Secret")
        || (kind.equals("ConfigMap")
            && (object.path("data").toString().contains("BEGIN CERTIFICATE")
                || name(object).contains("token")));
  }

  private static ObjectNode line(Watched event) {
    ObjectNode line =
        JSON.createObjectNode().put("time", event.time().toString()).put("type", event.type());
    line.set("object", stripped(event.object()));
    return line;
  }

  private static ObjectNode stripped(ObjectNode original) {
    ObjectNode object = original.deepCopy();
    ObjectNode metadata = (ObjectNode) object.path("metadata");
    if (metadata.path("annotations") instanceof ObjectNode annotations) {
      annotations.remove("kubectl.kubernetes.io/last-applied-configuration");
    }
    boolean keep = OWNED_FIELDS_KEPT.contains(object.path("kind").asString());
    if (metadata.remove("managedFields") instanceof ArrayNode owners && keep) {
      ArrayNode kept = JSON.createArrayNode();
      for (JsonNode owner : owners) {
        if (!owner.path("subresource").asString("").equals("status")) {
          kept.add(owner);
        }
      }
      metadata.set("managedFields", kept);
    }
    if (object.path("kind").asString().equals("Node")) {
      ObjectNode status = (ObjectNode) object.path("status");
      status.remove("images");
      if (status.path("nodeInfo") instanceof ObjectNode info) {
        info.remove(List.of("machineID", "systemUUID", "bootID", "kernelVersion"));
      }
    }
    return object;
  }

  private static String name(JsonNode object) {
    return object.path("metadata").path("name").asString("");
  }

  private void rememberPod(ObjectNode object) {
    if (object.path("kind").asString().equals("Pod")) {
      pods.put(name(object), object);
    }
  }

  /** A pod's OpenTelemetry resource. */
  private Map<String, String> resource(String pod, String container) {
    var resource = new TreeMap<String, String>();
    resource.put("k8s.pod.name", pod);
    if (!container.isEmpty()) {
      resource.put("k8s.container.name", container);
    }
    ObjectNode object = pods.get(pod);
    if (object != null) {
      resource.put("k8s.namespace.name", object.path("metadata").path("namespace").asString());
      resource.put("k8s.pod.uid", object.path("metadata").path("uid").asString());
      String node = object.path("spec").path("nodeName").asString("");
      if (!node.isEmpty()) {
        resource.put("k8s.node.name", node);
      }
      String app = object.path("metadata").path("labels").path("app").asString("");
      if (!app.isEmpty()) {
        resource.put("service.name", app);
      }
    }
    return resource;
  }

  // ---- logs

  private List<ObjectNode> logs() throws IOException {
    var requests = new ArrayList<ObjectNode>();
    for (Path file : logFiles()) {
      String pod = String.valueOf(file.getFileName()).replaceAll("\\.log$", "");
      ObjectNode object = pods.get(pod);
      if (object == null) {
        continue;
      }
      String container = object.path("spec").path("containers").path(0).path("name").asString();
      var records = JSON.createArrayNode();
      for (Line line : lines(file)) {
        records.add(record(line));
      }
      if (!records.isEmpty()) {
        ObjectNode request = JSON.createObjectNode();
        ObjectNode group = request.putArray("resourceLogs").addObject();
        group.putObject("resource").set("attributes", attributes(resource(pod, container)));
        group.putArray("scopeLogs").addObject().set("logRecords", records);
        requests.add(request);
      }
    }
    return requests;
  }

  private List<Path> logFiles() throws IOException {
    try (Stream<Path> files = Files.list(recording.resolve("logs"))) {
      return files.filter(file -> file.toString().endsWith(".log")).sorted().toList();
    }
  }

  /** The lines that carry the runtime's time; a client's error message does not. */
  private List<Line> lines(Path file) throws IOException {
    var lines = new ArrayList<Line>();
    for (String text : Files.readAllLines(file)) {
      int space = text.indexOf(' ');
      Optional<Instant> time = space < 0 ? Optional.empty() : parse(text.substring(0, space));
      time.ifPresent(
          at -> {
            if (!at.isBefore(from)) {
              lines.add(new Line(at, text.substring(space + 1)));
              widen(at);
            }
          });
    }
    return lines;
  }

  private static ObjectNode record(Line line) {
    ObjectNode record = JSON.createObjectNode();
    record.put("timeUnixNano", nanos(line.time()));
    String level =
        asRequestLog(line.text()).map(json -> json.path("level").asString("")).orElse("");
    if (level.equals("ERROR")) {
      record.put("severityNumber", 17).put("severityText", "ERROR");
    } else if (level.equals("INFO")) {
      record.put("severityNumber", 9).put("severityText", "INFO");
    } else if (line.text().startsWith("FATAL")) {
      record.put("severityNumber", 21).put("severityText", "FATAL");
    }
    record.putObject("body").put("stringValue", line.text());
    asRequestLog(line.text())
        .map(json -> json.path("traceparent").asString("").split("-"))
        .filter(parts -> parts.length == 4)
        .ifPresent(parts -> record.put("traceId", parts[1]).put("spanId", parts[2]));
    return record;
  }

  private static Optional<JsonNode> asRequestLog(String text) {
    return text.startsWith("{") ? Optional.of(JSON.readTree(text)) : Optional.empty();
  }

  private static String nanos(Instant time) {
    return time.getEpochSecond() + String.format("%09d", time.getNano());
  }

  private static ArrayNode attributes(Map<String, String> values) {
    ArrayNode attributes = JSON.createArrayNode();
    values.forEach(
        (key, value) ->
            attributes.addObject().put("key", key).putObject("value").put("stringValue", value));
    return attributes;
  }

  // ---- metrics

  private List<ObjectNode> metrics() throws IOException {
    var table = new Metrics();
    for (String moment : List.of("t0", "t1", "t2")) {
      try (Stream<Path> files = Files.list(recording.resolve("metrics/" + moment))) {
        for (Path page : files.sorted().toList()) {
          String file = String.valueOf(page.getFileName());
          if (file.endsWith(".cadvisor.prom") || file.endsWith(".resource.prom")) {
            readPage(page, file.substring(0, file.indexOf('.')), table);
          }
        }
      }
    }
    readRequests(table);
    readReplicas(table);
    return table.requests();
  }

  private static final Pattern SAMPLE =
      Pattern.compile("([a-z_]+)(?:\\{(.*)\\})? ([-+.0-9eE]+) ([0-9]{13})");
  private static final Pattern LABEL = Pattern.compile("([a-z_]+)=\"([^\"]*)\"");

  private void readPage(Path page, String node, Metrics table) throws IOException {
    for (String text : Files.readAllLines(page)) {
      Matcher sample = SAMPLE.matcher(text);
      if (!sample.matches()) {
        continue;
      }
      var labels = new TreeMap<String, String>();
      Matcher label = LABEL.matcher(sample.group(2) == null ? "" : sample.group(2));
      while (label.find()) {
        labels.put(label.group(1), label.group(2));
      }
      Instant time = Instant.ofEpochMilli(Long.parseLong(sample.group(4)));
      double value = Double.parseDouble(sample.group(3));
      boolean fromKubelet = page.toString().endsWith(".resource.prom");
      if (addSample(sample.group(1), labels, node, fromKubelet, time, value, table)) {
        widen(time);
      }
    }
  }

  private boolean addSample(
      String metric,
      Map<String, String> labels,
      String node,
      boolean fromKubelet,
      Instant time,
      double value,
      Metrics table) {
    String pod = labels.getOrDefault("pod", "");
    String container = labels.getOrDefault("container", "");
    Map<String, String> inContainer = resource(pod, container);
    return switch (metric) {
      case "container_cpu_usage_seconds_total" ->
          !fromKubelet
              && !container.isEmpty()
              && table.add("container.cpu.time", "s", true, inContainer, Map.of(), time, value);
      case "container_cpu_cfs_throttled_seconds_total" ->
          !container.isEmpty()
              && table.add(
                  "container.cpu.throttled.time", "s", true, inContainer, Map.of(), time, value);
      case "container_memory_working_set_bytes" ->
          !fromKubelet
              && !container.isEmpty()
              && table.add(
                  "container.memory.working_set", "By", false, inContainer, Map.of(), time, value);
      case "container_network_receive_bytes_total", "container_network_transmit_bytes_total" ->
          !pod.isEmpty()
              && table.add(
                  "k8s.pod.network.io",
                  "By",
                  true,
                  resource(pod, ""),
                  Map.of(
                      "network.io.direction", metric.contains("receive") ? "receive" : "transmit"),
                  time,
                  value);
      case "node_cpu_usage_seconds_total" ->
          table.add(
              "k8s.node.cpu.time", "s", true, Map.of("k8s.node.name", node), Map.of(), time, value);
      case "node_memory_working_set_bytes" ->
          table.add(
              "k8s.node.memory.working_set",
              "By",
              false,
              Map.of("k8s.node.name", node),
              Map.of(),
              time,
              value);
      default -> false;
    };
  }

  /** Requests, errors and durations of each pod in whole buckets of what is left of its log. */
  private void readRequests(Metrics table) throws IOException {
    for (Path file : logFiles()) {
      String pod = String.valueOf(file.getFileName()).replaceAll("\\.log$", "");
      if (!pods.containsKey(pod)) {
        continue;
      }
      var buckets = new TreeMap<Long, List<Request>>();
      for (Line line : lines(file)) {
        asRequestLog(line.text())
            .filter(json -> json.has("ms"))
            .map(
                json ->
                    new Request(
                        line.time().toEpochMilli(),
                        json.path("ms").asDouble(0) / 1000,
                        json.path("status").asInt(0)))
            .ifPresent(
                request ->
                    buckets
                        .computeIfAbsent(
                            Math.floorDiv(request.millis(), BUCKET_MILLIS), b -> new ArrayList<>())
                        .add(request));
      }
      if (buckets.size() > 2) {
        // the first and the last bucket are cut off by the recording
        buckets.pollFirstEntry();
        buckets.pollLastEntry();
        long first = buckets.firstKey();
        long last = buckets.lastKey();
        for (long bucket = first; bucket <= last; bucket++) {
          addBucket(table, pod, bucket, buckets.getOrDefault(bucket, List.of()));
        }
      }
    }
  }

  private void addBucket(Metrics table, String pod, long bucket, List<Request> requests) {
    Map<String, String> resource = resource(pod, "");
    Instant time = Instant.ofEpochMilli((bucket + 1) * BUCKET_MILLIS);
    table.add(
        "http.server.request.rate",
        "{request}/s",
        false,
        resource,
        Map.of(),
        time,
        requests.size() * 1000.0 / BUCKET_MILLIS);
    if (requests.isEmpty()) {
      return;
    }
    long failed = requests.stream().filter(request -> request.status() >= 500).count();
    table.add(
        "http.server.request.error_ratio",
        "1",
        false,
        resource,
        Map.of(),
        time,
        (double) failed / requests.size());
    double[] seconds = requests.stream().mapToDouble(Request::seconds).sorted().toArray();
    for (double quantile : new double[] {0.5, 0.95}) {
      table.add(
          "http.server.request.duration",
          "s",
          false,
          resource,
          Map.of("quantile", String.valueOf(quantile)),
          time,
          seconds[(int) Math.ceil(quantile * seconds.length) - 1]);
    }
  }

  /** Replicas of workloads and restarts of containers, as the objects said, every 5 s. */
  private void readReplicas(Metrics table) {
    var latest = new TreeMap<String, ObjectNode>();
    objects.forEach(object -> latest.put(key(object), object));
    int next = 0;
    long first = Math.ceilDiv(watch.getFirst().time().toEpochMilli(), BUCKET_MILLIS);
    long last = Math.floorDiv(watch.getLast().time().toEpochMilli(), BUCKET_MILLIS);
    for (long bucket = first; bucket <= last; bucket++) {
      Instant time = Instant.ofEpochMilli(bucket * BUCKET_MILLIS);
      while (next < watch.size() && !watch.get(next).time().isAfter(time)) {
        Watched event = watch.get(next++);
        if (event.type().equals("DELETED")) {
          latest.remove(key(event.object()));
        } else {
          latest.put(key(event.object()), event.object());
        }
      }
      latest.values().forEach(object -> addCounts(table, object, time));
    }
  }

  private static String key(JsonNode object) {
    return object.path("kind").asString() + " " + object.path("metadata").path("uid").asString();
  }

  private void addCounts(Metrics table, ObjectNode object, Instant time) {
    String namespace = object.path("metadata").path("namespace").asString("");
    JsonNode spec = object.path("spec");
    JsonNode status = object.path("status");
    switch (object.path("kind").asString()) {
      case "Deployment" -> {
        var resource =
            new TreeMap<>(
                Map.of("k8s.namespace.name", namespace, "k8s.deployment.name", name(object)));
        addCount(table, "k8s.deployment.desired_pods", resource, time, spec.path("replicas"));
        addCount(
            table,
            "k8s.deployment.available_pods",
            resource,
            time,
            status.path("availableReplicas"));
      }
      case "StatefulSet" -> {
        var resource =
            new TreeMap<>(
                Map.of("k8s.namespace.name", namespace, "k8s.statefulset.name", name(object)));
        addCount(table, "k8s.statefulset.desired_pods", resource, time, spec.path("replicas"));
        addCount(table, "k8s.statefulset.ready_pods", resource, time, status.path("readyReplicas"));
      }
      case "Pod" -> {
        for (JsonNode container : status.path("containerStatuses")) {
          table.add(
              "k8s.container.restart.count",
              "{restart}",
              false,
              resource(name(object), container.path("name").asString()),
              Map.of(),
              time,
              container.path("restartCount").asDouble(0));
        }
      }
      default -> {}
    }
  }

  private static void addCount(
      Metrics table, String metric, Map<String, String> resource, Instant time, JsonNode count) {
    // the API leaves a count of zero out
    table.add(metric, "{pod}", false, resource, Map.of(), time, count.asDouble(0));
  }

  /** Data points by resource and metric. */
  private static final class Metrics {
    private record Name(String name, String unit, boolean cumulative) {}

    private final Map<String, Map<String, String>> resources = new TreeMap<>();
    private final Map<String, Map<Name, Map<String, ObjectNode>>> points = new TreeMap<>();

    boolean add(
        String metric,
        String unit,
        boolean cumulative,
        Map<String, String> resource,
        Map<String, String> attributes,
        Instant time,
        double value) {
      String key = new TreeMap<>(resource).toString();
      resources.put(key, resource);
      ObjectNode point = JSON.createObjectNode();
      if (!attributes.isEmpty()) {
        point.set("attributes", attributes(attributes));
      }
      point.put("timeUnixNano", nanos(time)).put("asDouble", value);
      points
          .computeIfAbsent(key, r -> new LinkedHashMap<>())
          .computeIfAbsent(new Name(metric, unit, cumulative), n -> new TreeMap<>())
          .putIfAbsent(new TreeMap<>(attributes) + " " + nanos(time), point);
      return true;
    }

    List<ObjectNode> requests() {
      var requests = new ArrayList<ObjectNode>();
      points.forEach(
          (key, byName) -> {
            ObjectNode request = JSON.createObjectNode();
            ObjectNode group = request.putArray("resourceMetrics").addObject();
            group
                .putObject("resource")
                .set(
                    "attributes", attributes(new TreeMap<>(resources.getOrDefault(key, Map.of()))));
            ArrayNode metrics = group.putArray("scopeMetrics").addObject().putArray("metrics");
            byName.forEach((name, samples) -> metrics.add(metric(name, samples)));
            requests.add(request);
          });
      return requests;
    }

    private static ObjectNode metric(Name name, Map<String, ObjectNode> samples) {
      ObjectNode metric = JSON.createObjectNode().put("name", name.name()).put("unit", name.unit());
      ObjectNode data = metric.putObject(name.cumulative() ? "sum" : "gauge");
      if (name.cumulative()) {
        data.put("aggregationTemporality", 2).put("isMonotonic", true);
      }
      data.putArray("dataPoints").addAll(samples.values());
      return metric;
    }
  }

  // ---- changes and calls

  private List<ObjectNode> changes() throws IOException {
    var changes = new ArrayList<ObjectNode>();
    for (String text : Files.readAllLines(recording.resolve("audit-bank.ndjson"))) {
      JsonNode request = JSON.readTree(text);
      Instant time = parse(request.path("requestReceivedTimestamp").asString()).orElseThrow();
      String user = request.path("user").path("username").asString();
      boolean done =
          request.path("stage").asString().equals("ResponseComplete")
              && request.path("responseStatus").path("code").asInt(0) < 400
              && Set.of("create", "update", "patch", "delete")
                  .contains(request.path("verb").asString());
      if (!done || user.startsWith("system:") || time.isBefore(from) || !time.isBefore(to)) {
        continue;
      }
      changes.add(change(request, time, user));
    }
    changes.sort(Comparator.comparing(change -> change.path("time").asString()));
    return changes;
  }

  private ObjectNode change(JsonNode request, Instant time, String user) {
    JsonNode about = request.path("objectRef");
    String resource = about.path("resource").asString();
    String subresource = about.path("subresource").asString("");
    String verb = request.path("verb").asString();
    // the body of a create is not in the audit log; the watch tells what came into being then
    String name =
        about.has("name") ? about.path("name").asString() : created(resource, time).orElse("");
    String kind =
        subresource.equals("scale")
            ? "scale"
            : resource.equals("pods")
                ? "infra"
                : resource.matches("deployments|statefulsets|daemonsets|jobs|cronjobs")
                    ? "deploy"
                    : "config";
    ObjectNode change = JSON.createObjectNode().put("time", time.toString()).put("kind", kind);
    ObjectNode entity = change.putObject("entity");
    entity.put("k8s.namespace.name", about.path("namespace").asString());
    if (!name.isEmpty() && resource.matches("[a-z]+s")) {
      entity.put("k8s." + resource.substring(0, resource.length() - 1) + ".name", name);
    }
    String path = subresource.isEmpty() ? resource : resource + "/" + subresource;
    change.put("author", user);
    change.put("summary", verb + " " + path + " " + name);
    change.put("diff", "");
    change.putArray("files");
    return change;
  }

  private final Set<String> claimed = new HashSet<>();

  private Optional<String> created(String resource, Instant time) {
    return watch.stream()
        .filter(event -> event.type().equals("ADDED"))
        .map(Watched::object)
        .filter(o -> (o.path("kind").asString().toLowerCase(Locale.ROOT) + "s").equals(resource))
        .filter(
            o ->
                parse(o.path("metadata").path("creationTimestamp").asString(""))
                    .filter(at -> at.equals(time.truncatedTo(ChronoUnit.SECONDS)))
                    .isPresent())
        .map(RecordingToBundle::name)
        .filter(claimed::add)
        .findFirst();
  }

  private static final Pattern UPSTREAM = Pattern.compile("https?://([a-z0-9-]+)(?:\\.[^:/]*)?:.*");

  /** Calls between services, as the addresses in their settings say. */
  private List<ObjectNode> calls() {
    var services = new ArrayList<String>();
    var edges = new TreeMap<String, ObjectNode>();
    for (ObjectNode object : objects) {
      if (object.path("kind").asString().equals("Service")) {
        services.add(name(object));
      }
    }
    for (ObjectNode pod : pods.values()) {
      String app = pod.path("metadata").path("labels").path("app").asString("");
      for (JsonNode container : pod.path("spec").path("containers")) {
        for (JsonNode variable : container.path("env")) {
          Matcher address = UPSTREAM.matcher(variable.path("value").asString(""));
          if (!app.isEmpty() && address.matches() && services.contains(address.group(1))) {
            ObjectNode edge = JSON.createObjectNode();
            edge.putObject("caller").put("service.name", app);
            edge.putObject("callee").put("service.name", address.group(1));
            edges.put(edge.toString(), edge);
          }
        }
      }
    }
    return List.copyOf(edges.values());
  }

  // ---- writing

  private void write(String file, Stream<ObjectNode> lines) throws IOException {
    Path path = bundle.resolve(file);
    UnaryOperator<OutputStream> packed =
        file.endsWith(".gz") ? RecordingToBundle::gzip : UnaryOperator.identity();
    try (var out =
        new BufferedWriter(
            new OutputStreamWriter(
                packed.apply(Files.newOutputStream(path)), StandardCharsets.UTF_8))) {
      for (ObjectNode line : (Iterable<ObjectNode>) lines::iterator) {
        out.write(JSON.writeValueAsString(line));
        out.write('\n');
      }
    }
  }

  private static OutputStream gzip(OutputStream out) {
    try {
      return new GZIPOutputStream(out) {
        {
          def.setLevel(Deflater.BEST_COMPRESSION);
        }
      };
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
