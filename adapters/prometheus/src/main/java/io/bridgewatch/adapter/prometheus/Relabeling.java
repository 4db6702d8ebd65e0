package io.bridgewatch.adapter.prometheus;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Relabelings one after the other, with the meaning that Prometheus gives them.
 *
 * <p>Who writes a monitor writes its expressions, and Java's may take very long where Prometheus'
 * do not: one that looks at more than {@value #MOST_STEPS} characters counts as not matching.
 */
final class Relabeling {
  private static final int MOST_STEPS = 1_000_000;

  private final List<Step> steps;

  /** A rule with its expression. */
  private record Step(RelabelRule rule, Pattern pattern) {}

  Relabeling(List<RelabelRule> rules) {
    steps = rules.stream().map(rule -> new Step(rule, RelabelRule.pattern(rule.regex()))).toList();
  }

  /**
   * The labels after all rules.
   *
   * @return empty if they are dropped
   */
  Optional<Map<String, String>> apply(Map<String, String> labels) {
    var now = new TreeMap<>(labels);
    for (Step step : steps) {
      if (!apply(step, now)) {
        return Optional.empty();
      }
    }
    return Optional.of(now);
  }

  /**
   * @return whether the labels are kept
   */
  private static boolean apply(Step step, Map<String, String> labels) {
    RelabelRule rule = step.rule;
    String value =
        rule.sources().stream()
            .map(name -> labels.getOrDefault(name, ""))
            .collect(Collectors.joining(rule.separator()));
    switch (rule.action()) {
      case KEEP -> {
        return matches(step.pattern, value);
      }
      case DROP -> {
        return !matches(step.pattern, value);
      }
      case KEEPEQUAL -> {
        return labels.getOrDefault(rule.target(), "").equals(value);
      }
      case DROPEQUAL -> {
        return !labels.getOrDefault(rule.target(), "").equals(value);
      }
      case REPLACE -> replace(step, value, labels);
      case HASHMOD ->
          labels.put(rule.target(), Long.toUnsignedString(remainder(value, rule.modulus())));
      case LOWERCASE -> set(labels, rule.target(), value.toLowerCase(Locale.ROOT));
      case UPPERCASE -> set(labels, rule.target(), value.toUpperCase(Locale.ROOT));
      case LABELMAP -> map(step, labels);
      case LABELDROP -> labels.keySet().removeIf(name -> matches(step.pattern, name));
      case LABELKEEP -> labels.keySet().removeIf(name -> !matches(step.pattern, name));
    }
    return true;
  }

  private static void replace(Step step, String value, Map<String, String> labels) {
    Matcher found = step.pattern.matcher(new Watched(value));
    if (matches(found)) {
      String target = expand(step.rule.target(), found);
      if (!target.isEmpty()) {
        set(labels, target, expand(step.rule.replacement(), found));
      }
    }
  }

  private static void map(Step step, Map<String, String> labels) {
    for (Map.Entry<String, String> label : Map.copyOf(labels).entrySet()) {
      Matcher found = step.pattern.matcher(new Watched(label.getKey()));
      if (matches(found)) {
        String name = expand(step.rule.replacement(), found);
        if (!name.isEmpty()) {
          labels.put(name, label.getValue());
        }
      }
    }
  }

  private static void set(Map<String, String> labels, String name, String value) {
    if (value.isEmpty()) {
      labels.remove(name);
    } else {
      labels.put(name, value);
    }
  }

  /** The last eight bytes of the value's MD5, as Prometheus takes them. */
  private static long remainder(String value, long modulus) {
    try {
      byte[] hash = MessageDigest.getInstance("MD5").digest(value.getBytes(UTF_8));
      return Long.remainderUnsigned(ByteBuffer.wrap(hash, 8, 8).getLong(), modulus);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has MD5", e);
    }
  }

  private static boolean matches(Pattern pattern, String text) {
    return matches(pattern.matcher(new Watched(text)));
  }

  private static boolean matches(Matcher matcher) {
    try {
      return matcher.matches();
    } catch (TooLongException | StackOverflowError e) {
      return false;
    }
  }

  /** Groups as Go writes them: a name is as long as letters, digits and underscores go. */
  private static String expand(String template, Matcher found) {
    if (template.indexOf('$') < 0) {
      return template;
    }
    var text = new StringBuilder();
    int at = 0;
    while (at < template.length()) {
      char c = template.charAt(at++);
      if (c != '$' || at == template.length()) {
        text.append(c);
        continue;
      }
      char next = template.charAt(at);
      if (next == '$') {
        text.append('$');
        at++;
        continue;
      }
      boolean braces = next == '{';
      int start = braces ? at + 1 : at;
      int end = start;
      while (end < template.length() && isOfAName(template.charAt(end))) {
        end++;
      }
      boolean closed = !braces || end < template.length() && template.charAt(end) == '}';
      if (end == start || !closed) {
        text.append('$'); // no group's name: it stands for itself
        continue;
      }
      text.append(group(found, template.substring(start, end)));
      at = braces ? end + 1 : end;
    }
    return text.toString();
  }

  private static boolean isOfAName(char c) {
    return c == '_' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
  }

  /** What the group has matched; empty if there is none of that number or name. */
  private static String group(Matcher found, String name) {
    if (name.matches("\\d{1,6}")) {
      int number = Integer.parseInt(name);
      return number > found.groupCount() ? "" : orEmpty(found.group(number));
    }
    return found.namedGroups().containsKey(name) ? orEmpty(found.group(name)) : "";
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  /** An expression looks at a text for too long. */
  private static final class TooLongException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private TooLongException() {
      super("more than " + MOST_STEPS + " steps", null, false, false);
    }
  }

  /** A text that may be looked at only so often. */
  private static final class Watched implements CharSequence {
    private final String text;
    private int steps;

    private Watched(String text) {
      this.text = text;
    }

    @Override
    public char charAt(int index) {
      if (++steps > MOST_STEPS) {
        throw new TooLongException();
      }
      return text.charAt(index);
    }

    @Override
    public int length() {
      return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return text.subSequence(start, end);
    }

    @Override
    public String toString() {
      return text;
    }
  }
}
