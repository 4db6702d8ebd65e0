package io.bridgewatch.detect;

import io.bridgewatch.model.Fact;
import io.bridgewatch.model.Finding;
import io.bridgewatch.model.KubernetesObject;
import io.bridgewatch.model.ObjectReason;
import io.bridgewatch.model.WatchEvent;
import io.bridgewatch.model.Window;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What Kubernetes objects say is wrong, as findings.
 *
 * <ol>
 *   <li>Every version of an object is read for signs by rules on the API's own fields, together
 *       with the events about it, matched by uid, kind and namespace and no older than the state.
 *   <li>Signs of one family on one object, version after version, are one trouble, with the
 *       earliest of the objects' own times and the most telling reason.
 *   <li>A trouble counts once it outlasts what normal operation does (each sign's grace): starting
 *       within the probes' delays, rolling out, being scheduled, being deleted are no findings.
 *   <li>A trouble ends when the object is seen well, or is taken away. What recovered within 60 s
 *       is dropped unless nothing else is wrong; what was removed before it ever got well is kept,
 *       for it did not recover. Both count half.
 *   <li>Consequences go to their cause: the pods' troubles to a node that went away before them, a
 *       workload's missing replicas to its pods' or its node's trouble, a job's attempts to the
 *       job. A rollout is in trouble as soon as its new pods are.
 *   <li>What is left is one finding for each entity and reason.
 * </ol>
 *
 * <p>Severities: 10 serves nothing until cured, 7 fails again and again or lost a part, 5 runs
 * otherwise than asked for, 3 may hurt soon, 1 somebody's choice; half of it once it is over.
 *
 * <p>The same observations give the same findings in the same order. Objects and events that lack
 * what a rule reads are passed over.
 */
public final class KubernetesStates {

  private KubernetesStates() {}

  /**
   * What is remembered between events: the last version of each object, the events about them and
   * the troubles so far. Immutable; it grows with the objects that exist.
   */
  public static final class State {
    private final Instant from;
    private final Instant now;
    private final KubernetesIndex<KubernetesObject> objects;
    private final KubernetesIndex<Map<String, KubernetesEvent>> events;
    private final KubernetesIndex<Map<String, KubernetesTrouble>> troubles;
    private final KubernetesIndex<Map<String, Endpoints>> endpoints;

    private State(
        Instant from,
        Instant now,
        KubernetesIndex<KubernetesObject> objects,
        KubernetesIndex<Map<String, KubernetesEvent>> events,
        KubernetesIndex<Map<String, KubernetesTrouble>> troubles,
        KubernetesIndex<Map<String, Endpoints>> endpoints) {
      this.from = from;
      this.now = now;
      this.objects = objects;
      this.events = events;
      this.troubles = troubles;
      this.endpoints = endpoints;
    }

    private State at(Instant time) {
      return new State(
          from, KubernetesFields.later(now, time), objects, events, troubles, endpoints);
    }

    private State withObjects(KubernetesIndex<KubernetesObject> next) {
      return new State(from, now, next, events, troubles, endpoints);
    }

    private State withEvents(KubernetesIndex<Map<String, KubernetesEvent>> next) {
      return new State(from, now, objects, next, troubles, endpoints);
    }

    private State withTroubles(String uid, Map<String, KubernetesTrouble> next) {
      return new State(
          from,
          now,
          objects,
          events,
          next.isEmpty() ? troubles.without(uid) : troubles.with(uid, next),
          endpoints);
    }

    private State withEndpoints(KubernetesIndex<Map<String, Endpoints>> next) {
      return new State(from, now, objects, events, troubles, next);
    }

    private List<KubernetesEvent> eventsAbout(KubernetesObject object) {
      return events.get(object.uid()).orElse(Map.of()).values().stream()
          .filter(event -> event.isAbout(object))
          .toList();
    }
  }

  /** The endpoints of one slice. */
  private record Endpoints(int ready, int all) {}

  /** A state and the troubles that the last event established. */
  public record Step(State state, List<Finding> findings) {
    public Step {
      findings = List.copyOf(findings);
    }
  }

  /**
   * Nothing seen yet.
   *
   * @param from events whose series ended before it are not used
   */
  public static State begin(Instant from) {
    return new State(
        from,
        from,
        KubernetesIndex.none(),
        KubernetesIndex.none(),
        KubernetesIndex.none(),
        KubernetesIndex.none());
  }

  /** The state after that object was found to exist at that time, as by a list. */
  public static State observe(State state, Instant at, KubernetesObject object) {
    return object.uid().isEmpty() ? state : seen(state.at(at), object);
  }

  /**
   * The state after one more event and the findings it established, each reported once. What only
   * follows from other objects (missing replicas, a rollout whose pods fail) is left to {@link
   * #findings}, which also judges what was reported here.
   */
  public static Step step(State state, WatchEvent event) {
    KubernetesObject object = event.object();
    if (object.uid().isEmpty()) {
      return new Step(state, List.of());
    }
    State at = state.at(event.time());
    State next =
        switch (event.type()) {
          case ADDED, MODIFIED -> seen(at, object);
          case DELETED -> gone(at, object);
        };
    String uid =
        KubernetesEvent.of(object).map(KubernetesEvent::aboutUid).orElseGet(() -> key(object));
    return tell(next, uid);
  }

  /** Folds a listing and a watch, and judges the window as of its end. */
  public static List<Finding> overWindow(
      List<KubernetesObject> objects, List<WatchEvent> watch, Window window) {
    State state = begin(window.from());
    for (KubernetesObject object : objects) {
      state = observe(state, window.from(), object);
    }
    for (WatchEvent event : watch) {
      if (event.time().isBefore(window.to())) {
        state = step(state, event).state();
      }
    }
    return findings(state, window);
  }

  /**
   * The state without what ended before that time: troubles, and the objects that were kept for
   * them after their deletion.
   */
  public static State forgetBefore(State state, Instant time) {
    State[] next = {state};
    state.troubles.forEach(
        (uid, byFamily) -> {
          var kept = new TreeMap<String, KubernetesTrouble>();
          byFamily.forEach(
              (family, trouble) -> {
                if (trouble.endedBy(state.now).filter(end -> end.isBefore(time)).isEmpty()) {
                  kept.put(family, trouble);
                }
              });
          if (kept.size() < byFamily.size()) {
            next[0] = next[0].withTroubles(uid, kept);
          }
          boolean deleted =
              state.objects.get(uid).flatMap(KubernetesFields::deletionAsked).isPresent();
          if (kept.isEmpty() && deleted) {
            next[0] = next[0].withObjects(next[0].objects.without(uid));
          }
        });
    return next[0];
  }

  /** What was wrong in a window, most telling and merged, in the order of onset. */
  public static List<Finding> findings(State state, Window window) {
    return new KubernetesJudgement(window, state.objects, state.troubles).findings();
  }

  private static State seen(State state, KubernetesObject object) {
    Optional<KubernetesEvent> event = KubernetesEvent.of(object);
    if (event.isPresent()) {
      return withEvent(state, event.get());
    }
    if (KubernetesEvent.is(object)) {
      return state;
    }
    if (object.kind().equals("EndpointSlice")) {
      return withSlice(state, object);
    }
    return judged(state.withObjects(state.objects.with(object.uid(), object)), object);
  }

  private static State withEvent(State state, KubernetesEvent event) {
    if (event.last().isBefore(state.from)) {
      return state;
    }
    var about = new TreeMap<>(state.events.get(event.aboutUid()).orElse(Map.of()));
    about.put(event.uid(), event);
    State next = state.withEvents(state.events.with(event.aboutUid(), Map.copyOf(about)));
    return next.objects.get(event.aboutUid()).map(object -> judged(next, object)).orElse(next);
  }

  private static State judged(State state, KubernetesObject object) {
    Optional<Instant> deletion = KubernetesFields.deletionAsked(object);
    if (deletion.isPresent()) {
      return ended(state, object.uid(), KubernetesFields.earlier(deletion.get(), state.now), true);
    }
    return KubernetesWorkloadSigns.isEmptied(object)
        ? ended(state, object.uid(), state.now, true)
        : judged(state, object.uid(), signs(state, object));
  }

  private static List<KubernetesSign> signs(State state, KubernetesObject object) {
    List<KubernetesEvent> events = state.eventsAbout(object);
    return switch (object.kind()) {
      case "Pod" -> KubernetesPodSigns.of(object, events, state.now);
      case "Deployment" -> KubernetesWorkloadSigns.deployment(object, state.now);
      case "ReplicaSet" -> KubernetesWorkloadSigns.replicaSet(object, events, state.now);
      case "StatefulSet" -> KubernetesWorkloadSigns.statefulSet(object, events, state.now);
      case "DaemonSet" -> KubernetesWorkloadSigns.daemonSet(object, events, state.now);
      case "Job" -> KubernetesWorkloadSigns.job(object, events, state.now);
      case "HorizontalPodAutoscaler" -> KubernetesWorkloadSigns.autoscaler(object, state.now);
      case "PersistentVolumeClaim" -> KubernetesWorkloadSigns.claim(object, events, state.now);
      case "Node" -> KubernetesClusterSigns.node(object, state.now);
      default -> KubernetesClusterSigns.conditions(object, state.now);
    };
  }

  /** Opens, prolongs and ends an object's troubles by the signs of its newest version. */
  private static State judged(State state, String uid, List<KubernetesSign> signs) {
    Map<String, KubernetesTrouble> before = state.troubles.get(uid).orElse(Map.of());
    if (signs.isEmpty() && before.isEmpty()) {
      return state;
    }
    var after = new TreeMap<String, KubernetesTrouble>();
    before.forEach((family, trouble) -> after.put(family, trouble.ended(state.now, false)));
    for (KubernetesSign sign : signs) {
      KubernetesTrouble known = before.get(sign.family());
      after.put(
          sign.family(), known == null ? KubernetesTrouble.begin(sign) : known.seenAgain(sign));
    }
    return state.withTroubles(uid, after);
  }

  private static State ended(State state, String uid, Instant at, boolean removed) {
    var after = new TreeMap<String, KubernetesTrouble>();
    state
        .troubles
        .get(uid)
        .orElse(Map.of())
        .forEach((family, trouble) -> after.put(family, trouble.ended(at, removed)));
    return after.isEmpty() ? state : state.withTroubles(uid, after);
  }

  private static State gone(State state, KubernetesObject object) {
    if (KubernetesEvent.is(object)) {
      return KubernetesEvent.of(object).map(event -> withoutEvent(state, event)).orElse(state);
    }
    if (object.kind().equals("EndpointSlice")) {
      return withoutSlice(state, object);
    }
    Instant at = KubernetesFields.deletionAsked(object).orElse(state.now);
    // the object itself stays known: its owner still has to be told from its troubles
    State known = state.withObjects(state.objects.with(object.uid(), object));
    State ended = ended(known, object.uid(), KubernetesFields.earlier(at, state.now), true);
    State pruned = ended.withEvents(ended.events.without(object.uid()));
    return pruned.troubles.get(object.uid()).isPresent()
        ? pruned
        : pruned.withObjects(pruned.objects.without(object.uid()));
  }

  private static State withoutEvent(State state, KubernetesEvent event) {
    var about = new TreeMap<>(state.events.get(event.aboutUid()).orElse(Map.of()));
    about.remove(event.uid());
    return state.withEvents(
        about.isEmpty()
            ? state.events.without(event.aboutUid())
            : state.events.with(event.aboutUid(), Map.copyOf(about)));
  }

  private static State withSlice(State state, KubernetesObject slice) {
    Optional<String> service = slice.text("metadata", "labels", "kubernetes.io/service-name");
    if (service.isEmpty()) {
      return state;
    }
    List<KubernetesObject> all = slice.list("endpoints");
    int ready =
        (int)
            all.stream()
                .filter(endpoint -> !KubernetesFields.is(endpoint, "false", "conditions", "ready"))
                .count();
    String key = key(slice);
    var slices = new TreeMap<>(state.endpoints.get(key).orElse(Map.of()));
    boolean hadReady = slices.values().stream().anyMatch(known -> known.ready > 0);
    slices.put(slice.uid(), new Endpoints(ready, all.size()));
    State next = state.withEndpoints(state.endpoints.with(key, Map.copyOf(slices)));
    int readyNow = slices.values().stream().mapToInt(Endpoints::ready).sum();
    int allNow = slices.values().stream().mapToInt(Endpoints::all).sum();
    boolean inTrouble =
        next.troubles.get(key).orElse(Map.of()).values().stream()
            .anyMatch(trouble -> trouble.until().isEmpty());
    // a service that never had an endpoint is not missing one
    boolean lost = readyNow == 0 && (hadReady || inTrouble || allNow > 0);
    Instant since =
        KubernetesFields.time(
                slice,
                "metadata",
                "annotations",
                "endpoints.kubernetes.io/last-change-trigger-time")
            .orElse(state.now);
    return judged(
        next,
        key,
        lost
            ? List.of(
                KubernetesClusterSigns.noReadyEndpoints(
                    slice.namespace(), service.get(), allNow, since))
            : List.of());
  }

  /** A slice goes with its service; a service that lost its pods keeps an empty one. */
  private static State withoutSlice(State state, KubernetesObject slice) {
    String key = key(slice);
    var slices = new TreeMap<>(state.endpoints.get(key).orElse(Map.of()));
    slices.remove(slice.uid());
    return slices.isEmpty()
        ? ended(state.withEndpoints(state.endpoints.without(key)), key, state.now, true)
        : state.withEndpoints(state.endpoints.with(key, Map.copyOf(slices)));
  }

  /** What an object's troubles are kept under: its uid, or the service a slice belongs to. */
  private static String key(KubernetesObject object) {
    return object.kind().equals("EndpointSlice")
        ? "service "
            + object.namespace()
            + "/"
            + KubernetesFields.textOr(
                object, "", "metadata", "labels", "kubernetes.io/service-name")
        : object.uid();
  }

  private static Step tell(State state, String uid) {
    Map<String, KubernetesTrouble> troubles = state.troubles.get(uid).orElse(Map.of());
    var told = new ArrayList<Finding>();
    var after = new TreeMap<>(troubles);
    troubles.forEach(
        (family, trouble) -> {
          Fact.ObjectState fact = KubernetesJudgement.fact(trouble, trouble.sign().message());
          boolean news =
              !trouble.told()
                  && trouble.endedBy(state.now).isEmpty()
                  && trouble.establishedBy(state.now)
                  && !family.equals(KubernetesWorkloadSigns.ROLLOUT)
                  && !fact.reason().equals(ObjectReason.NODE_GONE.word())
                  && ObjectReason.causeKind(fact).isPresent();
          if (news) {
            told.add(
                new Finding(
                    trouble.sign().entity(), trouble.onset(), trouble.sign().severity(), fact));
            after.put(family, trouble.asTold());
          }
        });
    return told.isEmpty()
        ? new Step(state, List.of())
        : new Step(state.withTroubles(uid, after), told);
  }
}
