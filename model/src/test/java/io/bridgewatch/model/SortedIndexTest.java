package io.bridgewatch.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class SortedIndexTest {

  @RepeatedTest(20)
  void itAlwaysReadsLikeAMapThatIsUpdatedInPlace(RepetitionInfo repetition) {
    long seed = repetition.getCurrentRepetition();
    var random = new Random(seed);
    var plain = new TreeMap<Integer, String>();
    var index = SortedIndex.<Integer, String>empty();
    for (int i = 0; i < 2_000; i++) {
      int key = random.nextInt(300);
      if (random.nextInt(3) == 0) {
        plain.remove(key);
        index = index.without(key);
      } else {
        plain.put(key, "v" + i);
        index = index.with(key, "v" + i);
      }
    }
    assertThat(entries(index)).as("seed %d", seed).isEqualTo(new ArrayList<>(plain.entrySet()));
    assertThat(index.size()).isEqualTo(plain.size());
    int from = random.nextInt(300);
    var tail = new ArrayList<Map.Entry<Integer, String>>();
    index.entriesFrom(from).forEachRemaining(e -> tail.add(Map.entry(e.getKey(), e.getValue())));
    assertThat(tail).isEqualTo(new ArrayList<>(plain.tailMap(from, true).entrySet()));
  }

  @RepeatedTest(20)
  void manyUpdatesAtOnceReadLikeOneByOne(RepetitionInfo repetition) {
    long seed = repetition.getCurrentRepetition();
    var random = new Random(seed);
    var plain = new TreeMap<Integer, String>();
    var index = SortedIndex.<Integer, String>empty();
    for (int round = 0; round < 60; round++) {
      var updates = new TreeMap<Integer, Optional<String>>();
      int base = random.nextInt(2_000); // they come in clusters, which unbalances a tree most
      int spread = 1 + random.nextInt(2_000);
      int removed = random.nextInt(4);
      for (int i = random.nextInt(400); i > 0; i--) {
        updates.put(
            base + random.nextInt(spread),
            random.nextInt(4) < removed ? Optional.empty() : Optional.of(round + "." + i));
      }
      updates.forEach(
          (key, value) ->
              value.ifPresentOrElse(text -> plain.put(key, text), () -> plain.remove(key)));
      index = index.with(updates);
      assertThat(entries(index))
          .as("seed %d, round %d", seed, round)
          .isEqualTo(new ArrayList<>(plain.entrySet()));
      assertThat(index.size()).isEqualTo(plain.size());
      assertThat(index.isBalanced()).as("balance, seed %d, round %d", seed, round).isTrue();
    }
  }

  @RepeatedTest(20)
  void ranksAndLookUpsInARowReadLikeASortedMap(RepetitionInfo repetition) {
    long seed = repetition.getCurrentRepetition();
    var random = new Random(seed);
    var plain = new TreeMap<Integer, String>();
    var index = SortedIndex.<Integer, String>empty();
    for (int i = 0; i < random.nextInt(400); i++) {
      int key = random.nextInt(1_000);
      plain.put(key, "v" + i);
      index = index.with(key, "v" + i);
    }
    var values = new ArrayList<>(plain.values());
    var reader = index.reader();
    int key = 0;
    for (int i = 0; i < 300; i++) {
      // mostly a little onward, now and then far away
      key = random.nextInt(10) == 0 ? random.nextInt(1_000) : key + random.nextInt(6);
      assertThat(index.rank(key)).as("seed %d", seed).isEqualTo(plain.headMap(key).size());
      assertThat(reader.get(key)).as("seed %d", seed).isEqualTo(index.get(key));
      int from = random.nextInt(values.size() + 1);
      int to = random.nextInt(values.size() + 1);
      var read = new ArrayList<String>();
      index.forEachBlock(
          from,
          to,
          1 + random.nextInt(40),
          new SortedIndex.BlockReader<>() {
            @Override
            public void block(SortedIndex.Block<String> block) {
              String[] values = block.derived(String[].class, all -> all.toArray(new String[0]));
              assertThat(values).hasSize(block.size());
              assertThat(block.derived(String[].class, all -> new String[0])).isSameAs(values);
              read.addAll(List.of(values));
            }

            @Override
            public void value(String value) {
              read.add(value);
            }
          });
      assertThat(read)
          .as("seed %d, %d to %d", seed, from, to)
          .isEqualTo(from < to ? values.subList(from, to) : List.of());
    }
  }

  @Test
  void olderVersionsStayAsTheyWere() {
    var first = SortedIndex.<String, Integer>empty().with("a", 1).with("b", 2);
    var second = first.with("a", 9).without("b").with("c", 3);
    assertThat(entries(first)).containsExactly(Map.entry("a", 1), Map.entry("b", 2));
    assertThat(entries(second)).containsExactly(Map.entry("a", 9), Map.entry("c", 3));
  }

  @Test
  void keysInRisingOrderDoNotMakeItDeep() {
    var index = SortedIndex.<Integer, Integer>empty();
    for (int i = 0; i < 200_000; i++) {
      index = index.with(i, i);
    }
    for (int i = 0; i < 199_990; i++) {
      index = index.without(i); // a tree as deep as a list would end in a StackOverflowError
    }
    assertThat(index.keys())
        .containsExactly(
            199_990, 199_991, 199_992, 199_993, 199_994, 199_995, 199_996, 199_997, 199_998,
            199_999);
  }

  @Test
  void builtAtOnceItEqualsWhatIsBuiltOneByOne() {
    var values = List.of(1, 2, 3, 5, 8, 13);
    var oneByOne = SortedIndex.<Integer, Integer>empty();
    for (int value : values) {
      oneByOne = oneByOne.with(value, value);
    }
    var atOnce = SortedIndex.<Integer, Integer>ofSorted(values, v -> v);
    assertThat(atOnce).isEqualTo(oneByOne).hasSameHashCodeAs(oneByOne);
    assertThat(atOnce.with(4, 4).without(4)).isEqualTo(oneByOne);
  }

  @Test
  void valuesOutOfOrderAreRefused() {
    assertThatThrownBy(() -> SortedIndex.<Integer, Integer>ofSorted(List.of(1, 3, 3), v -> v))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("3 comes before 3");
  }

  private static <K extends Comparable<K>, V> List<Map.Entry<K, V>> entries(
      SortedIndex<K, V> index) {
    var all = new ArrayList<Map.Entry<K, V>>();
    index.entries().forEachRemaining(e -> all.add(Map.entry(e.getKey(), e.getValue())));
    return all;
  }
}
