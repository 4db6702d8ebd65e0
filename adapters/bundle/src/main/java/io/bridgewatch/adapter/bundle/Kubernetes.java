package io.bridgewatch.adapter.bundle;

import io.bridgewatch.model.KubernetesObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** API objects as they come in documents and watch events. */
final class Kubernetes {

  private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

  private Kubernetes() {}

  /** The objects of a List (or PodList, …), or the one object that it is. */
  static List<KubernetesObject> objects(Map<String, @Nullable Object> document) {
    String kind = document.get("kind") instanceof String text ? text : "";
    if (!(document.get("items") instanceof List<?> items)) {
      return kind.isEmpty() ? List.of() : List.of(object(document));
    }
    var found = new ArrayList<KubernetesObject>(items.size());
    for (Object item : items) {
      if (item instanceof Map<?, ?> map) {
        var tree = new LinkedHashMap<String, @Nullable Object>();
        map.forEach((key, value) -> tree.put(String.valueOf(key), value));
        if (kind.endsWith("List") && kind.length() > "List".length()) {
          // the API leaves both out of the items of a list of one kind
          tree.putIfAbsent("kind", kind.substring(0, kind.length() - "List".length()));
          tree.putIfAbsent("apiVersion", document.get("apiVersion"));
        }
        found.add(object(tree));
      }
    }
    return found;
  }

  /** The object, less what a Secret keeps. */
  static KubernetesObject object(Map<String, @Nullable Object> tree) {
    if (!"Secret".equals(tree.get("kind"))) {
      return KubernetesObject.of(tree);
    }
    var open = new LinkedHashMap<String, @Nullable Object>(tree);
    open.remove("data");
    open.remove("stringData");
    if (open.get("metadata") instanceof Map<?, ?> metadata) {
      var openMetadata = new LinkedHashMap<String, @Nullable Object>();
      metadata.forEach((key, value) -> openMetadata.put(String.valueOf(key), value));
      if (openMetadata.get("annotations") instanceof Map<?, ?> annotations) {
        var openAnnotations = new LinkedHashMap<String, @Nullable Object>();
        annotations.forEach((key, value) -> openAnnotations.put(String.valueOf(key), value));
        openAnnotations.remove(LAST_APPLIED);
        openMetadata.put("annotations", openAnnotations);
      }
      open.put("metadata", openMetadata);
    }
    return KubernetesObject.of(open);
  }
}
