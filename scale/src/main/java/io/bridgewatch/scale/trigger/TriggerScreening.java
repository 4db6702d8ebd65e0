package io.bridgewatch.scale.trigger;

import io.bridgewatch.scale.plant.CalibratedPlant;
import io.bridgewatch.scale.plant.Interval;
import io.bridgewatch.scale.plant.WorkloadHistory;
import io.bridgewatch.scale.trigger.TriggerVerdict.Accepted;
import io.bridgewatch.scale.trigger.TriggerVerdict.Refused;
import io.bridgewatch.scale.trigger.TriggerVerdict.Threshold;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * Screens the metrics that could trigger a workload's scaling.
 *
 * <p>A metric is refused for the first of these that holds: it is not measured; it was seen in less
 * than nine tenths of the steps; it stops rising before users suffer; it rises only when it is too
 * late; it does not fall when replicas rise; it does not follow the load; the replicas changed too
 * seldom to know. Requests a second need no proof of the last kind: each replica has its share of
 * them by definition.
 *
 * <p>Those accepted are ranked by how proportionally they fall, as an autoscaler takes them to do
 * (falling too much counts half as bad as too little), times how well they told trouble beforehand,
 * or, where there was too little trouble, how well they follow the load; a metric that ends at its
 * limit comes a little later.
 *
 * <p>The same history, plant and settings give the same answer.
 */
public final class TriggerScreening {

  private static final double LEAST_COMPLETE = 0.9;
  private static final double LEAST_CORRELATION = 0.4;
  private static final double LEAST_RELIEF = 0.5;
  private static final double LEAST_SURE_RELIEF = 0.2;
  private static final double UNSURE_RELIEF = 0.8;
  private static final int LEAST_CHANGES = 3;
  private static final double LEAST_RISE = 2;
  private static final double LEAST_NOISE = 1e-3;
  private static final double FLAT = 0.15;
  private static final double AT_ITS_END = 0.97;
  private static final double ENDS_AT_LIMIT = 0.95;

  /**
   * @param zones over which the replicas are spread; empty where only a replica may be lost
   * @param latencyLimitSeconds beyond which users suffer, of the latency that the plant's curve is
   *     of; twice its floor unless given
   * @param riseQuantile of the rises that are provided for, 0 to 1
   * @param startSecondsUnlessKnown where the plant does not know how long a start takes
   * @param syncSeconds between two looks of the autoscaler
   * @param seed of the resampling
   */
  public record Settings(
      OptionalInt zones,
      OptionalDouble latencyLimitSeconds,
      double riseQuantile,
      int startSecondsUnlessKnown,
      int syncSeconds,
      long seed) {

    public Settings {
      if (!(riseQuantile >= 0 && riseQuantile <= 1)
          || startSecondsUnlessKnown < 0
          || syncSeconds < 1
          || zones.orElse(1) < 1) {
        throw new IllegalArgumentException(
            "needs a quantile from 0 to 1, a start of at least 0 s, a look each second or less"
                + " often and at least 1 zone; had %s, %d, %d and %d"
                    .formatted(
                        riseQuantile, startSecondsUnlessKnown, syncSeconds, zones.orElse(1)));
      }
    }

    /** 98 of 100 rises, starts of two minutes unless known better, looks each 15 s. */
    public static Settings standard(OptionalInt zones) {
      return new Settings(zones, OptionalDouble.empty(), 0.98, 120, 15, 1);
    }
  }

  private final WorkloadHistory history;
  private final Steps steps;
  private final Settings settings;
  private final Sizing sizing;
  private final Troubles troubles;
  private final Optional<OperatingLoad> operating;

  private TriggerScreening(WorkloadHistory history, CalibratedPlant plant, Settings settings) {
    this.history = history;
    this.settings = settings;
    this.steps = new Steps(history);
    this.sizing = new Sizing(steps, plant, settings);
    this.troubles = new Troubles(steps, plant, settings.latencyLimitSeconds());
    this.operating = sizing.operating();
  }

  /**
   * @param plant calibrated from that history
   */
  public static Screening of(WorkloadHistory history, CalibratedPlant plant, Settings settings) {
    return new TriggerScreening(history, plant, settings).screening();
  }

