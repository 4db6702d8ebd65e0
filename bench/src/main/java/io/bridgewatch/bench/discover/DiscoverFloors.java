package io.bridgewatch.bench.discover;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** The most that each measure may be, by its name. */
record DiscoverFloors(Map<String, Double> most) {
  DiscoverFloors {
    most = Map.copyOf(most);
  }

  static DiscoverFloors read(Path file) throws IOException {
    try {
      var most = new TreeMap<String, Double>();
      JsonMapper.builder()
          .build()
          .readTree(Files.readAllBytes(file))
          .forEachEntry((name, value) -> most.put(name, value.asDouble()));
      return new DiscoverFloors(most);
    } catch (JacksonException e) {
      throw new IOException("cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  /** One sentence for each that is not held. */
  List<String> broken(Measures measures) {
    var seen =
        Map.of(
            "heapGiB", measures.heapGiB(),
            "visibleP95Seconds", measures.visibleSeconds().p95(),
            "pastP95Seconds", measures.pastSeconds().p95(),
            "searchP95Seconds", measures.search().worstP95(),
            "wrong", (double) measures.wrong());
    var broken = new ArrayList<String>();
    new TreeMap<>(most)
        .forEach(
            (name, limit) -> {
              var value = seen.getOrDefault(name, Double.NaN);
              if (!(value <= limit)) {
                broken.add(
                    String.format(
                        Locale.ROOT, "%s is %.3f, wanted at most %.3f", name, value, limit));
              }
            });
    return broken;
  }
}
