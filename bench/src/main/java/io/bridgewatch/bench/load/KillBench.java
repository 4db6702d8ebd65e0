package io.bridgewatch.bench.load;

import io.bridgewatch.bench.engines.Floors;
import io.bridgewatch.bench.engines.Folders;
import io.bridgewatch.bench.load.KillRun.KillMeasures;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Kills a hub again and again under load and counts what is left: {@code ./bw bench kill}. */
public final class KillBench {
  private static final int OK = 0;
  private static final int BELOW = 1;
  private static final int NOTHING = 2;

  private KillBench() {}

  public static void main(String[] arguments) throws InterruptedException {
    System.exit(run(System.out, System.err, arguments));
  }

  private static int run(PrintStream out, PrintStream err, String... arguments)
      throws InterruptedException {
    try {
      var options = KillOptions.parse(arguments);
      var floors = Floors.read(options.floors());
      Path folder = Files.createTempDirectory("bridgewatch-bench");
      KillMeasures measures;
      try {
        measures = new KillRun(options, folder, err::println).run();
      } finally {
        Folders.remove(folder);
      }
      write(options, measures, out);
      var broken = floors.broken(byName(measures));
      broken.forEach(sentence -> err.println("floor not held: " + sentence));
      return broken.isEmpty() ? OK : BELOW;
    } catch (LoadOptions.UsageException e) {
      err.println(e.getMessage());
      err.print(KillOptions.USAGE);
      return NOTHING;
    } catch (IOException e) {
      err.println("cannot measure: " + e.getMessage());
      return NOTHING;
    }
  }

  /** Names as the floors have them. */
  static Map<String, Double> byName(KillMeasures measures) {
    return Map.of(
        "lost",
        (double) measures.lost(),
        "doubled",
        (double) measures.doubled(),
        "startUpP50Seconds",
        measures.startUp().p50(),
        "startUpMaxSeconds",
        measures.startUp().max());
  }

  private static void write(KillOptions options, KillMeasures measures, PrintStream out)
      throws IOException {
    var text = markdown(options, measures);
    out.println(text);
    if (options.out().isPresent()) {
      var folder = options.out().get();
      Files.createDirectories(folder);
      Files.writeString(folder.resolve("kill.md"), text);
      var json = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
      var document = new LinkedHashMap<String, Object>();
      document.put("seed", options.seed());
      document.put("label", options.label());
      document.put("measures", measures);
      Files.writeString(folder.resolve("kill.json"), json.writeValueAsString(document) + "\n");
    }
  }

  static String markdown(KillOptions options, KillMeasures measures) {
    return String.format(
        Locale.ROOT,
        """
        # A hub that is killed under load

        `kill -9` %d times at random moments, seed %d, while %d samples, %d log lines and %d spans \
        came in each tenth of a second%s.

        | measure | value |
        |---|---|
        | batches acknowledged | %d |
        | of these, records lost | %d |
        | records doubled | %d |
        | batches under way at a kill | %d |
        | of these, kept nevertheless | %d |
        | start-up after a kill | p50 %.1f s, p95 %.1f s, max %.1f s |
        """,
        measures.rounds(),
        options.seed(),
        MarkedBatches.SERIES,
        MarkedBatches.RECORDS,
        MarkedBatches.RECORDS,
        options.label().isEmpty() ? "" : "; " + options.label(),
        measures.acknowledged(),
        measures.lost(),
        measures.doubled(),
        measures.unanswered(),
        measures.unansweredFound(),
        measures.startUp().p50(),
        measures.startUp().p95(),
        measures.startUp().max());
  }
}
