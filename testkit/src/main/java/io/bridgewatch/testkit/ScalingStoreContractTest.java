package io.bridgewatch.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.bridgewatch.ports.ScalingStore;
import io.bridgewatch.ports.ScalingStore.Memory;
import io.bridgewatch.ports.ScalingStore.Note;
import io.bridgewatch.ports.ScalingStore.NoteKind;
import io.bridgewatch.ports.ScalingStore.NoteQuery;
import io.bridgewatch.ports.ScalingStore.Plan;
import io.bridgewatch.ports.ScalingStore.Policy;
import io.bridgewatch.ports.ScalingStore.Query;
import io.bridgewatch.ports.ScalingStore.State;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every {@link ScalingStore} does. */
public abstract class ScalingStoreContractTest {

  private static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");
  private static final Query ALL =
      new Query(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), 10);

  /** An empty store. */
  protected abstract ScalingStore scaling();

  private static Policy policy(String cluster, String name, String document) {
    return new Policy(cluster, "shop", name, document, "wang", NOON, NOON.minusSeconds(60));
  }

  private static Plan plan(String id, String policy, State state) {
    return new Plan(
        id, "east", "shop", policy, state, "li", NOON, Optional.empty(), Optional.empty(), "{}");
  }

  @Test
  void aPolicyIsWhatItWasSetToLast() {
    var store = scaling();
    store.put(policy("west", "cart", "{}"));
    store.put(policy("east", "pay", "{}"));
    store.put(policy("east", "cart", "{\"a\": \"门槛\"}"));
    store.put(policy("east", "cart", "{\"a\": 2}"));
    assertThat(store.policies())
        .containsExactly(
            policy("east", "cart", "{\"a\": 2}"),
            policy("east", "pay", "{}"),
            policy("west", "cart", "{}"));
    assertThat(store.policy("east", "shop", "cart")).contains(policy("east", "cart", "{\"a\": 2}"));
    assertThat(store.policy("east", "other", "cart")).isEmpty();
    assertThat(store.removePolicy("east", "shop", "cart")).isTrue();
    assertThat(store.removePolicy("east", "shop", "cart")).isFalse();
    assertThat(store.policy("east", "shop", "cart")).isEmpty();
    assertThat(store.policies()).hasSize(2);
  }

  @Test
  void plansAreFoundNewestFirst() {
    var store = scaling();
    store.add(plan("a", "cart", State.PLANNED));
    store.add(plan("b", "pay", State.CONFLICTED));
    store.add(plan("c", "cart", State.CANCELLED));
    assertThat(store.plans(ALL)).extracting(Plan::id).containsExactly("c", "b", "a");
    assertThat(
            store.plans(
                new Query(
                    Optional.of("east"),
                    Optional.of("shop"),
                    Optional.of("cart"),
                    Optional.empty(),
                    1)))
        .extracting(Plan::id)
        .containsExactly("c");
    assertThat(
            store.plans(
                new Query(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(State.CONFLICTED),
                    10)))
        .extracting(Plan::id)
        .containsExactly("b");
    assertThat(store.plan("a")).contains(plan("a", "cart", State.PLANNED));
    assertThat(store.plan("none")).isEmpty();
  }

  private static Note note(NoteKind kind, String workload, int second, String document) {
    return new Note(kind, "east", "shop", workload, NOON.plusSeconds(second), document);
  }

  private static NoteQuery ofKind(NoteKind kind, int most) {
    return new NoteQuery(
        kind, Optional.empty(), Optional.empty(), Optional.empty(), NOON, Instant.MAX, most);
  }

  @Test
  void notesAreFoundNewestFirstAndReplacedByTime() {
    var store = scaling();
    store.keep(note(NoteKind.LEARNED, "Deployment/cart", 1, "{\"a\": 1}"));
    store.keep(note(NoteKind.LEARNED, "Deployment/cart", 1, "{\"a\": 2}"));
    store.keep(note(NoteKind.LEARNED, "Deployment/pay", 2, "{}"));
    store.keep(note(NoteKind.SHADOW, "Deployment/cart", 3, "{}"));
    assertThat(store.notes(ofKind(NoteKind.LEARNED, 10)))
        .containsExactly(
            note(NoteKind.LEARNED, "Deployment/pay", 2, "{}"),
            note(NoteKind.LEARNED, "Deployment/cart", 1, "{\"a\": 2}"));
    assertThat(store.notes(ofKind(NoteKind.LEARNED, 1)))
        .extracting(Note::workload)
        .containsExactly("Deployment/pay");
    var cart =
        new NoteQuery(
            NoteKind.LEARNED,
            Optional.of("east"),
            Optional.of("shop"),
            Optional.of("Deployment/cart"),
            NOON,
            NOON.plusSeconds(1),
            10);
    assertThat(store.notes(cart)).as("to is exclusive").isEmpty();
    assertThat(store.forget(cart)).isZero();
    assertThat(store.forget(ofKind(NoteKind.LEARNED, 1))).isEqualTo(2);
    assertThat(store.notes(ofKind(NoteKind.LEARNED, 10))).isEmpty();
    assertThat(store.notes(ofKind(NoteKind.SHADOW, 10))).hasSize(1);
  }

  private static Memory memory(String cluster, String workload, int second, String document) {
    return new Memory(cluster, "shop", workload, NOON.plusSeconds(second), document);
  }

  @Test
  void aMemoryIsTheLastOfItsWorkloadAndIsForgottenByAge() {
    var store = scaling();
    assertThat(store.memory("east", "shop", "Deployment/cart")).isEmpty();
    store.remember(memory("east", "Deployment/cart", 1, "{\"a\": 1}"));
    store.remember(memory("east", "Deployment/cart", 4, "{\"a\": 2}"));
    store.remember(memory("east", "Deployment/pay", 2, "{}"));
    store.remember(memory("west", "Deployment/cart", 3, "{}"));
    assertThat(store.memory("east", "shop", "Deployment/cart"))
        .contains(memory("east", "Deployment/cart", 4, "{\"a\": 2}"));
    assertThat(store.memory("east", "other", "Deployment/cart")).isEmpty();
    assertThat(store.forgetMemories(NOON.plusSeconds(4))).as("before is exclusive").isEqualTo(2);
    assertThat(store.memory("west", "shop", "Deployment/cart")).isEmpty();
    assertThat(store.memory("east", "shop", "Deployment/cart")).isPresent();
  }

  @Test
  void aPlanIsTakenOnFromItsStateOnce() {
    var store = scaling();
    store.add(plan("a", "cart", State.PLANNED));
    var applying =
        new Plan(
            "a",
            "east",
            "shop",
            "cart",
            State.APPLYING,
            "li",
            NOON,
            Optional.of("wang"),
            Optional.of(NOON.plusSeconds(5)),
            "{\"b\": 1}");
    assertThat(store.replace(applying, State.PLANNED)).isTrue();
    assertThat(store.replace(applying, State.PLANNED)).isFalse();
    assertThat(store.plan("a")).contains(applying);
  }
}
