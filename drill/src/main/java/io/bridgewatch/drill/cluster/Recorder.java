package io.bridgewatch.drill.cluster;

import io.bridgewatch.kubernetes.server.DirectObjects;
import io.bridgewatch.kubernetes.server.KubernetesServer.ObjectName;
import io.bridgewatch.kubernetes.server.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes events. The same event of the same object counts up instead of being written again; so do
 * events that differ in their message only, once there were ten of them. After an hour in which it
 * did not happen an event goes.
 */
final class Recorder {
  private static final Duration KEPT = Duration.ofHours(1);
  private static final int TOLD_SINGLY = 10;
  private static final String COMBINED = "(combined from similar events): ";
  private static final Duration LOOKED_FOR_OLD = Duration.ofMinutes(1);

  private static final Source SCHEDULER = new Source("default-scheduler", "", "kube-scheduler");

  private final DirectObjects objects;
  private final ClusterClock clock;
  private final Map<Key, Written> written = new LinkedHashMap<>();

  /** How many messages were told singly of the same thing. */
  private final Map<Key, Integer> alike = new HashMap<>();

  private long lastNumber;

  Recorder(DirectObjects objects, ClusterClock clock) {
    this.objects = objects;
    this.clock = clock;
    clock.every(LOOKED_FOR_OLD, this::forgetOld);
  }

  /** Who tells. The host is that of a kubelet, else empty. */
  record Source(String component, String host, String manager) {
    static Source controller(String component) {
      return new Source(component, "", World.CONTROLLERS);
    }

    static Source kubelet(String node) {
      return new Source("kubelet", node, "kubelet");
    }
  }

  private record Key(Source source, String uid, String path, String reason, String message) {
    Key combined() {
      return new Key(source, uid, path, reason, COMBINED);
    }
  }

  private static final class Written {
    final ObjectName name;
    final boolean isSeries;
    int count = 1;
    Instant last;

    Written(ObjectName name, boolean isSeries, Instant last) {
      this.name = name;
      this.isSeries = isSeries;
      this.last = last;
    }
  }

  void normal(Source source, JsonNode about, String reason, String message) {
    record(source, about, "", "Normal", reason, message);
  }

  void warning(Source source, JsonNode about, String reason, String message) {
    record(source, about, "", "Warning", reason, message);
  }

  /** About a container of a pod. */
  void container(
      Source source, JsonNode pod, String container, String type, String reason, String message) {
    record(source, pod, "spec.containers{" + container + "}", type, reason, message);
  }

  private void record(
      Source source, JsonNode about, String path, String type, String reason, String message) {
    if (!clock.isLive()) {
      return;
    }
    var key = new Key(source, Trees.uid(about), path, reason, message);
    var text = message;
    if (!written.containsKey(key) && alike.merge(key.combined(), 1, Integer::sum) > TOLD_SINGLY) {
      key = key.combined();
      text = COMBINED + message;
    }
    if (repeated(key, text)) {
      return;
    }
    var event = event(about, path);
    var now = Trees.time(clock.instant());
    event.put("reason", reason).put("message", text);
    var from = event.putObject("source").put("component", source.component);
    if (!source.host.isEmpty()) {
      from.put("host", source.host);
    }
    event.put("firstTimestamp", now).put("lastTimestamp", now).put("count", 1).put("type", type);
    event.putNull("eventTime").put("reportingComponent", source.component);
    event.put("reportingInstance", source.host);
    create(key, event, source.manager, false);
  }

  /** What the scheduler tells, in the newer form of events. */
  void scheduler(JsonNode pod, String type, String reason, String action, String note) {
    if (!clock.isLive()) {
      return;
    }
    var key = new Key(SCHEDULER, Trees.uid(pod), "", reason, note);
    if (repeated(key, note)) {
      return;
    }
    var event = event(pod, "");
    event.put("apiVersion", "events.k8s.io/v1");
    event.set("regarding", event.remove("involvedObject"));
    event.put("reason", reason).put("note", note).put("type", type).put("action", action);
    event.put("eventTime", Trees.microTime(clock.instant()));
    event.put("reportingController", SCHEDULER.component);
    event.put("reportingInstance", "default-scheduler-control-plane");
    event.putObject("deprecatedSource");
    event.putNull("deprecatedFirstTimestamp").putNull("deprecatedLastTimestamp");
    create(key, event, SCHEDULER.manager, true);
  }

  private boolean repeated(Key key, String message) {
    var known = written.remove(key);
    if (known == null) {
      return false;
    }
    written.put(key, known);
    known.count++;
    known.last = clock.instant();
    try {
      objects.update(
          known.name,
          key.source.manager,
          "",
          live -> {
            if (known.isSeries) {
              Trees.child(live, "series")
                  .put("count", known.count)
                  .put("lastObservedTime", Trees.microTime(known.last));
            } else {
              live.put("count", known.count).put("lastTimestamp", Trees.time(known.last));
              live.put("message", message);
            }
            return live;
          });
      return true;
    } catch (Refusal refusal) {
      written.remove(key);
      return false;
    }
  }

  private ObjectNode event(JsonNode about, String path) {
    var namespace = Trees.namespace(about);
    var event = Trees.object().put("kind", "Event").put("apiVersion", "v1");
    event
        .putObject("metadata")
        .put("name", "%s.%x".formatted(Trees.name(about), nextNumber()))
        .put("namespace", namespace.isEmpty() ? "default" : namespace);
    var involved = event.putObject("involvedObject").put("kind", Trees.text(about, "kind"));
    if (!namespace.isEmpty()) {
      involved.put("namespace", namespace);
    }
    involved.put("name", Trees.name(about)).put("uid", Trees.uid(about));
    involved.put("apiVersion", Trees.text(about, "apiVersion"));
    var version = Trees.text(about, "metadata", "resourceVersion");
    if (!version.isEmpty()) {
      involved.put("resourceVersion", version);
    }
    if (!path.isEmpty()) {
      involved.put("fieldPath", path);
    }
    return event;
  }

  /** Nanoseconds of the time, as in the names of real events, each once. */
  private long nextNumber() {
    var now = clock.instant();
    var nanos = now.getEpochSecond() * 1_000_000_000L + now.getNano();
    lastNumber = Math.max(lastNumber + 1, nanos);
    return lastNumber;
  }

  private void create(Key key, ObjectNode event, String manager, boolean isSeries) {
    try {
      var name = Trees.named(event);
      objects.create(event, manager);
      written.put(key, new Written(name, isSeries, clock.instant()));
    } catch (Refusal refusal) {
      // its namespace is on its way out: as in a real cluster, nobody is told
    }
  }

  private void forgetOld() {
    var limit = clock.instant().minus(KEPT);
    for (var all = written.entrySet().iterator(); all.hasNext(); ) {
      var entry = all.next();
      var one = entry.getValue();
      if (one.last.isAfter(limit)) {
        return;
      }
      all.remove();
      alike.remove(entry.getKey().combined());
      try {
        objects.delete(one.name, Optional.of(0L));
      } catch (Refusal refusal) {
        // somebody has deleted it already
      }
    }
  }
}
