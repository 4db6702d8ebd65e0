package io.bridgewatch.topology;

import static io.bridgewatch.topology.ObjectTimes.condition;
import static io.bridgewatch.topology.ObjectTimes.is;
import static io.bridgewatch.topology.ObjectTimes.textOr;
import static io.bridgewatch.topology.ObjectTimes.time;

import io.bridgewatch.model.EntityRef;
import io.bridgewatch.model.Happening;
import io.bridgewatch.model.Happening.Stage;
import io.bridgewatch.model.KubernetesObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/**
 * How far a pod and its containers have come, in the objects' own times.
 *
 * <p>Two of them, one after the other, tell the stages in between ({@link #since}): each stage is
 * told once, whatever versions of the pod were seen, and again under the same id if it is read
 * again.
 */
record PodLife(
    String uid,
    Optional<Instant> created,
    Optional<Instant> scheduled,
    Optional<Instant> ready,
    Optional<Instant> unready,
    Optional<Instant> deleting,
    boolean evicted,
    List<Container> containers) {

  /** A pod first seen when it is older than this tells nothing of how it came to be. */
  private static final Duration NEWS = Duration.ofHours(1);

  /**
   * How far one container has come.
   *
   * @param ended the end of the present run, or of the one before
   */
  record Container(String name, int restarts, Optional<Instant> started, Optional<End> ended) {}

  /** How a run of a container ended. */
  record End(Instant time, String reason, String message, OptionalInt exitCode) {}

  static PodLife of(KubernetesObject pod) {
    Optional<KubernetesObject> ready = condition(pod, "Ready");
    Optional<Instant> turned = ready.flatMap(c -> time(c, "lastTransitionTime"));
    boolean isReady = ready.filter(c -> is(c, "True", "status")).isPresent();
    return new PodLife(
        pod.uid(),
        time(pod, "metadata", "creationTimestamp"),
        condition(pod, "PodScheduled")
            .filter(c -> is(c, "True", "status"))
            .flatMap(c -> time(c, "lastTransitionTime")),
        isReady ? turned : Optional.empty(),
        isReady ? Optional.empty() : turned,
        ObjectTimes.deletionAsked(pod),
        is(pod, "Evicted", "status", "reason"),
        Stream.concat(
                pod.list("status", "initContainerStatuses").stream(),
                pod.list("status", "containerStatuses").stream())
            .map(PodLife::container)
            .toList());
  }

  private static Container container(KubernetesObject status) {
    Optional<End> now = status.object("state", "terminated").flatMap(PodLife::end);
    return new Container(
        textOr(status, "", "name"),
        status.number("restartCount").orElse(0.0).intValue(),
        time(status, "state", "running", "startedAt")
            .or(() -> time(status, "state", "terminated", "startedAt")),
        now.or(() -> status.object("lastState", "terminated").flatMap(PodLife::end)));
  }

  private static Optional<End> end(KubernetesObject terminated) {
    return time(terminated, "finishedAt")
        .map(
            at ->
                new End(
                    at,
                    textOr(terminated, "", "reason"),
                    textOr(terminated, "", "message"),
                    terminated.number("exitCode").stream().mapToInt(Double::intValue).findFirst()));
  }

  /** The stages that lie between, oldest first. */
  static List<Happening> since(
      Optional<PodLife> before,
      PodLife now,
      EntityRef pod,
      BiFunction<String, EntityRef, EntityRef> container,
      Instant seen) {
    Optional<PodLife> known = before.filter(b -> b.uid.equals(now.uid));
    if (known.isEmpty() && now.created.filter(c -> c.isBefore(seen.minus(NEWS))).isPresent()) {
      return List.of();
    }
    var found = new ArrayList<Happening>();
    if (known.isEmpty()) {
      now.created.ifPresent(at -> found.add(now.lived(pod, Stage.CREATED, at)));
    }
    if (known.flatMap(PodLife::scheduled).isEmpty()) {
      now.scheduled.ifPresent(at -> found.add(now.lived(pod, Stage.SCHEDULED, at)));
    }
    for (Container one : now.containers) {
      Optional<Container> was =
          known.stream()
              .flatMap(k -> k.containers.stream())
              .filter(c -> c.name.equals(one.name))
              .findFirst();
      found.addAll(now.between(was, one, container.apply(one.name, pod)));
    }
    if (!now.ready.equals(known.flatMap(PodLife::ready))) {
      now.ready.ifPresent(at -> found.add(now.lived(pod, Stage.READY, at)));
    }
    if (known.flatMap(PodLife::ready).isPresent()) {
      now.unready.ifPresent(at -> found.add(now.lived(pod, Stage.UNREADY, at)));
    }
    if (now.evicted && !known.map(PodLife::evicted).orElse(false)) {
      found.add(now.lived(pod, Stage.EVICTED, now.unready.orElse(seen)));
    }
    if (known.flatMap(PodLife::deleting).isEmpty()) {
      now.deleting.ifPresent(at -> found.add(now.lived(pod, Stage.DELETING, at)));
    }
    return found;
  }

  private List<Happening> between(Optional<Container> was, Container now, EntityRef container) {
    var found = new ArrayList<Happening>();
    if (!now.ended.equals(was.flatMap(Container::ended))) {
      now.ended.ifPresent(
          end ->
              found.add(
                  new Happening.Lived(
                      id(container, Stage.TERMINATED, end.time),
                      end.time,
                      container,
                      Stage.TERMINATED,
                      end.reason,
                      end.message,
                      end.exitCode)));
    }
    if (!now.started.equals(was.flatMap(Container::started))) {
      Stage stage = now.restarts > 0 ? Stage.RESTARTED : Stage.STARTED;
      now.started.ifPresent(at -> found.add(lived(container, stage, at)));
    }
    return found;
  }

  /** The end of the pod itself. */
  Happening gone(EntityRef pod, Instant at) {
    return lived(pod, Stage.GONE, at);
  }

  /** A stage that the object does not tell but a report of the kubelet does. */
  Happening reported(EntityRef entity, Stage stage, Instant at) {
    return lived(entity, stage, at);
  }

  private Happening lived(EntityRef entity, Stage stage, Instant at) {
    return new Happening.Lived(
        id(entity, stage, at), at, entity, stage, "", "", OptionalInt.empty());
  }

  private String id(EntityRef entity, Stage stage, Instant at) {
    return uid + "/" + entity.name() + "/" + stage + "/" + at;
  }
}
