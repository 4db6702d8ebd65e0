package io.bridgewatch.bench.engines;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What each measure has to be at least, or may be at most, by its name. A measure that was not
 * taken breaks nothing.
 */
public record Floors(Map<String, Double> least, Map<String, Double> most) {
  public Floors {
    least = Map.copyOf(least);
    most = Map.copyOf(most);
  }

  public static Floors read(Path file) throws IOException {
    try {
      var root = JsonMapper.builder().build().readTree(Files.readAllBytes(file));
      return new Floors(numbers(root.path("least")), numbers(root.path("most")));
    } catch (JacksonException e) {
      throw new IOException("cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  private static Map<String, Double> numbers(JsonNode node) {
    var numbers = new TreeMap<String, Double>();
    node.forEachEntry((name, value) -> numbers.put(name, value.asDouble()));
    return numbers;
  }

  /** One sentence for each that is not held. */
  public List<String> broken(Map<String, Double> measures) {
    var broken = new ArrayList<String>();
    new TreeMap<>(measures)
        .forEach(
            (name, value) -> {
              Double floor = least.get(name);
              if (floor != null && !(value >= floor)) {
                broken.add(sentence(name, value, "at least", floor));
              }
              Double ceiling = most.get(name);
              if (ceiling != null && !(value <= ceiling)) {
                broken.add(sentence(name, value, "at most", ceiling));
              }
            });
    return broken;
  }

  private static String sentence(String name, double value, String how, double limit) {
    return String.format(Locale.ROOT, "%s is %.3f, wanted %s %.3f", name, value, how, limit);
  }
}
