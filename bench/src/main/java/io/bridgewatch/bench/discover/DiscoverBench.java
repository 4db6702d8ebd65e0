package io.bridgewatch.bench.discover;

import io.bridgewatch.adapter.store.EmbeddedStore;
import io.bridgewatch.engine.DiscoveryStores;
import io.bridgewatch.ports.Timekeeper;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Measures discovery of a large cluster: {@code ./bw bench discover}. */
public final class DiscoverBench {
  private static final int OK = 0;
  private static final int BELOW = 1;
  private static final int NOTHING = 2;

  private DiscoverBench() {}

  public static void main(String[] arguments) throws InterruptedException {
    System.exit(run(System.out, System.err, arguments));
  }

  private static int run(PrintStream out, PrintStream err, String... arguments)
      throws InterruptedException {
    try {
      var options = DiscoverOptions.parse(arguments);
      var floors = DiscoverFloors.read(options.floors());
      err.println("making up a cluster of " + words(options));
      Path folder = Files.createTempDirectory("bridgewatch-bench");
      try (var cluster = SeparateCluster.start(options.size());
          var store = EmbeddedStore.open(folder)) {
        err.println("reading it, then %d changes".formatted(options.changes()));
        var measures =
            new DiscoverRun(cluster, stores(store), Timekeeper.system(), options.size().seed())
                .run(options.changes(), options.changesPerSecond());
        write(options, measures, out);
        var broken = floors.broken(measures);
        broken.forEach(sentence -> err.println("floor not held: " + sentence));
        return broken.isEmpty() ? OK : BELOW;
      } finally {
        remove(folder);
      }
    } catch (DiscoverOptions.UsageException e) {
      err.println(e.getMessage());
      err.print(DiscoverOptions.USAGE);
      return NOTHING;
    } catch (IOException e) {
      err.println("cannot measure: " + e.getMessage());
      return NOTHING;
    }
  }

  private static DiscoveryStores stores(EmbeddedStore store) {
    return new DiscoveryStores(store.chronicle(), store.topologyHistory(), store.objects());
  }

  private static void remove(Path folder) throws IOException {
    try (var all = Files.walk(folder)) {
      for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(one);
      }
    }
  }

  private static String words(DiscoverOptions options) {
    var size = options.size();
    return "%d nodes, %d pods, %d services, seed %d"
        .formatted(size.nodes(), size.pods(), size.services(), size.seed());
  }

  private static void write(DiscoverOptions options, Measures measures, PrintStream out)
      throws IOException {
    var table = markdown(options, measures);
    out.println(table);
    if (options.out().isPresent()) {
      var folder = options.out().get();
      Files.createDirectories(folder);
      Files.writeString(folder.resolve("discover.md"), table);
      var json = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
      var document = new LinkedHashMap<String, Object>();
      document.put("cluster", options.size());
      document.put("changesPerSecond", options.changesPerSecond());
      document.put("changes", options.changes());
      document.put("label", options.label());
      document.put("measures", measures);
      Files.writeString(folder.resolve("discover.json"), json.writeValueAsString(document) + "\n");
    }
  }

  private static String markdown(DiscoverOptions options, Measures measures) {
    var rows = new LinkedHashMap<String, String>();
    rows.put("entities", Integer.toString(measures.entities()));
    rows.put("first complete topology", seconds(measures.completeSeconds()));
    rows.put("CPU until then", seconds(measures.completeCpuSeconds()));
    rows.put("heap after full collection", gib(measures.heapGiB()));
    rows.put("heap, most in use", gib(measures.heapPeakGiB()));
    rows.put("CPU while pods change", String.format(Locale.ROOT, "%.2f cores", measures.cores()));
    rows.put("change to visible", percentiles(measures.visibleSeconds()));
    rows.put("topology of a past second", percentiles(measures.pastSeconds()));
    rows.put("search, all kinds together", percentiles(measures.search().mix()));
    measures
        .search()
        .seconds()
        .forEach((kind, seconds) -> rows.put("search: " + kind.words(), percentiles(seconds)));
    rows.put("changes lost or doubled", Long.toString(measures.wrong()));
    rows.put("rejected", Long.toString(measures.rejected()));
    var text = new StringBuilder("# Discovery of a large cluster\n\n");
    text.append(words(options));
    text.append("; ").append(options.changes()).append(" changes of pods at ");
    text.append(options.changesPerSecond()).append(" a second; embedded store");
    text.append(options.label().isEmpty() ? "" : "; " + options.label());
    text.append(".\n\n| measure | value |\n|---|---|\n");
    for (Map.Entry<String, String> row : rows.entrySet()) {
      text.append("| ").append(row.getKey()).append(" | ").append(row.getValue()).append(" |\n");
    }
    return text.toString();
  }

  private static String percentiles(Percentiles of) {
    return String.format(
        Locale.ROOT,
        "p50 %.3f s, p95 %.3f s, longest %.3f s (%d)",
        of.p50(),
        of.p95(),
        of.max(),
        of.count());
  }

  private static String seconds(double value) {
    return String.format(Locale.ROOT, "%.1f s", value);
  }

  private static String gib(double value) {
    return String.format(Locale.ROOT, "%.2f GiB", value);
  }
}
