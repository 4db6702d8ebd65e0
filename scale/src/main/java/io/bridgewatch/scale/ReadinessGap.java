package io.bridgewatch.scale;

import io.bridgewatch.scale.Readiness.Criterion;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * Something that keeps a workload from being autoscaled, with the numbers that show it. Words, and
 * what helps, are found where it is shown.
 */
public sealed interface ReadinessGap {

  Criterion criterion();

  /** Without it a utilization cannot be computed, and no scheduler knows what a replica needs. */
  record RequestMissing(String container, String resource) implements ReadinessGap {
    @Override
    public Criterion criterion() {
      return Criterion.REQUESTS;
    }
  }

  /** A container counts as ready as soon as it runs: load comes before it can serve. */
  record ProbeMissing(String container) implements ReadinessGap {
    @Override
    public Criterion criterion() {
      return Criterion.READINESS_PROBE;
    }
  }

  /**
   * There is a probe, and it does not tell whether the container can serve.
   *
   * @param detail what it does, as the object says it
   */
  record ProbeMeaningless(String container, Flaw flaw, String detail) implements ReadinessGap {

    /** What is wrong with a probe. */
    public enum Flaw {
      /** The same as the liveness probe: who is overloaded is killed instead of spared. */
      SAME_AS_LIVENESS,
      /** A command that always succeeds. */
      ALWAYS_SUCCEEDS,
      /** Only opens a connection, which works before the application does. */
      ONLY_CONNECTS,
      /** Takes more than a minute to notice. */
      NOTICES_LATE
    }

    @Override
    public Criterion criterion() {
      return Criterion.READINESS_PROBE;
    }
  }

  /**
   * Samples of a metric are missing.
   *
   * @param share of the samples that were expected, 0 to 1
   */
  record MetricIncomplete(String metric, double share, long missing) implements ReadinessGap {
    @Override
    public Criterion criterion() {
      return Criterion.METRICS;
    }
  }

  /** No metric of the workload's use is kept. */
  record MetricsMissing() implements ReadinessGap {
    @Override
    public Criterion criterion() {
      return Criterion.METRICS;
    }
  }

  /** A metric of its policy would not reach its autoscaler. */
  record MetricUnserved(UnservedMetric metric) implements ReadinessGap {
    @Override
    public Criterion criterion() {
      return Criterion.METRICS_SERVED;
    }
  }

  /** It is killed while load balancers still send to it. */
  record PreStopMissing(String container) implements ReadinessGap {
    @Override
    public Criterion criterion() {
      return Criterion.SHUTDOWN;
    }
  }

  /**
   * It is killed before it can finish.
   *
   * @param seconds of the grace period
   * @param wanted seconds at least
   */
  record GraceTooShort(long seconds, long wanted) implements ReadinessGap {
    @Override
    public Criterion criterion() {
      return Criterion.SHUTDOWN;
    }
  }

  /**
   * Too few starts were seen to know how long one takes.
   *
   * @param pods that were seen from created to ready
   * @param wanted at least
   */
  record StartUnknown(int pods, int wanted) implements ReadinessGap {
    @Override
    public Criterion criterion() {
      return Criterion.START_TIME;
    }
  }

  /** Starts fail so often that new replicas cannot be counted on. */
  record StartsFail(int neverReady, int pods) implements ReadinessGap {
    @Override
    public Criterion criterion() {
      return Criterion.START_TIME;
    }
  }

  /** What is called is known, how much it bears is not. */
  record DownstreamUnknown(String name) implements ReadinessGap {
    @Override
    public Criterion criterion() {
      return Criterion.DOWNSTREAM;
    }
  }

  /**
   * More replicas than what is called bears.
   *
   * @param capacity in the unit that a replica is counted in, such as connections
   * @param perReplica what one replica may take of it
   * @param bears replicas at most
   */
  record DownstreamTooSmall(
      String name, double capacity, double perReplica, int bears, int maxReplicas)
      implements ReadinessGap {
    @Override
    public Criterion criterion() {
      return Criterion.DOWNSTREAM;
    }
  }

  /** Somebody else scales it too. */
  record ScaledByOthers(ScalingConflict conflict) implements ReadinessGap {
    @Override
    public Criterion criterion() {
      return Criterion.ONE_SCALER;
    }
  }

  /** No maximum is set yet, so that nothing can be said of it. */
  record MaximumUnset(int bears) implements ReadinessGap {
    @Override
    public Criterion criterion() {
      return Criterion.ROOM;
    }
  }

  /** The nodes do not hold the maximum. */
  record NodesTooSmall(int bears, int maxReplicas, int nodes) implements ReadinessGap {
    @Override
    public Criterion criterion() {
      return Criterion.ROOM;
    }
  }

  /** A quota does not allow the maximum. */
  record QuotaTooSmall(String quota, String resource, int bears, int maxReplicas)
      implements ReadinessGap {
    @Override
    public Criterion criterion() {
      return Criterion.ROOM;
    }
  }

  /**
   * What a workload calls, and what that bears.
   *
   * @param capacity of all of it, such as connections; absent if unknown
   * @param perReplica what one replica may take of it; absent if unknown
   */
  record Downstream(String name, OptionalDouble capacity, OptionalDouble perReplica) {
    public Downstream {
      if (name.isBlank()) {
        throw new IllegalArgumentException("what is called downstream needs a name");
      }
      positive("capacity", capacity, name);
      positive("perReplica", perReplica, name);
    }

    /** Replicas that it bears; empty if that is not known. */
    public OptionalInt bears() {
      return capacity.isPresent() && perReplica.isPresent()
          ? OptionalInt.of(
              (int)
                  Math.min(
                      Integer.MAX_VALUE,
                      Math.floor(capacity.getAsDouble() / perReplica.getAsDouble())))
          : OptionalInt.empty();
    }

    private static void positive(String field, OptionalDouble value, String name) {
      if (value.isPresent() && !(value.getAsDouble() > 0)) {
        throw new IllegalArgumentException(
            "%s of %s must be above 0, was %s".formatted(field, name, value.getAsDouble()));
      }
    }
  }
}
