package io.bridgewatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MomentTest {

  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");

  @ParameterizedTest
  @CsvSource({
    "2026-03-01T10:15:00+08:00, 2026-03-01T02:15:00Z",
    "2026-03-01T02:15:00Z, 2026-03-01T02:15:00Z",
    "2026-03-01 10:15, 2026-03-01T02:15:00Z",
    "2026-03-01, 2026-02-28T16:00:00Z",
    "10:15, 2026-03-01T02:15:00Z",
    "9:05:30, 2026-03-01T01:05:30Z",
    "21:00, 2026-02-28T13:00:00Z",
    "15m, 2026-03-01T11:45:00Z",
    "-2h, 2026-03-01T10:00:00Z",
  })
  void timesAreReadAsPeopleTypeThem(String typed, Instant meant) {
    assertThat(Moment.of(typed, NOON, SHANGHAI)).contains(meant);
  }

  @Test
  void whatIsNoTimeIsNone() {
    for (String text : new String[] {"", "yesterday", "25:00", "2026-13-01", "15x"}) {
      assertThat(Moment.of(text, NOON, SHANGHAI)).as(text).isEmpty();
    }
  }
}
