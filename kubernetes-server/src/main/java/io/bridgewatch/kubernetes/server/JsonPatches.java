package io.bridgewatch.kubernetes.server;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** JSON merge patch (RFC 7386) and JSON patch (RFC 6902). They change the target they are given. */
final class JsonPatches {
  private JsonPatches() {}

  static void merge(ObjectNode target, JsonNode patch) {
    for (var property : patch.properties()) {
      var name = property.getKey();
      var value = property.getValue();
      if (value.isNull()) {
        target.remove(name);
      } else if (value instanceof ObjectNode inner) {
        merge(Json.child(target, name), inner);
      } else {
        target.set(name, value.deepCopy());
      }
    }
  }

  /**
   * @throws Refusal 422 when an operation does not fit the target
   */
  static void apply(ObjectNode target, JsonNode patch) {
    if (!(patch instanceof ArrayNode operations)) {
      throw Refusal.badRequest("a JSON patch is an array of operations");
    }
    for (var operation : operations) {
      var path = pointer(Json.text(operation, "path"));
      switch (Json.text(operation, "op")) {
        case "add" -> add(target, path, operation.path("value").deepCopy());
        case "remove" -> remove(target, path);
        case "replace" -> {
          remove(target, path);
          add(target, path, operation.path("value").deepCopy());
        }
        case "move" -> {
          var from = pointer(Json.text(operation, "from"));
          var value = find(target, from);
          remove(target, from);
          add(target, path, value);
        }
        case "copy" ->
            add(target, path, find(target, pointer(Json.text(operation, "from"))).deepCopy());
        case "test" -> {
          if (!find(target, path).equals(operation.path("value"))) {
            throw unfit("the test of " + path + " failed");
          }
        }
        default -> throw Refusal.badRequest("unknown operation in a JSON patch: " + operation);
      }
    }
  }

  private static void add(ObjectNode target, List<String> path, JsonNode value) {
    var name = last(path);
    switch (find(target, path.subList(0, path.size() - 1))) {
      case ObjectNode parent -> parent.set(name, value);
      case ArrayNode parent -> {
        if (name.equals("-")) {
          parent.add(value);
        } else {
          parent.insert(index(name, parent.size()), value);
        }
      }
      default -> throw unfit("nothing can be added at " + path);
    }
  }

  private static void remove(ObjectNode target, List<String> path) {
    var name = last(path);
    switch (find(target, path.subList(0, path.size() - 1))) {
      case ObjectNode parent when parent.has(name) -> parent.remove(name);
      case ArrayNode parent when !parent.isEmpty() -> parent.remove(index(name, parent.size() - 1));
      default -> throw unfit("nothing is at " + path);
    }
  }

  private static JsonNode find(JsonNode target, List<String> path) {
    var at = target;
    for (var name : path) {
      at =
          at instanceof ArrayNode array ? array.path(index(name, array.size() - 1)) : at.path(name);
      if (at.isMissingNode()) {
        throw unfit("nothing is at " + path);
      }
    }
    return at;
  }

  private static String last(List<String> path) {
    if (path.isEmpty()) {
      throw unfit("the whole object cannot be replaced");
    }
    return path.getLast();
  }

  private static int index(String name, int most) {
    try {
      var index = Integer.parseInt(name);
      if (index >= 0 && index <= most) {
        return index;
      }
    } catch (NumberFormatException e) {
      throw unfit("\"" + name + "\" is no index");
    }
    throw unfit("index " + name + " is out of bounds, last is " + most);
  }

  private static List<String> pointer(String text) {
    var path = new ArrayList<String>();
    if (text.isEmpty()) {
      return path;
    }
    if (!text.startsWith("/")) {
      throw Refusal.badRequest("a path of a JSON patch starts with a slash: " + text);
    }
    for (var name : text.substring(1).split("/", -1)) {
      path.add(name.replace("~1", "/").replace("~0", "~"));
    }
    return path;
  }

  private static Refusal unfit(String why) {
    return Refusal.of(
        422, "Invalid", "the server rejected our request due to an error in our request: " + why);
  }
}
