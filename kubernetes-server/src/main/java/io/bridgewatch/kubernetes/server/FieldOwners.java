package io.bridgewatch.kubernetes.server;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Who set which field: keeps {@code metadata.managedFields}.
 *
 * <ol>
 *   <li>An object is taken apart into paths of segments in the words of {@code fieldsV1} ({@code
 *       f:spec}, {@code k:{"name":"app"}}, {@code v:"x"}), each with its value; a dot stands for
 *       the map or the item itself.
 *   <li>An update gives the paths whose value it changed to its manager and takes them from the
 *       others; paths that are gone are taken from all.
 *   <li>An apply gives its manager exactly the paths of its configuration. A path that someone else
 *       owns with another value is a conflict, unless it is forced; a path that it no longer names
 *       and nobody else owns leaves the object.
 * </ol>
 */
final class FieldOwners {
  /** Set by the server or by what an object is, so that nobody owns them. */
  private static final Set<String> UNOWNED =
      Set.of(
          "f:name",
          "f:namespace",
          "f:uid",
          "f:resourceVersion",
          "f:generation",
          "f:creationTimestamp",
          "f:deletionTimestamp",
          "f:deletionGracePeriodSeconds",
          "f:managedFields",
          "f:selfLink");

  private static final Set<String> MAPS =
      Set.of(
          "labels",
          "annotations",
          "matchLabels",
          "nodeSelector",
          "limits",
          "requests",
          "data",
          "capacity",
          "allocatable",
          "hard",
          "used");

  private static final JsonNode ITSELF = BooleanNode.TRUE;

  private FieldOwners() {}

  /** Who writes. */
  record Author(String manager, String operation, String apiVersion, String subresource) {}

  /** Notes a plain write in the managed fields of the object as it is after it. */
  static void update(ObjectNode before, ObjectNode after, Author author, Instant now) {
    var old = paths(before);
    var fresh = paths(after);
    var changed = new LinkedHashSet<List<String>>();
    fresh.forEach(
        (path, value) -> {
          if (!value.equals(old.get(path))) {
            changed.add(path);
          }
        });
    var gone = new LinkedHashSet<>(old.keySet());
    gone.removeAll(fresh.keySet());
    var owners = read(before);
    if (!changed.isEmpty() || !gone.isEmpty()) {
      owners.values().forEach(owned -> owned.paths.removeAll(gone));
      owners.forEach(
          (owner, owned) -> {
            if (!owner.equals(author)) {
              owned.paths.removeIf(path -> changed.contains(path) && !path.getLast().equals("."));
            }
          });
      if (!changed.isEmpty()) {
        var own = owners.computeIfAbsent(author, key -> new Owned(new LinkedHashSet<>(), now));
        own.paths.addAll(changed);
        owners.put(author, new Owned(own.paths, now));
      }
    }
    write(after, owners);
  }

  /**
   * Server-side apply.
   *
   * @return the live object with the configuration applied and its managed fields kept
   * @throws Refusal 409 when somebody else owns a field with another value, unless forced
   */
  static ObjectNode apply(
      ObjectNode live, ObjectNode configuration, Author author, boolean force, Instant now) {
    var wanted = paths(configuration);
    var current = paths(live);
    var owners = read(live);
    var conflicts = new TreeMap<String, String>();
    owners.forEach(
        (owner, owned) -> {
          if (owner.equals(author)) {
            return;
          }
          owned.paths.removeIf(
              path -> {
                var conflict =
                    wanted.containsKey(path) && !wanted.get(path).equals(current.get(path));
                if (conflict && !force) {
                  conflicts.put(
                      words(path), "\"%s\" using %s".formatted(owner.manager, owner.apiVersion));
                }
                return conflict;
              });
        });
    if (!conflicts.isEmpty()) {
      throw Refusal.applyConflict(message(conflicts), conflicts);
    }
    var merged = live.deepCopy();
    var previous = owners.remove(author);
    if (previous != null) {
      for (var path : previous.paths.reversed()) {
        if (!wanted.containsKey(path) && owners.values().stream().noneMatch(o -> o.owns(path))) {
          remove(merged, path);
        }
      }
    }
    overlay(merged, configuration);
    var own = new LinkedHashSet<>(wanted.keySet());
    var same = previous != null && previous.paths.equals(own) && paths(merged).equals(current);
    owners.put(author, new Owned(own, previous != null && same ? previous.time : now));
    write(merged, owners);
    return merged;
  }

