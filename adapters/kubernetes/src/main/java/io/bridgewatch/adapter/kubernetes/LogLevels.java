package io.bridgewatch.adapter.kubernetes;

import io.bridgewatch.model.Severity;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the level out of a line of text, as loggers commonly write it: a word of its own near the
 * beginning ({@code ERROR}, {@code [warn]}), a JSON field {@code level} or {@code severity}, or the
 * letter that klog begins with ({@code E1125 10:02:03}).
 */
final class LogLevels {

  /** Beyond it, such a word is part of what the line says. */
  private static final int NEAR = 120;

  private static final Pattern KLOG = Pattern.compile("^([IWEF])\\d{4} ");
  private static final Pattern FIELD =
      Pattern.compile(
          "[\"' ,{](?:level|severity|lvl|loglevel)[\"']?\\s*[:=]\\s*[\"']?([A-Za-z]+)",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern WORD =
      Pattern.compile(
          "(?<![\\w.-])(TRACE|DEBUG|INFO|NOTICE|WARN|WARNING|ERROR|SEVERE|CRITICAL|FATAL|PANIC)(?![\\w.-])");
  private static final Pattern BRACKETED =
      Pattern.compile(
          "[\\[<(](trace|debug|info|notice|warn|warning|error|severe|critical|crit|fatal)[\\])>]");

  private static final Map<String, Severity> BY_NAME =
      Map.ofEntries(
          Map.entry("trace", Severity.TRACE),
          Map.entry("debug", Severity.DEBUG),
          Map.entry("info", Severity.INFO),
          Map.entry("information", Severity.INFO),
          Map.entry("notice", Severity.INFO),
          Map.entry("warn", Severity.WARN),
          Map.entry("warning", Severity.WARN),
          Map.entry("error", Severity.ERROR),
          Map.entry("err", Severity.ERROR),
          Map.entry("severe", Severity.ERROR),
          Map.entry("critical", Severity.FATAL),
          Map.entry("crit", Severity.FATAL),
          Map.entry("fatal", Severity.FATAL),
          Map.entry("panic", Severity.FATAL));

  private LogLevels() {}

  static Severity of(String line) {
    Matcher klog = KLOG.matcher(line);
    if (klog.find()) {
      return switch (klog.group(1)) {
        case "W" -> Severity.WARN;
        case "E" -> Severity.ERROR;
        case "F" -> Severity.FATAL;
        default -> Severity.INFO;
      };
    }
    if (line.startsWith("{") || line.contains("level=") || line.contains("lvl=")) {
      Matcher field = FIELD.matcher(line);
      if (field.find()) {
        return named(field.group(1));
      }
    }
    String head = line.length() > NEAR ? line.substring(0, NEAR) : line;
    for (Pattern pattern : new Pattern[] {WORD, BRACKETED}) {
      Matcher word = pattern.matcher(head);
      if (word.find()) {
        return named(word.group(1));
      }
    }
    return Severity.UNSPECIFIED;
  }

  private static Severity named(String name) {
    return BY_NAME.getOrDefault(name.toLowerCase(Locale.ROOT), Severity.UNSPECIFIED);
  }
}
