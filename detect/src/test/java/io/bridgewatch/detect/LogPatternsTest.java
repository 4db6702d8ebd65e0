package io.bridgewatch.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bridgewatch.model.AttributeNames;
import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.LogRecord;
import io.bridgewatch.model.Severity;
import io.bridgewatch.numerics.LogTemplates;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class LogPatternsTest {

  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final LogPatterns.Settings SMALL =
      new LogPatterns.Settings(0.7, 50, 3, Duration.ofMinutes(1), 5);

  private final LogPatterns patterns =
      LogPatterns.restored(LogPatterns.Settings.DEFAULTS, LogPatterns.State.EMPTY);

  private static LogRecord line(long second, Severity severity, String service, String body) {
    return new LogRecord(
        NOON.plusSeconds(second).toEpochMilli() * 1_000_000,
        severity,
        body,
        "",
        "",
        Attributes.of(AttributeNames.SERVICE, service),
        Attributes.none());
  }

  @Test
  void linesAreCountedByStatementSourceSeverityAndStep() {
    assertThat(patterns.add(line(0, Severity.INFO, "cart", "order 17 paid"))).isTrue();
    assertThat(patterns.add(line(61, Severity.ERROR, "cart", "order 18 paid"))).isFalse();
    assertThat(patterns.add(line(62, Severity.INFO, "cart", "order 19 paid"))).isFalse();
    assertThat(patterns.add(line(5, Severity.INFO, "stock", "order 20 paid"))).isTrue();
    var cart = patterns.patterns().getFirst();
    assertThat(cart)
        .isEqualTo(
            new LogPatterns.Pattern(
                "cart", 0, "order <*> paid", NOON, NOON.plusSeconds(62), 3, "order 17 paid"));
    assertThat(patterns.counts(cart, Severity.INFO, NOON, 3)).containsExactly(1, 1, 0);
    assertThat(patterns.counts(cart, Severity.ERROR, NOON.plusSeconds(59), 2))
        .containsExactly(0, 1);
  }

  @Test
  void statementsAreFirstSeenByTheRecordsOwnTime() {
    patterns.add(line(100, Severity.INFO, "cart", "ready"));
    patterns.add(line(300, Severity.INFO, "cart", "connection to 10.0.0.7 refused"));
    patterns.add(line(50, Severity.INFO, "cart", "ready"));
    assertThat(patterns.firstSeenSince(NOON.plusSeconds(60)))
        .extracting(LogPatterns.Pattern::text)
        .containsExactly("connection to <*> refused");
    assertThat(patterns.firstSeenSince(NOON)).hasSize(2);
  }

  @Test
  void lateAndFarAwayLinesSpoilNoOtherCounts() {
    var few = LogPatterns.restored(SMALL, LogPatterns.State.EMPTY);
    few.add(line(600, Severity.INFO, "cart", "ready"));
    few.add(line(0, Severity.INFO, "cart", "ready"));
    few.add(line(60L * 60 * 24 * 365 + 60, Severity.INFO, "cart", "ready"));
    var ready = few.patterns().getFirst();
    assertThat(ready.lines()).isEqualTo(3);
    assertThat(few.counts(ready, Severity.INFO, NOON.plusSeconds(600), 1)).containsExactly(1);
    assertThat(few.counts(ready, Severity.INFO, NOON, 1)).containsExactly(0);
  }

  @Test
  void beyondTheLimitLinesAreCountedTogether() {
    var few = LogPatterns.restored(SMALL, LogPatterns.State.EMPTY);
    for (String service : List.of("a", "b", "c", "d", "e")) {
      few.add(line(0, Severity.INFO, service, "ready"));
    }
    var others =
        few.patterns().stream().filter(one -> one.template() == LogTemplates.OTHER).toList();
    assertThat(others)
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.lines()).isEqualTo(2);
              assertThat(one.text()).isEqualTo("<*>");
            });
  }

  @RepeatedTest(10)
  void restoringAtAnyMomentChangesNothing(RepetitionInfo repetition) {
    long seed = repetition.getCurrentRepetition();
    var random = new SplittableRandom(seed);
    var one = LogPatterns.restored(SMALL, LogPatterns.State.EMPTY);
    var other = LogPatterns.restored(SMALL, LogPatterns.State.EMPTY);
    var bodies = List.of("order %d paid", "retry %d of 5", "at Orders.java:41", "", "支付 %d 失败");
    for (int i = 0; i < 200; i++) {
      if (random.nextInt(15) == 0) {
        other = LogPatterns.restored(SMALL, other.state());
      }
      var log =
          line(
              i * 7L - random.nextInt(500),
              Severity.values()[random.nextInt(Severity.values().length)],
              "s" + random.nextInt(2),
              bodies.get(random.nextInt(bodies.size())).replace("%d", "" + random.nextInt(99)));
      assertThat(other.add(log)).as("seed %d", seed).isEqualTo(one.add(log));
    }
    assertThat(other.state()).as("seed %d", seed).isEqualTo(one.state());
  }

  @Test
  void settingsThatMakeNoSenseAreRefused() {
    assertThatThrownBy(() -> new LogPatterns.Settings(0.7, 0, 1, Duration.ofMinutes(1), 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("0 templates");
  }
}