  private static String message(Map<String, String> conflicts) {
    var text = new StringBuilder("Apply failed with ").append(conflicts.size());
    text.append(conflicts.size() == 1 ? " conflict: " : " conflicts: ");
    conflicts.forEach(
        (field, manager) ->
            text.append("conflict with ").append(manager).append(": ").append(field).append(' '));
    return text.toString().strip();
  }

  /** {@code .spec.containers[name="app"].image} of a path. */
  private static String words(List<String> path) {
    var text = new StringBuilder();
    for (var segment : path) {
      if (segment.startsWith("f:")) {
        text.append('.').append(segment, 2, segment.length());
      } else if (segment.startsWith("k:")) {
        text.append(segment, 2, segment.length());
      }
    }
    return text.toString();
  }

  // ------------------------------------------------------------------ an object as paths

  private static Map<List<String>, JsonNode> paths(ObjectNode object) {
    var paths = new LinkedHashMap<List<String>, JsonNode>();
    for (var property : object.properties()) {
      switch (property.getKey()) {
        case "kind", "apiVersion" -> {}
        case "metadata" -> {
          for (var field : property.getValue().properties()) {
            var segment = "f:" + field.getKey();
            if (!UNOWNED.contains(segment)) {
              collect(List.of("f:metadata", segment), field.getKey(), field.getValue(), paths);
            }
          }
        }
        default ->
            collect(
                List.of("f:" + property.getKey()), property.getKey(), property.getValue(), paths);
      }
    }
    return paths;
  }

  private static void collect(
      List<String> path, String field, JsonNode value, Map<List<String>, JsonNode> paths) {
    switch (value) {
      case ObjectNode object when !object.isEmpty() -> {
        if (MAPS.contains(field)) {
          paths.put(path(path, "."), ITSELF);
        }
        inside(path, object, paths);
      }
      case ArrayNode array when ListKeys.isSet(field) -> {
        paths.put(path(path, "."), ITSELF);
        for (var item : array) {
          paths.put(path(path, "v:" + Json.text(item)), ITSELF);
        }
      }
      case ArrayNode array when ListKeys.isKeyed(field, array) -> {
        if (path.getFirst().equals("f:metadata")) {
          paths.put(path(path, "."), ITSELF);
        }
        for (var item : array) {
          var key = path(path, ListKeys.key(field, item).orElseThrow());
          if (field.equals("ownerReferences")) {
            paths.put(key, item); // owned as a whole
            continue;
          }
          paths.put(path(key, "."), ITSELF);
          inside(key, (ObjectNode) item, paths);
        }
      }
      default -> paths.put(path, value);
    }
  }

  private static void inside(
      List<String> path, ObjectNode object, Map<List<String>, JsonNode> paths) {
    for (var property : object.properties()) {
      collect(path(path, "f:" + property.getKey()), property.getKey(), property.getValue(), paths);
    }
  }

  private static List<String> path(List<String> parent, String segment) {
    var path = new ArrayList<String>(parent.size() + 1);
    path.addAll(parent);
    path.add(segment);
    return path;
  }

  // ------------------------------------------------------------------ managedFields

  private record Owned(LinkedHashSet<List<String>> paths, Instant time) {
    /** Whether a path or anything below it is owned. */
    boolean owns(List<String> path) {
      var prefix = path.getLast().equals(".") ? path.subList(0, path.size() - 1) : path;
      return paths.stream()
          .anyMatch(
              own -> own.size() >= prefix.size() && own.subList(0, prefix.size()).equals(prefix));
    }
  }

