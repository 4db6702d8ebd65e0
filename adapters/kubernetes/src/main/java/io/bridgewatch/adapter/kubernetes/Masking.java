package io.bridgewatch.adapter.kubernetes;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Hides what looks like a credential, so that it is never kept, and still shows that it changed: in
 * its place stands a short digest.
 *
 * <p>Hidden are the values of keys that sound like credentials; inside longer texts also the values
 * of such keys on {@code key=value} and {@code key: value} lines (with YAML blocks below them),
 * what stands before the {@code @} of a URL, bearer tokens, and private keys in PEM.
 */
final class Masking {

  private static final Pattern KEY =
      Pattern.compile(
          "pass(?:word|wd|phrase)|pwd|secret|token|credential|authorization|(?:api|access|private|"
              + "signing|encryption)[_.-]?key",
          Pattern.CASE_INSENSITIVE);

  /** Endings that make of a credential's name the name of something about it. */
  private static final Pattern ABOUT =
      Pattern.compile(
          "(?:name|names|ref|refs|path|file|seconds|timeout|ttl|type|length|expiry|url|uri|enabled)$",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern USER_INFO =
      Pattern.compile("([a-zA-Z][a-zA-Z0-9+.-]{0,30}://)([^/\\s@\"']{1,500})@");
  private static final Pattern BEARER =
      Pattern.compile("\\b(Bearer|Basic)\\s+([A-Za-z0-9._~+/=-]{8,})", Pattern.CASE_INSENSITIVE);
  private static final Pattern PRIVATE_KEY =
      Pattern.compile("-----BEGIN ([A-Z ]{0,20}PRIVATE KEY)-----[^-]*(?:-----END \\1-----)?");

  private static final int DIGEST_CHARACTERS = 8;

  private final byte[] key;

  Masking(String key) {
    this.key = key.getBytes(StandardCharsets.UTF_8);
  }

  /** Whether a value under that key is a credential. */
  static boolean looksSecret(String key) {
    return KEY.matcher(key).find() && !ABOUT.matcher(key).find();
  }

  /** The value as it may be kept, at most so many characters of it, with a mark where it is cut. */
  String value(String key, String value, int limit) {
    return !value.isEmpty() && looksSecret(key) ? mask(value) : text(value, limit);
  }

  /** A text with what is secret inside it hidden, at most so many characters of it. */
  String text(String value, int limit) {
    return cut(hidden(value), value, limit);
  }

  /** Stands for a value: two of them are equal when the values are. */
  String mask(String value) {
    return "••• " + digest(value.getBytes(StandardCharsets.UTF_8));
  }

  /** Stands for bytes that are not shown. */
  String digestOfBase64(String base64) {
    byte[] bytes;
    try {
      bytes = Base64.getMimeDecoder().decode(base64);
    } catch (IllegalArgumentException notBase64) {
      bytes = base64.getBytes(StandardCharsets.UTF_8);
    }
    return digest(bytes) + " (" + bytes.length + " bytes)";
  }

  private String cut(String shown, String whole, int limit) {
    if (shown.length() <= limit) {
      return shown;
    }
    int end = Character.isHighSurrogate(shown.charAt(limit - 1)) ? limit - 1 : limit;
    return shown.substring(0, end)
        + "…(%d characters, %s)"
            .formatted(whole.length(), digest(whole.getBytes(StandardCharsets.UTF_8)));
  }

  private String hidden(String value) {
    String shown = value;
    if (shown.contains("PRIVATE KEY-----")) {
      shown = replace(shown, PRIVATE_KEY, found -> mask(found.group()));
    }
    if (shown.contains("://") && shown.indexOf('@') >= 0) {
      shown = replace(shown, USER_INFO, found -> found.group(1) + mask(found.group(2)) + "@");
    }
    if (BEARER.matcher(shown).find()) {
      shown = replace(shown, BEARER, found -> found.group(1) + " " + mask(found.group(2)));
    }
    return KEY.matcher(shown).find() ? settings(shown) : shown;
  }

  /**
   * Hides the values of settings inside a text: one pass, from one credential's name to the next.
   */
  private String settings(String text) {
    var shown = new StringBuilder(text.length());
    Matcher name = KEY.matcher(text);
    int done = 0;
    while (done <= text.length() && name.find(done)) {
      int start = nameStart(text, name.start());
      int end = nameEnd(text, name.end());
      int separator = separator(text, end);
      if (separator < 0 || ABOUT.matcher(text.substring(start, end)).find()) {
        shown.append(text, done, end);
        done = end;
        continue;
      }
      int from = skipBlanks(text, separator + 1);
      int to = valueEnd(text, start, separator, from);
      shown.append(text, done, from);
      if (to > from) {
        String value = text.substring(from, to);
        shown.append(value.startsWith("•••") ? value : mask(value));
      }
      done = Math.max(to, end);
    }
    return shown.append(text, Math.min(done, text.length()), text.length()).toString();
  }

  private static int nameStart(String text, int from) {
    int start = from;
    while (start > 0 && isNamePart(text.charAt(start - 1))) {
      start--;
    }
    return start;
  }

  private static int nameEnd(String text, int from) {
    int end = from;
    while (end < text.length() && isNamePart(text.charAt(end))) {
      end++;
    }
    return end;
  }

  private static boolean isNamePart(char c) {
    return Character.isLetterOrDigit(c) || c == '_' || c == '-' || c == '.';
  }

  /** Where {@code =} or {@code :} follows the name; less than zero where neither does. */
  private static int separator(String text, int end) {
    int at = end;
    if (at < text.length() && (text.charAt(at) == '"' || text.charAt(at) == '\'')) {
      at++;
    }
    at = skipBlanks(text, at);
    boolean separates = at < text.length() && (text.charAt(at) == '=' || text.charAt(at) == ':');
    boolean path = at + 1 < text.length() && text.charAt(at) == ':' && text.charAt(at + 1) == '/';
    return separates && !path ? at : -1;
  }

  private static int skipBlanks(String text, int from) {
    int at = from;
    while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
      at++;
    }
    return at;
  }

