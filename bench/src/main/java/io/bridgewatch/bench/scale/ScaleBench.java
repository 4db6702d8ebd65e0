package io.bridgewatch.bench.scale;

import io.bridgewatch.bench.engines.Floors;
import io.bridgewatch.scale.EvaluationSummary;
import io.bridgewatch.scale.EvaluationSummary.Tally;
import io.bridgewatch.scale.LoadText;
import io.bridgewatch.scale.ScalingEvaluation;
import io.bridgewatch.scale.ScalingEvaluation.Duel;
import io.bridgewatch.scale.ScalingEvaluation.Judged;
import io.bridgewatch.scale.ScalingEvaluation.Result;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Judges learned scaling policies and times replays: {@code ./bw bench scale}. */
public final class ScaleBench {
  private static final int OK = 0;
  private static final int BELOW = 1;
  private static final int NOTHING = 2;
  private static final long SEED = 1;

  private ScaleBench() {}

  public static void main(String[] arguments) {
    System.exit(run(System.out, System.err, arguments));
  }

  static int run(PrintStream out, PrintStream err, String... arguments) {
    try {
      var options = ScaleOptions.parse(arguments);
      var floors = Floors.read(options.floors());
      err.println("timing replays");
      var speed = ReplaySpeed.measure(SEED);
      var results = new LinkedHashMap<String, Result>();
      for (Path file : loads(options.load())) {
        String name = String.valueOf(file.getFileName()).replaceFirst("\\.csv(\\.gz)?$", "");
        err.println("judging " + name);
        results.put(
            name, ScalingEvaluation.of(LoadText.parse(lines(file)), options.startSeconds()));
      }
      var summary = EvaluationSummary.of(List.copyOf(results.values()));
      var measures = measures(summary, speed);
      write(options, results, summary, measures, out);
      var broken = floors.broken(measures);
      broken.forEach(sentence -> err.println("floor not held: " + sentence));
      return broken.isEmpty() ? OK : BELOW;
    } catch (ScaleOptions.UsageException e) {
      err.println(e.getMessage());
      err.print(ScaleOptions.USAGE);
      return NOTHING;
    } catch (IOException | IllegalArgumentException e) {
      err.println("cannot measure: " + e.getMessage());
      return NOTHING;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return NOTHING;
    }
  }

  private static List<Path> loads(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().matches(".*\\.csv(\\.gz)?")).sorted().toList();
    }
  }

  private static List<String> lines(Path file) throws IOException {
    try (var bytes = Files.newInputStream(file);
        var text = file.toString().endsWith(".gz") ? new GZIPInputStream(bytes) : bytes;
        var reader = new BufferedReader(new InputStreamReader(text, StandardCharsets.UTF_8))) {
      return reader.lines().toList();
    }
  }

  /** Names as the floors have them. */
  static Map<String, Double> measures(EvaluationSummary summary, ReplaySpeed speed) {
    var named = new TreeMap<String, Double>();
    double loads = Math.max(1, summary.loads());
    summary.own().forEach(tally -> named.put("won." + tally.usual(), tally.won() / loads));
    summary.all().forEach(tally -> named.put("wonByOne." + tally.usual(), tally.won() / loads));
    named.put("nearSwept", summary.nearSwept() / (double) Math.max(1, summary.learned()));
    named.put("replayWeekMillisP50", speed.replayMillisP50());
    named.put("sweepThousandWeekSeconds", speed.sweepSeconds());
    return named;
  }

  private static void write(
      ScaleOptions options,
      Map<String, Result> results,
      EvaluationSummary summary,
      Map<String, Double> measures,
      PrintStream out)
      throws IOException {
    String text = markdown(options, results, summary, measures);
    out.println(text);
    if (options.out().isPresent()) {
      Path folder = options.out().get();
      Files.createDirectories(folder);
      Files.writeString(folder.resolve("scale.md"), text);
      var document = new LinkedHashMap<String, Object>();
      document.put("label", options.label());
      document.put("startSeconds", options.startSeconds());
      document.put("measures", measures);
      document.put("summary", summary);
      var json = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
      Files.writeString(folder.resolve("scale.json"), json.writeValueAsString(document) + "\n");
    }
  }

  private static String markdown(
      ScaleOptions options,
      Map<String, Result> results,
      EvaluationSummary summary,
      Map<String, Double> measures) {
    var text = new StringBuilder("# Scaling policies\n\n");
    text.append(
            "Learned on the first half of each load, judged on the second; a new replica serves after ")
        .append(options.startSeconds())
        .append(" s")
        .append(options.label().isEmpty() ? "" : "; " + options.label())
        .append(
            ".\n\n| against | by | fewer hurt and fewer pod-hours | fewer hurt | fewer pod-hours | pod-hours, times |\n|---|---|---|---|---|---|\n");
    summary.own().forEach(tally -> tally(text, tally, "one for each", summary.loads()));
    summary.all().forEach(tally -> tally(text, tally, "one for all", summary.loads()));
    text.append(
        "\n%d of %d learned policies cost at most 1.05 times the best fixed threshold, found by a sweep of the judged half itself, that hurts no more.\n"
            .formatted(summary.nearSwept(), summary.learned()));
    summary
        .shares()
        .forEach(
            share ->
                text.append(
                    "At most %s hurt: kept by the learned policy on %d of %d loads, by some fixed threshold on %d.\n"
                        .formatted(
                            share.share(), share.kept(), summary.loads(), share.sweptKept())));
    text.append("\n| measure | value |\n|---|---|\n");
    measures.forEach(
        (name, value) -> text.append(String.format(Locale.ROOT, "| %s | %.3f |%n", name, value)));
    results.forEach((name, result) -> load(text, name, result));
    return text.toString();
  }

  private static void tally(StringBuilder text, Tally tally, String by, int loads) {
    text.append(
        String.format(
            Locale.ROOT,
            "| %s | %s | %d of %d | %d | %d | %.2f |%n",
            tally.usual(),
            by,
            tally.won(),
            loads,
            tally.fewerHurt(),
            tally.fewerPodHours(),
            tally.costRatio()));
  }

  private static void load(StringBuilder text, String name, Result result) {
    text.append("\n## ").append(name);
    text.append(
        "\n\n| kind | objective | policy | hurt | cost | pod-hours | rescales | worst minute | to best threshold |\n|---|---|---|---|---|---|---|---|---|\n");
    for (Judged judged : result.policies()) {
      text.append(
          String.format(
              Locale.ROOT,
              "| %s | %s | %s | %.4f%% | %.3f | %.1f | %d | %.0f%% | %s |%n",
              judged.kind().name().toLowerCase(Locale.ROOT),
              judged.objective(),
              judged.name(),
              100 * judged.effect().hurtShare(),
              judged.effect().cost(),
              judged.effect().podHours(),
              judged.effect().rescales(),
              100 * judged.effect().worstMinuteShare(),
              judged
                  .overSwept()
                  .map(over -> String.format(Locale.ROOT, "%.3f", over))
                  .orElse("-")));
    }
    text.append("\nWon: ");
    text.append(
        String.join(
            ", ",
            result.duels().stream().filter(Duel::won).map(duel -> duel.usual().name()).toList()));
    text.append(".\n");
  }
}
