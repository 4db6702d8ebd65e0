package io.bridgewatch.adapter.bundle;

import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.Call;
import io.bridgewatch.model.Change;
import io.bridgewatch.model.KubernetesObject;
import io.bridgewatch.model.WatchEvent;
import io.bridgewatch.telemetry.Json;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;

/**
 * Reads lines of files that are not OTLP: watch events, changes, calls and Kubernetes objects. Each
 * line is one tree, handed to its kind's reader.
 */
final class PlainLines implements LineParser {

  /** Turns the tree of one line into records. */
  interface Reader {
    /** Keeps or rejects what the line says. */
    void read(Map<String, @Nullable Object> tree, Place place) throws BundleException;
  }

  private final Reader reader;
  private final List<Map<String, @Nullable Object>> line = new ArrayList<>();

  private PlainLines(Reader reader) {
    this.reader = reader;
  }

  static PlainLines watch(Intake intake) {
    return new PlainLines(
        (Map<String, @Nullable Object> tree, Place place) -> watchEvent(intake, tree, place));
  }

  static PlainLines changes(Intake intake) {
    return new PlainLines(
        (Map<String, @Nullable Object> tree, Place place) -> change(intake, tree, place));
  }

  static PlainLines calls(Intake intake) {
    return new PlainLines(
        (Map<String, @Nullable Object> tree, Place place) ->
            intake.call(
                new Call(
                    attributes(intake, tree.get("caller")), attributes(intake, tree.get("callee"))),
                place));
  }

  @Override
  public void parse(JsonParser parser) {
    line.add(Json.treeMap(parser));
  }

  @Override
  public void commit(Place place) throws BundleException {
    for (Map<String, @Nullable Object> tree : line) {
      reader.read(tree, place);
    }
    line.clear();
  }

  @Override
  public void discard() {
    line.clear();
  }

  private static void watchEvent(Intake intake, Map<String, @Nullable Object> tree, Place place)
      throws BundleException {
    Optional<Instant> time = time(tree);
    if (time.isEmpty()) {
      intake.reject(place, RejectionReason.TIME_MISSING);
      return;
    }
    Optional<WatchEvent.Type> type =
        switch (text(tree, "type").toUpperCase(Locale.ROOT)) {
          case "ADDED" -> Optional.of(WatchEvent.Type.ADDED);
          case "MODIFIED" -> Optional.of(WatchEvent.Type.MODIFIED);
          case "DELETED" -> Optional.of(WatchEvent.Type.DELETED);
          default -> Optional.empty(); // BOOKMARK and ERROR tell nothing of an object
        };
    Optional<KubernetesObject> object = object(tree.get("object"));
    if (type.isEmpty() || object.isEmpty()) {
      intake.reject(place, RejectionReason.INCOMPLETE);
      return;
    }
    intake.watchEvent(new WatchEvent(time.get(), type.get(), object.get()), place);
  }

  private static Optional<KubernetesObject> object(@Nullable Object value) {
    if (!(value instanceof Map<?, ?> map)) {
      return Optional.empty();
    }
    var tree = new LinkedHashMap<String, @Nullable Object>();
    map.forEach((key, field) -> tree.put(String.valueOf(key), field));
    return Optional.of(Kubernetes.object(tree));
  }

  private static void change(Intake intake, Map<String, @Nullable Object> tree, Place place)
      throws BundleException {
    Optional<Instant> time = time(tree);
    if (time.isEmpty()) {
      intake.reject(place, RejectionReason.TIME_MISSING);
      return;
    }
    intake.change(
        new Change(
            time.get(),
            kind(text(tree, "kind")),
            attributes(intake, tree.get("entity")),
            text(tree, "author"),
            text(tree, "summary"),
            text(tree, "diff"),
            files(tree.get("files"))),
        place);
  }

  private static Change.Kind kind(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "deploy" -> Change.Kind.DEPLOY;
      case "rollback" -> Change.Kind.ROLLBACK;
      case "commit" -> Change.Kind.COMMIT;
      case "config" -> Change.Kind.CONFIG;
      case "flag" -> Change.Kind.FLAG;
      case "scale" -> Change.Kind.SCALE;
      case "hpa" -> Change.Kind.HPA;
      case "restart" -> Change.Kind.RESTART;
      case "node" -> Change.Kind.NODE;
      case "delete" -> Change.Kind.DELETE;
      case "infra" -> Change.Kind.INFRA;
      default -> Change.Kind.OTHER;
    };
  }

  private static List<String> files(@Nullable Object value) {
    return value instanceof List<?> list
        ? list.stream().filter(String.class::isInstance).map(String.class::cast).toList()
        : List.of();
  }

  private static Attributes attributes(Intake intake, @Nullable Object value) {
    var found = new TreeMap<String, String>();
    if (value instanceof Map<?, ?> map) {
      map.forEach(
          (key, field) -> {
            if (field instanceof String || field instanceof Number || field instanceof Boolean) {
              found.put(String.valueOf(key), String.valueOf(field));
            }
          });
    }
    return intake.pool().attributes(found);
  }

  private static Optional<Instant> time(Map<String, @Nullable Object> tree) {
    if (tree.get("time") instanceof String text) {
      try {
        return Optional.of(Instant.parse(text));
      } catch (DateTimeException e) {
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  private static String text(Map<String, @Nullable Object> tree, String field) {
    Object value = tree.get(field);
    return value instanceof String || value instanceof Number || value instanceof Boolean
        ? String.valueOf(value)
        : "";
  }
}
