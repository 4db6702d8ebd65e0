package io.bridgewatch.engine;

import static io.bridgewatch.testkit.KubernetesSample.object;
import static org.assertj.core.api.Assertions.assertThat;

import io.bridgewatch.engine.RecentObjects.Key;
import io.bridgewatch.model.KubernetesObject;
import io.bridgewatch.model.ObjectKind;
import io.bridgewatch.model.Observation;
import io.bridgewatch.model.WatchEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class RecentObjectsTest {

  private static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");
  private static final ObjectKind PODS = new ObjectKind("", "v1", "pods", "Pod", true);

  private final Map<Key, KubernetesObject> store = new HashMap<>();

  private RecentObjects recent(Duration length, int most) {
    return new RecentObjects(
        length,
        most,
        (resource, namespace, name) ->
            Optional.ofNullable(store.get(new Key(resource, namespace, name))));
  }

  private static KubernetesObject pod(String name, int version) {
    return object(
        """
        {"kind":"Pod","apiVersion":"v1","metadata":{"name":"%s","namespace":"shop",
         "resourceVersion":"%d"}}"""
            .formatted(name, version));
  }

  /** Tells it, and then keeps it as a discovery does. */
  private void tell(
      RecentObjects recent, Instant time, WatchEvent.Type type, KubernetesObject one) {
    recent.take(new Observation.Observed(PODS, new WatchEvent(time, type, one)));
    if (type == WatchEvent.Type.DELETED) {
      store.remove(Key.of(PODS, one));
    } else {
      store.put(Key.of(PODS, one), one);
    }
  }

  private static Map<Key, KubernetesObject> replayed(
      Map<Key, KubernetesObject> store, RecentObjects.Recent recent, boolean toTheEnd) {
    var known = new TreeMap<Key, KubernetesObject>((a, b) -> a.name().compareTo(b.name()));
    known.putAll(store);
    recent
        .base()
        .forEach(
            (key, base) ->
                base.ifPresentOrElse(object -> known.put(key, object), () -> known.remove(key)));
    if (toTheEnd) {
      for (WatchEvent event : recent.events()) {
        Key key = Key.of(PODS, event.object());
        if (event.type() == WatchEvent.Type.DELETED) {
          known.remove(key);
        } else {
          known.put(key, event.object());
        }
      }
    }
    return known;
  }

  @RepeatedTest(20)
  void itTellsHowThingsStoodAtTheBeginningAndWhatBecameOfThem(RepetitionInfo repetition) {
    long seed = repetition.getCurrentRepetition();
    var random = new Random(seed);
    var length = Duration.ofSeconds(60);
    var recent = recent(length, random.nextBoolean() ? 1_000 : 25);
    var states = new TreeMap<Instant, Map<Key, KubernetesObject>>();
    states.put(Instant.MIN, Map.of());
    Instant now = NOON;
    for (int i = 0; i < 300; i++) {
      now = now.plusMillis(1 + random.nextInt(2_000));
      String name = "p" + random.nextInt(12);
      boolean there = store.containsKey(new Key("pods", "shop", name));
      var type =
          !there
              ? WatchEvent.Type.ADDED
              : random.nextInt(4) == 0 ? WatchEvent.Type.DELETED : WatchEvent.Type.MODIFIED;
      tell(recent, now, type, pod(name, i));
      states.put(now, Map.copyOf(store));
      var window = recent.recent(now);
      assertThat(replayed(store, window, true)).as("seed %d, step %d", seed, i).isEqualTo(store);
      assertThat(replayed(store, window, false))
          .as("seed %d, step %d, from %s", seed, i, window.from())
          .isEqualTo(
              window.events().isEmpty()
                  ? store
                  : states.lowerEntry(window.events().getFirst().time()).getValue());
      assertThat(window.from()).isAfterOrEqualTo(now.minus(length));
    }
  }

  @Test
  void whatIsOnlyListedDidNotChange() {
    var recent = recent(Duration.ofMinutes(30), 100);
    store.put(new Key("pods", "shop", "known"), pod("known", 1));
    store.put(new Key("pods", "shop", "other"), pod("other", 1));
    recent.take(new Observation.ListBegan(NOON, PODS));
    for (KubernetesObject one :
        new KubernetesObject[] {pod("known", 1), pod("other", 2), pod("new", 3)}) {
      recent.take(new Observation.Observed(PODS, new WatchEvent(NOON, WatchEvent.Type.ADDED, one)));
    }
    recent.take(new Observation.ListEnded(NOON, PODS));
    var window = recent.recent(NOON);
    assertThat(window.events())
        .containsExactly(new WatchEvent(NOON, WatchEvent.Type.MODIFIED, pod("other", 2)));
    assertThat(window.base()).containsOnlyKeys(new Key("pods", "shop", "other"));
  }

  @Test
  void withMoreEventsThanItHoldsTheWindowBecomesShorterAndSaysSo() {
    var recent = recent(Duration.ofMinutes(30), 10);
    for (int i = 0; i < 25; i++) {
      tell(recent, NOON.plusSeconds(i), WatchEvent.Type.MODIFIED, pod("p", i));
    }
    var window = recent.recent(NOON.plusSeconds(30));
    assertThat(window.events()).hasSize(10);
    assertThat(window.from()).isEqualTo(NOON.plusSeconds(14));
  }
}