  private Screening screening() {
    var accepted = new ArrayList<Scored>();
    var refused = new ArrayList<TriggerVerdict>();
    for (TriggerMetric metric : TriggerMetric.values()) {
      if (!metric.in(history)) {
        refused.add(new Refused(metric, new TriggerRefusal.NotMeasured(), unseen()));
        continue;
      }
      Seen seen = look(metric);
      refusal(metric, seen)
          .ifPresentOrElse(
              reason -> refused.add(new Refused(metric, reason, seen.evidence)),
              () -> accepted.add(new Scored(metric, score(seen), seen)));
    }
    accepted.sort(Comparator.comparingDouble(Scored::score).reversed());
    var verdicts = new ArrayList<TriggerVerdict>();
    for (Scored one : accepted) {
      verdicts.add(
          new Accepted(one.metric, verdicts.size() + 1, one.seen.threshold, one.seen.evidence));
    }
    verdicts.addAll(refused);
    return new Screening(verdicts, operating, operating.map(sizing::range));
  }

  private record Scored(TriggerMetric metric, double score, Seen seen) {}

  private record Seen(Response response, Optional<Threshold> threshold, TriggerEvidence evidence) {}

  private static TriggerEvidence unseen() {
    return new TriggerEvidence(
        0,
        OptionalDouble.empty(),
        Optional.empty(),
        0,
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        0,
        OptionalDouble.empty(),
        TriggerEvidence.Plot.EMPTY);
  }

  private Seen look(TriggerMetric metric) {
    double[] values = metric.perReplica(steps.history());
    var response = new Response(steps, values);
    var relief =
        new Relief(
            steps, values, operating.map(OperatingLoad::kneeLoad).orElse(Double.POSITIVE_INFINITY));
    Optional<Threshold> threshold =
        operating
            .filter(_ -> !response.isEmpty())
            .map(load -> threshold(metric, response, load.perReplica()));
    return new Seen(
        response,
        threshold,
        new TriggerEvidence(
            completeness(values),
            response.correlation(),
            relief.relief(settings.seed()),
            relief.changes(),
            relief.beforeAfter(),
            threshold.isPresent()
                ? troubles.lead(values, threshold.get().perReplica())
                : OptionalDouble.empty(),
            troubles.count(),
            troubles.foresight(values, sizing.aheadSeconds()),
            relief.plot()));
  }

  private Threshold threshold(TriggerMetric metric, Response response, double load) {
    double value = response.at(load);
    OptionalDouble request = request(metric);
    OptionalDouble limit = limit(metric);
    return new Threshold(
        value,
        request.isPresent() && request.getAsDouble() > 0
            ? OptionalInt.of(Math.max(1, (int) (100 * value / request.getAsDouble())))
            : OptionalInt.empty(),
        limit.isPresent() && value > 0
            ? OptionalDouble.of(Math.max(1, limit.getAsDouble() / value))
            : OptionalDouble.empty(),
        response.beyond(load));
  }

  private OptionalDouble request(TriggerMetric metric) {
    return switch (metric) {
      case CPU -> history.resources().cpuRequest();
      case MEMORY -> history.resources().memoryRequestBytes();
      case IN_FLIGHT, REQUESTS, NETWORK, QUEUE, POOL, LATENCY -> OptionalDouble.empty();
    };
  }

  /** What it cannot rise above. */
  private OptionalDouble limit(TriggerMetric metric) {
    return switch (metric) {
      case CPU -> history.resources().cpuLimit();
      case MEMORY -> history.resources().memoryLimitBytes();
      case POOL -> OptionalDouble.of(1);
      case IN_FLIGHT, REQUESTS, NETWORK, QUEUE, LATENCY -> OptionalDouble.empty();
    };
  }

  /** Of the steps in which there was load. */
  private double completeness(double[] values) {
    int expected = 0;
    int seen = 0;
    for (int step = 0; step < values.length; step++) {
      if (steps.each(step) > 0) {
        expected++;
        seen += Double.isNaN(values[step]) ? 0 : 1;
      }
    }
    return expected == 0 ? 0 : (double) seen / expected;
  }

  // Why not

