package io.bridgewatch.bench.logs;

import io.bridgewatch.bench.engines.Floors;
import io.bridgewatch.bench.logs.StoreMeasures.Latency;
import io.bridgewatch.detect.LogPatterns;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Measures logs and spans: {@code ./bw bench logs}. */
public final class LogsBench {
  private static final int OK = 0;
  private static final int BELOW = 1;
  private static final int NOTHING = 2;

  private LogsBench() {}

  public static void main(String[] arguments) {
    System.exit(run(System.out, System.err, arguments));
  }

  static int run(PrintStream out, PrintStream err, String... arguments) {
    try {
      var options = LogsOptions.parse(arguments);
      var floors = Floors.read(options.floors());
      var groupings =
          options.data().isPresent() ? groupings(options.data().get()) : List.<Grouping>of();
      err.println("storing %d lines and %d spans".formatted(options.lines(), options.spans()));
      var measures = store(options);
      write(options, groupings, measures, out);
      var broken = floors.broken(byName(groupings, measures));
      broken.forEach(sentence -> err.println("floor not held: " + sentence));
      return broken.isEmpty() ? OK : BELOW;
    } catch (LogsOptions.UsageException e) {
      err.println(e.getMessage());
      err.print(LogsOptions.USAGE);
      return NOTHING;
    } catch (IOException e) {
      err.println("cannot measure: " + e.getMessage());
      return NOTHING;
    }
  }

  private static List<Grouping> groupings(Path data) throws IOException {
    var settings = LogPatterns.Settings.DEFAULTS;
    var groupings = new ArrayList<Grouping>();
    for (LabelledLines lines : LabelledLines.in(data)) {
      groupings.add(Grouping.of(lines, settings.similarity(), settings.most()));
    }
    if (groupings.isEmpty()) {
      throw new IOException(data + " has no folder with a file *_structured_corrected.csv");
    }
    return groupings;
  }

  private static StoreMeasures store(LogsOptions options) throws IOException {
    Path folder = Files.createTempDirectory("bridgewatch-bench");
    try {
      return new StoreRun(folder, options.lines(), options.spans(), options.seed()).run();
    } finally {
      try (var all = Files.walk(folder)) {
        for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(one);
        }
      }
    }
  }

  /** Names as the floors have them. */
  static Map<String, Double> byName(List<Grouping> groupings, StoreMeasures measures) {
    var named = new LinkedHashMap<String, Double>();
    groupings.forEach(one -> named.put("grouping." + one.name(), one.accuracy()));
    if (!groupings.isEmpty()) {
      named.put("grouping.mean", mean(groupings));
    }
    named.put("linesPerCpuSecond", measures.linesPerCpuSecond());
    named.put("bytesPerLine", measures.bytesPerLine());
    named.put("rareWordP95Millis", measures.rareWord().p95());
    named.put("phraseAndFilterP95Millis", measures.phraseAndFilter().p95());
    named.put("histogramP95Millis", measures.histogram().p95());
    named.put("spansPerCpuSecond", measures.spansPerCpuSecond());
    named.put("bytesPerSpan", measures.bytesPerSpan());
    named.put("traceP95Millis", measures.trace().p95());
    named.put("maskedPerCpuSecond", measures.maskedPerCpuSecond());
    named.put("groupedPerCpuSecond", measures.groupedPerCpuSecond());
    return named;
  }

  private static double mean(List<Grouping> groupings) {
    return groupings.stream().mapToDouble(Grouping::accuracy).average().orElse(Double.NaN);
  }

  private static void write(
      LogsOptions options, List<Grouping> groupings, StoreMeasures measures, PrintStream out)
      throws IOException {
    var text = markdown(options, groupings, measures);
    out.println(text);
    if (options.out().isPresent()) {
      var folder = options.out().get();
      Files.createDirectories(folder);
      Files.writeString(folder.resolve("logs.md"), text);
      var json = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
      var document = new LinkedHashMap<String, Object>();
      document.put("seed", options.seed());
      document.put("label", options.label());
      document.put("grouping", groupings);
      document.put("measures", measures);
      Files.writeString(folder.resolve("logs.json"), json.writeValueAsString(document) + "\n");
    }
  }

  private static String markdown(
      LogsOptions options, List<Grouping> groupings, StoreMeasures measures) {
    var text = new StringBuilder("# Logs and spans\n\n");
    text.append(measures.lines()).append(" lines, ").append(measures.spans());
    text.append(" spans, seed ").append(options.seed()).append("; embedded store");
    text.append(options.label().isEmpty() ? "" : "; " + options.label());
    text.append(".\n\n| measure | value |\n|---|---|\n");
    row(text, "lines per CPU second, stored", "%.0f", measures.linesPerCpuSecond());
    row(text, "bytes per line", "%.0f", measures.bytesPerLine());
    row(text, "rare word", measures.rareWord());
    row(text, "phrase, severity and namespace", measures.phraseAndFilter());
    row(text, "histogram of a word", measures.histogram());
    row(text, "spans per CPU second, stored", "%.0f", measures.spansPerCpuSecond());
    row(text, "bytes per span", "%.0f", measures.bytesPerSpan());
    row(text, "trace by id", measures.trace());
    row(text, "lines per CPU second, masked", "%.0f", measures.maskedPerCpuSecond());
    row(text, "lines per CPU second, grouped", "%.0f", measures.groupedPerCpuSecond());
    if (!groupings.isEmpty()) {
      text.append("\n| labelled lines | grouping accuracy | statements | groups |\n");
      text.append("|---|---|---|---|\n");
      for (Grouping one : groupings) {
        text.append(
            String.format(
                Locale.ROOT,
                "| %s | %.3f | %d | %d |%n",
                one.name(),
                one.accuracy(),
                one.statements(),
                one.groups()));
      }
      text.append(String.format(Locale.ROOT, "| mean | %.3f | | |%n", mean(groupings)));
    }
    return text.toString();
  }

  private static void row(StringBuilder text, String name, String format, double value) {
    text.append("| ").append(name).append(" | ");
    text.append(String.format(Locale.ROOT, format, value)).append(" |\n");
  }

  private static void row(StringBuilder text, String name, Latency latency) {
    text.append("| ").append(name).append(" | ");
    text.append(
        String.format(Locale.ROOT, "p50 %.1f ms, p95 %.1f ms", latency.p50(), latency.p95()));
    text.append(" |\n");
  }
}
