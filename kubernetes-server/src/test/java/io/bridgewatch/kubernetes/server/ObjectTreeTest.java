package io.bridgewatch.kubernetes.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ObjectTreeTest {
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void itIsASortedMapWhoseOldVersionsStay(long seed) {
    var random = new SplittableRandom(seed);
    var expected = new TreeMap<String, Long>();
    var tree = ObjectTree.EMPTY;
    var keptTree = tree;
    List<Long> kept = List.of();
    for (var step = 1; step <= 4000; step++) {
      var key = "ns-" + random.nextInt(5) + "/pod-" + random.nextInt(300);
      if (random.nextInt(3) == 0) {
        expected.remove(key);
        tree = tree.without(key);
      } else {
        expected.put(key, (long) step);
        tree = tree.with(object(key, step));
      }
      if (step == 2000) {
        keptTree = tree;
        kept = List.copyOf(expected.values());
      }
    }

    assertThat(versions(tree, "")).isEqualTo(List.copyOf(expected.values()));
    assertThat(versions(tree, "ns-3/")).isEqualTo(List.copyOf(expected.tailMap("ns-3/").values()));
    assertThat(tree.size()).isEqualTo(expected.size());
    assertThat(tree.rank("ns-3/pod-1")).isEqualTo(expected.headMap("ns-3/pod-1").size());
    assertThat(versions(keptTree, "")).isEqualTo(kept);
  }

  private static StoredObject object(String key, long version) {
    return new StoredObject(key, version, new byte[0], 0, Map.of(), Map.of());
  }

  private static List<Long> versions(ObjectTree tree, String from) {
    var versions = new ArrayList<Long>();
    tree.from(from).forEachRemaining(object -> versions.add(object.version()));
    return versions;
  }
}
