package io.bridgewatch.bench.load;

import io.bridgewatch.bench.discover.Percentiles;
import io.bridgewatch.bench.engines.Floors;
import io.bridgewatch.bench.engines.Folders;
import io.bridgewatch.bench.engines.OtherEngine;
import io.bridgewatch.bench.load.LoadMeasures.Engine;
import io.bridgewatch.bench.load.LoadMeasures.Phase;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Measures a hub while telemetry comes at a given rate: {@code ./bw bench load}. */
public final class LoadBench {
  private static final int OK = 0;
  private static final int BELOW = 1;
  private static final int NOTHING = 2;

  private LoadBench() {}

  public static void main(String[] arguments) throws InterruptedException {
    System.exit(run(System.out, System.err, arguments));
  }

  private static int run(PrintStream out, PrintStream err, String... arguments)
      throws InterruptedException {
    try {
      var options = LoadOptions.parse(arguments);
      var floors = Floors.read(options.floors());
      Path folder = Files.createTempDirectory("bridgewatch-bench");
      LoadMeasures measures;
      try {
        measures = new LoadRun(options, folder, err::println).run();
      } finally {
        Folders.remove(folder);
      }
      write(options, measures, out);
      var broken = floors.broken(byName(measures));
      broken.forEach(sentence -> err.println("floor not held: " + sentence));
      return broken.isEmpty() ? OK : BELOW;
    } catch (LoadOptions.UsageException e) {
      err.println(e.getMessage());
      err.print(LoadOptions.USAGE);
      return NOTHING;
    } catch (IOException e) {
      err.println("cannot measure: " + e.getMessage());
      return NOTHING;
    }
  }

  /** Names as the floors have them; what was not measured is left out. */
  static Map<String, Double> byName(LoadMeasures measures) {
    var named = new TreeMap<String, Double>();
    for (Phase phase : measures.phases()) {
      named.merge("lost", (double) phase.lost(), Double::sum);
      if (phase.name().equals(LoadRun.ALONE) || phase.name().equals(LoadRun.ALL)) {
        named.merge("refused", (double) phase.refused(), Double::sum);
        named.merge("rejected", (double) phase.rejectedInAll(), Double::sum);
      }
      if (phase.name().equals(LoadRun.ALONE)) {
        beside(phase.engines(), named);
      }
      if (phase.name().equals(LoadRun.ALL)) {
        named.put("bytesPerLine", phase.bytesEach(LoadRun.LOGS));
        named.put("bytesPerSpan", phase.bytesEach(LoadRun.SPANS));
        named.put("cpuCores", phase.engines().getFirst().cpuSeconds() / phase.seconds());
        named.put("heapMiB", phase.heapMiB());
      }
    }
    named.put("restartSeconds", measures.restartSeconds());
    named.put("lostAfterRestart", (double) measures.lostAfterRestart());
    return named;
  }

  private static void beside(List<Engine> engines, Map<String, Double> named) {
    var hub = engines.getFirst();
    named.put("bytesPerSample", hub.bytesPerSample());
    for (Engine engine : engines) {
      if (engine.title().equals(OtherEngine.Kind.VICTORIA_METRICS.title())) {
        named.put("cpuTimesVictoriaMetrics", hub.cpuSeconds() / engine.cpuSeconds());
        named.put("diskTimesVictoriaMetrics", hub.bytesPerSample() / engine.bytesPerSample());
      }
    }
  }

  private static void write(LoadOptions options, LoadMeasures measures, PrintStream out)
      throws IOException {
    var text = markdown(options, measures);
    out.println(text);
    if (options.out().isPresent()) {
      var folder = options.out().get();
      Files.createDirectories(folder);
      Files.writeString(folder.resolve("load.md"), text);
      var json = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
      var document = new LinkedHashMap<String, Object>();
      document.put("series", options.series());
      document.put("linesPerSecond", options.linesPerSecond());
      document.put("spansPerSecond", options.spansPerSecond());
      document.put("minutes", options.minutes());
      document.put("beyond", options.beyond());
      document.put("heap", options.heap());
      document.put("seed", options.seed());
      document.put("label", options.label());
      document.put("measures", measures);
      Files.writeString(folder.resolve("load.json"), json.writeValueAsString(document) + "\n");
    }
  }

