package io.bridgewatch.drill.cluster;

import io.bridgewatch.drill.runtime.ContainerRuntime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** One pod on one node: its network, its containers, its end, and what is told of it. */
final class PodWorker {
  private static final Duration VOLUME_RETRY = Duration.ofSeconds(8);
  private static final Duration TOLD_AFTER = Duration.ofMillis(60);

  private final Kubelet kubelet;
  private final List<ContainerWorker> containers = new ArrayList<>();
  private final Instant startTime;
  private Pod pod;
  private String podIp = "";
  private boolean hasSandbox;
  private boolean isStopping;
  private boolean isToBeTold;
  private boolean hasRun;
  private Optional<String> evicted = Optional.empty();

  PodWorker(Kubelet kubelet, Pod pod) {
    this.kubelet = kubelet;
    this.pod = pod;
    this.startTime = kubelet.now();
    for (var container : pod.spec().path("containers")) {
      containers.add(new ContainerWorker(this, container.deepCopy()));
    }
  }

  Kubelet kubelet() {
    return kubelet;
  }

  Pod pod() {
    return pod;
  }

  String podIp() {
    return podIp;
  }

  boolean isStopping() {
    return isStopping;
  }

  List<ContainerWorker> containers() {
    return containers;
  }

  Optional<ContainerWorker> container(String name) {
    return containers.stream().filter(one -> one.name().equals(name)).findFirst();
  }

  long graceSeconds() {
    return pod.spec().path("terminationGracePeriodSeconds").asLong(30);
  }

  // ------------------------------------------------------------------ towards running

  void begin() {
    kubelet.counts().podBegun();
    changed();
    makeSandbox();
  }

  private void makeSandbox() {
    if (isStopping) {
      return;
    }
    var missing = kubelet.environment().missingVolume(pod);
    if (missing.isPresent()) {
      kubelet.recorder().warning(kubelet.source(), pod.tree(), "FailedMount", missing.get());
      kubelet.later(VOLUME_RETRY, this::makeSandbox);
      return;
    }
    kubelet.later(
        Duration.ofMillis(500).plus(kubelet.jitter(700)),
        () -> {
          if (isStopping) {
            return;
          }
          hasSandbox = true;
          podIp =
              pod.spec().path("hostNetwork").asBoolean(false)
                  ? kubelet.address()
                  : kubelet.takeAddress();
          containers.forEach(ContainerWorker::pull);
          changed();
        });
  }

  /** One of its containers has been started. */
  void started() {
    kubelet.counts().containerStarted();
    if (!hasRun) {
      hasRun = true;
      kubelet.counts().podRuns(Duration.between(startTime, kubelet.now()));
    }
  }

  Environment.Resolved environment(JsonNode container) {
    return kubelet.environment().resolve(pod, container, podIp);
  }

  ContainerRuntime.Start start(JsonNode container, Map<String, String> variables, int restarts) {
    var requests = container.path("resources").path("requests");
    var limits = container.path("resources").path("limits");
    return new ContainerRuntime.Start(
        pod.namespace(),
        pod.name(),
        pod.uid(),
        podIp,
        Trees.text(container, "name"),
        kubelet.node(),
        Trees.text(container, "image"),
        pod.labels(),
        variables,
        Trees.texts(container.path("command")),
        Quantities.milli(Trees.text(requests, "cpu")) / 1000.0,
        Quantities.milli(Trees.text(limits, "cpu")) / 1000.0,
        Quantities.whole(Trees.text(requests, "memory")),
        Quantities.whole(Trees.text(limits, "memory")),
        restarts);
  }

  int port(String container, String name) {
    for (var one : pod.spec().path("containers")) {
      for (var port : one.path("ports")) {
        if (Trees.text(one, "name").equals(container) && Trees.text(port, "name").equals(name)) {
          return port.path("containerPort").asInt(0);
        }
      }
    }
    return 0;
  }

  // ------------------------------------------------------------------ the end

  /** Takes note of a new version of the pod. */
  void update(Pod newer) {
    pod = newer;
    if (newer.isTerminating() && !isStopping) {
      stop(Trees.at(newer.tree(), "metadata", "deletionGracePeriodSeconds").asLong(graceSeconds()));
    }
  }

  private void stop(long grace) {
    isStopping = true;
    for (var container : containers) {
      if (container.isRunning()) {
        say(container.name(), "Normal", "Killing", "Stopping container " + container.name());
      }
      container.stop(grace);
    }
    finishWhenStopped();
  }

  /** Out of the cluster because the node is short of something. */
  void evict(String message) {
    if (isStopping) {
      return;
    }
    evicted = Optional.of(message);
    isStopping = true;
    kubelet.recorder().warning(kubelet.source(), pod.tree(), "Evicted", message);
    containers.forEach(container -> container.stop(0));
    changed();
  }

  private void finishWhenStopped() {
    if (containers.stream().noneMatch(ContainerWorker::isRunning)) {
      kubelet.later(Duration.ofMillis(400), this::finish);
    }
  }

  /** Tells the last state, then lets the object go. */
  private void finish() {
    if (!pod.isTerminating() || !kubelet.isRunning()) {
      return;
    }
    tell();
    kubelet.remove(this);
  }

  void lose() {
    containers.forEach(ContainerWorker::lose);
  }

  /** The node is up again. */
  void findLost() {
    if (isStopping) {
      containers.forEach(ContainerWorker::findLost);
      finishWhenStopped();
    } else if (hasSandbox) {
      podIp = pod.spec().path("hostNetwork").asBoolean(false) ? podIp : kubelet.takeAddress();
      containers.forEach(ContainerWorker::findLost);
    } else {
      makeSandbox();
    }
  }

  // ------------------------------------------------------------------ what is told

  /** Something is to be told, together with what else changes in the next moment. */
  void changed() {
    if (isStopping && pod.isTerminating()) {
      finishWhenStopped();
    }
    if (!isToBeTold) {
      isToBeTold = true;
      kubelet.later(
          TOLD_AFTER,
          () -> {
            isToBeTold = false;
            tell();
          });
    }
  }

  void tell() {
    if (!kubelet.isRunning()) {
      return;
    }
    var known =
        new PodStatuses.Known(
            pod, kubelet.address(), podIp, Trees.time(startTime), hasSandbox, containers, evicted);
    kubelet.writeStatus(pod, live -> PodStatuses.write(live, known, Trees.time(kubelet.now())));
  }

  void say(String container, String type, String reason, String message) {
    kubelet.recorder().container(kubelet.source(), pod.tree(), container, type, reason, message);
  }
}
