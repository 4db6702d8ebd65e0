package io.bridgewatch.kubernetes.server;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** The metrics API: what nodes and pods used, read when it is asked for. */
final class MeasuredAnswer {
  private final ObjectStore store;
  private final KindRegistry registry;
  private final InstantSource time;
  private final Optional<MetricsSource> source;
  private final Tables tables;

  MeasuredAnswer(ObjectStore store, KindRegistry registry, ServerOptions options, Tables tables) {
    this.store = store;
    this.registry = registry;
    this.time = options.time();
    this.source = options.hooks().metrics();
    this.tables = tables;
  }

  void answer(Call call, HttpRequest request, HttpAnswer answer) throws IOException {
    var selector = Selector.labels(request.query("labelSelector"));
    var all = call.kind().isNamespaced() ? pods(call, selector) : nodes(call, selector);
    if (call.verb().equals("get")) {
      var one =
          all.stream()
              .filter(item -> Json.text(item, "metadata", "name").equals(call.at().name()))
              .findFirst()
              .orElseThrow(() -> Refusal.notFound(call.kind(), call.at().name()));
      one.put("kind", call.kind().kind()).put("apiVersion", call.kind().apiVersion());
      answer.send(200, "application/json", Json.bytes(one), Map.of());
      return;
    }
    if (!call.verb().equals("list")) {
      throw Refusal.of(405, "MethodNotAllowed", "metrics can be read, and nothing else");
    }
    if (Form.of(request) == Form.TABLE) {
      var stored = all.stream().map(item -> StoredObject.encode(call.kind(), item, 0)).toList();
      var table = tables.of(call.kind(), stored, Json.object());
      answer.send(200, "application/json", Json.bytes(table), Map.of());
      return;
    }
    var list = Json.object().put("kind", call.kind().kind() + "List");
    list.put("apiVersion", call.kind().apiVersion()).putObject("metadata");
    list.putArray("items").addAll(all);
    answer.send(200, "application/json", Json.bytes(list), Map.of());
  }

  private List<ObjectNode> nodes(Call call, Selector selector) {
    var kind = registry.byPlural("", "v1", "nodes").orElseThrow();
    var items = new ArrayList<ObjectNode>();
    for (var node : source.orElseThrow().nodes()) {
      var object = store.find(kind, new ObjectKey("", node.node())).filter(selector::matches);
      if (object.isPresent() && isWanted(call, node.node())) {
        var item = item(object.get(), "");
        window(item, node.usage().time(), node.usage().window());
        usage(item, node.usage().cpuNanocores(), node.usage().memoryBytes());
        items.add(item);
      }
    }
    return items;
  }

  private List<ObjectNode> pods(Call call, Selector selector) {
    var kind = registry.byPlural("", "v1", "pods").orElseThrow();
    var items = new ArrayList<ObjectNode>();
    for (var pod : source.orElseThrow().pods(call.at().namespace())) {
      var object =
          store.find(kind, new ObjectKey(pod.namespace(), pod.pod())).filter(selector::matches);
      if (object.isPresent() && isWanted(call, pod.pod())) {
        var item = item(object.get(), pod.namespace());
        window(item, pod.time(), pod.window());
        var containers = item.putArray("containers");
        for (var container : pod.containers()) {
          var one = containers.addObject().put("name", container.container());
          usage(one, container.cpuNanocores(), container.memoryBytes());
        }
        items.add(item);
      }
    }
    return items;
  }

  private static boolean isWanted(Call call, String name) {
    return call.at().name().isEmpty() || call.at().name().equals(name);
  }

  private ObjectNode item(StoredObject of, String namespace) {
    var item = Json.object();
    var metadata = item.putObject("metadata").put("name", of.name());
    if (!namespace.isEmpty()) {
      metadata.put("namespace", namespace);
    }
    metadata.put("creationTimestamp", Timestamps.text(time.instant()));
    if (!of.labels().isEmpty()) {
      metadata.set("labels", Json.object(of.json()).path("metadata").path("labels"));
    }
    return item;
  }

  private static void window(ObjectNode item, Instant time, Duration window) {
    item.put("timestamp", Timestamps.text(time));
    item.put("window", seconds(window));
  }

  /** As Go writes durations below a minute, and above as Kubernetes does in practice. */
  private static String seconds(Duration window) {
    var text = java.math.BigDecimal.valueOf(window.toMillis(), 3).stripTrailingZeros();
    return text.toPlainString() + "s";
  }

  private static void usage(ObjectNode of, long cpuNanocores, long memoryBytes) {
    of.putObject("usage")
        .put("cpu", cpuNanocores == 0 ? "0" : cpuNanocores + "n")
        .put("memory", memoryBytes / 1024 + "Ki");
  }
}
