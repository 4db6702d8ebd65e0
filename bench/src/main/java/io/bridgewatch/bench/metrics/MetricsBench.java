package io.bridgewatch.bench.metrics;

import io.bridgewatch.bench.discover.Percentiles;
import io.bridgewatch.bench.engines.Folders;
import io.bridgewatch.bench.engines.HubProcess;
import io.bridgewatch.bench.engines.OtherEngine;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Measures what keeping metrics costs: {@code ./bw bench metrics}. */
public final class MetricsBench {
  private static final int OK = 0;
  private static final int BELOW = 1;
  private static final int NOTHING = 2;

  private MetricsBench() {}

  public static void main(String[] arguments) throws InterruptedException {
    System.exit(run(System.out, System.err, arguments));
  }

  private static int run(PrintStream out, PrintStream err, String... arguments)
      throws InterruptedException {
    try {
      var options = MetricsOptions.parse(InstantSource.system().millis(), arguments);
      var floors = MetricsFloors.read(options.floors());
      var all = new ArrayList<Measures>();
      var missing = new ArrayList<String>();
      err.println("Bridgewatch: " + words(options));
      all.add(inFolder(folder -> new OwnRun(options, folder).run()));
      if (options.hub().isPresent()) {
        err.println("the hub over HTTP: the same");
        all.add(inFolder(folder -> hub(options, options.hub().get(), folder)));
      }
      for (var peer : options.peers()) {
        var program = peer.find();
        if (program.isEmpty()) {
          missing.add(peer.title());
          err.println(peer.title() + " is not installed and left out");
          continue;
        }
        err.println(peer.title() + ": the same");
        all.add(inFolder(folder -> other(options, peer, program.get(), folder)));
      }
      write(options, all, missing, out);
      var broken = floors.broken(all.getFirst());
      broken.forEach(sentence -> err.println("floor not held: " + sentence));
      return broken.isEmpty() ? OK : BELOW;
    } catch (MetricsOptions.UsageException e) {
      err.println(e.getMessage());
      err.print(MetricsOptions.USAGE);
      return NOTHING;
    } catch (IOException e) {
      err.println("cannot measure: " + e.getMessage());
      return NOTHING;
    }
  }

  private static Measures hub(MetricsOptions options, String classPath, Path folder)
      throws IOException, InterruptedException {
    try (var hub = HubProcess.start(new HubProcess.Settings(classPath, "4g", folder))) {
      return new HttpRun(options, hub).run("Bridgewatch's hub");
    }
  }

  private static Measures other(
      MetricsOptions options, OtherEngine.Kind kind, Path program, Path folder)
      throws IOException, InterruptedException {
    try (var engine = OtherEngine.start(kind, program, folder)) {
      return new HttpRun(options, engine).run(kind.title());
    }
  }

  private interface Run {
    Measures run(Path folder) throws IOException, InterruptedException;
  }

  private static Measures inFolder(Run run) throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("bridgewatch-bench");
    try {
      return run.run(folder);
    } finally {
      Folders.remove(folder);
    }
  }

  private static String words(MetricsOptions options) {
    return "%d series, a sample every 15 s over %.1f h, %d at once, seed %d"
        .formatted(
            options.series(),
            options.rounds() * MadeUpSamples.STEP_MILLIS / 3_600_000.0,
            options.batch(),
            options.seed());
  }

  private static void write(
      MetricsOptions options, List<Measures> all, List<String> missing, PrintStream out)
      throws IOException {
    var table = markdown(options, all, missing);
    out.println(table);
    if (options.out().isPresent()) {
      var folder = options.out().get();
      Files.createDirectories(folder);
      Files.writeString(folder.resolve("metrics.md"), table);
      var json = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
      var document = new LinkedHashMap<String, Object>();
      document.put("series", options.series());
      document.put("rounds", options.rounds());
      document.put("batch", options.batch());
      document.put("seed", options.seed());
      document.put("label", options.label());
      document.put("measures", all);
      Files.writeString(folder.resolve("metrics.json"), json.writeValueAsString(document) + "\n");
    }
  }

  private static String markdown(MetricsOptions options, List<Measures> all, List<String> missing) {
    var text = new StringBuilder("# Keeping metrics\n\n");
    text.append(words(options));
    text.append(options.label().isEmpty() ? "" : "; " + options.label());
    text.append(missing.isEmpty() ? "" : "; not installed: " + String.join(", ", missing));
    text.append(".\n\n| measure |");
    all.forEach(one -> text.append(' ').append(one.name()).append(" |"));
    text.append("\n|---|").append("---|".repeat(all.size())).append('\n');
    row(text, all, "samples taken", one -> "%d".formatted(one.samples()));
    row(text, all, "CPU for that", one -> number("%.1f s", one.cpuSeconds()));
    row(
        text,
        all,
        "of that, reading requests",
        one -> one.readSeconds().map(seconds -> number("%.1f s", seconds)).orElse("–"));
    row(text, all, "samples per CPU second", one -> number("%.0f", one.samplesPerCpuSecond()));
    row(text, all, "disk per sample", one -> number("%.2f B", one.bytesPerSample()));
    row(
        text,
        all,
        "of that, log",
        one -> number("%.2f B", (double) one.logBytes() / one.samples()));
    row(
        text,
        all,
        "heap (own), resident (processes of their own)",
        one -> number("%.0f MiB", one.heapMiB()));
    row(
        text,
        all,
        "open again",
        one -> one.reopenSeconds().map(seconds -> number("%.1f s", seconds)).orElse("–"));
    row(text, all, "one series, 6 h", one -> percentiles(one.oneSeries()));
    row(text, all, "rate of a metric, 1 h", one -> percentiles(one.rate()));
    row(
        text,
        all,
        "one series, while loading",
        one -> one.loading().map(loading -> percentiles(loading.oneSeries())).orElse("–"));
    row(
        text,
        all,
        "rate, while loading",
        one -> one.loading().map(loading -> percentiles(loading.rate())).orElse("–"));
    return text.toString();
  }

  private static void row(
      StringBuilder text, List<Measures> all, String name, Function<Measures, String> value) {
    text.append("| ").append(name).append(" |");
    all.forEach(one -> text.append(' ').append(value.apply(one)).append(" |"));
    text.append('\n');
  }

  private static String number(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }

  private static String percentiles(Percentiles of) {
    return String.format(Locale.ROOT, "p50 %.1f ms, p95 %.1f ms", of.p50() * 1000, of.p95() * 1000);
  }
}
