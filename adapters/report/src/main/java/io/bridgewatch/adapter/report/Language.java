package io.bridgewatch.adapter.report;

import java.util.Locale;
import java.util.Optional;

/** A language that reports are worded in. */
public enum Language {
  ZH,
  EN;

  /** The tag as documents, options and the API write it: {@code zh} or {@code en}. */
  public String tag() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The language of a tag or a POSIX locale, such as {@code zh}, {@code zh-CN} or {@code
   * en_US.UTF-8}; empty if it is another language.
   */
  public static Optional<Language> of(String tag) {
    String primary = tag.strip().toLowerCase(Locale.ROOT).split("[-_.@]", 2)[0];
    for (Language language : values()) {
      if (language.tag().equals(primary)) {
        return Optional.of(language);
      }
    }
    return Optional.empty();
  }

  /** The one of the two texts that is in this language. */
  String pick(String en, String zh) {
    return this == ZH ? zh : en;
  }
}
