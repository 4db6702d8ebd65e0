package io.bridgewatch.drill.cluster;

import io.bridgewatch.drill.runtime.ContainerProcess.ProbeAnswer;
import java.time.Duration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Asks a container again and again, and tells when enough answers in a row are the same. */
final class ProbeLoop {
  /** What a probe is for. */
  enum Kind {
    STARTUP("startupProbe", "Startup"),
    READINESS("readinessProbe", "Readiness"),
    LIVENESS("livenessProbe", "Liveness");

    private final String field;
    private final String word;

    Kind(String field, String word) {
      this.field = field;
      this.word = word;
    }

    String field() {
      return field;
    }
  }

  private final ContainerWorker container;
  private final PodWorker pod;
  private final Kind kind;
  private final ObjectNode probe;
  private final Duration period;
  private final Duration timeout;
  private boolean isEnded;
  private boolean wasGood;
  private long successful;
  private long failed;
  private int inARow;

  ProbeLoop(ContainerWorker container, PodWorker pod, Kind kind, ObjectNode probe) {
    this.container = container;
    this.pod = pod;
    this.kind = kind;
    this.probe = probe;
    this.period = Duration.ofSeconds(probe.path("periodSeconds").asInt(10));
    this.timeout = Duration.ofSeconds(probe.path("timeoutSeconds").asInt(1));
  }

  void begin() {
    var delay = Duration.ofSeconds(probe.path("initialDelaySeconds").asInt(0));
    var jitter = pod.kubelet().jitter((int) period.toMillis());
    pod.kubelet()
        .later(delay.plus(kind == Kind.LIVENESS ? jitter : jitter.dividedBy(4)), this::ask);
  }

  void end() {
    isEnded = true;
  }

  RunningContainer.ProbeCount count() {
    return new RunningContainer.ProbeCount(kind.word, successful, failed);
  }

  private void ask() {
    if (isEnded) {
      return;
    }
    pod.kubelet().later(period, this::ask);
    var isDue = kind == Kind.STARTUP ? !container.hasStarted() : container.hasStarted();
    var process = container.process();
    if (!isDue || process.isEmpty() || !pod.kubelet().isRunning()) {
      return;
    }
    var get = probe.path("httpGet");
    var port = port(probe.has("httpGet") ? get : probe.path("tcpSocket"));
    var answer = process.get().probe(Trees.text(get, "path"), port);
    var took = answer.took().compareTo(timeout) > 0 ? timeout : answer.took();
    pod.kubelet().later(took, () -> answered(answer, port));
  }

  private void answered(ProbeAnswer answer, int port) {
    if (isEnded) {
      return;
    }
    var isLate = answer.took().compareTo(timeout) > 0;
    var isGood = answer.succeeded() && !isLate;
    successful += isGood ? 1 : 0;
    failed += isGood ? 0 : 1;
    if (!isGood) {
      pod.say(
          container.name(),
          "Warning",
          "Unhealthy",
          "%s probe failed: %s".formatted(kind.word, words(answer, isLate, port)));
    }
    inARow = isGood == wasGood ? inARow + 1 : 1;
    wasGood = isGood;
    var enough = probe.path(isGood ? "successThreshold" : "failureThreshold").asInt(isGood ? 1 : 3);
    if (inARow == enough || (inARow > enough && kind == Kind.READINESS)) {
      container.probed(kind, isGood);
    }
  }

  private String words(ProbeAnswer answer, boolean isLate, int port) {
    if (!isLate && !answer.message().isEmpty()) {
      return answer.message();
    }
    var at = pod.podIp() + ":" + port;
    if (!probe.has("httpGet")) {
      return "dial tcp %s: %s"
          .formatted(at, isLate ? "i/o timeout" : "connect: connection refused");
    }
    var get = "Get \"http://%s%s\": ".formatted(at, Trees.text(probe, "httpGet", "path"));
    return get
        + (isLate
            ? "context deadline exceeded (Client.Timeout exceeded while awaiting headers)"
            : "dial tcp %s: connect: connection refused".formatted(at));
  }

  private int port(JsonNode target) {
    var port = target.path("port");
    return port.isString() ? pod.port(container.name(), port.stringValue()) : port.asInt(0);
  }
}
