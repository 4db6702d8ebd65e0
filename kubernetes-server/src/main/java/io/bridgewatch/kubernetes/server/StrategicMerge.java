package io.bridgewatch.kubernetes.server;

import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Kubernetes' strategic merge patch: a merge patch in which lists whose items have keys are merged
 * item by item. Its directives are {@code $patch} (replace, delete, merge), {@code $retainKeys},
 * {@code $deleteFromPrimitiveList/NAME}; the order that {@code $setElementOrder/NAME} asks for is
 * not kept, since nothing depends on it.
 */
final class StrategicMerge {
  private static final String PATCH = "$patch";
  private static final String DELETE_VALUES = "$deleteFromPrimitiveList/";

  private StrategicMerge() {}

  /** Changes the target. */
  static void apply(ObjectNode target, ObjectNode patch) {
    if (Json.text(patch, PATCH).equals("replace")) {
      target.removeAll();
    }
    if (patch.get("$retainKeys") instanceof ArrayNode kept) {
      var names = kept.valueStream().map(name -> name.asString("")).toList();
      target.retain(names);
    }
    for (var property : patch.properties()) {
      var name = property.getKey();
      var value = property.getValue();
      if (name.startsWith(DELETE_VALUES)) {
        deleteValues(target, name.substring(DELETE_VALUES.length()), value);
      } else if (name.startsWith("$")) {
        continue;
      } else if (value.isNull()) {
        target.remove(name);
      } else if (value instanceof ObjectNode inner) {
        if (Json.text(inner, PATCH).equals("delete")) {
          target.remove(name);
        } else {
          apply(Json.child(target, name), inner);
        }
      } else if (value instanceof ArrayNode items) {
        mergeList(target, name, items);
      } else {
        target.set(name, value);
      }
    }
  }

  private static void mergeList(ObjectNode target, String name, ArrayNode items) {
    var isReplaced = items.valueStream().anyMatch(item -> Json.text(item, PATCH).equals("replace"));
    if (!isReplaced && ListKeys.isSet(name)) {
      var present = array(target, name);
      items.forEach(
          item -> {
            if (present.valueStream().noneMatch(item::equals)) {
              present.add(item);
            }
          });
      return;
    }
    if (isReplaced || !ListKeys.isMerged(name)) {
      var fresh = target.putArray(name);
      items.forEach(
          item -> {
            if (!item.has(PATCH)) {
              fresh.add(item.deepCopy());
            }
          });
      return;
    }
    var present = array(target, name);
    for (var item : items) {
      mergeItem(present, name, (ObjectNode) item);
    }
    if (present.isEmpty()) {
      target.remove(name);
    }
  }

  private static void mergeItem(ArrayNode present, String list, ObjectNode item) {
    var at = position(present, list, item);
    if (Json.text(item, PATCH).equals("delete")) {
      at.ifPresent(present::remove);
      return;
    }
    if (at.isPresent()) {
      apply((ObjectNode) present.get(at.get()), item);
      return;
    }
    var fresh = Json.object();
    apply(fresh, item);
    present.add(fresh);
  }

  private static Optional<Integer> position(ArrayNode present, String list, ObjectNode item) {
    for (var i = 0; i < present.size(); i++) {
      if (ListKeys.isSameItem(list, present.get(i), item)) {
        return Optional.of(i);
      }
    }
    return Optional.empty();
  }

  private static void deleteValues(ObjectNode target, String name, JsonNode values) {
    var present = array(target, name);
    for (var i = present.size() - 1; i >= 0; i--) {
      var item = present.get(i);
      if (values.valueStream().anyMatch(item::equals)) {
        present.remove(i);
      }
    }
  }

  private static ArrayNode array(ObjectNode target, String name) {
    return target.get(name) instanceof ArrayNode present ? present : target.putArray(name);
  }
}
