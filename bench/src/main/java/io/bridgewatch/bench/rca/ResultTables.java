package io.bridgewatch.bench.rca;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Results as Markdown, JSON and CSV. Times are rounded to two digits; nothing names a machine. */
final class ResultTables {

  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private ResultTables() {}

  static String markdown(Track track, List<SetResult> results, String label) {
    var out = new StringBuilder();
    out.append("# Root cause analysis, ").append(track.title()).append("\n\n");
    if (!label.isEmpty()) {
      out.append(label).append("\n\n");
    }
    out.append(
        "Share of cases, 95 % interval (Wilson) in brackets. What counts as right and how the\n");
    out.append("floors answer is told in `bench/README.md`.\n\n");
    accuracy(out, results);
    trust(out, results);
    cost(out, results);
    return out.toString();
  }

  private static void accuracy(StringBuilder out, List<SetResult> results) {
    out.append("## Accuracy on faulty cases\n\n");
    out.append("| set | n | method | AC@1 | AC@3 | AC@5 | MRR |\n|---|--:|---|--:|--:|--:|--:|\n");
    for (SetResult result : results) {
      Score score = result.score();
      row(
          out,
          result.set(),
          String.valueOf(result.faulty()),
          "**Bridgewatch**",
          share(score.accuracyAt1()),
          share(score.accuracyAt3()),
          share(score.accuracyAt5()),
          number(score.meanReciprocalRank(), 2));
      row(
          out,
          "",
          "",
          "first incident only",
          share(score.firstIncidentAt1()),
          share(score.firstIncidentAt3()),
          share(score.firstIncidentAt5()),
          "");
      for (Baseline baseline : result.baselines()) {
        row(
            out,
            "",
            "",
            baseline.name(),
            number(baseline.accuracyAt1(), 2),
            number(baseline.accuracyAt3(), 2),
            number(baseline.accuracyAt5(), 2),
            number(baseline.mrr(), 2));
      }
    }
    out.append('\n');
  }

  private static void trust(StringBuilder out, List<SetResult> results) {
    out.append("## Trust\n\n");
    out.append("| set | specificity (clean) | wrong and confident | abstained | confidence |");
    out.append(" right at rank 1 | calibration error | onset error |\n");
    out.append("|---|--:|--:|--:|--:|--:|--:|--:|\n");
    for (SetResult result : results) {
      Score score = result.score();
      row(
          out,
          result.set(),
          share(score.specificity()) + " of " + result.clean(),
          share(score.wrongAndConfident()),
          share(score.abstained()),
          number(score.meanConfidence(), 2),
          number(score.answeredRight().value(), 2),
          number(score.calibrationError(), 2),
          number(score.onsetErrorSeconds(), 0, " s"));
    }
    out.append('\n');
  }

  private static void cost(StringBuilder out, List<SetResult> results) {
    out.append("## Time a case (ms, p50 / p95)\n\n");
    out.append("| set | import | diagnosis | together | failed |\n|---|--:|--:|--:|--:|\n");
    for (SetResult result : results) {
      Score score = result.score();
      row(
          out,
          result.set(),
          times(score.importing()),
          times(score.diagnosing()),
          times(score.together()),
          String.valueOf(score.errors()));
    }
  }

  private static void row(StringBuilder out, String... cells) {
    out.append("| ").append(String.join(" | ", cells)).append(" |\n");
  }

  private static String share(Share share) {
    return share.of() == 0
        ? "–"
        : String.format(Locale.ROOT, "%.2f [%.2f, %.2f]", share.value(), share.low(), share.high());
  }

  private static String number(double value, int digits) {
    return number(value, digits, "");
  }

  private static String number(double value, int digits, String unit) {
    return Double.isNaN(value)
        ? "–"
        : String.format(Locale.ROOT, "%." + digits + "f", value) + unit;
  }

  private static String times(Score.Times times) {
    return Double.isNaN(times.p50())
        ? "–"
        : rounded(times.p50()).toPlainString() + " / " + rounded(times.p95()).toPlainString();
  }

  private static BigDecimal rounded(double millis) {
    return BigDecimal.valueOf(millis).round(new MathContext(2, RoundingMode.HALF_UP));
  }

  static String json(Track track, List<SetResult> results, String label) {
    var tree = new LinkedHashMap<String, Object>();
    tree.put("track", track.id());
    tree.put("label", label);
    var sets = new ArrayList<Object>();
    for (SetResult result : results) {
      sets.add(tree(result));
    }
    tree.put("sets", sets);
    return MAPPER.writeValueAsString(tree) + "\n";
  }

