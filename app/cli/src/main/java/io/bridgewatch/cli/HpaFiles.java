package io.bridgewatch.cli;

import io.bridgewatch.model.KubernetesObject;
import io.bridgewatch.scale.HpaManifest;
import io.bridgewatch.scale.HpaSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** HorizontalPodAutoscalers on disk, as YAML or JSON (which is YAML too). */
final class HpaFiles {

  private HpaFiles() {}

  /**
   * All of a file, by name; documents of other kinds are passed over.
   *
   * @throws IOException if there is none or one cannot be read
   */
  static Map<String, HpaSpec> read(Path file) throws IOException {
    var found = new LinkedHashMap<String, HpaSpec>();
    try {
      var load = new Load(LoadSettings.builder().setLabel(file.toString()).build());
      for (Object document : load.loadAllFromString(Files.readString(file))) {
        add(document, file, found);
      }
    } catch (YamlEngineException e) {
      throw new IOException("no YAML or JSON: " + e.getMessage(), e);
    } catch (IllegalArgumentException e) {
      throw new IOException(e.getMessage(), e);
    }
    if (found.isEmpty()) {
      throw new IOException("there is no HorizontalPodAutoscaler in it");
    }
    return found;
  }

  private static void add(@Nullable Object document, Path file, Map<String, HpaSpec> found) {
    if (!(document instanceof Map<?, ?> map)) {
      return;
    }
    var tree = new LinkedHashMap<String, @Nullable Object>();
    map.forEach((key, value) -> tree.put(String.valueOf(key), value));
    KubernetesObject object = KubernetesObject.of(tree);
    if (!object.kind().equals("HorizontalPodAutoscaler")) {
      return;
    }
    if (!object.apiVersion().equals("autoscaling/v2")) {
      throw new IllegalArgumentException(
          "apiVersion must be autoscaling/v2, was %s".formatted(object.apiVersion()));
    }
    String name = object.name().isEmpty() ? String.valueOf(file.getFileName()) : object.name();
    found.put(name, HpaManifest.read(object));
  }
}
