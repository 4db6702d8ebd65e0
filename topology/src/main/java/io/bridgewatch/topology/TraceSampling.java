package io.bridgewatch.topology;

import io.bridgewatch.model.Span;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;

/**
 * Decides which traces are kept whole.
 *
 * <p>Kept are traces in which something failed, in which a span took longer than nearly all of its
 * kind, and to which an exemplar leads; of the others a stated share, chosen by their ids, so that
 * every hub and every replay chooses the same.
 *
 * @param rate share of unsuspicious traces to keep, 0 to 1
 */
public record TraceSampling(double rate) {

  /**
   * @throws IllegalArgumentException if the rate is no share
   */
  public TraceSampling {
    if (!(rate >= 0 && rate <= 1)) {
      throw new IllegalArgumentException("cannot keep " + rate + " of the traces: wanted 0 to 1");
    }
  }

  /** Why a trace is kept or not. */
  public enum Reason {
    /** A span of it failed. */
    FAILED,
    /** A span of it was slow for its kind. */
    SLOW,
    /** A metric's exemplar leads to it. */
    EXEMPLAR,
    /** Chosen by its id. */
    SAMPLED,
    /** Not chosen by its id. */
    NOT_SAMPLED
  }

  /**
   * @param weight how many traces it stands for when traces are counted: one over the rate where it
   *     was chosen by its id, one where it was kept for its own sake, zero where it is not kept
   */
  public record Decision(Reason reason, double weight) {
    public boolean isKept() {
      return reason != Reason.NOT_SAMPLED;
    }
  }

  /**
   * Decides about one trace.
   *
   * @param slowSeconds above which a span is slow, such as the 99th percentile of its edge; empty
   *     where too little is known
   * @param isExemplar whether an exemplar leads to the trace
   */
  public Decision decide(
      String traceId,
      List<Span> spans,
      Function<Span, OptionalDouble> slowSeconds,
      boolean isExemplar) {
    boolean slow = false;
    for (Span span : spans) {
      if (span.failed()) {
        return new Decision(Reason.FAILED, 1);
      }
      OptionalDouble limit = slow ? OptionalDouble.empty() : slowSeconds.apply(span);
      slow |= limit.isPresent() && span.durationNanos() / 1e9 > limit.getAsDouble();
    }
    if (slow) {
      return new Decision(Reason.SLOW, 1);
    }
    if (isExemplar) {
      return new Decision(Reason.EXEMPLAR, 1);
    }
    return share(traceId) < rate
        ? new Decision(Reason.SAMPLED, 1 / rate)
        : new Decision(Reason.NOT_SAMPLED, 0);
  }

  /** Where an id lies between 0 and 1: FNV-1a, then the finaliser of MurmurHash3. */
  private static double share(String traceId) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < traceId.length(); i++) {
      hash = (hash ^ traceId.charAt(i)) * 0x100000001b3L;
    }
    hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
    hash = (hash ^ (hash >>> 33)) * 0xc4ceb9fe1a85ec53L;
    hash ^= hash >>> 33;
    return (hash >>> 11) * 0x1.0p-53;
  }
}
