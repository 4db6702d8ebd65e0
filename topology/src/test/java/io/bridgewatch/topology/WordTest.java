package io.bridgewatch.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class WordTest {

  /** ASCII, umlauts, and letters whose other case is in ASCII. */
  private static final String LETTERS = "aAkKsSiI-é\u00c9\u212a\u017f\u0131\u0130\u00b5\u4ed3";

  @Test
  void caseDoesNotMatter() {
    assertThat(Word.of("CaRt").occursIn("shopping-cART-7f9")).isTrue();
    assertThat(Word.of("cart").occursIn("car")).isFalse();
    assertThat(Word.of("\u00c9t\u00e9").occursIn("l\u2019\u00e9t\u00e9")).isTrue();
    assertThat(Word.of("\u8ba2\u5355").occursIn("\u8ba2\u5355\u670d\u52a1")).isTrue();
    assertThat(Word.of("").occursIn("")).isTrue();
  }

  @RepeatedTest(10)
  void itFindsWhatAComparisonAtEachPlaceFinds(RepetitionInfo repetition) {
    long seed = repetition.getCurrentRepetition();
    var random = new Random(seed);
    for (int i = 0; i < 2_000; i++) {
      var word = Word.of(text(random, 1 + random.nextInt(3)));
      var where = text(random, random.nextInt(12));
      assertThat(word.occursIn(where))
          .as("seed %d: %s in %s", seed, word, where)
          .isEqualTo(occurs(word.text(), where));
    }
  }

  private static boolean occurs(String word, String where) {
    for (int at = 0; at <= where.length() - word.length(); at++) {
      if (where.substring(at, at + word.length()).equalsIgnoreCase(word)) {
        return true;
      }
    }
    return false;
  }

  private static String text(Random random, int length) {
    var text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return text.toString();
  }
}