  private static int valueEnd(String text, int nameStart, int separator, int from) {
    if (from >= text.length()) {
      return text.length();
    }
    char first = text.charAt(from);
    if (first == '"' || first == '\'') {
      return quoteEnd(text, from, first);
    }
    if (text.charAt(separator) == '=') {
      int at = from;
      while (at < text.length() && " \t\r\n;&,".indexOf(text.charAt(at)) < 0) {
        at++;
      }
      return at;
    }
    int line = lineEnd(text, from);
    boolean block = from == line || first == '|' || first == '>';
    return block ? blockEnd(text, nameStart, line) : line;
  }

  private static int quoteEnd(String text, int from, char quote) {
    int at = from + 1;
    while (at < text.length() && text.charAt(at) != quote) {
      at += text.charAt(at) == '\\' ? 2 : 1;
    }
    return Math.min(at + 1, text.length());
  }

  private static int lineEnd(String text, int from) {
    int end = text.indexOf('\n', from);
    return end < 0 ? text.length() : end;
  }

  /** The end of the lines that follow and stand further in than the line of the name. */
  private static int blockEnd(String text, int nameStart, int lineEnd) {
    int indent = indent(text, text.lastIndexOf('\n', Math.max(0, nameStart - 1)) + 1);
    int end = lineEnd;
    while (end < text.length()) {
      int next = end + 1;
      int nextEnd = lineEnd(text, next);
      boolean blank = text.substring(next, nextEnd).isBlank();
      if (!blank && indent(text, next) <= indent) {
        return end;
      }
      end = nextEnd;
    }
    return end;
  }

  private static int indent(String text, int lineStart) {
    return skipBlanks(text, lineStart) - lineStart;
  }

  private String digest(byte[] bytes) {
    try {
      byte[] digest;
      if (key.length == 0) {
        digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      } else {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        digest = mac.doFinal(bytes);
      }
      return "sha256:" + HexFormat.of().formatHex(digest).substring(0, DIGEST_CHARACTERS);
    } catch (NoSuchAlgorithmException | InvalidKeyException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }

  private interface Replacement {
    String of(Matcher found);
  }

  private static String replace(String text, Pattern pattern, Replacement replacement) {
    return pattern
        .matcher(text)
        .replaceAll(found -> Matcher.quoteReplacement(replacement.of((Matcher) found)));
  }
}
