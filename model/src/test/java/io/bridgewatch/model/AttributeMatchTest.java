package io.bridgewatch.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class AttributeMatchTest {

  private static final Attributes POINT = Attributes.of("route", "/pay", "code", "500");
  private static final Attributes RESOURCE = Attributes.of("route", "/other", "pod", "a");

  @Test
  void theFirstSetThatHasTheAttributeCounts() {
    assertThat(AttributeMatch.equal("route", "/pay").matches(POINT, RESOURCE)).isTrue();
    assertThat(AttributeMatch.equal("route", "/other").matches(POINT, RESOURCE)).isFalse();
    assertThat(AttributeMatch.equal("pod", "a").matches(POINT, RESOURCE)).isTrue();
  }

  @Test
  void whatIsAbsentCountsAsEmpty() {
    assertThat(AttributeMatch.equal("zone", "").matches(POINT, RESOURCE)).isTrue();
    assertThat(new AttributeMatch.NoneOf("zone", Set.of("a")).matches(POINT, RESOURCE)).isTrue();
    assertThat(new AttributeMatch.NoneOf("zone", Set.of("")).matches(POINT, RESOURCE)).isFalse();
  }

  @Test
  void anExpressionDescribesTheWholeValue() {
    var fives = new AttributeMatch.Like("code", Pattern.compile("5.."), true);
    var notFives = new AttributeMatch.Like("code", Pattern.compile("5.."), false);
    assertThat(fives.matches(POINT, RESOURCE)).isTrue();
    assertThat(notFives.matches(POINT, RESOURCE)).isFalse();
    assertThat(new AttributeMatch.Like("code", Pattern.compile("5"), true).matches("500"))
        .isFalse();
  }
}
