package io.bridgewatch.topology;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The fields in which two trees differ, as {@code path: before -> after} lines in the order of the
 * paths. Lists of named items are compared by name, as the API merges them; values of fields that
 * look like credentials are not shown.
 */
final class KubernetesDiff {

  private static final int LINES = 40;
  private static final int VALUE_CHARACTERS = 160;

  private static final Pattern CREDENTIAL =
      Pattern.compile("(?i).*(password|passwd|secret|token|api_?key|credential|private_?key).*");

  /** A credential set inside a longer text, such as an argument or a line of a file. */
  private static final Pattern ASSIGNED =
      Pattern.compile(
          "(?i)((?:password|passwd|secret|token|api_?key|credential)\\w*[\"']?\\s*[=:]\\s*)[^\\s,\\]]+");

  /** One field; an absent value is empty. */
  record Field(String path, String before, String after) {
    @Override
    public String toString() {
      return path
          + ": "
          + (before.isEmpty() ? "(none)" : before)
          + " -> "
          + (after.isEmpty() ? "(none)" : after);
    }
  }

  private KubernetesDiff() {}

  static List<Field> fields(String path, @Nullable Object before, @Nullable Object after) {
    var found = new ArrayList<Field>();
    compare(path, before, after, found);
    return List.copyOf(found);
  }

  /** The lines of a diff, cut where it grows long. */
  static String text(List<Field> fields) {
    String lines =
        fields.stream().limit(LINES).map(Field::toString).collect(Collectors.joining("\n"));
    return fields.size() > LINES ? lines + "\n… " + (fields.size() - LINES) + " more" : lines;
  }

  private static void compare(
      String path, @Nullable Object before, @Nullable Object after, List<Field> found) {
    if (Objects.equals(before, after)) {
      return;
    }
    if (before instanceof Map<?, ?> || after instanceof Map<?, ?>) {
      compareMaps(path, map(before), map(after), found);
    } else if (named(before).isPresent() || named(after).isPresent()) {
      Map<String, @Nullable Object> left = named(before).orElse(Map.of());
      Map<String, @Nullable Object> right = named(after).orElse(Map.of());
      for (String name : names(left, right)) {
        compare(path + "[" + name + "]", left.get(name), right.get(name), found);
      }
    } else if (before instanceof String left && after instanceof String right && hasLines(left)) {
      found.add(
          new Field(path, shown(path, without(left, right)), shown(path, without(right, left))));
    } else {
      found.add(new Field(path, shown(path, before), shown(path, after)));
    }
  }

  private static boolean hasLines(String text) {
    return text.strip().contains("\n");
  }

  /** The lines of a text that the other does not have. */
  private static String without(String text, String other) {
    Set<String> known = other.lines().map(String::strip).collect(Collectors.toSet());
    return text.lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty() && !known.contains(line))
        .collect(Collectors.joining(" | "));
  }

  private static void compareMaps(
      String path,
      Map<String, @Nullable Object> before,
      Map<String, @Nullable Object> after,
      List<Field> found) {
    boolean secret = CREDENTIAL.matcher(String.valueOf(before.getOrDefault("name", ""))).matches();
    for (String name : names(before, after)) {
      boolean hidden = secret && name.equals("value");
      if (name.equals("name") && path.endsWith("]")) {
        continue; // the path tells it
      }
      Object left = before.get(name);
      Object right = after.get(name);
      String inner = path.isEmpty() ? name : path + "." + name;
      if (hidden && !Objects.equals(left, right)) {
        found.add(new Field(inner, left == null ? "" : "***", right == null ? "" : "***"));
      } else {
        compare(inner, left, right, found);
      }
    }
  }

  private static TreeSet<String> names(Map<String, ?> before, Map<String, ?> after) {
    var names = new TreeSet<>(before.keySet());
    names.addAll(after.keySet());
    return names;
  }

  private static Map<String, @Nullable Object> map(@Nullable Object value) {
    var map = new LinkedHashMap<String, @Nullable Object>();
    if (value instanceof Map<?, ?> source) {
      source.forEach((key, inner) -> map.put(String.valueOf(key), inner));
    }
    return map;
  }

  /** The items of a list by name; empty if it is no list of items with distinct names. */
  private static Optional<Map<String, @Nullable Object>> named(@Nullable Object value) {
    if (!(value instanceof List<?> list) || list.isEmpty()) {
      return Optional.empty();
    }
    var byName = new LinkedHashMap<String, @Nullable Object>();
    for (Object item : list) {
      if (!(item instanceof Map<?, ?> map)
          || !(map.get("name") instanceof String name)
          || byName.put(name, item) != null) {
        return Optional.empty();
      }
    }
    return Optional.of(byName);
  }

  private static String shown(String path, @Nullable Object value) {
    if (value == null) {
      return "";
    }
    String last = path.substring(path.lastIndexOf('.') + 1);
    boolean credential = CREDENTIAL.matcher(last).matches() && !last.equals("secretName");
    if (credential && value instanceof String) {
      return "***";
    }
    String text = ASSIGNED.matcher(String.valueOf(value)).replaceAll("$1***");
    return text.length() <= VALUE_CHARACTERS ? text : text.substring(0, VALUE_CHARACTERS) + "…";
  }
}
