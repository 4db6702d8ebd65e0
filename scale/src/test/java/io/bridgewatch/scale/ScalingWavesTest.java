package io.bridgewatch.scale;

import static org.assertj.core.api.Assertions.assertThat;

import io.bridgewatch.scale.ScalingWaves.Candidate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ScalingWavesTest {

  private static Candidate candidate(
      String name, String platform, long cpu, double start, int replicas, int score) {
    return new Candidate(
        new ScaleTarget("apps/v1", "Deployment", "shop", name),
        platform,
        List.of("cpu"),
        cpu,
        start,
        replicas,
        score);
  }

  @Test
  void thePilotIsTheReadiestWithTheLeastAtStake() {
    var groups =
        ScalingWaves.of(
                List.of(
                    candidate("large", "java", 500, 60, 40, 100),
                    candidate("small", "java", 500, 60, 3, 100),
                    candidate("poor", "java", 500, 60, 1, 80)))
            .groups();
    assertThat(groups).hasSize(1);
    assertThat(groups.getFirst().pilot().target().name()).isEqualTo("small");
    assertThat(groups.getFirst().waves())
        .extracting(wave -> wave.stream().map(one -> one.target().name()).toList())
        .containsExactly(List.of("large"), List.of("poor"));
  }

  @Test
  void wavesGrowAndHoldEveryWorkloadOnce() {
    var all = new ArrayList<Candidate>();
    for (int i = 0; i < 41; i++) {
      all.add(candidate("w%02d".formatted(i), "java", 500, 60, 2, 100));
    }
    Collections.shuffle(all, new Random(3));
    var group = ScalingWaves.of(all).groups().getFirst();
    assertThat(group.waves()).extracting(List::size).containsExactly(4, 12, 24);
    var seen = new HashSet<Candidate>(List.of(group.pilot()));
    group.waves().forEach(seen::addAll);
    assertThat(seen).hasSize(41);
    assertThat(group.pilot().target().name()).as("whatever the order").isEqualTo("w00");
  }

  @Test
  void whatDiffersByMoreThanTwiceIsNotSimilar() {
    var groups =
        ScalingWaves.of(
                List.of(
                    candidate("a", "java", 500, 60, 2, 100),
                    candidate("b", "java", 1000, 60, 2, 100),
                    candidate("c", "java", 1001, 60, 2, 100),
                    candidate("d", "java", 500, 130, 2, 100),
                    candidate("e", "go", 500, 60, 2, 100),
                    candidate("f", "java", 0, 60, 2, 100)))
            .groups();
    assertThat(groups)
        .extracting(group -> group.pilot().target().name())
        .containsExactly("e", "f", "a", "d", "c");
  }
}
