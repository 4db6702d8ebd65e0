package io.bridgewatch.adapter.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class QuantityTest {

  @Test
  void secondsAreReadInTheUnitThatFitsThem() {
    assertThat(en(0.42, "s")).isEqualTo("420 ms");
    assertThat(en(0.00025, "s")).isEqualTo("250 µs");
    assertThat(en(2.5, "s")).isEqualTo("2.5 s");
    assertThat(en(90, "s")).isEqualTo("1.5 min");
    assertThat(en(1500, "ms")).isEqualTo("1.5 s");
  }

  @Test
  void bytesAreReadInPowersOfTwo() {
    assertThat(en(5e8, "By")).isEqualTo("477 MiB");
    assertThat(en(512, "By")).isEqualTo("512 B");
    assertThat(en(1.2e6, "By/s")).isEqualTo("1.14 MiB/s");
    assertThat(en(3, "GiBy")).isEqualTo("3 GiB");
  }

  @Test
  void coresBecomeMillicoresOnlyWhereTheyAreFew() {
    assertThat(en(0.96, "{cpu}")).isEqualTo("0.96 cores");
    assertThat(en(0.05, "{cpu}")).isEqualTo("50 millicores");
    assertThat(zh(0.05, "{cpu}")).isEqualTo("50 毫核");
  }

  @Test
  void sharesAreReadInPercentAndNeverRoundedToAWhole() {
    assertThat(Quantity.one(0.344, "1", true, Language.EN)).isEqualTo("34.4%");
    assertThat(Quantity.one(0.99996, "1", true, Language.EN)).isEqualTo("99.996%");
    assertThat(Quantity.one(1, "1", true, Language.EN)).isEqualTo("100%");
    assertThat(Quantity.one(0.344, "1", false, Language.EN)).isEqualTo("0.344");
  }

  @Test
  void annotatedUnitsAreCountedInWords() {
    assertThat(en(12, "{request}/s")).isEqualTo("12 requests/s");
    assertThat(zh(12, "{request}/s")).isEqualTo("12 个请求/秒");
    assertThat(en(7, "{widget}")).isEqualTo("7 widget");
    assertThat(en(7, "{count}")).isEqualTo("7");
    assertThat(en(7, "furlong")).isEqualTo("7 furlong");
  }

  @Test
  void largeNumbersAreReadInTheWordsOfTheLanguage() {
    assertThat(en(12_345, "")).isEqualTo("12,345");
    assertThat(en(1_230_000, "")).isEqualTo("1.23 million");
    assertThat(zh(1_230_000, "")).isEqualTo("123 万");
    assertThat(zh(4.5e8, "")).isEqualTo("4.5 亿");
  }

  @Test
  void bothEndsOfAMoveShareTheUnitThatReadsWell() {
    assertThat(pair(0.02, 0.9, "s")).isEqualTo(new Quantity.Pair("20", "900 ms"));
    assertThat(pair(0.02, 1.5, "s")).isEqualTo(new Quantity.Pair("20 ms", "1.5 s"));
    assertThat(pair(0, 1.5, "s")).isEqualTo(new Quantity.Pair("0", "1.5 s"));
  }

  @Test
  void twoDifferentNumbersNeverReadTheSame() {
    assertThat(pair(100.01, 100.02, "")).isEqualTo(new Quantity.Pair("100.01", "100.02"));
  }

  @Test
  void whatIsNotKnownIsSaidSo() {
    assertThat(en(Double.NaN, "s")).isEqualTo("unknown");
    assertThat(zh(Double.POSITIVE_INFINITY, "By")).isEqualTo("未知");
    assertThat(en(-3, "By")).isEqualTo("-3 B");
  }

  @Test
  void stretchesOfTimeAreSaidInAtMostTwoUnits() {
    assertThat(Quantity.duration(Duration.ofSeconds(35), Language.EN)).isEqualTo("35 s");
    assertThat(Quantity.duration(Duration.ofSeconds(245), Language.EN)).isEqualTo("4 min 5 s");
    assertThat(Quantity.duration(Duration.ofMinutes(80), Language.ZH)).isEqualTo("1 小时 20 分钟");
    assertThat(Quantity.duration(Duration.ofHours(49), Language.EN)).isEqualTo("2 d 1 h");
    assertThat(Quantity.duration(Duration.ofMillis(20), Language.EN)).isEqualTo("20 ms");
  }

  private static String en(double value, String unit) {
    return Quantity.one(value, unit, false, Language.EN);
  }

  private static String zh(double value, String unit) {
    return Quantity.one(value, unit, false, Language.ZH);
  }

  private static Quantity.Pair pair(double before, double after, String unit) {
    return Quantity.pair(before, after, unit, false, Language.EN);
  }
}
