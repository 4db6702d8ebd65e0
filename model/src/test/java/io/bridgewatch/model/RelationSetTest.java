package io.bridgewatch.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class RelationSetTest {

  private static Relation toNode(int number) {
    return new Relation(
        EntityRef.service("shop"), RelationType.RUNS_ON, EntityRef.node("n%03d".formatted(number)));
  }

  @RepeatedTest(20)
  void fewOrManyItReadsLikeASortedSet(RepetitionInfo repetition) {
    long seed = repetition.getCurrentRepetition();
    var random = new Random(seed);
    var plain = new TreeSet<Relation>();
    Optional<RelationSet> set = Optional.empty();
    for (int i = 0; i < 3_000; i++) {
      var relation = toNode(random.nextInt(100));
      if (random.nextInt(1_000) < 300 + 400 * (i / 1_000 % 2)) { // grows, shrinks, grows
        plain.remove(relation);
        set = set.flatMap(known -> known.without(relation));
      } else {
        plain.add(relation);
        set =
            Optional.of(
                set.map(known -> known.with(relation)).orElseGet(() -> RelationSet.of(relation)));
      }
      assertThat(set.isEmpty()).as("seed %d", seed).isEqualTo(plain.isEmpty());
      if (i % 50 == 0 && set.isPresent()) {
        assertThat(List.copyOf(set.get().all()))
            .as("seed %d, step %d", seed, i)
            .isEqualTo(List.copyOf(plain));
        assertThat(set.get().first()).isEqualTo(plain.first());
      }
    }
  }

  @Test
  void anUpdateLeavesTheSetAsItWas() {
    var one = RelationSet.of(toNode(1));
    var two = one.with(toNode(2));
    assertThat(one.all()).containsExactly(toNode(1));
    assertThat(two.without(toNode(1)).orElseThrow().all()).containsExactly(toNode(2));
    assertThat(two.all()).containsExactly(toNode(1), toNode(2));
    assertThat(one.without(toNode(1))).isEmpty();
  }

  @Test
  void relationsOutOfOrderAreRefused() {
    assertThatThrownBy(() -> RelationSet.ofSorted(List.of(toNode(2), toNode(1))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("comes before");
    assertThatThrownBy(() -> RelationSet.ofSorted(List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
