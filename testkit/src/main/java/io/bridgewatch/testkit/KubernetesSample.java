package io.bridgewatch.testkit;

import io.bridgewatch.model.KubernetesObject;
import io.bridgewatch.model.WatchEvent;
import io.bridgewatch.model.Window;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The Kubernetes part of an incident bundle, for tests of what reads objects and watches. */
public record KubernetesSample(
    Window window, List<KubernetesObject> objects, List<WatchEvent> watch) {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final TypeReference<Map<String, @Nullable Object>> TREE = new TypeReference<>() {};

  public KubernetesSample {
    objects = List.copyOf(objects);
    watch = List.copyOf(watch);
  }

  public static KubernetesSample read(Path bundle) throws IOException {
    JsonNode window = JSON.readTree(bundle.resolve("bundle.json").toFile()).path("window");
    var objects = new ArrayList<KubernetesObject>();
    for (String line : lines(bundle.resolve("kubernetes/objects.json.gz"))) {
      for (JsonNode item : JSON.readTree(line).path("items")) {
        objects.add(object(item));
      }
    }
    var watch = new ArrayList<WatchEvent>();
    for (String line : lines(bundle.resolve("kubernetes/watch.ndjson.gz"))) {
      JsonNode event = JSON.readTree(line);
      watch.add(
          new WatchEvent(
              Instant.parse(event.path("time").asString()),
              WatchEvent.Type.valueOf(event.path("type").asString()),
              object(event.path("object"))));
    }
    return new KubernetesSample(
        new Window(
            Instant.parse(window.path("from").asString()),
            Instant.parse(window.path("to").asString())),
        objects,
        watch);
  }

  /** An object written as JSON, as tests like to. */
  public static KubernetesObject object(String json) {
    return object(JSON.readTree(json));
  }

  private static KubernetesObject object(JsonNode node) {
    return KubernetesObject.of(JSON.convertValue(node, TREE));
  }

  private static List<String> lines(Path file) throws IOException {
    try (var reader =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
      return reader.lines().toList();
    }
  }
}
