package io.bridgewatch.drill.cluster;

import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Templates of pods: what is made from them, and the hashes that tell them apart. */
final class Templates {
  static final String HASH = "pod-template-hash";
  private static final String LETTERS = "bcdfghjklmnpqrstvwxz2456789";

  private Templates() {}

  /**
   * A pod as its controller wants it.
   *
   * @param owner the controller, which has the template
   * @param name ends with a dash where the rest is to be made up
   */
  static ObjectNode pod(JsonNode owner, String name) {
    return pod(owner, Trees.at(owner, "spec", "template"), name);
  }

  static ObjectNode pod(JsonNode owner, JsonNode template, String name) {
    var pod = Trees.object().put("kind", "Pod").put("apiVersion", "v1");
    var metadata = pod.putObject("metadata");
    if (name.endsWith("-")) {
      metadata.put("generateName", name);
    } else {
      metadata.put("name", name);
    }
    metadata.put("namespace", Trees.namespace(owner));
    for (var copied : new String[] {"labels", "annotations"}) {
      var values = Trees.at(template, "metadata", copied);
      if (!values.isEmpty()) {
        metadata.set(copied, values.deepCopy());
      }
    }
    Trees.own(pod, owner);
    pod.set("spec", Trees.at(template, "spec").deepCopy());
    return pod;
  }

  /** FNV-1a of the template's text, in letters that make no words, as in real names. */
  static String hash(JsonNode template, int collisions) {
    var hash = 0x811c9dc5;
    var text = Trees.json(template) + (collisions == 0 ? "" : collisions);
    for (var one : text.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (one & 0xff)) * 0x01000193;
    }
    var letters = new StringBuilder();
    for (var digit : Integer.toUnsignedString(hash).toCharArray()) {
      letters.append(LETTERS.charAt(digit % LETTERS.length()));
    }
    return letters.toString();
  }

  /** Whether two templates ask for the same, whatever their hashes say. */
  static boolean areEqual(JsonNode one, JsonNode other) {
    return withoutHash(one).equals(withoutHash(other));
  }

  private static JsonNode withoutHash(JsonNode template) {
    var copy = template.deepCopy();
    if (copy.path("metadata").path("labels") instanceof ObjectNode labels) {
      labels.remove(HASH);
    }
    return copy;
  }
}
