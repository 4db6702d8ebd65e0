package io.bridgewatch.testkit;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Finds words in a text as {@code LogStore.Query} describes it, by comparing part by part. */
final class Words {

  private Words() {}

  static boolean occur(String query, String body) {
    var parts = parts(body);
    return phrases(query).stream()
        .allMatch(phrase -> Collections.indexOfSubList(parts, parts(phrase)) >= 0);
  }

  /** What stands between blanks, or between double quotes. */
  private static List<String> phrases(String query) {
    var phrases = new ArrayList<String>();
    String[] byQuote = query.split("\"", -1);
    for (int i = 0; i < byQuote.length; i++) {
      if (i % 2 == 1) {
        phrases.add(byQuote[i]);
      } else {
        Collections.addAll(phrases, byQuote[i].split("\\s+"));
      }
    }
    return phrases;
  }

  private static List<String> parts(String text) {
    var parts = new ArrayList<String>();
    var word = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              boolean alone = isAlone(c);
              if (alone || !Character.isLetterOrDigit(c)) {
                if (!word.isEmpty()) {
                  parts.add(word.toString());
                  word.setLength(0);
                }
                if (alone) {
                  parts.add(Character.toString(c));
                }
              } else {
                word.appendCodePoint(Character.toLowerCase(c));
              }
            });
    if (!word.isEmpty()) {
      parts.add(word.toString());
    }
    return parts;
  }

  private static boolean isAlone(int c) {
    return Character.isIdeographic(c)
        || Character.UnicodeScript.of(c) == Character.UnicodeScript.HIRAGANA
        || Character.UnicodeScript.of(c) == Character.UnicodeScript.KATAKANA;
  }
}
