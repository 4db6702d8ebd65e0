package io.bridgewatch.engine.masking;

import io.bridgewatch.engine.masking.Finder.Found;
import java.util.Optional;

/** Finds secrets by the name or the scheme before them, or by their form. */
final class Secrets {

  /** Prose has shorter words after {@code token:}. */
  private static final int LEAST_LENGTH = 12;

  private static final int LEAST_TOKEN = 8;

  private Secrets() {}

  /** A secret that begins right after this place, which is one of {@code = : ： blank J}. */
  static Optional<Found> at(String text, int at) {
    char c = text.charAt(at);
    if (at == 0) {
      return Optional.empty();
    }
    return switch (c) {
      case ' ' -> afterScheme(text, at);
      case 'J' -> webToken(text, at);
      default -> afterName(text, at);
    };
  }

  private static Optional<Found> afterScheme(String text, int at) {
    boolean scheme =
        switch (text.charAt(at - 1)) {
          case 'r', 'R' -> SecretNames.endsWith(text, at, "bearer");
          case 'c', 'C' -> SecretNames.endsWith(text, at, "basic");
          default -> false;
        };
    if (!scheme) {
      return Optional.empty();
    }
    int end = tokenEnd(text, at + 1);
    boolean token = end - at - 1 >= LEAST_TOKEN && looksRandom(text, at + 1, end);
    return token ? Optional.of(secret(at + 1, end)) : Optional.empty();
  }

  /** A JSON Web Token: three parts, of which the first begins with <code>{"</code> in base 64. */
  private static Optional<Found> webToken(String text, int at) {
    int start = at - 2;
    if (start < 0
        || !text.startsWith("ey", start)
        || (start > 0 && Finder.isAsciiLetterOrDigit(text.charAt(start - 1)))) {
      return Optional.empty();
    }
    int end = tokenEnd(text, start);
    long dots = text.substring(start, end).chars().filter(c -> c == '.').count();
    return dots == 2 && end - start > 20 ? Optional.of(secret(start, end)) : Optional.empty();
  }

  private static Optional<Found> afterName(String text, int at) {
    int nameEnd = at;
    while (nameEnd > 0 && isAround(text.charAt(nameEnd - 1))) {
      nameEnd--;
    }
    if (nameEnd == 0 || !SecretNames.canEndWith(text.charAt(nameEnd - 1))) {
      return Optional.empty();
    }
    boolean password = SecretNames.isPassword(text, nameEnd);
    if (!password && !SecretNames.isSecret(text, nameEnd)) {
      return Optional.empty();
    }
    int start = at + 1;
    while (start < text.length() && text.charAt(start) == ' ') {
      start++;
    }
    boolean prose = text.charAt(at) != '=' && start > at + 1 && nameEnd == at;
    boolean header = SecretNames.endsWith(text, nameEnd, "authorization");
    int end;
    if (start < text.length() && isQuote(text, start)) {
      int open = text.charAt(start) == '\\' ? start + 2 : start + 1;
      end = quoteEnd(text, open, text.charAt(open - 1));
      start = open;
    } else {
      end = header ? lineEnd(text, start) : valueEnd(text, start);
    }
    boolean wanted = password || header || !prose || looksLikeSecret(text, start, end);
    wanted &= !isHidden(text, start);
    return end > start && wanted ? Optional.of(secret(start, end)) : Optional.empty();
  }

  /** So that masking again changes nothing. */
  private static boolean isHidden(String text, int start) {
    return text.startsWith("[secret]", start) || text.startsWith("[secret #", start);
  }

  private static Found secret(int start, int end) {
    return Found.of(SensitiveKind.SECRET, start, end);
  }

  /** What can stand between a name and its separator: a blank, the end of a quoted name. */
  private static boolean isAround(char c) {
    return c == ' ' || c == '"' || c == '\'' || c == '\\';
  }

  private static boolean isQuote(String text, int at) {
    char c = text.charAt(at);
    return c == '"'
        || c == '\''
        || (c == '\\' && at + 1 < text.length() && text.charAt(at + 1) == '"');
  }

  private static int quoteEnd(String text, int from, char quote) {
    int end = from;
    while (end < text.length() && text.charAt(end) != quote) {
      end++;
    }
    return end > from && text.charAt(end - 1) == '\\' ? end - 1 : end;
  }

  private static int lineEnd(String text, int from) {
    int end = from;
    while (end < text.length() && "\"',;\r\n}]".indexOf(text.charAt(end)) < 0) {
      end++;
    }
    return end;
  }

  private static int valueEnd(String text, int from) {
    int end = from;
    while (end < text.length()
        && !Character.isWhitespace(text.charAt(end))
        && "\"',;&)]}，；。".indexOf(text.charAt(end)) < 0) {
      end++;
    }
    return end;
  }

  private static int tokenEnd(String text, int from) {
    int end = from;
    while (end < text.length()
        && (Finder.isAsciiLetterOrDigit(text.charAt(end))
            || "._~+/=-".indexOf(text.charAt(end)) >= 0)) {
      end++;
    }
    return end;
  }

  private static boolean looksLikeSecret(String text, int start, int end) {
    return end - start >= LEAST_LENGTH || (end - start >= 6 && looksRandom(text, start, end));
  }

  private static boolean looksRandom(String text, int start, int end) {
    boolean upperInside = false;
    for (int i = start; i < end; i++) {
      char c = text.charAt(i);
      if (Finder.isDigit(c) || c == '=' || c == '+') {
        return true;
      }
      upperInside |= i > start && c >= 'A' && c <= 'Z';
    }
    return upperInside;
  }
}
