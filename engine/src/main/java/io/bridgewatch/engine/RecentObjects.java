package io.bridgewatch.engine;

import io.bridgewatch.model.KubernetesObject;
import io.bridgewatch.model.ObjectKind;
import io.bridgewatch.model.Observation;
import io.bridgewatch.model.WatchEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What became of a cluster's objects in a window of time that slides along, and what they were at
 * its beginning. Safe for use by several threads.
 *
 * <p>Holds only what changed: of other objects the last known version is as good at the beginning
 * as at the end. At most so many events are kept; beyond that the window becomes shorter, which
 * {@link Recent#from} tells.
 */
final class RecentObjects {

  private final Duration length;
  private final int mostEvents;
  private final Lookup before;

  private final Deque<Heard> heard = new ArrayDeque<>();

  /** Of what changed: what it was at the beginning of the window, and what became of it. */
  private final Map<Key, Course> courses = new HashMap<>();

  private final Set<ObjectKind> listing = new HashSet<>();
  private Instant from = Instant.MIN;

  /** Finds an object as it was before anything that is being told. */
  interface Lookup {
    Optional<KubernetesObject> find(String resource, String namespace, String name);
  }

  /** Which object. */
  record Key(String resource, String namespace, String name) {
    static Key of(ObjectKind kind, KubernetesObject object) {
      return new Key(kind.resource(), object.namespace(), object.name());
    }
  }

  private record Heard(Key key, WatchEvent event) {}

  private static final class Course {
    private Optional<KubernetesObject> base;
    private final Deque<WatchEvent> events = new ArrayDeque<>();

    Course(Optional<KubernetesObject> base) {
      this.base = base;
    }

    Optional<KubernetesObject> last() {
      return events.isEmpty() ? base : left(events.getLast());
    }
  }

  /** What an event leaves of an object. */
  private static Optional<KubernetesObject> left(WatchEvent event) {
    return switch (event.type()) {
      case ADDED, MODIFIED -> Optional.of(event.object());
      case DELETED -> Optional.empty();
    };
  }

  /**
   * A window.
   *
   * @param from since when every event is known
   * @param base of what changed since, the version at that time; empty if there was none
   * @param events since, in the order in which they were heard
   */
  record Recent(Instant from, Map<Key, Optional<KubernetesObject>> base, List<WatchEvent> events) {
    Recent {
      base = Map.copyOf(base);
      events = List.copyOf(events);
    }
  }

  RecentObjects(Duration length, int mostEvents, Lookup before) {
    this.length = length;
    this.mostEvents = mostEvents;
    this.before = before;
  }

  /** Takes what was heard; to be called before the version looked up is replaced. */
  synchronized void take(Observation observation) {
    switch (observation) {
      case Observation.ListBegan began -> listing.add(began.kind());
      case Observation.ListEnded ended -> listing.remove(ended.kind());
      case Observation.Observed one -> observed(one.kind(), one.event());
      case Observation.Traced traced -> {} // these tell of no object
      case Observation.Sampled sampled -> {}
      case Observation.FeedChanged changed -> {}
      case Observation.Audited audited -> {}
      case Observation.Rejected rejected -> {}
    }
  }

  private void observed(ObjectKind kind, WatchEvent event) {
    Key key = Key.of(kind, event.object());
    Course course = courses.get(key);
    Optional<KubernetesObject> known =
        course == null ? before.find(key.resource(), key.namespace(), key.name()) : course.last();
    WatchEvent told = event;
    if (listing.contains(kind)) {
      if (known.isEmpty() || version(known.get()).equals(version(event.object()))) {
        return; // told because everything is, not because it changed
      }
      told = new WatchEvent(event.time(), WatchEvent.Type.MODIFIED, event.object());
    }
    courses.computeIfAbsent(key, k -> new Course(known)).events.add(told);
    heard.add(new Heard(key, told));
    forgetBefore(event.time().minus(length));
    while (heard.size() > mostEvents) {
      from = heard.element().event().time();
      forgetFirst();
    }
  }

  private static String version(KubernetesObject object) {
    return object.text("metadata", "resourceVersion").orElse("");
  }

  private void forgetBefore(Instant time) {
    while (!heard.isEmpty() && heard.element().event().time().isBefore(time)) {
      forgetFirst();
    }
    from = from.isBefore(time) ? time : from;
  }

  /** What it led to is how things were from then on. */
  private void forgetFirst() {
    Key key = heard.remove().key();
    Course course = Objects.requireNonNull(courses.get(key));
    course.base = left(course.events.remove());
    if (course.events.isEmpty()) {
      courses.remove(key); // the last known version tells
    }
  }

  /** What is known of the window that ends now. */
  synchronized Recent recent(Instant now) {
    forgetBefore(now.minus(length));
    var events = new ArrayList<WatchEvent>(heard.size());
    heard.forEach(one -> events.add(one.event()));
    var base = new HashMap<Key, Optional<KubernetesObject>>();
    courses.forEach((key, course) -> base.put(key, course.base));
    return new Recent(from, base, events);
  }
}
