package io.bridgewatch.scale;

/**
 * What a policy did to users and to the bill, over a stretch of load.
 *
 * @param seconds of the stretch
 * @param requests that arrived
 * @param hurt that waited too long or were dropped
 * @param violationSeconds in which a request that arrived was hurt
 * @param podSeconds of all replicas, starting ones included
 * @param neededPodSeconds had each served at its capacity all the time
 * @param rescales changes of the replicas
 * @param flaps changes against the direction of the change before
 * @param atMaxSeconds at the policy's maximum
 * @param worstMinuteShare of the requests of the worst minute that were hurt, 0 to 1
 * @param shortSeconds in which fewer replicas served than the load needed
 * @param timeToCapacityP95Seconds how long such shortages lasted, all but one in twenty; zero where
 *     there was none
 * @param violationMinutes in which more than {@link #VIOLATING_SHARE} of the requests were hurt; of
 *     a plant with randomness how many are expected
 * @param overloadSeconds in which more replicas served than what they call bears
 */
public record ScalingEffect(
    double seconds,
    double requests,
    double hurt,
    double violationSeconds,
    double podSeconds,
    double neededPodSeconds,
    int rescales,
    int flaps,
    double atMaxSeconds,
    double worstMinuteShare,
    double shortSeconds,
    double timeToCapacityP95Seconds,
    double violationMinutes,
    double overloadSeconds) {

  /** Share of a minute's requests that may be hurt before the minute counts as violated. */
  public static final double VIOLATING_SHARE = 0.05;

  /** From 0 to 1; zero where nothing was asked. */
  public double hurtShare() {
    return requests == 0 ? 0 : hurt / requests;
  }

  public double podHours() {
    return podSeconds / 3600;
  }

  /** Pod-hours in relation to those of replicas that are always busy; at least about one. */
  public double cost() {
    return neededPodSeconds == 0 ? 0 : podSeconds / neededPodSeconds;
  }
}
