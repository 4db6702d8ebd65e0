package io.bridgewatch.numerics;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Groups log lines by the statement that wrote them, online, in one pass.
 *
 * <ol>
 *   <li>What is variable by its form (numbers, also within a word, hexadecimal ids, UUIDs,
 *       addresses, dates, long opaque tokens) becomes {@code <*>}.
 *   <li>The line is cut into tokens at blanks and at brackets, commas, semicolons, equal signs and
 *       quotes; of several variable tokens in a row the first stays, as lists are of any length.
 *   <li>Lines of one length whose leading tokens agree meet in one bucket; there a line joins the
 *       template it shares most tokens with, if that is at least the threshold, and tokens that
 *       differ become {@code <*>} (a fixed-depth tree as of Drain, He et al., ICWS 2017).
 * </ol>
 *
 * Properties: a template's id never changes, also over {@link #patterns} and {@link #restored}; at
 * most {@code limit} templates are kept, further lines share the id {@link #OTHER}. Not safe for
 * use by several threads.
 */
public final class LogTemplates {

  /** Id of lines that came when the limit was reached and that match nothing known. */
  public static final int OTHER = -1;

  private static final String WILD = "<*>";
  private static final int LONGEST_LINE = 1_000;
  private static final int MOST_TOKENS = 60;
  private static final int DEPTH = 2;

  private static final Set<String> DATE_WORDS =
      Set.of(
          "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun", "Jan", "Feb", "Mar", "Apr", "May", "Jun",
          "Jul", "Aug", "Sep", "Oct", "Nov", "Dec");

  /** Masked lines that are remembered for each template, to find it without looking. */
  private static final int REMEMBERED = 20;

  private static final int MOST_REMEMBERED = 50_000;

  private final double threshold;
  private final int limit;
  private final Map<String, List<Template>> buckets = new HashMap<>();
  private final Map<String, Integer> byMasked = new HashMap<>();
  private final List<Template> templates = new ArrayList<>();

  private static final class Template {
    final int id;
    final String[] tokens;

    Template(int id, String[] tokens) {
      this.id = id;
      this.tokens = tokens;
    }
  }

  /**
   * @param threshold share of equal tokens from which two lines are one statement, 0 to 1
   * @param limit how many templates to keep at most
   */
  public LogTemplates(double threshold, int limit) {
    this.threshold = threshold;
    this.limit = limit;
  }

  /**
   * Goes on from what was learned before.
   *
   * @param patterns as {@link #patterns} told them; their places are the ids
   * @throws IllegalArgumentException if there are more than the limit
   */
  public static LogTemplates restored(double threshold, int limit, List<String> patterns) {
    if (patterns.size() > limit) {
      throw new IllegalArgumentException(
          "cannot restore " + patterns.size() + " templates, the limit is " + limit);
    }
    var templates = new LogTemplates(threshold, limit);
    for (String pattern : patterns) {
      templates.add(pattern.isEmpty() ? new String[0] : pattern.split(" ", -1));
    }
    return templates;
  }

  /** All templates as text, in the order of their ids. */
  public List<String> patterns() {
    return IntStream.range(0, templates.size()).mapToObj(this::pattern).toList();
  }

  private int add(String[] tokens) {
    var template = new Template(templates.size(), tokens);
    templates.add(template);
    // widening changes no token that the key is made of
    buckets.computeIfAbsent(bucketKey(tokens), key -> new ArrayList<>()).add(template);
    return template.id;
  }

  /** The id of the template the line belongs to; the line may widen it. */
  public int learn(String line) {
    return learn(line, true);
  }

  /**
   * The id of the template the line belongs to; the line may widen it.
   *
   * @param mayAdd whether a line that belongs to none makes one; if not, it is {@link #OTHER}
   */
  public int learn(String line, boolean mayAdd) {
    String masked = mask(line);
    Integer known = byMasked.get(masked);
    if (known != null) {
      return known;
    }
    String[] tokens = tokens(masked);
    var bucket = buckets.getOrDefault(bucketKey(tokens), List.of());
    Template best = null;
    double bestShare = -1;
    for (Template template : bucket) {
      double share = share(template.tokens, tokens);
      if (share > bestShare) {
        bestShare = share;
        best = template;
      }
    }
    int id;
    if (best != null && bestShare >= threshold) {
      widen(best.tokens, tokens);
      id = best.id;
    } else if (mayAdd && templates.size() < limit) {
      id = add(tokens);
    } else {
      return OTHER;
    }
    if (byMasked.size() < Math.min(MOST_REMEMBERED, REMEMBERED * limit)) {
      byMasked.put(masked, id);
    }
    return id;
  }

  /** The template as text, variable parts shown as {@code <*>}. */
  public String pattern(int id) {
    return id == OTHER ? WILD : String.join(" ", templates.get(id).tokens);
  }

  /** How many templates there are; their ids are below it. */
  public int size() {
    return templates.size();
  }

  private static String bucketKey(String[] tokens) {
    var key = new StringBuilder().append(tokens.length);
    for (int i = 0; i < Math.min(DEPTH, tokens.length); i++) {
      key.append('\u0001').append(isVariable(tokens[i]) ? WILD : tokens[i]);
    }
    for (String token : tokens) {
      if (isCodeLocation(token)) {
        return key.append('\u0001').append(token).toString();
      }
    }
    return key.toString();
  }

  private static double share(String[] template, String[] tokens) {
    int equal = 0;
    int fixed = 0;
    for (int i = 0; i < tokens.length; i++) {
      if (isVariable(template[i]) && isVariable(tokens[i])) {
        continue;
      }
      fixed++;
      if (template[i].equals(tokens[i])) {
        equal++;
      }
    }
    return fixed == 0 ? 1 : (double) equal / fixed;
  }

  /** Whether it is no reason to tell two statements apart. */
  private static boolean isVariable(String token) {
    return token.contains(WILD) || hasDigit(token) && !isCodeLocation(token);
  }

  private static void widen(String[] template, String[] tokens) {
    for (int i = 0; i < template.length; i++) {
      if (!template[i].equals(tokens[i])) {
        template[i] = WILD;
      }
    }
  }

  /** A token like {@code Orders.java:41} or {@code o.s.Orders#41}: lines of two statements. */
  private static boolean isCodeLocation(String token) {
    int cut = Math.max(token.lastIndexOf('#'), token.lastIndexOf(':'));
    return cut > 0
        && cut < token.length() - 1
        && token.indexOf('.') >= 0
        && token.indexOf('.') < cut
        && Character.isLetter(token.charAt(0))
        && token.chars().skip(cut + 1L).allMatch(Character::isDigit);
  }

  private static boolean hasDigit(String token) {
    for (int i = 0; i < token.length(); i++) {
      if (Character.isDigit(token.charAt(i))) {
        return true;
      }
    }
    return false;
  }

  private static String[] tokens(String masked) {
    var tokens = new ArrayList<String>();
    int start = -1;
    for (int i = 0; i <= masked.length() && tokens.size() < MOST_TOKENS; i++) {
      boolean cut = i == masked.length() || isSeparator(masked.charAt(i));
      if (cut && start >= 0) {
        String token = masked.substring(start, i);
        if (!repeats(tokens, token)) {
          tokens.add(token);
        }
        start = -1;
      } else if (!cut && start < 0) {
        start = i;
      }
    }
    return tokens.toArray(String[]::new);
  }

  /** Lists are of any length: of several variable parts in a row the first counts. */
  private static boolean repeats(List<String> tokens, String token) {
    return token.contains(WILD) && !tokens.isEmpty() && tokens.getLast().contains(WILD);
  }

  private static boolean isSeparator(char c) {
    return Character.isWhitespace(c)
        || c == '['
        || c == ']'
        || c == '('
        || c == ')'
        || c == '{'
        || c == '}'
        || c == ','
        || c == ';'
        || c == '='
        || c == '"'
        || c == '\'';
  }

  /** The line with what is variable by its form replaced; one pass, no regular expressions. */
  static String mask(String line) {
    int length = Math.min(line.length(), LONGEST_LINE);
    var out = new StringBuilder(length);
    int i = 0;
    while (i < length) {
      char c = line.charAt(i);
      if (isWord(c)) {
        int end = i + 1;
        while (end < length && isWordAt(line, end, length)) {
          end++;
        }
        maskWord(line, i, end, out);
        i = end;
      } else {
        out.append(c);
        i++;
      }
    }
    return out.toString();
  }

  private static void maskWord(String line, int from, int to, StringBuilder out) {
    int digits = 0;
    boolean hex = true;
    for (int i = from; i < to; i++) {
      char c = line.charAt(i);
      if (c >= '0' && c <= '9') {
        digits++;
      } else if (!isHexLetter(c) && c != '-') {
        hex = false;
      }
    }
    int length = to - from;
    boolean number = digits > 0 && Character.isDigit(line.charAt(from));
    boolean opaque = digits > 0 && (length >= 24 || (hex && length >= 6));
    if (isSourceLine(line, from, to)) {
      out.append(line, from, to);
    } else if (number || opaque || length > 64 || isDate(line, from, to)) {
      out.append(WILD);
    } else if (digits > 0) {
      maskDigits(line, from, to, out);
    } else {
      out.append(line, from, to);
    }
  }

  /** Numbers within a word, such as {@code part-00590}; single digits are mostly part of a name. */
  private static void maskDigits(String line, int from, int to, StringBuilder out) {
    int i = from;
    while (i < to) {
      int end = i;
      while (end < to && isDigit(line.charAt(end))) {
        end++;
      }
      if (end == i) {
        out.append(line.charAt(i));
        i++;
      } else {
        boolean apart = i > from && !Character.isLetter(line.charAt(i - 1));
        if (end - i > 1 || apart) {
          out.append(WILD);
        } else {
          out.append(line, i, end);
        }
        i = end;
      }
    }
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  /** Whether this is the name of a month with the day after it, or of a day with a month after. */
  private static boolean isDate(String line, int from, int to) {
    if (to - from != 3 || !DATE_WORDS.contains(line.substring(from, to))) {
      return false;
    }
    int next = to;
    while (next < line.length() && line.charAt(next) == ' ') {
      next++;
    }
    return next > to
        && next < line.length()
        && (isDigit(line.charAt(next))
            || (next + 3 <= line.length() && DATE_WORDS.contains(line.substring(next, next + 3))));
  }

  /** Whether this is the line number of a code location, such as {@code Orders.java:41}. */
  private static boolean isSourceLine(String line, int from, int to) {
    if (to - from > 5
        || !isDigit(line.charAt(from))
        || from < 2
        || (line.charAt(from - 1) != '#' && line.charAt(from - 1) != ':')) {
      return false;
    }
    boolean dot = false;
    int i = from - 2;
    while (i >= 0 && isWord(line.charAt(i))) {
      dot |= line.charAt(i) == '.';
      i--;
    }
    return dot && i + 1 < from - 1 && Character.isLetter(line.charAt(i + 1));
  }

  /** A dot ends a word unless a letter or digit follows: leaders of dots are not part of it. */
  private static boolean isWordAt(String line, int at, int length) {
    char c = line.charAt(at);
    return c == '.' ? at + 1 < length && Character.isLetterOrDigit(line.charAt(at + 1)) : isWord(c);
  }

  private static boolean isWord(char c) {
    return Character.isLetterOrDigit(c) || c == '_' || c == '-' || c == '.';
  }

  private static boolean isHexLetter(char c) {
    return (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
  }
}
