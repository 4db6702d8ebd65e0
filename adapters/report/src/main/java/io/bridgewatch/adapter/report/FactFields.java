package io.bridgewatch.adapter.report;

import io.bridgewatch.model.Fact;
import io.bridgewatch.model.SeriesKey;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A fact as fields of a document.
 *
 * @param code which sort of fact it is
 * @param signal what was observed: a metric, an operation, a log pattern, a reason
 * @param unit UCUM unit of {@code before} and {@code after}; empty where there is none
 * @param values its numbers, finite ones only
 * @param sample an original line or message; empty if none is at hand
 * @param series what it can be charted from
 */
record FactFields(
    String code,
    String signal,
    String unit,
    Map<String, Double> values,
    String sample,
    Optional<SeriesKey> series) {

  static FactFields of(Fact fact) {
    return switch (fact) {
      case Fact.LevelShift f ->
          new FactFields(
              "LevelShift",
              f.series().metric(),
              f.series().unit(),
              shift(f.before(), f.after(), f.deviations()),
              "",
              Optional.of(f.series()));
      case Fact.OwnTimeGrew f ->
          plain(
              "OwnTimeGrew",
              f.operation(),
              "s",
              counted(
                  shift(f.beforeSeconds(), f.afterSeconds(), f.deviations()), "spans", f.spans()),
              "");
      case Fact.EdgeGapGrew f ->
          plain(
              "EdgeGapGrew",
              f.caller().name() + " -> " + f.callee().name(),
              "s",
              counted(
                  shift(f.beforeSeconds(), f.afterSeconds(), f.deviations()), "calls", f.calls()),
              "");
      case Fact.FailureShareRose f ->
          plain(
              "FailureShareRose",
              f.operation(),
              "1",
              counted(shift(f.beforeShare(), f.afterShare(), f.deviations()), "spans", f.spans()),
              "");
      case Fact.StepChanged f ->
          plain(
              "StepChanged",
              f.parent() + " -> " + f.child(),
              "1",
              counted(shift(f.beforeRatio(), f.afterRatio(), f.deviations()), "runs", f.runs()),
              "");
      case Fact.LogPatternChanged f ->
          plain(
              "LogPatternChanged",
              f.pattern(),
              "{line}/min",
              shift(f.beforePerMinute(), f.afterPerMinute(), f.deviations()),
              f.sample());
      case Fact.ObjectState f -> plain("ObjectState", f.reason(), "", Map.of(), f.message());
      case Fact.ChangedBefore f ->
          plain(
              "ChangedBefore",
              f.change().kind().name().toLowerCase(Locale.ROOT),
              "",
              counted(Map.of(), "leadSeconds", seconds(f.lead())),
              f.change().summary());
      case Fact.FellSilent f ->
          plain(
              "FellSilent",
              f.what(),
              "",
              counted(
                  counted(Map.of(), "usualIntervalSeconds", seconds(f.usualInterval())),
                  "silentForSeconds",
                  seconds(f.silentFor())),
              "");
    };
  }

  private static FactFields plain(
      String code, String signal, String unit, Map<String, Double> values, String sample) {
    return new FactFields(code, signal, unit, values, sample, Optional.empty());
  }

  private static Map<String, Double> shift(double before, double after, double deviations) {
    return counted(
        counted(counted(Map.of(), "before", before), "after", after), "deviations", deviations);
  }

  /** Those values and one more; one that is not finite cannot stand in JSON and is left out. */
  private static Map<String, Double> counted(
      Map<String, Double> values, String name, double value) {
    var more = new LinkedHashMap<>(values);
    if (Double.isFinite(value)) {
      more.put(name, value);
    }
    return more;
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }
}
