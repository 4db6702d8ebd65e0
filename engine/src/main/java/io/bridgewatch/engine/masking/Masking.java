package io.bridgewatch.engine.masking;

import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.LogRecord;
import io.bridgewatch.model.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Hides secrets and personal data in texts and attributes.
 *
 * <p>One pass looks for what a candidate needs (eleven digits, {@code @}, a name before {@code =}
 * or {@code :}); only there it looks closer. Texts without any come back as the same object. Safe
 * for use by several threads.
 */
public final class Masking {

  private static final int MOST_REMEMBERED = 10_000;

  private final Finder finder;
  private final List<Pattern> patterns;
  private final Replacement replacement;

  /** Resources come with each record and change seldom. */
  private final Map<Attributes, Attributes> resources = new ConcurrentHashMap<>();

  public Masking(MaskingSettings settings) {
    this.finder = new Finder(settings.kinds());
    this.patterns = settings.patterns();
    this.replacement = new Replacement(settings.shown());
  }

  /** The text with what is sensitive replaced; the same object if nothing is. */
  public String mask(String text) {
    String masked = replaced(text, finder.find(text));
    for (Pattern pattern : patterns) {
      masked = replaced(masked, found(pattern.matcher(masked)));
    }
    return masked;
  }

  private static List<Finder.Found> found(Matcher matcher) {
    var found = new ArrayList<Finder.Found>();
    while (matcher.find()) {
      if (matcher.end() > matcher.start()) {
        found.add(new Finder.Found(Optional.empty(), matcher.start(), matcher.end()));
      }
    }
    return found;
  }

  private String replaced(String text, List<Finder.Found> found) {
    if (found.isEmpty()) {
      return text;
    }
    var masked = new StringBuilder(text.length());
    int from = 0;
    for (Finder.Found one : found) {
      masked.append(text, from, one.start());
      masked.append(replacement.of(one.kind(), text.substring(one.start(), one.end())));
      from = one.end();
    }
    return masked.append(text, from, text.length()).toString();
  }

  /** The values with what is sensitive replaced, also whole ones under the name of a secret. */
  public Attributes mask(Attributes attributes) {
    Attributes masked = attributes;
    for (Map.Entry<String, String> one : attributes.asMap().entrySet()) {
      String value = mask(one.getKey(), one.getValue());
      if (!value.equals(one.getValue())) {
        masked = masked.with(one.getKey(), value);
      }
    }
    return masked;
  }

  private String mask(String name, String value) {
    return !value.isEmpty() && finder.isSecret(name)
        ? replacement.of(Optional.of(SensitiveKind.SECRET), value)
        : mask(value);
  }

  private Attributes maskResource(Attributes resource) {
    Attributes known = resources.get(resource);
    if (known == null) {
      if (resources.size() >= MOST_REMEMBERED) {
        resources.clear();
      }
      known = mask(resource);
      resources.put(resource, known);
    }
    return known;
  }

  /** Body, attributes and resource. */
  public LogRecord mask(LogRecord log) {
    return new LogRecord(
        log.epochNanos(),
        log.severity(),
        mask(log.body()),
        log.traceId(),
        log.spanId(),
        maskResource(log.resource()),
        mask(log.attributes()));
  }

  /** Name, attributes and resource. */
  public Span mask(Span span) {
    return new Span(
        span.traceId(),
        span.spanId(),
        span.parentSpanId(),
        mask(span.name()),
        span.kind(),
        span.startNanos(),
        span.endNanos(),
        span.failed(),
        maskResource(span.resource()),
        mask(span.attributes()));
  }
}
