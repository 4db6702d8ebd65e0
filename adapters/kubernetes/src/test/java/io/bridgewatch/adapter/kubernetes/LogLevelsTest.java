package io.bridgewatch.adapter.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.bridgewatch.model.Severity;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogLevelsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2026-11-25 10:02:03.123 ERROR [main] c.b.Pay - refused | ERROR",
        "10:02:03 [warn] upstream is slow | WARN",
        "E1125 10:02:03.123456 1 main.go:7] failed | ERROR",
        "I1125 10:02:03.123456 1 main.go:7] an ERROR was handled | INFO",
        "{\"ts\":1,\"level\":\"warn\",\"msg\":\"ERROR\"} | WARN",
        "time=x level=debug msg=hi | DEBUG",
        "2026/11/25 [crit] 7#7: disk | FATAL",
        "GET /errors/ERROR_PAGE 200 | UNSPECIFIED",
        "no-error-here | UNSPECIFIED",
        "'' | UNSPECIFIED"
      })
  void theLevelIsReadWhereLoggersWriteIt(String line, Severity level) {
    assertThat(LogLevels.of(line)).isEqualTo(level);
  }
}
