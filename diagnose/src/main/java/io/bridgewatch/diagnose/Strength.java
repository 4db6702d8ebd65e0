package io.bridgewatch.diagnose;

import io.bridgewatch.model.Fact;
import io.bridgewatch.model.Finding;
import io.bridgewatch.model.MachineSign;
import io.bridgewatch.model.ObjectReason;
import io.bridgewatch.model.SeriesKey;
import io.bridgewatch.model.Severity;

/**
 * How much a finding says of its entity being to blame: the logarithm of how unusual it is, times
 * how much it can matter. Dimensionless, 0 to about 5; comparable over all kinds of finding.
 *
 * <p>How unusual a value is says little by itself: a processor that goes from 1 % to 3 % is very
 * unusual and hurts nobody. So each kind is weighted by its effect: the share of a limit, the
 * factor of growth, the share of requests.
 */
final class Strength {

  private static final double MOST_DEVIATIONS = 200;
  private static final double LEAST_CORES = 0.05;
  private static final double LEAST_BYTES = 16 << 20;
  private static final double LEAST_SECONDS = 0.005;

  /** A machine that has more to do is no broken one. */
  private static final double LOAD_ALONE = 0.6;

  /** More requests are no trouble as long as they are served. */
  static final double TRAFFIC_ALONE = 0.3;

  private Strength() {}

  static double of(Finding finding) {
    double unusual = Math.log1p(Math.min(finding.severity(), MOST_DEVIATIONS));
    return switch (finding.fact()) {
      case Fact.LevelShift shift -> unusual * effect(shift);
      case Fact.OwnTimeGrew own ->
          unusual * growth(own.beforeSeconds(), own.afterSeconds(), LEAST_SECONDS, 4);
      case Fact.EdgeGapGrew gap ->
          unusual * growth(gap.beforeSeconds(), gap.afterSeconds(), LEAST_SECONDS, 4);
      case Fact.FailureShareRose failed ->
          unusual * clamp((failed.afterShare() - failed.beforeShare()) / 0.1);
      case Fact.StepChanged step -> 1.4 * unusual;
      case Fact.LogPatternChanged log ->
          0.9 * unusual * (log.severity().compareTo(Severity.ERROR) >= 0 ? 1 : 0.4);
      case Fact.ObjectState state ->
          finding.severity() / 2 * (ObjectReason.causeKind(state).isPresent() ? 1 : 0.5);
      case Fact.ChangedBefore changed -> 0.3;
      case Fact.FellSilent silent -> 2;
    };
  }

  private static double effect(Fact.LevelShift shift) {
    double before = shift.before();
    double after = shift.after();
    SeriesKey series = shift.series();
    var ofMachine = MachineSign.of(series.metric());
    if (ofMachine.isPresent()) {
      return effect(ofMachine.get(), before, after);
    }
    return switch (shift.signal()) {
      case CPU ->
          series.unit().equals("1")
              ? clamp((after - 0.1) / 0.6) * clamp((after - before) / 0.2)
              : growth(before, after, LEAST_CORES, 4) * 0.9;
      case MEMORY ->
          series.unit().equals("1")
              ? clamp((after - before) / 0.2) * 0.8
              : growth(before, after, LEAST_BYTES, 2) * 0.8;
      case LATENCY -> growth(before, after, LEAST_SECONDS * perSecond(series), 2) * 0.8;
      case ERRORS ->
          series.unit().equals("1")
              ? clamp(Math.abs(after - before) / 0.04)
              : growth(before, after, 0.5, 2) * 0.9;
      case SATURATION -> growth(before, after, 1, 4) * 0.9;
      case DISK, NETWORK -> growth(before, after, 1, 8) * 0.3;
      case TRAFFIC -> growth(before, after, 1, 3) * TRAFFIC_ALONE;
      case OTHER -> growth(before, after, 1e-9, 4) * 0.3;
      case LOG_PATTERN, CALL_PATTERN, EDGE, OBJECT_STATE, CHANGE, SILENCE -> 0.3;
    };
  }

  private static double effect(MachineSign sign, double before, double after) {
    double room = sign.full() - sign.least();
    double effect =
        sign.isShare()
            ? clamp((after - sign.least()) / room) * clamp((after - before) / (room / 3))
            : growth(before, after, sign.least(), sign.full());
    return switch (sign.nature()) {
      case FAULT -> effect;
      case LOAD -> LOAD_ALONE * effect;
    };
  }

  /** How many of the series' unit make a second. */
  private static double perSecond(SeriesKey series) {
    return switch (series.unit()) {
      case "ms" -> 1e3;
      case "us" -> 1e6;
      case "ns" -> 1e9;
      default -> 1;
    };
  }

  /**
   * 0 for no growth, 1 when it grew to {@code full} times as much.
   *
   * @param floor what is nothing in the unit at hand
   */
  private static double growth(double before, double after, double floor, double full) {
    double ratio = (Math.max(after, 0) + floor) / (Math.max(before, 0) + floor);
    return clamp(Math.log(ratio) / Math.log(full));
  }

  private static double clamp(double value) {
    return Double.isNaN(value) ? 0 : Math.max(0, Math.min(1, value));
  }
}