  private Optional<TriggerRefusal> refusal(TriggerMetric metric, Seen seen) {
    TriggerEvidence evidence = seen.evidence;
    if (evidence.completeness() < LEAST_COMPLETE || seen.response.isEmpty()) {
      return Optional.of(new TriggerRefusal.TooSparse(evidence.completeness(), LEAST_COMPLETE));
    }
    return operating
        .flatMap(load -> shape(seen.response, load))
        .or(() -> metric == TriggerMetric.REQUESTS ? Optional.empty() : doesNotFall(evidence))
        .or(() -> doesNotFollow(evidence))
        .or(() -> metric == TriggerMetric.REQUESTS ? Optional.empty() : notSeen(evidence));
  }

  /**
   * Whether it still rises where users begin to suffer, and already where replicas are asked for.
   */
  private static Optional<TriggerRefusal> shape(Response response, OperatingLoad load) {
    double knee = load.kneeLoad();
    double asked = load.perReplica();
    if (response.beyond(knee) || response.beyond(0.75 * asked) || !(response.highest() > 0)) {
      return Optional.empty();
    }
    double noise =
        Math.max(
            1e-12 + LEAST_NOISE * response.at(knee), response.noise(0.75 * asked, 1.25 * asked));
    double around = (response.at(1.25 * asked) - response.at(0.75 * asked)) / noise;
    double upTo = (response.highest() - response.at(0.75 * asked)) / noise;
    double below = (response.at(0.6 * knee) - response.at(0.3 * knee)) / 0.3;
    double above = (response.at(knee) - response.at(0.8 * knee)) / 0.2;
    boolean rises = response.at(0.6 * knee) - response.at(0.3 * knee) > LEAST_RISE * noise;
    if (rises && above < FLAT * below) {
      return Optional.of(
          new TriggerRefusal.Saturates(
              response.at(knee), response.firstAt(AT_ITS_END * response.at(knee)), knee));
    }
    return around < LEAST_RISE && upTo > 2 * LEAST_RISE
        ? Optional.of(new TriggerRefusal.TooLate(around, LEAST_RISE, asked))
        : Optional.empty();
  }

  private static Optional<TriggerRefusal> doesNotFall(TriggerEvidence evidence) {
    return evidence
        .relief()
        .filter(relief -> evidence.replicaChanges() >= LEAST_CHANGES && !unsure(relief))
        .filter(relief -> relief.value() < LEAST_RELIEF || relief.low() < LEAST_SURE_RELIEF)
        .map(relief -> new TriggerRefusal.DoesNotFall(relief, LEAST_RELIEF));
  }

  /** Whether it may fall as well as stay. */
  private static boolean unsure(Interval relief) {
    return relief.low() < LEAST_RELIEF
        && relief.high() > LEAST_RELIEF
        && relief.high() - relief.low() > UNSURE_RELIEF;
  }

  private static Optional<TriggerRefusal> doesNotFollow(TriggerEvidence evidence) {
    double correlation = evidence.correlation().orElse(0);
    return correlation < LEAST_CORRELATION
        ? Optional.of(new TriggerRefusal.DoesNotFollowLoad(correlation, LEAST_CORRELATION))
        : Optional.empty();
  }

  private static Optional<TriggerRefusal> notSeen(TriggerEvidence evidence) {
    boolean seen =
        evidence.replicaChanges() >= LEAST_CHANGES
            && evidence.relief().filter(relief -> !unsure(relief)).isPresent();
    return seen
        ? Optional.empty()
        : Optional.of(
            new TriggerRefusal.NotSeenUnderChange(evidence.replicaChanges(), LEAST_CHANGES));
  }

  // Which first

  private double score(Seen seen) {
    double relief = seen.evidence.relief().map(Interval::value).orElse(1.0);
    double proportion = relief > 1 ? 1 / Math.sqrt(relief) : relief;
    double tells =
        seen.evidence.foresight().orElse(Math.max(0, seen.evidence.correlation().orElse(0)));
    boolean ends = seen.threshold.filter(one -> one.mostStep().isPresent()).isPresent();
    return proportion * tells * (ends ? ENDS_AT_LIMIT : 1);
  }
}
