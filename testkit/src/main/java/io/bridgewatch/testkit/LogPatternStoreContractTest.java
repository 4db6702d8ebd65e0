package io.bridgewatch.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.bridgewatch.model.AttributeNames;
import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.LogPattern;
import io.bridgewatch.model.Severity;
import io.bridgewatch.ports.LogPatternStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What every {@link LogPatternStore} does. */
public abstract class LogPatternStoreContractTest {

  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  /** An empty store. */
  protected abstract LogPatternStore patterns();

  private static LogPattern pattern(String id, String text, long lines) {
    var source =
        Attributes.of(Map.of(AttributeNames.NAMESPACE, "shop", AttributeNames.DEPLOYMENT, "cart"));
    return new LogPattern(
        id,
        source,
        text,
        Severity.ERROR,
        NOON.minusNanos(1),
        NOON.plusNanos(1),
        lines,
        List.of(
            new LogPattern.Sample(
                NOON,
                Severity.WARN,
                text.replace("<*>", "17"),
                source.with(AttributeNames.POD, "cart-1")),
            new LogPattern.Sample(NOON, Severity.UNSPECIFIED, "", Attributes.none())));
  }

  @Test
  void whatWasPutIsToldInTheOrderOfItsIds() {
    var store = patterns();
    assertThat(store.all()).isEmpty();
    store.put(List.of(pattern("b", "订单 <*> 失败 \uD83D\uDE00", 1), pattern("a", "", 2)));
    store.put(List.of());
    assertThat(store.all())
        .containsExactly(pattern("a", "", 2), pattern("b", "订单 <*> 失败 \uD83D\uDE00", 1));
  }

  @Test
  void theLastVersionOfAPatternCounts() {
    var store = patterns();
    store.put(List.of(pattern("a", "order 17 paid", 1), pattern("b", "ready", 1)));
    store.put(List.of(pattern("a", "order <*> paid", Long.MAX_VALUE)));
    assertThat(store.all())
        .containsExactly(pattern("a", "order <*> paid", Long.MAX_VALUE), pattern("b", "ready", 1));
  }

  @Test
  void removingTouchesNoOther() {
    var store = patterns();
    store.put(List.of(pattern("a", "x", 1), pattern("ab", "x", 1), pattern("b", "x", 1)));
    store.remove(List.of("a", "b", "unknown"));
    store.remove(List.of());
    assertThat(store.all()).containsExactly(pattern("ab", "x", 1));
  }

  @Test
  void thousandsOfLongPatternsAreKept() {
    var store = patterns();
    var many = new ArrayList<LogPattern>();
    for (int i = 0; i < 3_000; i++) {
      many.add(pattern("%05d".formatted(i), "word ".repeat(200) + i, i));
    }
    store.put(many);
    assertThat(store.all()).isEqualTo(many);
  }
}
