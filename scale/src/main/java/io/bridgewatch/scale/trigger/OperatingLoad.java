package io.bridgewatch.scale.trigger;

/**
 * The load of a replica at which others are asked for: the knee, less what may come until they
 * serve, less what a loss would put on it.
 *
 * @param perReplica requests a second
 * @param kneeLoad requests a second of one replica at which users begin to suffer
 * @param basis how the knee is known
 * @param rise factor by which the load may rise until new replicas serve, at least 1
 * @param loss factor by which the others' load rises when one replica or one zone is lost, more
 *     than 1
 * @param lossOf what is lost
 */
public record OperatingLoad(
    double perReplica, double kneeLoad, Basis basis, double rise, double loss, Loss lossOf) {

  /** How the knee is known. */
  public enum Basis {
    /** Latency was seen there. */
    LATENCY,
    /** A share of what CPU allows: the knee was not seen. */
    CPU_BOUND,
    /** The highest load seen; more may be possible. */
    SEEN
  }

  /** What may be lost without users suffering. */
  public enum Loss {
    REPLICA,
    ZONE
  }
}
