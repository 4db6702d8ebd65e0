package io.bridgewatch.adapter.bundle;

import io.bridgewatch.adapter.bundle.BundleException.Reason;
import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.SymptomHint;
import io.bridgewatch.model.Window;
import io.bridgewatch.telemetry.Json;
import io.bridgewatch.telemetry.ShapeException;
import io.bridgewatch.telemetry.TimeRange;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;

/** The bundle.json: what the bundle is called, when it plays and what is known beforehand. */
record Manifest(
    String name, Window window, Optional<Instant> reportedAt, Optional<SymptomHint> symptom) {

  static final String FILE = "bundle.json";
  static final String FORMAT = "bridgewatch.incident-bundle/v1";
  private static final int MAX_NAME = 200;

  /** What nanoseconds since 1970 can tell in 64 bits, less a margin. */
  private static final Instant EARLIEST = Instant.parse("1970-01-01T00:00:00Z");

  private static final Instant LATEST = Instant.parse("2262-01-01T00:00:00Z");

  /**
   * @param otherwise the name where the manifest gives none
   */
  static Manifest read(byte[] bytes, Json json, String otherwise, ImportLimits limits)
      throws BundleException {
    Map<String, @Nullable Object> tree = tree(bytes, json);
    Object format = tree.get("format");
    if (!FORMAT.equals(format)) {
      throw new BundleException(
          Reason.UNSUPPORTED_FORMAT,
          FILE,
          "cannot import bundle "
              + otherwise
              + ": its format is "
              + shown(format)
              + ", this release reads "
              + FORMAT
              + "; write the bundle in that format or use a newer release");
    }
    Window window = window(tree.get("window"), limits);
    return new Manifest(
        name(tree.get("name"), otherwise), window, reportedAt(tree, window, limits), symptom(tree));
  }

  private static Map<String, @Nullable Object> tree(byte[] bytes, Json json)
      throws BundleException {
    try (JsonParser parser = json.parser(bytes, 0, bytes.length)) {
      parser.nextToken();
      return Json.treeMap(parser);
    } catch (JacksonException e) {
      var at = e.getLocation();
      long line = at == null ? 0 : at.getLineNr();
      throw new BundleException(
          Reason.MANIFEST_INVALID,
          FILE,
          line,
          "cannot read " + FILE + " at line " + line + ": " + e.getOriginalMessage(),
          e);
    } catch (ShapeException e) {
      throw invalid("the whole file", "a JSON object", e.getMessage(), e);
    }
  }

  private static String name(@Nullable Object given, String otherwise) throws BundleException {
    if (given == null || given.equals("")) {
      return otherwise;
    }
    if (!(given instanceof String name)
        || name.length() > MAX_NAME
        || name.chars().anyMatch(Character::isISOControl)) {
      throw invalid("name", "a line of at most " + MAX_NAME + " characters", given, null);
    }
    return name;
  }

  private static Window window(@Nullable Object given, ImportLimits limits) throws BundleException {
    if (!(given instanceof Map<?, ?> map)) {
      throw invalid("window", "an object with from and to", given, null);
    }
    Instant from = time("window.from", map.get("from"));
    Instant to = time("window.to", map.get("to"));
    if (to.isBefore(from)) {
      throw new BundleException(
          Reason.WINDOW_INVALID,
          FILE,
          "cannot import a window that ends at "
              + to
              + ", before it begins at "
              + from
              + "; swap window.from and window.to in "
              + FILE);
    }
    if (from.isBefore(EARLIEST) || to.isAfter(LATEST)) {
      throw new BundleException(
          Reason.WINDOW_INVALID,
          FILE,
          "cannot import a window from "
              + shown(from)
              + " to "
              + shown(to)
              + ": telemetry has times from "
              + EARLIEST
              + " to "
              + LATEST
              + "; correct window in "
              + FILE);
    }
    var window = new Window(from, to);
    if (window.length().compareTo(limits.maxWindow()) > 0) {
      throw new BundleException(
          Reason.WINDOW_INVALID,
          FILE,
          "cannot import a window of "
              + window.length()
              + ", limit "
              + limits.maxWindow()
              + "; cut the bundle to the time around the incident");
    }
    return window;
  }

  private static Optional<Instant> reportedAt(
      Map<String, @Nullable Object> tree, Window window, ImportLimits limits)
      throws BundleException {
    Object given = tree.get("reportedAt");
    if (given == null) {
      return Optional.empty();
    }
    Instant time = time("reportedAt", given);
    if (!TimeRange.around(window, limits.timeMargin(), limits.timeMargin()).has(time)) {
      throw invalid(
          "reportedAt", "a time from " + window.from() + " to " + window.to(), time, null);
    }
    return Optional.of(time);
  }

  private static Optional<SymptomHint> symptom(Map<String, @Nullable Object> tree)
      throws BundleException {
    Object given = tree.get("symptom");
    if (given == null) {
      return Optional.empty();
    }
    if (!(given instanceof Map<?, ?> map) || !(map.get("entity") instanceof Map<?, ?> entity)) {
      throw invalid("symptom", "an object with entity and metric", given, null);
    }
    var attributes = new TreeMap<String, String>();
    entity.forEach((key, value) -> attributes.put(String.valueOf(key), String.valueOf(value)));
    return Optional.of(
        new SymptomHint(
            Attributes.of(attributes), map.get("metric") instanceof String metric ? metric : ""));
  }

  private static Instant time(String field, @Nullable Object given) throws BundleException {
    if (given instanceof String text) {
      try {
        return Instant.parse(text);
      } catch (DateTimeException e) {
        throw invalid(field, "a time such as 2023-01-29T08:20:00Z", given, e);
      }
    }
    throw invalid(field, "a time such as 2023-01-29T08:20:00Z", given, null);
  }

  private static BundleException invalid(
      String field, String wanted, @Nullable Object seen, @Nullable Throwable cause) {
    return new BundleException(
        Reason.MANIFEST_INVALID,
        FILE,
        "cannot use " + field + " of " + FILE + ": saw " + shown(seen) + ", wanted " + wanted,
        cause);
  }

  /** At most 80 characters of it. */
  private static String shown(@Nullable Object seen) {
    if (seen == null) {
      return "nothing";
    }
    String text = String.valueOf(seen);
    return text.length() <= 80 ? text : text.substring(0, 80) + "…";
  }
}
