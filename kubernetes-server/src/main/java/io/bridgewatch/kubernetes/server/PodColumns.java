package io.bridgewatch.kubernetes.server;

import java.time.Instant;
import tools.jackson.databind.JsonNode;

/** What kubectl shows of a pod: readiness, the one word for its state, and restarts. */
final class PodColumns {
  private PodColumns() {}

  static String ready(JsonNode pod) {
    var ready = 0;
    for (var status : pod.at("/status/containerStatuses")) {
      ready += status.path("ready").asBoolean(false) ? 1 : 0;
    }
    return ready + "/" + pod.at("/spec/containers").size();
  }

  /** The reason of what hinders it, or its phase. */
  static String status(JsonNode pod) {
    var reason = Json.text(pod, "status", "reason");
    var shown = reason.isEmpty() ? Json.text(pod, "status", "phase") : reason;
    var isInitializing = false;
    var index = 0;
    for (var status : pod.at("/status/initContainerStatuses")) {
      var state = status.path("state");
      if (state.has("terminated") && state.path("terminated").path("exitCode").asInt() == 0) {
        index++;
        continue;
      }
      isInitializing = true;
      shown = initStatus(pod, state, index);
      break;
    }
    if (!isInitializing) {
      shown = containers(pod, shown);
    }
    if (pod.path("metadata").has("deletionTimestamp")) {
      return reason.equals("NodeLost") ? "Unknown" : "Terminating";
    }
    return shown;
  }

  private static String initStatus(JsonNode pod, JsonNode state, int index) {
    var waiting = Json.text(state, "waiting", "reason");
    if (state.has("terminated")) {
      return "Init:" + ended(state.path("terminated"));
    }
    return waiting.isEmpty() || waiting.equals("PodInitializing")
        ? "Init:%d/%d".formatted(index, pod.at("/spec/initContainers").size())
        : "Init:" + waiting;
  }

  private static String containers(JsonNode pod, String phase) {
    var shown = phase;
    var hasRunning = false;
    var statuses = pod.at("/status/containerStatuses");
    for (var i = statuses.size() - 1; i >= 0; i--) {
      var state = statuses.get(i).path("state");
      var waiting = Json.text(state, "waiting", "reason");
      if (!waiting.isEmpty()) {
        shown = waiting;
      } else if (state.has("terminated")) {
        shown = ended(state.path("terminated"));
      } else if (statuses.get(i).path("ready").asBoolean(false) && state.has("running")) {
        hasRunning = true;
      }
    }
    return shown.equals("Completed") && hasRunning ? "Running" : shown;
  }

  private static String ended(JsonNode terminated) {
    var reason = Json.text(terminated, "reason");
    return reason.isEmpty() ? "ExitCode:" + terminated.path("exitCode").asInt() : reason;
  }

  static String restarts(JsonNode pod, Instant now) {
    var count = 0;
    var last = "";
    for (var status : pod.at("/status/containerStatuses")) {
      count += status.path("restartCount").asInt(0);
      var finished = Json.text(status, "lastState", "terminated", "finishedAt");
      last = finished.compareTo(last) > 0 ? finished : last;
    }
    return last.isEmpty() || count == 0
        ? Integer.toString(count)
        : count + " (" + TableColumns.since(last, now) + " ago)";
  }
}
