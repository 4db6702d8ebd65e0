package io.bridgewatch.detect;

import static org.assertj.core.api.Assertions.assertThat;

import io.bridgewatch.model.AttributeNames;
import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.EntityRef;
import io.bridgewatch.model.EntityType;
import io.bridgewatch.model.Fact;
import io.bridgewatch.model.Finding;
import io.bridgewatch.model.LogPattern;
import io.bridgewatch.model.LogRecord;
import io.bridgewatch.model.Series;
import io.bridgewatch.model.Severity;
import io.bridgewatch.model.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;

class LogPatternShiftsTest {

  private static final Instant FROM = Instant.parse("2026-03-01T12:00:00Z");
  private static final int MINUTES = 30;
  private static final Window WINDOW = new Window(FROM, FROM.plus(Duration.ofMinutes(MINUTES)));
  private static final Instant MOMENT = FROM.plus(Duration.ofMinutes(20));
  private static final Duration HORIZON = Duration.ofMinutes(10);
  private static final Attributes CART =
      Attributes.of(Map.of(AttributeNames.NAMESPACE, "shop", AttributeNames.DEPLOYMENT, "cart"));

  private static LogPattern pattern(Instant firstSeen) {
    return new LogPattern(
        "1",
        CART,
        "payment <*> refused",
        Severity.ERROR,
        firstSeen,
        WINDOW.to(),
        1,
        List.of(new LogPattern.Sample(firstSeen, Severity.ERROR, "payment 17 refused", CART)));
  }

  /** By the minute, at its end, as they are counted live. */
  private static Series lines(Severity severity, Instant firstSeen, IntUnaryOperator ofMinute) {
    var times = new ArrayList<Long>();
    var values = new ArrayList<Double>();
    for (int minute = 0; minute < MINUTES; minute++) {
      if (ofMinute.applyAsInt(minute) > 0) {
        times.add(FROM.plus(Duration.ofMinutes(minute + 1)).toEpochMilli());
        values.add((double) ofMinute.applyAsInt(minute));
      }
    }
    return new Series(
        LogPatternSeries.told(pattern(firstSeen), severity),
        times.stream().mapToLong(Long::longValue).toArray(),
        values.stream().mapToDouble(Double::doubleValue).toArray());
  }

  private static List<Finding> at(Instant moment, Series... series) {
    return LogPatternShifts.over(WINDOW, List.of(series))
        .at(moment.toEpochMilli(), moment.plus(HORIZON).toEpochMilli());
  }

  private static List<Finding> errors(Instant firstSeen, IntUnaryOperator ofMinute) {
    return at(MOMENT, lines(Severity.ERROR, firstSeen, ofMinute));
  }

  @Test
  void anErrorThatWasNeverWrittenBeforeIsTold() {
    Instant first = MOMENT.plusSeconds(75);
    var findings = errors(first, minute -> minute >= 21 ? 6 : 0);
    assertThat(findings)
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.entity())
                  .isEqualTo(EntityRef.from(EntityType.DEPLOYMENT, CART).orElseThrow());
              assertThat(finding.onset()).isEqualTo(MOMENT.plusSeconds(60));
              assertThat(finding.severity()).isGreaterThan(10);
              assertThat(finding.fact())
                  .isEqualTo(
                      new Fact.LogPatternChanged(
                          Severity.ERROR,
                          "payment <*> refused",
                          0,
                          5.4,
                          "payment 17 refused",
                          finding.severity()));
            });
  }

  @Test
  void whatIsNewNeedsFewerLinesThanWhatWasWrittenLongAgo() {
    IntUnaryOperator few = minute -> minute == 24 ? 5 : 0;
    assertThat(errors(MOMENT.plusSeconds(250), few)).hasSize(1);
    assertThat(errors(FROM.minus(Duration.ofDays(2)), few)).isEmpty();
  }

  @Test
  void aJumpOfTheRateIsTold() {
    Instant longAgo = FROM.minus(Duration.ofDays(2));
    assertThat(errors(longAgo, minute -> minute < 20 ? 4 : 40))
        .singleElement()
        .satisfies(
            finding -> {
              var changed = (Fact.LogPatternChanged) finding.fact();
              assertThat(changed.beforePerMinute()).isEqualTo(4);
              assertThat(changed.afterPerMinute()).isEqualTo(40);
            });
    assertThat(errors(longAgo, minute -> minute < 20 ? 40 : 4)).as("fewer").isEmpty();
    assertThat(errors(longAgo, minute -> 40 + minute % 3)).as("as before").isEmpty();
  }

  @Test
  void aBurstLikeThoseBeforeIsNoChange() {
    Instant longAgo = FROM.minus(Duration.ofDays(2));
    assertThat(errors(longAgo, minute -> minute % 12 == 0 ? 100 : 0)).isEmpty();
    assertThat(errors(longAgo, minute -> minute % 6 == 0 ? 20 : minute == 26 ? 22 : 0)).isEmpty();
  }

  @Test
  void whatDoesNotSpeakOfTroubleIsNotLookedAt() {
    IntUnaryOperator jump = minute -> minute < 20 ? 1 : 500;
    assertThat(at(MOMENT, lines(Severity.INFO, FROM, jump))).isEmpty();
    assertThat(at(MOMENT, lines(Severity.UNSPECIFIED, FROM, jump))).isEmpty();
    assertThat(at(MOMENT, lines(Severity.WARN, FROM, jump))).hasSize(1);
  }

  @Test
  void withoutTimeBeforeNothingIsKnown() {
    assertThat(at(FROM.plusSeconds(100), lines(Severity.ERROR, FROM, minute -> 50))).isEmpty();
    assertThat(at(FROM.minusSeconds(100), lines(Severity.ERROR, FROM, minute -> 50))).isEmpty();
    assertThat(at(WINDOW.to().plusSeconds(1), lines(Severity.ERROR, FROM, minute -> 50))).isEmpty();
  }

  @Test
  void aRecordingOfLinesAloneGivesTheSameKindOfFinding() {
    var logs = new ArrayList<LogRecord>();
    for (int second = 0; second < MINUTES * 60; second += 5) {
      logs.add(line(second, Severity.INFO, "order " + second + " paid"));
      if (second > 1_200) {
        logs.add(line(second, Severity.ERROR, "payment " + second + " refused"));
      }
    }
    var detector = new WindowDetector(WINDOW, List.of(), List.of(), logs);
    assertThat(detector.at(MOMENT, HORIZON))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.fact()).isInstanceOf(Fact.LogPatternChanged.class);
              var changed = (Fact.LogPatternChanged) finding.fact();
              assertThat(changed.pattern()).isEqualTo("payment <*> refused");
              assertThat(changed.sample()).isEqualTo("payment 1205 refused");
            });
  }

  @Test
  void whereLinesAreCountedTheyAreNotCountedOnceMore() {
    var counted = lines(Severity.ERROR, FROM, minute -> 5);
    var logs = new ArrayList<LogRecord>();
    for (int second = 1_205; second < MINUTES * 60; second++) {
      logs.add(line(second, Severity.ERROR, "payment " + second + " refused"));
    }
    assertThat(new WindowDetector(WINDOW, List.of(counted), List.of(), logs).at(MOMENT, HORIZON))
        .isEmpty();
  }

  private static LogRecord line(long second, Severity severity, String body) {
    return new LogRecord(
        FROM.plusSeconds(second).toEpochMilli() * 1_000_000,
        severity,
        body,
        "",
        "",
        CART,
        Attributes.none());
  }
}