  private static Map<Author, Owned> read(ObjectNode object) {
    var owners = new LinkedHashMap<Author, Owned>();
    for (var entry : object.path("metadata").path("managedFields")) {
      var author =
          new Author(
              Json.text(entry, "manager"),
              Json.text(entry, "operation"),
              Json.text(entry, "apiVersion"),
              Json.text(entry, "subresource"));
      var paths = new LinkedHashSet<List<String>>();
      readPaths(List.of(), entry.path("fieldsV1"), paths);
      var time = Json.text(entry, "time");
      owners.put(author, new Owned(paths, time.isEmpty() ? Instant.EPOCH : Instant.parse(time)));
    }
    return owners;
  }

  private static void readPaths(List<String> parent, JsonNode fields, Set<List<String>> paths) {
    for (var property : fields.properties()) {
      var path = path(parent, property.getKey());
      if (property.getValue().isEmpty()) {
        paths.add(path);
      } else {
        readPaths(path, property.getValue(), paths);
      }
    }
  }

  private static void write(ObjectNode object, Map<Author, Owned> owners) {
    var metadata = Json.child(object, "metadata");
    metadata.remove("managedFields");
    var entries = Json.object().putArray("managedFields");
    owners.forEach(
        (author, owned) -> {
          if (owned.paths.isEmpty()) {
            return;
          }
          var entry = entries.addObject();
          entry.put("manager", author.manager).put("operation", author.operation);
          entry.put("apiVersion", author.apiVersion).put("time", Timestamps.text(owned.time));
          entry.put("fieldsType", "FieldsV1");
          var fields = entry.putObject("fieldsV1");
          for (var path : owned.paths) {
            var at = fields;
            for (var segment : path) {
              at = Json.child(at, segment);
            }
          }
          if (!author.subresource.isEmpty()) {
            entry.put("subresource", author.subresource);
          }
        });
    if (!entries.isEmpty()) {
      metadata.set("managedFields", entries);
    }
  }

  // ------------------------------------------------------------------ applying

  private static void overlay(ObjectNode target, ObjectNode configuration) {
    for (var property : configuration.properties()) {
      var name = property.getKey();
      var value = property.getValue();
      var live = target.get(name);
      if (value instanceof ObjectNode inner && (live instanceof ObjectNode || !inner.isEmpty())) {
        overlay(Json.child(target, name), inner);
      } else if (value instanceof ArrayNode items
          && live instanceof ArrayNode present
          && (ListKeys.isSet(name) || ListKeys.isKeyed(name, items))) {
        items.forEach(item -> overlayItem(name, present, item));
      } else {
        target.set(name, value.deepCopy());
      }
    }
  }

  private static void overlayItem(String field, ArrayNode present, JsonNode item) {
    for (var other : present) {
      if (other.equals(item)) {
        return;
      }
      if (other instanceof ObjectNode known
          && item instanceof ObjectNode wanted
          && ListKeys.key(field, known).equals(ListKeys.key(field, wanted))) {
        overlay(known, wanted);
        return;
      }
    }
    present.add(item.deepCopy());
  }

  /** Takes the field of a path out of an object; what it leaves empty goes as well. */
  private static void remove(JsonNode parent, List<String> path) {
    var segment = path.getFirst();
    var rest = path.subList(1, path.size());
    if (!(parent instanceof ObjectNode object) || !segment.startsWith("f:")) {
      return;
    }
    var name = segment.substring(2);
    var value = object.path(name);
    if (rest.isEmpty()) {
      object.remove(name);
    } else if (rest.getFirst().equals(".")) {
      if (value.isEmpty()) {
        object.remove(name);
      }
    } else if (value instanceof ArrayNode array) {
      removeItem(name, array, rest);
      if (array.isEmpty()) {
        object.remove(name);
      }
    } else {
      remove(value, rest);
      if (value instanceof ObjectNode inner && inner.isEmpty()) {
        object.remove(name);
      }
    }
  }

  private static void removeItem(String field, ArrayNode items, List<String> path) {
    for (var i = 0; i < items.size(); i++) {
      var item = items.get(i);
      var key = ListKeys.key(field, item).orElseGet(() -> "v:" + Json.text(item));
      if (key.equals(path.getFirst())) {
        if (path.size() == 1 || path.get(1).equals(".")) {
          items.remove(i);
        } else {
          remove(item, path.subList(1, path.size()));
        }
        return;
      }
    }
  }
}
