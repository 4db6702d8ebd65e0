package io.bridgewatch.bench.metrics;

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

/** The least and the most that measures may be, by their names. */
record MetricsFloors(Map<String, Double> least, Map<String, Double> most) {
  MetricsFloors {
    least = Map.copyOf(least);
    most = Map.copyOf(most);
  }

  static MetricsFloors read(Path file) throws IOException {
    try {
      JsonNode document = JsonMapper.builder().build().readTree(Files.readAllBytes(file));
      return new MetricsFloors(limits(document.path("least")), limits(document.path("most")));
    } catch (JacksonException e) {
      throw new IOException("cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  private static Map<String, Double> limits(JsonNode node) {
    var limits = new TreeMap<String, Double>();
    node.forEachEntry((name, value) -> limits.put(name, value.asDouble()));
    return limits;
  }

  /** One sentence for each that is not held. */
  List<String> broken(Measures measures) {
    var seen =
        Map.of(
            "samplesPerCpuSecond",
            measures.samplesPerCpuSecond(),
            "bytesPerSample",
            measures.bytesPerSample(),
            "reopenSeconds",
            measures.reopenSeconds().orElse(Double.NaN),
            "rateP95Seconds",
            measures.rate().p95(),
            "oneSeriesP95Seconds",
            measures.oneSeries().p95());
    var broken = new ArrayList<String>();
    new TreeMap<>(least)
        .forEach(
            (name, limit) -> {
              double value = seen.getOrDefault(name, Double.NaN);
              if (!(value >= limit)) {
                broken.add(sentence(name, value, "least", limit));
              }
            });
    new TreeMap<>(most)
        .forEach(
            (name, limit) -> {
              double value = seen.getOrDefault(name, Double.NaN);
              if (!(value <= limit)) {
                broken.add(sentence(name, value, "most", limit));
              }
            });
    return broken;
  }

  private static String sentence(String name, double value, String which, double limit) {
    return String.format(Locale.ROOT, "%s is %.3f, wanted at %s %.3f", name, value, which, limit);
  }
}
