package io.bridgewatch.drill.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.bridgewatch.drill.runtime.ContainerRuntime.Exit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class DeterminismTest {

  @Test
  void theSameSeedGivesTheSameObjects() {
    assertThat(stream(11)).isEqualTo(stream(11));
  }

  @Test
  void anotherSeedGivesOtherNames() {
    var one = names(stream(11));
    var other = names(stream(12));
    assertThat(one).isNotEqualTo(other);
  }

  private static Set<String> names(List<String> stream) {
    return stream.stream().filter(line -> line.contains("Pod")).collect(Collectors.toSet());
  }

  /** Everything that happens to objects in ten troubled minutes. */
  private static List<String> stream(long seed) {
    var changes = new ArrayList<String>();
    try (var trial = new Trial(seed, plan -> plan)) {
      trial
          .cluster
          .server()
          .listen(change -> changes.add(change.type() + " " + Trees.json(change.object())));
      trial.runtime.of("pay:2").ends = Optional.of(new Exit(1, "Error", ""));
      trial.setImage("pay", "pay:2");
      trial.run(120);
      trial.machine("node-b").isUp = false;
      trial.run(480);
    }
    return changes;
  }
}
