package io.bridgewatch.kubernetes.server;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Which objects a list or watch is about: all of the requirements hold.
 *
 * @param isEverything whether nothing is left out
 */
record Selector(boolean isEverything, Predicate<StoredObject> predicate) {
  static final Selector EVERYTHING = new Selector(true, object -> true);

  private static final Pattern SET =
      Pattern.compile("([^\\s!=,()]+)\\s+(in|notin)\\s*\\(([^)]*)\\)");
  private static final Pattern EQUALITY =
      Pattern.compile("([^\\s!=,()]+)\\s*(==|=|!=)\\s*([^\\s!=,()]*)");
  private static final Pattern EXISTENCE = Pattern.compile("(!?)\\s*([^\\s!=,()]+)");

  boolean matches(StoredObject object) {
    return predicate.test(object);
  }

  Selector and(Selector other) {
    if (isEverything) {
      return other;
    }
    return other.isEverything ? this : new Selector(false, predicate.and(other.predicate));
  }

  /**
   * Labels: {@code a=b, a==b, a!=b, a in (b,c), a notin (b,c), a, !a}. An object without the label
   * passes {@code !=} and {@code notin}, as in Kubernetes.
   */
  static Selector labels(String text) {
    var selector = EVERYTHING;
    for (var term : terms(text)) {
      selector = selector.and(new Selector(false, label(term, text)));
    }
    return selector;
  }

  /** Fields: {@code a=b, a==b, a!=b}, of those that the kind lets select. */
  static Selector fields(String text, ApiKind kind) {
    var selector = EVERYTHING;
    for (var term : terms(text)) {
      var equality = EQUALITY.matcher(term);
      if (!equality.matches()) {
        throw Refusal.badRequest(
            "invalid field selector: \"%s\" in \"%s\"; want path=value or path!=value"
                .formatted(term, text));
      }
      var path = equality.group(1);
      if (!SelectableFields.knows(kind, path)) {
        throw Refusal.badRequest("field label not supported: " + path);
      }
      var wanted = equality.group(3);
      var equal = !equality.group(2).equals("!=");
      selector =
          selector.and(new Selector(false, object -> field(object, path).equals(wanted) == equal));
    }
    return selector;
  }

  private static Predicate<StoredObject> label(String term, String text) {
    var set = SET.matcher(term);
    if (set.matches()) {
      var name = set.group(1);
      var values = Set.copyOf(List.of(set.group(3).strip().split("\\s*,\\s*")));
      return set.group(2).equals("in")
          ? object ->
              object.labels().containsKey(name) && values.contains(object.labels().get(name))
          : object ->
              !object.labels().containsKey(name) || !values.contains(object.labels().get(name));
    }
    var equality = EQUALITY.matcher(term);
    if (equality.matches()) {
      var name = equality.group(1);
      var value = equality.group(3);
      var equal = !equality.group(2).equals("!=");
      return object -> value.equals(object.labels().get(name)) == equal;
    }
    var existence = EXISTENCE.matcher(term);
    if (existence.matches()) {
      var name = existence.group(2);
      var wanted = existence.group(1).isEmpty();
      return object -> object.labels().containsKey(name) == wanted;
    }
    throw Refusal.badRequest(
        "unable to parse requirement: \"%s\" in the label selector \"%s\"".formatted(term, text));
  }

  private static String field(StoredObject object, String path) {
    return switch (path) {
      case "metadata.name" -> object.name();
      case "metadata.namespace" -> object.namespace();
      default -> object.fields().getOrDefault(path, "");
    };
  }

  /** Parts between the commas that stand in no parentheses. */
  private static List<String> terms(String text) {
    var terms = new ArrayList<String>();
    var depth = 0;
    var start = 0;
    for (var i = 0; i <= text.length(); i++) {
      var c = i < text.length() ? text.charAt(i) : ',';
      if (c == '(') {
        depth++;
      } else if (c == ')') {
        depth--;
      } else if (c == ',' && (depth <= 0 || i == text.length())) {
        var term = text.substring(start, i).strip();
        if (!term.isEmpty()) {
          terms.add(term);
        }
        start = i + 1;
      }
    }
    return terms;
  }
}
