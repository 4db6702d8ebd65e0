package io.bridgewatch.bench.rca;

import java.util.List;
import java.util.function.ToLongFunction;

/**
 * What is counted over the cases of one set on one track.
 *
 * @param accuracyAt1 faulty cases where the first answer is right; {@code At3}, {@code At5}
 *     likewise, where a right one is among the first three or five; with several guilty entities
 *     any of them is right
 * @param firstIncidentAt1 likewise, of the first incident's answers only
 * @param meanReciprocalRank one over the rank of the first right answer, 0 where there is none
 * @param specificity clean cases without an incident
 * @param wrongAndConfident cases, clean ones too, whose first answer is wrong at a confidence of
 *     {@link #CONFIDENT} or more
 * @param abstained faulty cases without an incident, without a cause, or where "not enough
 *     evidence" was said
 * @param meanConfidence of the first answers given; to be compared with {@code answeredRight}
 * @param calibrationError mean gap of confidence and accuracy in five bins of confidence, weighted
 *     by their cases (expected calibration error)
 * @param onsetErrorSeconds median size, where onset and answer are known; {@code NaN} otherwise
 */
record Score(
    Share accuracyAt1,
    Share accuracyAt3,
    Share accuracyAt5,
    Share firstIncidentAt1,
    Share firstIncidentAt3,
    Share firstIncidentAt5,
    double meanReciprocalRank,
    Share specificity,
    Share wrongAndConfident,
    Share abstained,
    double meanConfidence,
    Share answeredRight,
    double calibrationError,
    double onsetErrorSeconds,
    int errors,
    Times importing,
    Times diagnosing,
    Times together) {

  static final double CONFIDENT = 0.7;
  private static final int BINS = 5;

  /** Milliseconds a case. */
  record Times(double p50, double p95) {}

  static Score of(List<Outcome> outcomes) {
    var faulty = outcomes.stream().filter(outcome -> !outcome.isClean()).toList();
    var clean = outcomes.stream().filter(Outcome::isClean).toList();
    var answered = outcomes.stream().filter(o -> o.confidence().isPresent()).toList();
    return new Score(
        within(faulty, 1),
        within(faulty, 3),
        within(faulty, 5),
        firstIncidentWithin(faulty, 1),
        firstIncidentWithin(faulty, 3),
        firstIncidentWithin(faulty, 5),
        faulty.stream().mapToDouble(o -> reciprocal(o.hitRank())).average().orElse(Double.NaN),
        share(clean, clean.stream().filter(o -> o.incidents() == 0).count()),
        share(outcomes, answered.stream().filter(Score::isWrongAndConfident).count()),
        share(faulty, faulty.stream().filter(Outcome::abstained).count()),
        answered.stream().mapToDouble(o -> o.confidence().orElse(0)).average().orElse(Double.NaN),
        share(answered, answered.stream().filter(o -> o.hitRank() == 1).count()),
        calibrationError(answered),
        medianOnsetError(faulty),
        (int) outcomes.stream().filter(o -> !o.error().isEmpty()).count(),
        times(outcomes, Outcome::importNanos),
        times(outcomes, Outcome::diagnoseNanos),
        times(outcomes, o -> o.importNanos() + o.diagnoseNanos()));
  }

  private static Share within(List<Outcome> faulty, int k) {
    return share(faulty, faulty.stream().filter(o -> isWithin(o.hitRank(), k)).count());
  }

  private static Share firstIncidentWithin(List<Outcome> faulty, int k) {
    return share(
        faulty, faulty.stream().filter(o -> isWithin(o.hitRankInFirstIncident(), k)).count());
  }

  private static boolean isWithin(int rank, int k) {
    return rank >= 1 && rank <= k;
  }

  static double reciprocal(int rank) {
    return rank == 0 ? 0 : 1.0 / rank;
  }

  private static Share share(List<Outcome> of, long hits) {
    return new Share(hits, of.size());
  }

  private static boolean isWrongAndConfident(Outcome outcome) {
    return outcome.hitRank() != 1 && outcome.confidence().orElse(0) >= CONFIDENT;
  }

  private static double calibrationError(List<Outcome> answered) {
    var confidences = new double[BINS];
    var right = new int[BINS];
    for (Outcome outcome : answered) {
      double confidence = outcome.confidence().orElse(0);
      int bin = Math.min(BINS - 1, (int) (confidence * BINS));
      confidences[bin] += confidence;
      right[bin] += outcome.hitRank() == 1 ? 1 : 0;
    }
    double gap = 0;
    for (int bin = 0; bin < BINS; bin++) {
      gap += Math.abs(confidences[bin] - right[bin]);
    }
    return answered.isEmpty() ? Double.NaN : gap / answered.size();
  }

  private static double medianOnsetError(List<Outcome> faulty) {
    double[] errors =
        faulty.stream()
            .filter(o -> o.onsetErrorMillis().isPresent())
            .mapToDouble(o -> Math.abs(o.onsetErrorMillis().orElse(0)) / 1000.0)
            .sorted()
            .toArray();
    return percentile(errors, 0.5);
  }

  private static Times times(List<Outcome> outcomes, ToLongFunction<Outcome> nanos) {
    double[] millis =
        outcomes.stream()
            .filter(o -> o.error().isEmpty())
            .mapToDouble(o -> nanos.applyAsLong(o) / 1e6)
            .sorted()
            .toArray();
    return new Times(percentile(millis, 0.5), percentile(millis, 0.95));
  }

  /** Nearest rank; {@code NaN} of nothing. */
  private static double percentile(double[] sorted, double share) {
    int rank = (int) Math.ceil(share * sorted.length);
    return sorted.length == 0 ? Double.NaN : sorted[Math.max(0, rank - 1)];
  }
}
