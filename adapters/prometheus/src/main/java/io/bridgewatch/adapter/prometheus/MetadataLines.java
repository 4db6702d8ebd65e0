package io.bridgewatch.adapter.prometheus;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code # TYPE}, {@code # HELP} and {@code # UNIT} lines; other comments are passed over.
 *
 * <p>A HELP line is decoded only where none is known yet of its metric, because pages repeat them
 * and they are long.
 */
final class MetadataLines {
  private static final int LONGEST_HELP = 1024;

  private final Families families;
  private final Names names;
  private final Map<String, Integer> helpHashes = new HashMap<>();

  MetadataLines(Families families, Names names) {
    this.families = families;
    this.names = names;
  }

  /** Whether the line is {@code # EOF}. */
  boolean isEnd(byte[] text, int from, int to) {
    return to - from == 5
        && text[from + 1] == ' '
        && text[from + 2] == 'E'
        && text[from + 3] == 'O'
        && text[from + 4] == 'F';
  }

  /**
   * @return why the line cannot be used; null if it can or says nothing
   */
  @Nullable IntakeReason read(byte[] text, int from, int to) {
    int at = skipBlanks(text, from + 1, to);
    int wordEnd = endOfWord(text, at, to);
    boolean type = is("TYPE", text, at, wordEnd);
    boolean help = is("HELP", text, at, wordEnd);
    boolean unit = is("UNIT", text, at, wordEnd);
    if (!type && !help && !unit) {
      return null;
    }
    int nameStart = skipBlanks(text, wordEnd, to);
    int nameEnd = endOfName(text, nameStart, to);
    String name = name(text, nameStart, nameEnd);
    if (name == null || name.isEmpty()) {
      return IntakeReason.METADATA_INVALID;
    }
    int rest = skipBlanks(text, nameEnd, to);
    boolean room;
    if (help) {
      return readHelp(name, text, rest, to);
    } else if (type) {
      var said = names.decode(text, rest, endOfWord(text, rest, to));
      var known = said == null ? null : MetricType.named(said).orElse(null);
      if (known == null) {
        return IntakeReason.METADATA_INVALID;
      }
      room = families.type(name, known);
    } else {
      var said = names.decode(text, rest, endOfWord(text, rest, to));
      if (said == null) {
        return IntakeReason.UTF8_INVALID;
      }
      room = families.unit(name, said);
    }
    return room ? null : IntakeReason.TOO_MANY_FAMILIES;
  }

  private @Nullable IntakeReason readHelp(String name, byte[] text, int from, int to) {
    int hash = SeriesCache.hash(text, from, to);
    Integer before = helpHashes.get(name);
    if (before != null && before == hash) {
      return null;
    }
    int end = Math.min(to, from + LONGEST_HELP);
    while (end < to && end > from && (text[end] & 0xc0) == 0x80) {
      end--;
    }
    String help = names.decode(text, from, end);
    if (help == null) {
      return IntakeReason.UTF8_INVALID;
    }
    if (!families.help(name, unescaped(help))) {
      return IntakeReason.TOO_MANY_FAMILIES;
    }
    helpHashes.put(name, hash);
    return null;
  }

  private static String unescaped(String help) {
    if (help.indexOf('\\') < 0) {
      return help;
    }
    var plain = new StringBuilder(help.length());
    for (int i = 0; i < help.length(); i++) {
      char c = help.charAt(i);
      char next = c == '\\' && i + 1 < help.length() ? help.charAt(i + 1) : c;
      if (c == '\\' && (next == 'n' || next == '\\' || next == '"')) {
        plain.append(next == 'n' ? '\n' : next);
        i++;
      } else {
        plain.append(c);
      }
    }
    return plain.toString();
  }

  private @Nullable String name(byte[] text, int from, int to) {
    if (to - from >= 2 && text[from] == '"') {
      String quoted = names.decode(text, from + 1, to - 1);
      return quoted == null ? null : unescaped(quoted);
    }
    for (int i = from; i < to; i++) {
      if (!LabelSet.isNameByte(text[i], i == from, true)) {
        return null;
      }
    }
    return names.decode(text, from, to);
  }

  private static int endOfName(byte[] text, int from, int to) {
    if (from == to || text[from] != '"') {
      return endOfWord(text, from, to);
    }
    int at = from + 1;
    while (at < to && text[at] != '"') {
      at += text[at] == '\\' ? 2 : 1;
    }
    return Math.min(to, at + 1);
  }

  private static boolean is(String word, byte[] text, int from, int to) {
    if (to - from != word.length()) {
      return false;
    }
    for (int i = 0; i < word.length(); i++) {
      if (text[from + i] != word.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private static int skipBlanks(byte[] text, int from, int to) {
    int at = from;
    while (at < to && (text[at] == ' ' || text[at] == '\t')) {
      at++;
    }
    return at;
  }

  private static int endOfWord(byte[] text, int from, int to) {
    int at = from;
    while (at < to && text[at] != ' ' && text[at] != '\t') {
      at++;
    }
    return at;
  }
}
