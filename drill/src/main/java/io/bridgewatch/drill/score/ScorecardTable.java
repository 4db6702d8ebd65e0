package io.bridgewatch.drill.score;

import io.bridgewatch.drill.score.RunScore.Outcome;
import io.bridgewatch.drill.score.Scorecard.Estimate;
import io.bridgewatch.drill.score.Scorecard.LayerTotals;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Scorecards as Markdown. */
public final class ScorecardTable {

  private static final String NONE = "–";

  private ScorecardTable() {}

  public static String write(Scorecard card) {
    var text = new StringBuilder();
    line(text, "# Scorecard of the watch");
    line(text, "");
    line(
        text,
        "Version %s, suite %s, seeds %s, scored at %s."
            .formatted(
                card.version(),
                card.suite(),
                card.seeds().stream().map(String::valueOf).collect(Collectors.joining(", ")),
                card.scoredAt()));
    line(text, "");
    totals(text, card);
    layers(text, card.byLayer());
    faults(text, card.runs());
    quiet(text, card.runs());
    calibration(text, card.calibration());
    return text.toString();
  }

  private static void totals(StringBuilder text, Scorecard card) {
    var totals = card.totals();
    line(text, "| over all | value | 95 % over seeds |");
    line(text, "|---|---:|---|");
    line(text, "| faults run | %d | |".formatted(totals.faults()));
    share(text, "detected", totals.detected());
    share(text, "cause right at 1", totals.rightAt1());
    share(text, "cause right at 3", totals.rightAt3());
    share(text, "cause right at 5", totals.rightAt5());
    share(text, "layer right", totals.layerRight());
    share(text, "kind right", totals.kindRight());
    number(text, "seconds to detection, median", totals.medianDetectionSeconds());
    number(text, "seconds to diagnosis, median", totals.medianDiagnosisSeconds());
    number(text, "incidents a detected fault", totals.incidentsPerFault());
    number(text, "false incidents a day, nothing wrong", totals.falsePerDay());
    number(text, "false incidents a day, beside a fault", totals.strayPerDay());
    line(
        text,
        "| calibration error | %s | |"
            .formatted(card.calibration().error().map(e -> format("%.3f", e)).orElse(NONE)));
    line(text, "");
  }

  private static void share(StringBuilder text, String name, Optional<Estimate> estimate) {
    row(text, name, estimate, 100, "%.0f %%");
  }

  private static void number(StringBuilder text, String name, Optional<Estimate> estimate) {
    row(text, name, estimate, 1, "%.1f");
  }

  private static void row(
      StringBuilder text, String name, Optional<Estimate> estimate, double scale, String format) {
    String value = estimate.map(e -> format(format, e.value() * scale)).orElse(NONE);
    String interval =
        estimate
            .filter(e -> e.low().isPresent() && e.high().isPresent())
            .map(
                e ->
                    format(format, e.low().get() * scale)
                        + " to "
                        + format(format, e.high().get() * scale))
            .orElse("");
    line(text, "| %s | %s | %s |".formatted(name, value, interval));
  }

  private static void layers(StringBuilder text, Map<String, LayerTotals> byLayer) {
    if (byLayer.isEmpty()) {
      return;
    }
    line(text, "| layer | faults | detected | right at 1 | right at 3 | layer right |");
    line(text, "|---|---:|---:|---:|---:|---:|");
    new TreeMap<>(byLayer)
        .forEach(
            (layer, totals) ->
                line(
                    text,
                    "| %s | %d | %s | %s | %s | %s |"
                        .formatted(
                            layer,
                            totals.faults(),
                            percent(totals.detected()),
                            percent(totals.rightAt1()),
                            percent(totals.rightAt3()),
                            percent(totals.layerRight()))));
    line(text, "");
  }

  private static void faults(StringBuilder text, List<RunScore> runs) {
    var byName = new LinkedHashMap<String, List<Outcome>>();
    for (RunScore run : runs) {
      run.outcome()
          .ifPresent(o -> byName.computeIfAbsent(run.name(), n -> new ArrayList<>()).add(o));
    }
    if (byName.isEmpty()) {
      return;
    }
    line(text, "One value a seed, in their order.");
    line(text, "");
    line(
        text,
        "| fault | layer | detected after s | incidents | rank | diagnosed after s | layer right |"
            + " confidence |");
    line(text, "|---|---|---|---|---|---|---|---|");
    byName.forEach(
        (name, outcomes) ->
            line(
                text,
                "| %s | %s | %s | %s | %s | %s | %s | %s |"
                    .formatted(
                        name,
                        outcomes.getFirst().layer(),
                        each(outcomes, o -> seconds(o.detectedAfterSeconds())),
                        each(outcomes, o -> String.valueOf(o.incidents())),
                        each(outcomes, o -> o.rank().map(String::valueOf).orElse(NONE)),
                        each(outcomes, o -> seconds(o.diagnosedAfterSeconds())),
                        each(outcomes, o -> o.layerRight() ? "yes" : "no"),
                        each(
                            outcomes,
                            o -> o.confidence().map(c -> format("%.2f", c)).orElse(NONE)))));
    line(text, "");
  }

  private static void quiet(StringBuilder text, List<RunScore> runs) {
    var quiet = runs.stream().filter(run -> run.outcome().isEmpty()).toList();
    if (quiet.isEmpty()) {
      return;
    }
    line(text, "| nothing wrong | seed | simulated hours | false incidents |");
    line(text, "|---|---:|---:|---:|");
    for (RunScore run : quiet) {
      line(
          text,
          "| %s | %d | %s | %d |"
              .formatted(
                  run.name(),
                  run.seed(),
                  format("%.1f", run.simulatedSeconds() / 3600),
                  run.falseIncidents()));
    }
    line(text, "");
  }

  private static void calibration(StringBuilder text, Calibration calibration) {
    if (calibration.bins().isEmpty()) {
      return;
    }
    line(text, "| confidence | claims | mean | right |");
    line(text, "|---|---:|---:|---:|");
    for (Calibration.Bin bin : calibration.bins()) {
      line(
          text,
          "| %s to %s | %d | %s | %s |"
              .formatted(
                  format("%.1f", bin.from()),
                  format("%.1f", bin.to()),
                  bin.claims(),
                  format("%.2f", bin.confidence()),
                  format("%.2f", bin.right())));
    }
    line(text, "");
  }

  private static String each(List<Outcome> outcomes, Function<Outcome, String> what) {
    return outcomes.stream().map(what).collect(Collectors.joining(", "));
  }

  private static String seconds(Optional<Double> seconds) {
    return seconds.map(s -> format("%.0f", s)).orElse(NONE);
  }

  private static String percent(double share) {
    return format("%.0f %%", share * 100);
  }

  private static String format(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }

  private static void line(StringBuilder text, String line) {
    text.append(line).append('\n');
  }
}
