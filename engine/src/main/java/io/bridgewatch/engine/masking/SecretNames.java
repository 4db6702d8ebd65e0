package io.bridgewatch.engine.masking;

import java.util.List;

/**
 * Names under which secrets stand: those that end in one of a few words, however they are joined.
 */
final class SecretNames {

  /** Always secret, whatever they look like. */
  private static final List<String> PASSWORDS = List.of("password", "passwd", "passwort", "pwd");

  private static final List<String> OTHERS =
      List.of(
          "secret",
          "token",
          "apikey",
          "accesskey",
          "secretkey",
          "privatekey",
          "authorization",
          "cookie");

  private static final List<String> CHINESE = List.of("密码", "口令");

  private SecretNames() {}

  static boolean isSecret(String text, int end) {
    return isPassword(text, end) || OTHERS.stream().anyMatch(word -> endsWith(text, end, word));
  }

  static boolean isPassword(String text, int end) {
    return PASSWORDS.stream().anyMatch(word -> endsWith(text, end, word))
        || CHINESE.stream().anyMatch(word -> text.startsWith(word, end - word.length()));
  }

  /** Whether a name could end so: a cheap look at its last letter. */
  static boolean canEndWith(char last) {
    return switch (last) {
      case 'd', 'D', 't', 'T', 'n', 'N', 'y', 'Y', 'e', 'E', '码', '令' -> true;
      default -> false;
    };
  }

  /** Skips {@code -} and {@code _} between the letters of the text. */
  static boolean endsWith(String text, int end, String word) {
    int at = end - 1;
    for (int i = word.length() - 1; i >= 0; i--) {
      while (at >= 0
          && i < word.length() - 1
          && (text.charAt(at) == '_' || text.charAt(at) == '-')) {
        at--;
      }
      if (at < 0 || Character.toLowerCase(text.charAt(at)) != word.charAt(i)) {
        return false;
      }
      at--;
    }
    return true;
  }
}
