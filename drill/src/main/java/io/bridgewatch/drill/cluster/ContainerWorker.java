package io.bridgewatch.drill.cluster;

import io.bridgewatch.drill.runtime.ContainerProcess;
import io.bridgewatch.drill.runtime.ContainerRuntime.Exit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One container of a pod, as its kubelet takes care of it: image, start, probes, end, and again.
 *
 * <p>After a container has ended it is started again at once, then after 10 s, 20 s and so on up to
 * five minutes; ten minutes of running begin that anew.
 */
final class ContainerWorker {
  private static final Duration FIRST_BACK_OFF = Duration.ofSeconds(10);
  private static final Duration LONGEST_BACK_OFF = Duration.ofMinutes(5);
  private static final Duration CONFIG_RETRY = Duration.ofSeconds(12);
  private static final int LOGS_KEPT = 20_000;

  private final PodWorker pod;
  private final JsonNode spec;
  private final String name;
  private final String image;
  private final List<ProbeLoop> probes = new ArrayList<>();
  private Phase phase = Phase.WAITING;
  private String waitingReason = "ContainerCreating";
  private String waitingMessage = "";
  private Optional<ObjectNode> lastEnd = Optional.empty();
  private Optional<ContainerProcess> process = Optional.empty();
  private List<ContainerProcess.LogLine> previousLog = List.of();
  private Optional<Exit> exit = Optional.empty();
  private Instant startedAt = Instant.EPOCH;
  private Instant finishedAt = Instant.EPOCH;
  private String containerId = "";
  private int restarts;
  private int run;
  private boolean isReady;
  private boolean hasStarted;
  private Duration backOff = Duration.ZERO;
  private Duration pullBackOff = Duration.ZERO;
  private Optional<ClusterClock.Task> next = Optional.empty();

  private enum Phase {
    WAITING,
    RUNNING,
    ENDED
  }

  ContainerWorker(PodWorker pod, JsonNode spec) {
    this.pod = pod;
    this.spec = spec;
    this.name = Trees.text(spec, "name");
    this.image = Trees.text(spec, "image");
  }

  String name() {
    return name;
  }

  boolean isReady() {
    return phase == Phase.RUNNING && isReady;
  }

  boolean isRunning() {
    return phase == Phase.RUNNING;
  }

  /** Whether it has ended and stays so. */
  boolean isOver() {
    return phase == Phase.ENDED && !isRestarted();
  }

  boolean isSuccess() {
    return exit.filter(end -> end.code() == 0).isPresent();
  }

  boolean wasNeverStarted() {
    return phase == Phase.WAITING && run == 0;
  }

  Optional<ContainerProcess> process() {
    return process;
  }

  Instant startedAt() {
    return startedAt;
  }

  int run() {
    return run;
  }

  List<ContainerProcess.LogLine> previousLog() {
    return previousLog;
  }

  /** Whether a run of it has ended. */
  boolean hasPrevious() {
    return run > 1 || (run == 1 && phase != Phase.RUNNING);
  }

  /** As others see it; absent when it does not run. */
  Optional<RunningContainer> running() {
    if (phase != Phase.RUNNING || process.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new RunningContainer(
            pod.kubelet().node(),
            pod.pod().namespace(),
            pod.pod().name(),
            pod.pod().uid(),
            pod.podIp(),
            pod.pod().labels(),
            name,
            containerId,
            image,
            restarts,
            startedAt,
            probes.stream().map(ProbeLoop::count).toList(),
            process.get()));
  }

  // ------------------------------------------------------------------ towards running

  /** Gets the image, then starts. */
  void pull() {
    var images = pod.kubelet().images();
    var node = pod.kubelet().node();
    var isPresent = images.isPresent(node, image);
    if (isPresent && !Trees.text(spec, "imagePullPolicy").equals("Always")) {
      say(
          "Normal",
          "Pulled",
          "Container image \"%s\" already present on machine and can be accessed by the pod"
              .formatted(image));
      later(pod.kubelet().jitter(150), this::start);
      return;
    }
    say("Normal", "Pulling", "Pulling image \"%s\"".formatted(image));
    var failure = images.failure(image);
    if (failure.isPresent()) {
      later(Duration.ofMillis(800), () -> pullFailed(failure.get()));
      return;
    }
    var time = isPresent ? Duration.ofMillis(350) : images.pullTime(pod.kubelet().random());
    later(
        time,
        () -> {
          images.keep(node, image);
          pod.kubelet().imagePulled(image);
          pullBackOff = Duration.ZERO;
          say(
              "Normal",
              "Pulled",
              "Successfully pulled image \"%s\" in %s (%s including waiting). Image size: %d bytes."
                  .formatted(image, seconds(time), seconds(time), Images.BYTES));
          start();
        });
  }

  private static String seconds(Duration time) {
    return time.toMillis() < 1000
        ? time.toMillis() + "ms"
        : java.math.BigDecimal.valueOf(time.toMillis(), 3).toPlainString() + "s";
  }

