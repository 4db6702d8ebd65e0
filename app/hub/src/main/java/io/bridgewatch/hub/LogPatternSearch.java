package io.bridgewatch.hub;

import java.util.ArrayList;

/** What finds the lines of a pattern among all. */
final class LogPatternSearch {

  private static final String WILD = "<*>";
  private static final int LONGEST = 400;

  private LogPatternSearch() {}

  /**
   * The words between what varies, each run of them in double quotes; empty if there are none. A
   * word of which only a part is known is left out, for words are found whole.
   */
  static String of(String pattern) {
    var runs = new ArrayList<String>();
    int length = 0;
    int from = 0;
    while (from <= pattern.length()) {
      int wild = pattern.indexOf(WILD, from);
      int to = wild < 0 ? pattern.length() : wild;
      String run = whole(pattern, from, to).replace('"', ' ').strip();
      if (run.chars().anyMatch(Character::isLetterOrDigit)) {
        length += run.length() + 3;
        if (length > LONGEST) {
          break;
        }
        runs.add('"' + run + '"');
      }
      from = to + WILD.length();
    }
    return String.join(" ", runs);
  }

  /** Without the parts of words that touch what varies. */
  private static String whole(String pattern, int from, int to) {
    int start = from;
    int end = to;
    if (from > 0) {
      while (start < to && Character.isLetterOrDigit(pattern.charAt(start))) {
        start++;
      }
    }
    if (to < pattern.length()) {
      while (end > start && Character.isLetterOrDigit(pattern.charAt(end - 1))) {
        end--;
      }
    }
    return pattern.substring(start, end);
  }
}
