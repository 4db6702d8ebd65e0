package io.bridgewatch.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bridgewatch.detect.LogPatterns.Seen;
import io.bridgewatch.model.AttributeNames;
import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.LogPattern;
import io.bridgewatch.model.LogRecord;
import io.bridgewatch.model.Severity;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class LogPatternsTest {

  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final LogPatterns.Settings SMALL = new LogPatterns.Settings(0.7, 3, 2, 5, 2);
  private static final Attributes CART = Attributes.of(AttributeNames.SERVICE, "cart");
  private static final Attributes STOCK = Attributes.of(AttributeNames.SERVICE, "stock");

  private final LogPatterns patterns = new LogPatterns(LogPatterns.Settings.DEFAULTS);
  private final LogPatterns few = new LogPatterns(SMALL);

  private static LogRecord line(long second, Severity severity, String body) {
    return new LogRecord(
        NOON.plusSeconds(second).toEpochMilli() * 1_000_000,
        severity,
        body,
        "",
        "",
        CART.with(AttributeNames.POD, "cart-1"),
        Attributes.none());
  }

  private static LogRecord info(String body) {
    return line(0, Severity.INFO, body);
  }

  @Test
  void linesOfOneStatementAreOnePatternOfTheirSource() {
    Seen first = patterns.add(CART, line(0, Severity.INFO, "order 17 paid"));
    assertThat(first.isNew()).isTrue();
    assertThat(patterns.add(CART, line(62, Severity.ERROR, "order 18 paid")))
        .isEqualTo(new Seen(first.id(), false));
    assertThat(patterns.add(CART, line(-5, Severity.INFO, "order 18 paid")))
        .isEqualTo(new Seen(first.id(), false));
    Seen other = patterns.add(STOCK, info("order 20 paid"));
    assertThat(other.isNew()).isTrue();
    assertThat(other.id()).isNotEqualTo(first.id());
    var pod = CART.with(AttributeNames.POD, "cart-1");
    assertThat(patterns.pattern(first.id()))
        .contains(
            new LogPattern(
                first.id(),
                CART,
                "order <*> paid",
                Severity.ERROR,
                NOON.minusSeconds(5),
                NOON.plusSeconds(62),
                3,
                List.of(
                    new LogPattern.Sample(NOON, Severity.INFO, "order 17 paid", pod),
                    new LogPattern.Sample(
                        NOON.plusSeconds(62), Severity.ERROR, "order 18 paid", pod))));
    assertThat(patterns.size()).isEqualTo(2);
    assertThat(patterns.sources()).isEqualTo(2);
  }

  @Test
  void theSameLinesGiveTheSameIds() {
    var again = new LogPatterns(LogPatterns.Settings.DEFAULTS);
    again.add(STOCK, info("other"));
    assertThat(again.add(CART, info("order 17 paid")).id())
        .isEqualTo(patterns.add(CART, info("order 99 paid")).id());
  }

  @Test
  void anIdStaysWhenItsTextWidens() {
    Seen first = patterns.add(CART, info("sent the monthly mail to alice via relay one"));
    assertThat(patterns.add(CART, info("sent the monthly mail to bob via relay one")).id())
        .isEqualTo(first.id());
    assertThat(patterns.pattern(first.id()).orElseThrow().text())
        .isEqualTo("sent the monthly mail to <*> via relay one");
  }

  @Test
  void whereThereIsNoRoomKnownPatternsAreCountedStill() {
    assertThat(few.add(CART, info("alpha")).isNew()).isTrue();
    assertThat(few.add(CART, info("beta")).isNew()).isTrue();
    assertThat(few.add(CART, info("gamma")).isNew()).isTrue();
    assertThat(few.add(CART, info("delta"))).as("three of a source").isEqualTo(Seen.NO_ROOM);
    assertThat(few.add(STOCK, info("alpha")).isNew()).isTrue();
    assertThat(few.add(Attributes.none(), info("alpha"))).as("two sources").isEqualTo(Seen.NO_ROOM);
    assertThat(few.add(STOCK, info("beta")).isNew()).isTrue();
    assertThat(few.add(STOCK, info("gamma"))).as("five in all").isEqualTo(Seen.NO_ROOM);
    assertThat(few.add(STOCK, info("beta")).id()).isNotEmpty();
    assertThat(few.pattern(few.add(CART, info("gamma")).id()).orElseThrow().lines()).isEqualTo(2);
  }

  @Test
  void samplesAreBoundedAndDiffer() {
    for (int i = 0; i < 5; i++) {
      few.add(CART, info("order 1 paid"));
    }
    few.add(CART, info("order 2 paid"));
    few.add(CART, info("order 3 paid"));
    few.add(CART, info("x".repeat(10_000)));
    assertThat(few.patterns())
        .flatExtracting(LogPattern::samples)
        .extracting(LogPattern.Sample::body)
        .containsExactlyInAnyOrder(
            "order 1 paid", "order 2 paid", "x".repeat(LogPatterns.LONGEST_SAMPLE));
  }

  @Test
  void whatNobodyWritesIsForgottenAndMakesRoom() {
    String alpha = few.add(CART, line(0, Severity.INFO, "alpha")).id();
    String beta = few.add(CART, line(100, Severity.INFO, "beta")).id();
    String old = few.add(STOCK, line(0, Severity.INFO, "alpha")).id();
    assertThat(few.forgetBefore(NOON.plusSeconds(50))).containsExactlyInAnyOrder(alpha, old);
    assertThat(few.patterns()).extracting(LogPattern::id).containsExactly(beta);
    assertThat(few.add(CART, info("beta"))).isEqualTo(new Seen(beta, false));
    assertThat(few.add(Attributes.none(), info("alpha")).isNew()).isTrue();
    assertThat(few.add(CART, info("alpha"))).isEqualTo(new Seen(alpha, true));
    assertThat(few.forgetBefore(Instant.MIN)).isEmpty();
  }

  @Test
  void restoredWithLessRoomThoseSeenLastStay() {
    var many = new LogPatterns(LogPatterns.Settings.DEFAULTS);
    for (int i = 0; i < 9; i++) {
      many.add(CART, line(i, Severity.INFO, "word" + "x".repeat(i)));
    }
    var less = LogPatterns.restored(SMALL, many.patterns());
    assertThat(less.patterns())
        .extracting(LogPattern::lastSeen)
        .containsExactlyInAnyOrder(NOON.plusSeconds(6), NOON.plusSeconds(7), NOON.plusSeconds(8));
  }

  @RepeatedTest(10)
  void restoringAtAnyMomentChangesNothing(RepetitionInfo repetition) {
    long seed = repetition.getCurrentRepetition();
    var random = new SplittableRandom(seed);
    var settings = new LogPatterns.Settings(0.7, 50, 5, 100, 2);
    var one = new LogPatterns(settings);
    var other = new LogPatterns(settings);
    var bodies = List.of("order %d paid", "retry %d of 5", "at Orders.java:41", "", "支付 %d 失败");
    for (int i = 0; i < 200; i++) {
      if (random.nextInt(15) == 0) {
        other = LogPatterns.restored(settings, other.patterns());
      }
      var source = random.nextBoolean() ? CART : STOCK;
      var log =
          line(
              i * 7L - random.nextInt(500),
              Severity.values()[random.nextInt(Severity.values().length)],
              bodies.get(random.nextInt(bodies.size())).replace("%d", "" + random.nextInt(99)));
      assertThat(other.add(source, log)).as("seed %d", seed).isEqualTo(one.add(source, log));
    }
    assertThat(other.patterns()).as("seed %d", seed).isEqualTo(one.patterns());
  }

  @Test
  void settingsThatMakeNoSenseAreRefused() {
    assertThatThrownBy(() -> new LogPatterns.Settings(0.7, 0, 1, 1, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("0 patterns");
  }
}
