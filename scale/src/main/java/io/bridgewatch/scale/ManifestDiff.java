package io.bridgewatch.scale;

import io.bridgewatch.model.KubernetesObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an apply would change of an object, field by field, without what the server keeps itself.
 */
public final class ManifestDiff {

  private static final Set<String> OF_THE_SERVER =
      Set.of(
          "managedFields", "resourceVersion", "uid", "generation", "creationTimestamp", "selfLink");

  private ManifestDiff() {}

  /**
   * One field that becomes another.
   *
   * @param field such as {@code spec.metrics[0].resource.name}
   * @param before absent where it was not set
   * @param after absent where it is not set any more
   */
  public record FieldChange(String field, Optional<String> before, Optional<String> after) {}

  /**
   * @param before as it is; absent if it does not exist yet
   * @param after as it would be
   * @return in the order of the fields; empty if nothing would change
   */
  public static List<FieldChange> of(Optional<KubernetesObject> before, KubernetesObject after) {
    var changes = new ArrayList<FieldChange>();
    compare(
        "",
        before.<@Nullable Object>map(ManifestDiff::essence).orElse(null),
        essence(after),
        changes);
    return List.copyOf(changes);
  }

  private static Map<String, @Nullable Object> essence(KubernetesObject object) {
    var tree = new LinkedHashMap<String, @Nullable Object>(object.tree());
    tree.remove("status");
    if (tree.get("metadata") instanceof Map<?, ?> metadata) {
      var kept = new LinkedHashMap<Object, @Nullable Object>(metadata);
      kept.keySet().removeIf(OF_THE_SERVER::contains);
      tree.put("metadata", kept);
    }
    return tree;
  }

  private static void compare(
      String at, @Nullable Object before, @Nullable Object after, List<FieldChange> changes) {
    if (before instanceof Map<?, ?> || after instanceof Map<?, ?>) {
      Map<?, ?> old = before instanceof Map<?, ?> map ? map : Map.of();
      Map<?, ?> now = after instanceof Map<?, ?> map ? map : Map.of();
      var fields = new LinkedHashSet<Object>(now.keySet());
      fields.addAll(old.keySet());
      for (Object field : fields) {
        compare(
            at.isEmpty() ? String.valueOf(field) : at + "." + field,
            old.get(field),
            now.get(field),
            changes);
      }
    } else if (before instanceof List<?> || after instanceof List<?>) {
      List<?> old = before instanceof List<?> list ? list : List.of();
      List<?> now = after instanceof List<?> list ? list : List.of();
      for (int i = 0; i < Math.max(old.size(), now.size()); i++) {
        compare(
            at + "[" + i + "]",
            i < old.size() ? old.get(i) : null,
            i < now.size() ? now.get(i) : null,
            changes);
      }
    } else {
      Optional<String> old = Optional.ofNullable(before).map(String::valueOf);
      Optional<String> now = Optional.ofNullable(after).map(String::valueOf);
      if (!old.equals(now)) {
        changes.add(new FieldChange(at, old, now));
      }
    }
  }
}