  private void pullFailed(String message) {
    say("Warning", "Failed", "Failed to pull image \"%s\": %s".formatted(image, message));
    say("Warning", "Failed", "Error: ErrImagePull");
    waitFor("ErrImagePull", message);
    pullBackOff = doubled(pullBackOff);
    var until = pullBackOff;
    later(
        Duration.ofSeconds(2),
        () -> {
          say("Normal", "BackOff", "Back-off pulling image \"%s\"".formatted(image));
          say("Warning", "Failed", "Error: ImagePullBackOff");
          waitFor(
              "ImagePullBackOff",
              "Back-off pulling image \"%s\": ErrImagePull: %s".formatted(image, message));
          later(until.minusSeconds(2), this::pull);
        });
  }

  private static Duration doubled(Duration time) {
    var next = time.isZero() ? FIRST_BACK_OFF : time.multipliedBy(2);
    return next.compareTo(LONGEST_BACK_OFF) > 0 ? LONGEST_BACK_OFF : next;
  }

  private void start() {
    var environment = pod.environment(spec);
    if (environment.missing().isPresent()) {
      var why = environment.missing().get();
      say("Warning", "Failed", "Error: " + why);
      waitFor("CreateContainerConfigError", why);
      later(CONFIG_RETRY, this::pull);
      return;
    }
    if (run > 0) {
      restarts++;
    }
    run++;
    containerId = pod.kubelet().containerId();
    say("Normal", "Created", "Container created");
    say("Normal", "Started", "Container started");
    startedAt = pod.kubelet().now();
    pod.started();
    running(
        pod.kubelet()
            .runtime()
            .start(pod.start(spec, environment.variables(), restarts), exitOf(run)));
    pod.changed();
  }

  private java.util.function.Consumer<Exit> exitOf(int number) {
    return end -> {
      if (run == number && phase == Phase.RUNNING) {
        ended(end);
      }
    };
  }

  private void running(ContainerProcess started) {
    process = Optional.of(started);
    phase = Phase.RUNNING;
    exit = Optional.empty();
    hasStarted = !spec.has("startupProbe");
    isReady = hasStarted && !spec.has("readinessProbe");
    probes.clear();
    for (var kind : ProbeLoop.Kind.values()) {
      if (spec.get(kind.field()) instanceof ObjectNode probe) {
        probes.add(new ProbeLoop(this, pod, kind, probe));
      }
    }
    probes.forEach(ProbeLoop::begin);
  }

  /** Hands a container that ran while the cluster was built over to the runtime. */
  void adopt() {
    if (phase != Phase.RUNNING) {
      return;
    }
    var environment = pod.environment(spec).variables();
    process =
        Optional.of(
            pod.kubelet()
                .runtime()
                .adopt(pod.start(spec, environment, restarts), startedAt, exitOf(run)));
  }

  // ------------------------------------------------------------------ probes

  boolean hasStarted() {
    return hasStarted;
  }

  void probed(ProbeLoop.Kind kind, boolean isGood) {
    switch (kind) {
      case STARTUP -> {
        if (isGood && !hasStarted) {
          hasStarted = true;
          isReady = !spec.has("readinessProbe");
          pod.changed();
        } else if (!isGood) {
          restart("Container %s failed startup probe, will be restarted".formatted(name));
        }
      }
      case READINESS -> {
        if (isReady != isGood) {
          isReady = isGood;
          pod.changed();
        }
      }
      case LIVENESS -> {
        if (!isGood) {
          restart("Container %s failed liveness probe, will be restarted".formatted(name));
        }
      }
    }
  }

  private void restart(String why) {
    say("Normal", "Killing", why);
    probes.forEach(ProbeLoop::end);
    stop(pod.graceSeconds());
  }

  /** SIGTERM now, SIGKILL when the grace is over. */
  void stop(long graceSeconds) {
    if (phase != Phase.RUNNING) {
      next.ifPresent(ClusterClock.Task::cancel);
      return;
    }
    var stopped = run;
    if (graceSeconds > 0) {
      process.ifPresent(ContainerProcess::terminate);
    }
    pod.kubelet()
        .later(
            Duration.ofSeconds(Math.max(0, graceSeconds)),
            () -> {
              if (phase == Phase.RUNNING && run == stopped) {
                process.ifPresent(ContainerProcess::kill);
                ended(new Exit(137, "Error", ""));
              }
            });
  }

  /** The machine went down under it: nobody is told now. */
  void lose() {
    probes.forEach(ProbeLoop::end);
    next.ifPresent(ClusterClock.Task::cancel);
    process.ifPresent(ContainerProcess::kill);
  }

  /** The machine is up again, and the kubelet finds it gone. */
  void findLost() {
    if (phase == Phase.RUNNING) {
      ended(new Exit(255, "Unknown", ""));
    } else if (phase == Phase.WAITING) {
      pull();
    }
  }

