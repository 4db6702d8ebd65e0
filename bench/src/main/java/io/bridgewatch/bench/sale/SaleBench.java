package io.bridgewatch.bench.sale;

import io.bridgewatch.bench.engines.Floors;
import io.bridgewatch.bench.sale.SaleRun.Judged;
import io.bridgewatch.bench.sale.SaleRun.Result;
import io.bridgewatch.scale.ScalingEffect;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Flash sales on the simulated bank under several policies: {@code ./bw bench flash-sale}. */
public final class SaleBench {
  private static final int OK = 0;
  private static final int BELOW = 1;
  private static final int NOTHING = 2;

  /** Targets of CPU that stand for what people type. */
  private static final List<Integer> USUAL = List.of(80, 70, 50);

  private SaleBench() {}

  public static void main(String[] arguments) {
    System.exit(run(System.out, System.err, arguments));
  }

  static int run(PrintStream out, PrintStream err, String... arguments) {
    try {
      var options = SaleOptions.parse(arguments);
      var floors = Floors.read(options.floors());
      var results = new ArrayList<Result>();
      for (long seed : options.seeds()) {
        results.add(new SaleRun(seed, SaleRun.Plan.of(options.days()), USUAL, err).result());
      }
      var measures = measures(results);
      write(options, results, measures, out);
      var broken = floors.broken(measures);
      broken.forEach(sentence -> err.println("floor not held: " + sentence));
      return broken.isEmpty() ? OK : BELOW;
    } catch (SaleOptions.UsageException e) {
      err.println(e.getMessage());
      err.print(SaleOptions.USAGE);
      return NOTHING;
    } catch (IOException | IllegalArgumentException | IllegalStateException e) {
      err.println("cannot measure: " + e.getMessage());
      return NOTHING;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return NOTHING;
    }
  }

  /**
   * Names as the floors have them, over all seeds together.
   *
   * @param results of the same policies, at least one
   */
  static Map<String, Double> measures(List<Result> results) {
    var named = new TreeMap<String, Double>();
    for (int i = 0; i < results.getFirst().usual().size(); i++) {
      int policy = i;
      String name = results.getFirst().usual().get(i).policy().replaceAll("[ %]", "");
      named.put(
          "hurtOver." + name,
          sum(results, one -> one.learned().hurt())
              / sum(results, one -> one.usual().get(policy).hurt()));
      named.put(
          "podHoursOver." + name,
          sum(results, one -> one.learned().podHours())
              / sum(results, one -> one.usual().get(policy).podHours()));
    }
    List<Judged> all = results.stream().flatMap(one -> judged(one).stream()).toList();
    named.put(
        "violationMinutesError",
        error(all, Judged::violationMinutes, one -> one.foretold().violationMinutes()));
    named.put("podHoursError", error(all, Judged::podHours, one -> one.foretold().podHours()));
    named.put(
        "podHoursErrorMost",
        all.stream()
            .mapToDouble(one -> error(List.of(one), Judged::podHours, x -> x.foretold().podHours()))
            .max()
            .orElse(0));
    return named;
  }

  private static double sum(List<Result> results, ToDoubleFunction<Result> value) {
    return results.stream().mapToDouble(value).sum();
  }

  /** Sizes of what was foretold wrong, over what happened. */
  private static double error(
      List<Judged> all, ToDoubleFunction<Judged> happened, ToDoubleFunction<Judged> foretold) {
    double wrong = 0;
    double sum = 0;
    for (Judged one : all) {
      wrong += Math.abs(foretold.applyAsDouble(one) - happened.applyAsDouble(one));
      sum += happened.applyAsDouble(one);
    }
    return sum == 0 ? wrong : wrong / sum;
  }

  private static List<Judged> judged(Result result) {
    var all = new ArrayList<>(result.usual());
    all.add(result.learned());
    return all;
  }

  private static void write(
      SaleOptions options, List<Result> results, Map<String, Double> measures, PrintStream out)
      throws IOException {
    String text = markdown(options, results, measures);
    out.println(text);
    if (options.out().isEmpty()) {
      return;
    }
    Path folder = options.out().get();
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("flash-sale.md"), text);
    var document = new LinkedHashMap<String, Object>();
    document.put("label", options.label());
    document.put("days", options.days());
    document.put("measures", measures);
    document.put("runs", results.stream().map(SaleBench::tree).toList());
    var json = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
    Files.writeString(folder.resolve("flash-sale.json"), json.writeValueAsString(document) + "\n");
  }

  private static Map<String, Object> tree(Result result) {
    var tree = new LinkedHashMap<String, Object>();
    tree.put("seed", result.seed());
    tree.put("usualSeconds", result.history().usualSeconds());
    tree.put("plant", result.history().plant());
    tree.put("policy", result.policy().displayName());
    tree.put("judged", judged(result));
    return tree;
  }

  private static String markdown(
      SaleOptions options, List<Result> results, Map<String, Double> measures) {
    var text = new StringBuilder("# Flash sales on the simulated bank\n\n");
    text.append(
        "%d days of history under CPU 80 %%, then the same next day under each policy%s. A request is hurt if it fails or takes more than half a second longer than usual; a minute is violated if more than %.0f %% of its requests are. What was foretold comes from a backtest on the plant calibrated from the history and the load of the day.\n\n"
            .formatted(
                options.days(),
                options.label().isEmpty() ? "" : "; " + options.label(),
                100 * ScalingEffect.VIOLATING_SHARE));
    text.append(
        "| seed | policy | hurt | share | foretold | violated minutes | foretold | pod-hours | foretold | most replicas |\n|---|---|---|---|---|---|---|---|---|---|\n");
    for (Result result : results) {
      for (Judged one : judged(result)) {
        text.append(
            String.format(
                Locale.ROOT,
                "| %d | %s | %d | %.3f%% | %.3f%% | %d | %.1f | %.1f | %.1f | %d |%n",
                result.seed(),
                one.policy(),
                one.hurt(),
                100 * one.hurtShare(),
                100 * one.foretold().hurtShare(),
                one.violationMinutes(),
                one.foretold().violationMinutes(),
                one.podHours(),
                one.foretold().podHours(),
                one.mostReplicas()));
      }
    }
    text.append("\n| seed | capacity of a replica | start | usual latency | learned |\n");
    text.append("|---|---|---|---|---|\n");
    for (Result result : results) {
      text.append(
          String.format(
              Locale.ROOT,
              "| %d | %.1f/s | %d s | %.0f ms | %s |%n",
              result.seed(),
              result.history().plant().capacity(),
              result.history().plant().startSeconds(),
              1000 * result.history().usualSeconds(),
              result.policy().displayName()));
    }
    text.append("\n| measure | value |\n|---|---|\n");
    measures.forEach(
        (name, value) -> text.append(String.format(Locale.ROOT, "| %s | %.3f |%n", name, value)));
    return text.toString();
  }
}
