package io.bridgewatch.hub;

import io.bridgewatch.adapter.report.Language;
import io.bridgewatch.ports.PageRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Query parameters, checked. */
final class Parameters {

  static final String LANGUAGE = "zh or en; as Accept-Language prefers unless given, else en";

  static final String AT = "RFC 3339; what was at that time instead of what is now";
  static final String CLUSTER = "name; need not be given while there is only one";

  private static final int LARGEST_LIST = 500;
  private static final int LONGEST_SEARCH = 200;

  private Parameters() {}

  static PageRequest page(int limit, @Nullable String cursor) {
    if (limit < 1 || limit > PageRequest.LARGEST) {
      throw HubProblem.invalid("limit is " + limit + ", wanted 1 to " + PageRequest.LARGEST);
    }
    return new PageRequest(limit, given(cursor));
  }

  /** Empty text counts as not given. */
  static Optional<String> given(@Nullable String value) {
    return Optional.ofNullable(value).filter(text -> !text.isBlank());
  }

  /** The language asked for, else the one that the caller's browser prefers. */
  static Language language(@Nullable String lang, HttpServletRequest request) {
    var given = given(lang);
    if (given.isPresent()) {
      return Language.of(given.get())
          .orElseThrow(() -> HubProblem.invalid("lang is '" + given.get() + "', wanted zh or en"));
    }
    return Language.of(request.getLocale().getLanguage()).orElse(Language.EN);
  }

  /** How many items of a list that is read from memory. */
  static int limit(int limit) {
    if (limit < 1 || limit > LARGEST_LIST) {
      throw HubProblem.invalid("limit is " + limit + ", wanted 1 to " + LARGEST_LIST);
    }
    return limit;
  }

  /** A time with its zone; empty if not given. */
  static Optional<Instant> time(String name, @Nullable String value) {
    return given(value)
        .map(
            text -> {
              try {
                return OffsetDateTime.parse(text.strip()).toInstant();
              } catch (DateTimeParseException e) {
                throw HubProblem.invalid(
                    name
                        + " is '"
                        + text
                        + "', wanted RFC 3339 such as 2026-03-02T10:15:00+08:00 (with + as %2B)");
              }
            });
  }

  /** The parts of a list that is separated by commas; none if not given. */
  static List<String> list(@Nullable String value) {
    return given(value).stream()
        .flatMap(text -> Arrays.stream(text.split(",")))
        .map(String::strip)
        .filter(text -> !text.isEmpty())
        .toList();
  }

  /** What is searched for, in lower case: words that must all occur. */
  static List<String> words(@Nullable String value) {
    var text = given(value).map(String::strip).orElse("");
    if (text.length() > LONGEST_SEARCH) {
      throw HubProblem.invalid(
          "q has " + text.length() + " characters, at most " + LONGEST_SEARCH + " are searched");
    }
    return Arrays.stream(text.toLowerCase(Locale.ROOT).split("\\s+"))
        .filter(word -> !word.isEmpty())
        .toList();
  }

  /** Pairs as {@code key=value}, separated by commas or given several times. */
  static Map<String, String> pairs(String name, @Nullable List<String> values) {
    var pairs = new LinkedHashMap<String, String>();
    for (String value : values == null ? List.<String>of() : values) {
      for (String pair : list(value)) {
        int equals = pair.indexOf('=');
        if (equals < 1) {
          throw HubProblem.invalid(name + " is '" + pair + "', wanted key=value");
        }
        pairs.put(pair.substring(0, equals), pair.substring(equals + 1));
      }
    }
    return pairs;
  }

  /** One of these, by its lower-case name. */
  static <E extends Enum<E>> E word(Class<E> type, String name, String value) {
    for (E known : type.getEnumConstants()) {
      if (known.name().toLowerCase(Locale.ROOT).equals(value)) {
        return known;
      }
    }
    throw HubProblem.invalid(
        name
            + " is '"
            + value
            + "', wanted one of "
            + Arrays.stream(type.getEnumConstants())
                .map(known -> known.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", ")));
  }
}
