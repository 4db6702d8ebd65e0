package io.bridgewatch.scale.plant;

/**
 * The loads per replica that a history has shown. What is said of a load outside of it is
 * extrapolated.
 *
 * @param lowest requests a second of one replica, exceeded in 99.5 % of the steps
 * @param highest not exceeded in 99.5 % of the steps
 * @param fewestReplicas that were ready in a step that counts
 * @param mostReplicas that were ready in a step that counts
 * @param steps that count
 * @param stepSeconds length of such a step
 */
public record SeenLoad(
    double lowest,
    double highest,
    int fewestReplicas,
    int mostReplicas,
    int steps,
    int stepSeconds) {

  /** Whether nothing was seen at that load per replica. */
  public boolean beyond(double loadPerReplica) {
    return loadPerReplica < lowest || loadPerReplica > highest;
  }
}
