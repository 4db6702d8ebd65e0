package io.bridgewatch.hub;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogPatternSearchTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "payment <*> refused by bank | \"payment\" \"refused by bank\"",
        "ready | \"ready\"",
        "<*> | ''",
        "<*> - <*> | ''",
        "node<*>abc left part-<*> now | \"left part-\" \"now\"",
        "订单 <*> 失败 | \"订单\" \"失败\"",
      })
  void wordsBetweenWhatVariesAreSearchedWhole(String pattern, String search) {
    assertThat(LogPatternSearch.of(pattern)).isEqualTo(search);
  }

  @Test
  void itIsNotLongerThanASearchMayBe() {
    assertThat(LogPatternSearch.of("some words <*> ".repeat(100)).length()).isBetween(300, 400);
  }
}
