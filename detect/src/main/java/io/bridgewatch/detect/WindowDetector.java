package io.bridgewatch.detect;

import io.bridgewatch.model.Fact;
import io.bridgewatch.model.Finding;
import io.bridgewatch.model.LogRecord;
import io.bridgewatch.model.Relation;
import io.bridgewatch.model.Series;
import io.bridgewatch.model.Span;
import io.bridgewatch.model.Window;
import io.bridgewatch.numerics.LogTemplates;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * What is unusual in a window of telemetry if something began at a given moment.
 *
 * <p>Prepares the window once (rates, visits, habits) and can then be asked about many moments. The
 * same observations and moment give the same findings in the same order.
 */
public final class WindowDetector {

  private static final double LEAST_DEVIATIONS = 1;
  private static final double TEMPLATE_THRESHOLD = 0.7;
  private static final int MOST_TEMPLATES = 5_000;
  private static final Duration EARLIEST_START = Duration.ofSeconds(180);
  private static final Duration LATEST_START = Duration.ofSeconds(110);
  private static final Duration EARLIEST_END = Duration.ofSeconds(30);

  private final List<Series> levels;
  private final CallShifts calls;
  private final LogTemplates templates = new LogTemplates(TEMPLATE_THRESHOLD, MOST_TEMPLATES);
  private final StepScan steps;
  private final List<EdgeSeries.Gap> gaps;
  private final LogPatternShifts patterns;
  private final Volume volume;

  public WindowDetector(
      Window window, List<Series> series, List<Span> spans, List<LogRecord> logs) {
    List<Series> counted = series.stream().filter(LogPatternSeries::isOne).toList();
    this.patterns =
        LogPatternShifts.over(window, counted.isEmpty() ? LogPatternSeries.of(logs) : counted);
    this.levels =
        SeriesShifts.levels(series.stream().filter(one -> !LogPatternSeries.isOne(one)).toList());
    this.volume = new Volume(levels);
    this.gaps = EdgeSeries.gaps(levels);
    List<Visits.Visit> visits = Visits.of(spans, logs, templates);
    this.calls = CallShifts.over(visits);
    this.steps = StepScan.over(visits, nanos(window.from()), nanos(window.to()));
  }

  /**
   * What is unusual from {@code moment} on, against the time before it.
   *
   * @param horizon how long after the moment is looked at
   * @return most severe first within each signal
   */
  public List<Finding> at(Instant moment, Duration horizon) {
    long split = moment.toEpochMilli();
    var findings = new ArrayList<Finding>();
    findings.addAll(
        SeriesShifts.at(
            levels, volume, split, moment.plus(horizon).toEpochMilli(), LEAST_DEVIATIONS));
    findings.addAll(EdgeSeries.at(gaps, split, moment.plus(horizon).toEpochMilli()));
    findings.addAll(calls.at(nanos(moment), nanos(moment.plus(horizon))));
    for (StepScan.Broken broken :
        steps.broken(
            nanos(moment.minus(EARLIEST_START)),
            nanos(moment.plus(LATEST_START)),
            nanos(moment.plus(EARLIEST_END)))) {
      findings.add(finding(broken));
    }
    patterns.at(split, moment.plus(horizon).toEpochMilli()).stream()
        .filter(pattern -> findings.stream().noneMatch(step -> tellsTheSame(step, pattern)))
        .toList()
        .forEach(findings::add);
    findings.sort(
        Comparator.comparing(Finding::signal)
            .thenComparing(Comparator.comparingDouble(Finding::severity).reversed())
            .thenComparing(Finding::entity));
    return findings;
  }

  /** Calls that were seen from both ends often enough before the moment and from it on. */
  public Set<Relation> measured(Instant moment, Duration horizon) {
    return calls.measured(nanos(moment), nanos(moment.plus(horizon)));
  }

  /**
   * Whether what was found earlier is still so: what was measured since lies nearer to the level
   * that it moved to than to the one before; of levels above zero in their ratio. False where
   * nothing was measured, and for facts that tell of no level.
   *
   * @param finding of this window, or of an earlier one of the same system
   * @param since from which on values count; up to the end of the window
   */
  public boolean lasts(Finding finding, Instant since) {
    return switch (finding.fact()) {
      case Fact.LevelShift shift ->
          isNearer(
              SeriesShifts.typical(levels, shift.series(), since.toEpochMilli()),
              shift.before(),
              shift.after());
      case Fact.OwnTimeGrew own ->
          isNearer(
              calls.typicalOwnTime(finding.entity(), own.operation(), nanos(since)),
              own.beforeSeconds(),
              own.afterSeconds());
      case Fact.FailureShareRose failed ->
          isNearer(
              calls.failureShare(finding.entity(), failed.operation(), nanos(since)),
              failed.beforeShare(),
              failed.afterShare());
      case Fact.EdgeGapGrew gap -> false;
      case Fact.StepChanged step -> false;
      case Fact.LogPatternChanged log -> false;
      case Fact.ObjectState state -> false;
      case Fact.ChangedBefore changed -> false;
      case Fact.FellSilent silent -> false;
    };
  }

  private static boolean isNearer(OptionalDouble now, double before, double after) {
    if (now.isEmpty()) {
      return false;
    }
    double level = now.getAsDouble();
    double middle = before > 0 && after > 0 ? Math.sqrt(before * after) : (before + after) / 2;
    return after > before ? level >= middle : level <= middle;
  }

  /** Whether a step of requests is the line of the pattern: then that says more. */
  private static boolean tellsTheSame(Finding step, Finding pattern) {
    return step.fact() instanceof Fact.StepChanged changed
        && pattern.fact() instanceof Fact.LogPatternChanged lines
        && changed.step() == Fact.StepChanged.Step.LOG
        && changed.child().equals(lines.pattern())
        && step.entity().equals(pattern.entity());
  }

  private Finding finding(StepScan.Broken broken) {
    double deviations = Math.sqrt(2 * broken.weight());
    double inside = broken.interval().insideShare();
    double outside = broken.interval().outsideShare();
    return new Finding(
        broken.component(),
        Instant.ofEpochSecond(0, broken.fromNanos()),
        deviations,
        new Fact.StepChanged(
            kind(broken.step()),
            broken.given().isEmpty()
                ? broken.operation()
                : broken.operation() + " / " + text(broken.given()),
            text(broken.step()),
            outside,
            inside,
            Math.toIntExact(broken.interval().insideTrials()),
            Math.copySign(deviations, inside - outside)));
  }

  private static Fact.StepChanged.Step kind(String event) {
    return switch (event.substring(0, 4)) {
      case "log:", "err:" -> Fact.StepChanged.Step.LOG;
      case "call" -> Fact.StepChanged.Step.CALL;
      default -> Fact.StepChanged.Step.SPAN;
    };
  }

  private String text(String event) {
    return kind(event) == Fact.StepChanged.Step.LOG
        ? templates.pattern(Integer.parseInt(event.substring(4)))
        : event.substring(5);
  }

  private static long nanos(Instant time) {
    return time.getEpochSecond() * 1_000_000_000L + time.getNano();
  }
}