  // ------------------------------------------------------------------ the end, and again

  private void ended(Exit end) {
    probes.forEach(ProbeLoop::end);
    isReady = false;
    hasStarted = false;
    keepLog();
    finishedAt = pod.kubelet().now();
    exit = Optional.of(end);
    phase = Phase.ENDED;
    if (Duration.between(startedAt, finishedAt).compareTo(LONGEST_BACK_OFF.multipliedBy(2)) > 0) {
      backOff = Duration.ZERO;
    }
    if (isRestarted() && !pod.isStopping()) {
      if (backOff.isZero()) {
        backOff = FIRST_BACK_OFF;
        later(pod.kubelet().jitter(800), this::again);
      } else {
        var wait = backOff;
        backOff = doubled(backOff);
        later(Duration.ofSeconds(1), () -> waitBackOff(wait));
      }
    }
    pod.changed();
  }

  private void again() {
    lastEnd = Optional.of(terminated());
    pull();
  }

  private void waitBackOff(Duration wait) {
    lastEnd = Optional.of(terminated());
    say(
        "Warning",
        "BackOff",
        "Back-off restarting failed container %s in pod %s_%s(%s)"
            .formatted(name, pod.pod().name(), pod.pod().namespace(), pod.pod().uid()));
    var shown = wait.toSeconds() < 60 ? wait.toSeconds() + "s" : minutes(wait);
    waitFor(
        "CrashLoopBackOff",
        "back-off %s restarting failed container=%s pod=%s_%s(%s)"
            .formatted(shown, name, pod.pod().name(), pod.pod().namespace(), pod.pod().uid()));
    later(wait.minusSeconds(1), this::pull);
  }

  private static String minutes(Duration wait) {
    return wait.toMinutes() + "m" + wait.toSecondsPart() + "s";
  }

  private boolean isRestarted() {
    return switch (Trees.text(pod.pod().spec(), "restartPolicy")) {
      case "Never" -> false;
      case "OnFailure" -> !isSuccess();
      default -> true;
    };
  }

  private void keepLog() {
    process.ifPresent(ended -> previousLog = List.copyOf(ended.log(Instant.MIN, LOGS_KEPT)));
  }

  private void waitFor(String reason, String message) {
    phase = Phase.WAITING;
    waitingReason = reason;
    waitingMessage = message;
    pod.changed();
  }

  private void later(Duration delay, Runnable action) {
    next.ifPresent(ClusterClock.Task::cancel);
    next = Optional.of(pod.kubelet().later(delay, action));
  }

  private void say(String type, String reason, String message) {
    pod.say(name, type, reason, message);
  }

  // ------------------------------------------------------------------ as it is told

  ObjectNode status() {
    var status = Trees.object().put("name", name);
    var state = status.putObject("state");
    switch (phase) {
      case WAITING -> {
        var waiting = state.putObject("waiting").put("reason", waitingReason);
        if (!waitingMessage.isEmpty()) {
          waiting.put("message", waitingMessage);
        }
      }
      case RUNNING -> state.putObject("running").put("startedAt", Trees.time(startedAt));
      case ENDED -> state.set("terminated", terminated());
    }
    var last = status.putObject("lastState");
    lastEnd.ifPresent(end -> last.set("terminated", end));
    status.put("ready", isReady()).put("restartCount", restarts).put("image", image);
    status.put("imageID", run == 0 ? "" : Identifiers.imageId(image));
    if (!containerId.isEmpty()) {
      status.put("containerID", containerId);
    }
    status.put("started", phase == Phase.RUNNING && hasStarted);
    var resources = spec.path("resources");
    if (run > 0 && resources.has("requests")) {
      status.set("allocatedResources", resources.get("requests").deepCopy());
    }
    if (run > 0) {
      status.set("resources", resources.deepCopy());
    }
    mounts(status);
    if (run > 0) {
      var user = status.putObject("user").putObject("linux").put("uid", 0).put("gid", 0);
      user.putArray("supplementalGroups").add(0);
    }
    return status;
  }

  private void mounts(ObjectNode status) {
    if (spec.path("volumeMounts").isEmpty()) {
      return;
    }
    var mounts = status.putArray("volumeMounts");
    for (var mount : spec.path("volumeMounts")) {
      var told = mounts.addObject().put("name", Trees.text(mount, "name"));
      told.put("mountPath", Trees.text(mount, "mountPath"));
      if (mount.path("readOnly").asBoolean(false)) {
        told.put("readOnly", true).put("recursiveReadOnly", "Disabled");
      }
    }
  }

  private ObjectNode terminated() {
    var end = exit.orElseThrow();
    var terminated = Trees.object().put("exitCode", end.code()).put("reason", end.reason());
    if (!end.message().isEmpty()) {
      terminated.put("message", end.message());
    }
    return terminated
        .put("startedAt", Trees.time(startedAt))
        .put("finishedAt", Trees.time(finishedAt))
        .put("containerID", containerId);
  }
}
