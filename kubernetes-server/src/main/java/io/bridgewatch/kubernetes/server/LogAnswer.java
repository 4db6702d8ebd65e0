package io.bridgewatch.kubernetes.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import tools.jackson.databind.node.ObjectNode;

/** {@code /log} of a pod: what a container wrote, once or as it comes. */
final class LogAnswer {
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final PodLogSource source;
  private final InstantSource time;

  LogAnswer(PodLogSource source, InstantSource time) {
    this.source = source;
    this.time = time;
  }

  void answer(ObjectNode pod, HttpRequest request, HttpAnswer answer)
      throws IOException, InterruptedException {
    var container = container(pod, request.query("container"));
    var isPrevious = request.flag("previous");
    var wanted =
        new PodLogSource.Request(
            Json.text(pod, "metadata", "namespace"),
            Json.text(pod, "metadata", "name"),
            container,
            isPrevious);
    var reader = source.open(wanted).orElseThrow(() -> missing(pod, container, isPrevious));
    var since = since(request);
    var hasTimes = request.flag("timestamps");
    var budget = new Budget(number(request, "limitBytes"));
    var kept = new ArrayDeque<PodLogSource.Line>();
    var most = number(request, "tailLines");
    for (var lines = reader.next(Duration.ZERO);
        !lines.isEmpty();
        lines = reader.next(Duration.ZERO)) {
      for (var line : lines) {
        if (!line.time().isBefore(since)) {
          kept.add(line);
          if (most.isPresent() && kept.size() > most.getAsLong()) {
            kept.removeFirst();
          }
        }
      }
    }
    if (!request.flag("follow")) {
      var text = new StringBuilder();
      kept.forEach(line -> text.append(budget.cut(written(line, hasTimes))));
      var body = text.toString().getBytes(StandardCharsets.UTF_8);
      answer.send(200, "text/plain", body, Map.of());
      return;
    }
    follow(List.copyOf(kept), reader, hasTimes, budget, answer);
  }

  private void follow(
      List<PodLogSource.Line> kept,
      PodLogSource.Reader reader,
      boolean hasTimes,
      Budget budget,
      HttpAnswer answer)
      throws IOException, InterruptedException {
    var follower = Thread.currentThread();
    try (var out = answer.lastStream("text/plain", follower::interrupt)) {
      var lines = kept;
      while (!budget.isSpent()) {
        for (var line : lines) {
          out.write(budget.cut(written(line, hasTimes)).getBytes(StandardCharsets.UTF_8));
        }
        out.flush();
        if (lines.isEmpty() && reader.isOver()) {
          break;
        }
        lines = reader.next(PATIENCE);
      }
      out.finish();
    }
  }

  /** How many bytes may still be written. */
  private static final class Budget {
    private final OptionalLong limit;
    private long written;

    Budget(OptionalLong limit) {
      this.limit = limit;
    }

    boolean isSpent() {
      return limit.isPresent() && written >= limit.getAsLong();
    }

    String cut(String line) {
      if (limit.isEmpty()) {
        return line;
      }
      var bytes = line.getBytes(StandardCharsets.UTF_8);
      var taken = (int) Math.min(bytes.length, limit.getAsLong() - written);
      written += taken;
      return taken == bytes.length ? line : new String(bytes, 0, taken, StandardCharsets.UTF_8);
    }
  }

  private static String written(PodLogSource.Line line, boolean hasTime) {
    return (hasTime ? line.time() + " " : "") + line.text() + "\n";
  }

  private Instant since(HttpRequest request) {
    var seconds = number(request, "sinceSeconds");
    if (seconds.isPresent()) {
      return time.instant().minusSeconds(seconds.getAsLong());
    }
    var text = request.query("sinceTime");
    try {
      return text.isEmpty() ? Instant.MIN : Instant.parse(text);
    } catch (java.time.DateTimeException e) {
      throw Refusal.badRequest("sinceTime must be a time in RFC 3339, was \"%s\"".formatted(text));
    }
  }

  private static OptionalLong number(HttpRequest request, String name) {
    var text = request.query(name);
    if (text.isEmpty()) {
      return OptionalLong.empty();
    }
    try {
      var number = Long.parseLong(text);
      if (number >= 0) {
        return OptionalLong.of(number);
      }
    } catch (NumberFormatException e) {
      // told below, together with negative numbers
    }
    throw Refusal.badRequest("%s must be a number, zero or more, was \"%s\"".formatted(name, text));
  }

  private static String container(ObjectNode pod, String wanted) {
    var names =
        List.of("initContainers", "containers", "ephemeralContainers").stream()
            .flatMap(list -> pod.path("spec").path(list).valueStream())
            .map(container -> Json.text(container, "name"))
            .toList();
    var name = Json.text(pod, "metadata", "name");
    if (wanted.isEmpty()) {
      var ordinary = pod.path("spec").path("containers");
      if (ordinary.size() == 1) {
        return Json.text(ordinary.get(0), "name");
      }
      throw Refusal.badRequest(
          "a container name must be specified for pod %s, choose one of: [%s]"
              .formatted(name, String.join(" ", names)));
    }
    if (!names.contains(wanted)) {
      throw Refusal.badRequest("container %s is not valid for pod %s".formatted(wanted, name));
    }
    return wanted;
  }

  private static Refusal missing(ObjectNode pod, String container, boolean isPrevious) {
    var name = Json.text(pod, "metadata", "name");
    if (Json.text(pod, "spec", "nodeName").isEmpty()) {
      return Refusal.badRequest("pod %s does not have a host assigned".formatted(name));
    }
    for (var status : pod.path("status").path("containerStatuses")) {
      var reason = Json.text(status, "state", "waiting", "reason");
      if (!isPrevious && Json.text(status, "name").equals(container) && !reason.isEmpty()) {
        return Refusal.badRequest(
            "container \"%s\" in pod \"%s\" is waiting to start: %s"
                .formatted(container, name, words(status, reason)));
      }
    }
    return Refusal.badRequest(
        (isPrevious
                ? "previous terminated container \"%s\" in pod \"%s\" not found"
                : "container \"%s\" in pod \"%s\" is not available")
            .formatted(container, name));
  }

  private static String words(tools.jackson.databind.JsonNode status, String reason) {
    return switch (reason) {
      case "ImagePullBackOff", "ErrImagePull" -> "trying and failing to pull image";
      case "CreateContainerConfigError" -> Json.text(status, "state", "waiting", "message");
      default -> reason;
    };
  }
}
