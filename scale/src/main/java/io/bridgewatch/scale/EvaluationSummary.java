package io.bridgewatch.scale;

import io.bridgewatch.scale.ScalingEvaluation.Duel;
import io.bridgewatch.scale.ScalingEvaluation.Judged;
import io.bridgewatch.scale.ScalingEvaluation.Kind;
import io.bridgewatch.scale.ScalingEvaluation.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * What an evaluation of several loads comes to.
 *
 * @param loads that were judged
 * @param own for each usual policy the one learned to beat it
 * @param all for each usual policy the one learned to beat them all
 * @param learned policies that were judged
 * @param nearSwept of them, those whose cost is at most 5 % above that of the best fixed threshold
 *     that hurt no more, found by a sweep of what is judged; also where no threshold hurt so few
 * @param shares for each share asked for, how it was kept
 */
public record EvaluationSummary(
    int loads,
    List<Tally> own,
    List<Tally> all,
    int learned,
    int nearSwept,
    List<ShareTally> shares) {

  private static final double NEAR = 1.05;

  /**
   * @param won loads on which fewer requests were hurt (or none by both) and fewer pod-hours used
   * @param costRatio geometric mean of pod-hours over those of the usual policy
   */
  public record Tally(String usual, int won, int fewerHurt, int fewerPodHours, double costRatio) {}

  /**
   * @param kept loads on which the learned policy kept the share
   * @param sweptKept loads on which some fixed threshold did
   */
  public record ShareTally(String share, int kept, int sweptKept) {}

  public EvaluationSummary {
    own = List.copyOf(own);
    all = List.copyOf(all);
    shares = List.copyOf(shares);
  }

  public static EvaluationSummary of(List<Result> results) {
    List<Judged> learned =
        results.stream()
            .flatMap(result -> result.policies().stream())
            .filter(judged -> judged.kind() == Kind.LEARNED)
            .toList();
    var shares = new ArrayList<ShareTally>();
    for (double share : ScalingEvaluation.SHARES) {
      String name = ScalingEvaluation.shareName(share);
      int kept =
          (int)
              learned.stream()
                  .filter(each -> each.objective().equals(name))
                  .filter(each -> each.effect().hurtShare() <= share)
                  .count();
      int swept =
          (int)
              results.stream()
                  .filter(
                      result ->
                          result.policies().stream()
                              .anyMatch(
                                  each ->
                                      each.kind() == Kind.SWEPT && each.objective().equals(name)))
                  .count();
      shares.add(new ShareTally(name, kept, swept));
    }
    return new EvaluationSummary(
        results.size(),
        tallies(results, Result::duels),
        tallies(results, Result::all),
        learned.size(),
        (int) learned.stream().filter(each -> each.overSwept().orElse(0.0) <= NEAR).count(),
        shares);
  }

  private static List<Tally> tallies(List<Result> results, Function<Result, List<Duel>> duels) {
    var tallies = new ArrayList<Tally>();
    for (int i = 0; i < ScalingEvaluation.USUAL_TARGETS.size() && !results.isEmpty(); i++) {
      int at = i;
      List<Duel> each = results.stream().map(result -> duels.apply(result).get(at)).toList();
      double logs = 0;
      for (Duel duel : each) {
        logs += Math.log(duel.learned().effect().podSeconds() / duel.usual().effect().podSeconds());
      }
      tallies.add(
          new Tally(
              each.getFirst().usual().name(),
              (int) each.stream().filter(Duel::won).count(),
              (int) each.stream().filter(Duel::fewerHurt).count(),
              (int) each.stream().filter(Duel::fewerPodHours).count(),
              Math.exp(logs / each.size())));
    }
    return tallies;
  }
}
