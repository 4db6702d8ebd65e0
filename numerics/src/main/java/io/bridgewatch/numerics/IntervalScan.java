package io.bridgewatch.numerics;

import java.util.Optional;

/**
 * Finds the stretch of time in which a share differs most from the rest (scan statistic for
 * Bernoulli trials, Kulldorff 1997).
 *
 * <p>For every interval of bins the log-likelihood ratio of "two shares, inside and outside"
 * against "one share" is taken; the largest wins. It is zero where nothing differs and grows with
 * both the difference and the number of trials.
 */
public final class IntervalScan {

  private IntervalScan() {}

  /**
   * @param from first bin of the interval
   * @param to last bin of the interval, included
   * @param logLikelihoodRatio natural logarithm, not negative
   */
  public record Interval(
      int from,
      int to,
      long insideHits,
      long insideTrials,
      long outsideHits,
      long outsideTrials,
      double logLikelihoodRatio) {

    public double insideShare() {
      return (double) insideHits / insideTrials;
    }

    public double outsideShare() {
      return (double) outsideHits / outsideTrials;
    }
  }

  /**
   * @param hits successes by bin
   * @param trials trials by bin, same length
   * @param startFrom the interval begins at this bin …
   * @param startTo … to this one, both included
   * @param endFrom the interval ends at this bin or later
   * @param leastTrials trials that must lie inside and outside
   * @param mostInside largest share of all trials that may lie inside, 0 to 1
   */
  public static Optional<Interval> best(
      long[] hits,
      long[] trials,
      int startFrom,
      int startTo,
      int endFrom,
      int leastTrials,
      double mostInside) {
    int bins = hits.length;
    long allHits = 0;
    long allTrials = 0;
    for (int i = 0; i < bins; i++) {
      allHits += hits[i];
      allTrials += trials[i];
    }
    if (allHits == 0 || allHits == allTrials) {
      return Optional.empty();
    }
    Interval best = null;
    double whole = entropyLikelihood(allHits, allTrials);
    for (int from = Math.max(0, startFrom); from <= Math.min(startTo, bins - 1); from++) {
      long insideHits = 0;
      long insideTrials = 0;
      for (int to = from; to < bins; to++) {
        insideHits += hits[to];
        insideTrials += trials[to];
        if (insideTrials > mostInside * allTrials) {
          break;
        }
        if (to < endFrom
            || trials[to] == 0
            || insideTrials < leastTrials
            || allTrials - insideTrials < leastTrials) {
          continue;
        }
        double ratio =
            entropyLikelihood(insideHits, insideTrials)
                + entropyLikelihood(allHits - insideHits, allTrials - insideTrials)
                - whole;
        if (best == null || ratio > best.logLikelihoodRatio) {
          best =
              new Interval(
                  from,
                  to,
                  insideHits,
                  insideTrials,
                  allHits - insideHits,
                  allTrials - insideTrials,
                  ratio);
        }
      }
    }
    return Optional.ofNullable(best);
  }

  /** The log-likelihood ratio of a perfect split, which no interval can exceed. */
  public static double bound(long hits, long trials) {
    return -entropyLikelihood(hits, trials);
  }

  /** Log-likelihood of the hits at their own share. */
  private static double entropyLikelihood(long hits, long trials) {
    if (hits == 0 || hits == trials) {
      return 0;
    }
    double share = (double) hits / trials;
    return hits * Math.log(share) + (trials - hits) * Math.log(1 - share);
  }
}
