package io.bridgewatch.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class AttributesTest {

  @Test
  void theOrderInWhichTheyWereGivenDoesNotMatter() {
    var one = new LinkedHashMap<String, String>();
    one.put("b", "2");
    one.put("a", "1");
    var other = new LinkedHashMap<String, String>();
    other.put("a", "1");
    other.put("b", "2");
    assertThat(Attributes.of(one))
        .isEqualTo(Attributes.of(other))
        .hasSameHashCodeAs(Attributes.of(other));
    assertThat(Attributes.of(one)).hasToString("{a=1, b=2}");
  }

  @Test
  void changingTheMapLaterChangesNothing() {
    var given = new HashMap<>(Map.of("a", "1"));
    var attributes = Attributes.of(given);
    given.put("a", "2");
    assertThat(attributes.getOr("a", "")).isEqualTo("1");
    assertThatThrownBy(() -> attributes.asMap().put("b", "2"))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void theOthersValueWins() {
    var merged = Attributes.of("a", "1", "b", "2").with(Attributes.of("b", "3", "c", "4"));
    assertThat(merged.asMap())
        .containsExactly(Map.entry("a", "1"), Map.entry("b", "3"), Map.entry("c", "4"));
  }

  @Test
  void takingTheLastNameAwayLeavesNone() {
    assertThat(Attributes.of("a", "1").without("a")).isEqualTo(Attributes.none());
    assertThat(Attributes.of("a", "1").without("b")).isEqualTo(Attributes.of("a", "1"));
  }

  @Test
  void aPrefixComesFirst() {
    assertThat(Attributes.of("a", "1")).isLessThan(Attributes.of("a", "1", "b", "2"));
    assertThat(Attributes.none()).isLessThan(Attributes.of("a", "1"));
  }

  @RepeatedTest(50)
  void theOrderIsTotalAndAgreesWithEquality(RepetitionInfo repetition) {
    long seed = repetition.getCurrentRepetition();
    var random = new SplittableRandom(seed);
    var a = any(random);
    var b = any(random);
    var c = any(random);
    assertThat(a.compareTo(b) == 0).as("seed %d", seed).isEqualTo(a.equals(b));
    assertThat(Integer.signum(a.compareTo(b)))
        .as("seed %d", seed)
        .isEqualTo(-Integer.signum(b.compareTo(a)));
    if (a.compareTo(b) <= 0 && b.compareTo(c) <= 0) {
      assertThat(a.compareTo(c)).as("seed %d", seed).isLessThanOrEqualTo(0);
    }
  }

  private static Attributes any(SplittableRandom random) {
    var values = new HashMap<String, String>();
    for (int i = random.nextInt(3); i > 0; i--) {
      values.put("n" + random.nextInt(3), "v" + random.nextInt(2));
    }
    return Attributes.of(values);
  }
}
