package io.bridgewatch.scale.trigger;

import io.bridgewatch.scale.plant.Interval;

/** Why a metric is not to trigger scaling, with the numbers that show it. */
public sealed interface TriggerRefusal {

  /** It is not collected. */
  record NotMeasured() implements TriggerRefusal {}

  /**
   * Too often it was not seen.
   *
   * @param share of the steps in which it was, 0 to 1
   */
  record TooSparse(double share, double wanted) implements TriggerRefusal {}

  /**
   * The number of replicas changed too seldom, or too little, to see what that does to it.
   *
   * @param changes that could be compared
   */
  record NotSeenUnderChange(int changes, int wanted) implements TriggerRefusal {}

  /**
   * It does not rise with the load of a replica.
   *
   * @param correlation Spearman's
   */
  record DoesNotFollowLoad(double correlation, double wanted) implements TriggerRefusal {}

  /**
   * It stays when replicas come: scaling on it would go on to the most replicas, or never come
   * back. Typically memory.
   *
   * @param relief as in {@link TriggerEvidence#relief}
   */
  record DoesNotFall(Interval relief, double wanted) implements TriggerRefusal {}

  /**
   * It stops rising while users do not suffer yet, so that it cannot tell how much is missing.
   *
   * @param value where it ends
   * @param fromLoad per replica, from which on it does not rise
   * @param kneeLoad per replica, at which users begin to suffer
   */
  record Saturates(double value, double fromLoad, double kneeLoad) implements TriggerRefusal {}

  /**
   * It rises only when it is too late for new replicas: around the load at which they must be asked
   * for, its own noise is larger than what load changes in it.
   *
   * @param rise between 3/4 and 5/4 of that load, over its noise
   * @param load per replica at which replicas must be asked for
   */
  record TooLate(double rise, double wanted, double load) implements TriggerRefusal {}
}