  private static Map<String, Object> tree(SetResult result) {
    Score score = result.score();
    var tree = new LinkedHashMap<String, Object>();
    tree.put("set", result.set());
    tree.put("faulty", result.faulty());
    tree.put("clean", result.clean());
    tree.put("failed", score.errors());
    put(tree, "ac1", score.accuracyAt1());
    put(tree, "ac3", score.accuracyAt3());
    put(tree, "ac5", score.accuracyAt5());
    put(tree, "firstIncidentAc1", score.firstIncidentAt1());
    put(tree, "firstIncidentAc3", score.firstIncidentAt3());
    put(tree, "firstIncidentAc5", score.firstIncidentAt5());
    put(tree, "mrr", score.meanReciprocalRank());
    put(tree, "specificity", score.specificity());
    put(tree, "wrongAndConfident", score.wrongAndConfident());
    put(tree, "abstained", score.abstained());
    put(tree, "meanConfidence", score.meanConfidence());
    put(tree, "rightAtRank1", score.answeredRight());
    put(tree, "calibrationError", score.calibrationError());
    put(tree, "onsetErrorSeconds", score.onsetErrorSeconds());
    tree.put("importMillis", tree(score.importing()));
    tree.put("diagnosisMillis", tree(score.diagnosing()));
    tree.put("togetherMillis", tree(score.together()));
    var baselines = new LinkedHashMap<String, Object>();
    for (Baseline baseline : result.baselines()) {
      var one = new LinkedHashMap<String, Object>();
      put(one, "ac1", baseline.accuracyAt1());
      put(one, "ac3", baseline.accuracyAt3());
      put(one, "ac5", baseline.accuracyAt5());
      put(one, "mrr", baseline.mrr());
      baselines.put(baseline.name(), one);
    }
    tree.put("floors", baselines);
    return tree;
  }

  private static void put(Map<String, Object> tree, String name, Share share) {
    if (share.of() > 0) {
      var one = new LinkedHashMap<String, Object>();
      put(one, "value", share.value());
      put(one, "low", share.low());
      put(one, "high", share.high());
      tree.put(name, one);
    }
  }

  /** Leaves out what is not known. */
  private static void put(Map<String, Object> tree, String name, double value) {
    if (Double.isFinite(value)) {
      tree.put(name, BigDecimal.valueOf(value).setScale(4, RoundingMode.HALF_UP));
    }
  }

  private static Map<String, Object> tree(Score.Times times) {
    var tree = new LinkedHashMap<String, Object>();
    if (!Double.isNaN(times.p50())) {
      tree.put("p50", rounded(times.p50()));
      tree.put("p95", rounded(times.p95()));
    }
    return tree;
  }

  /** One line a case and track, for looking at single cases. */
  static String csv(List<SetResult> results) {
    var out =
        new StringBuilder(
            "set,track,case,kind,truth,rank,top1,top2,top3,top4,top5,confidence,abstained,"
                + "incidents,onset_error_s,import_ms,diagnose_ms,error\n");
    for (SetResult result : results) {
      for (Outcome outcome : result.outcomes()) {
        var cells = new ArrayList<String>();
        cells.add(result.set());
        cells.add(result.track().id());
        cells.add(outcome.name());
        cells.add(outcome.kind());
        cells.add(outcome.truth().stream().map(Blamed::shown).collect(Collectors.joining(" ")));
        cells.add(String.valueOf(outcome.hitRank()));
        for (int i = 0; i < 5; i++) {
          cells.add(i < outcome.answers().size() ? outcome.answers().get(i).shown() : "");
        }
        cells.add(number(outcome.confidence().orElse(Double.NaN), 3).replace("–", ""));
        cells.add(String.valueOf(outcome.abstained()));
        cells.add(String.valueOf(outcome.incidents()));
        cells.add(
            outcome.onsetErrorMillis().isPresent()
                ? number(outcome.onsetErrorMillis().orElse(0) / 1000.0, 1)
                : "");
        cells.add(number(outcome.importNanos() / 1e6, 1));
        cells.add(number(outcome.diagnoseNanos() / 1e6, 1));
        cells.add(outcome.error());
        out.append(cells.stream().map(ResultTables::quoted).collect(Collectors.joining(",")));
        out.append('\n');
      }
    }
    return out.toString();
  }

  private static String quoted(String cell) {
    return cell.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n')
        ? '"' + cell.replace("\"", "\"\"").replace('\n', ' ') + '"'
        : cell;
  }
}