  static String markdown(LoadOptions options, LoadMeasures measures) {
    var text = new StringBuilder("# A hub under load\n\n");
    text.append(
        String.format(
            Locale.ROOT,
            "%d series every 15 s by remote write, %d log lines/s and %d spans/s by OTLP, sent on"
                + " schedule whatever the answers; hub with a heap of %s, on %d processors; %d min"
                + " each phase, seed %d",
            options.series(),
            options.linesPerSecond(),
            options.spansPerSecond(),
            options.heap(),
            Runtime.getRuntime().availableProcessors(),
            options.minutes(),
            options.seed()));
    text.append(options.label().isEmpty() ? "" : "; " + options.label()).append(".\n\n");
    engines(text, measures);
    signals(text, measures);
    hub(text, measures);
    questions(text, measures);
    return text.toString();
  }

  private static void engines(StringBuilder text, LoadMeasures measures) {
    text.append("| phase | engine | CPU | cores | disk per sample | resident |\n");
    text.append("|---|---|---|---|---|---|\n");
    for (Phase phase : measures.phases()) {
      for (Engine engine : phase.engines()) {
        text.append(
            String.format(
                Locale.ROOT,
                "| %s | %s | %.1f s | %.3f | %.2f B | %.0f MiB |%n",
                phase.name(),
                engine.title(),
                engine.cpuSeconds(),
                engine.cpuSeconds() / phase.seconds(),
                engine.bytesPerSample(),
                engine.residentMiB()));
      }
    }
  }

  private static void signals(StringBuilder text, LoadMeasures measures) {
    text.append("\n| phase | signal | acknowledged | refused | found | lost | disk each |");
    text.append(" acknowledged in | sent late |\n|---|---|---|---|---|---|---|---|---|\n");
    for (Phase phase : measures.phases()) {
      phase
          .signals()
          .forEach(
              (name, signal) ->
                  text.append(
                      String.format(
                          Locale.ROOT,
                          "| %s | %s | %d | %s | %d | %d | %.1f B | %s | p95 %.0f ms |%n",
                          phase.name(),
                          name,
                          signal.sent().acknowledged(),
                          counts(signal.sent().refused()),
                          signal.found(),
                          signal.lost(),
                          signal.bytesEach(),
                          millis(signal.sent().answers()),
                          1000 * signal.sent().late().p95())));
    }
  }

  private static void hub(StringBuilder text, LoadMeasures measures) {
    text.append("\n| phase | heap after a full collection | most before one |");
    text.append(" rejected, as the hub says |\n|---|---|---|---|\n");
    for (Phase phase : measures.phases()) {
      text.append(
          String.format(
              Locale.ROOT,
              "| %s | %.0f MiB | %.0f MiB | %s |%n",
              phase.name(),
              phase.heapMiB(),
              phase.heapPeakMiB(),
              counts(phase.rejected())));
    }
    text.append(
        String.format(
            Locale.ROOT,
            "%nStarted again with all of that in %.1f s; acknowledged and not there then: %d.%n",
            measures.restartSeconds(),
            measures.lostAfterRestart()));
  }

  private static void questions(StringBuilder text, LoadMeasures measures) {
    text.append("\n| phase | question meanwhile | times | answered in |\n|---|---|---|---|\n");
    for (Phase phase : measures.phases()) {
      phase
          .questions()
          .forEach(
              (question, took) ->
                  text.append(
                      "| %s | %s | %d | %s |%n"
                          .formatted(phase.name(), question, took.count(), millis(took))));
    }
  }

  private static String counts(Map<String, Long> byReason) {
    if (byReason.isEmpty()) {
      return "0";
    }
    var words = new TreeMap<>(byReason);
    return String.join(
        ", ", words.entrySet().stream().map(one -> one.getKey() + " " + one.getValue()).toList());
  }

  private static String millis(Percentiles of) {
    return String.format(
        Locale.ROOT,
        "p50 %.1f ms, p95 %.1f ms, max %.1f ms",
        of.p50() * 1000,
        of.p95() * 1000,
        of.max() * 1000);
  }
}
