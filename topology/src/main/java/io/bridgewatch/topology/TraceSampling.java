package io.bridgewatch.topology;

import io.bridgewatch.model.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;

/**
 * Decides which traces are kept whole.
 *
 * <p>Remarkable are traces in which something failed, in which a call took far longer than others
 * of its kind, that took a way seldom taken, and to which an exemplar leads. Of these one share is
 * kept, of the ordinary ones another; both are chosen by the trace's id, so that every hub and
 * every replay chooses the same, and what a lower share keeps, a higher one keeps too.
 *
 * @param remarkable share of remarkable traces to keep, above 0 to 1
 * @param ordinary share of the others to keep, 0 to 1
 */
public record TraceSampling(double remarkable, double ordinary) {

  /** Why a trace was kept, in lower case; absent where all were kept. */
  public static final String REASON = "bridgewatch.sampling.reason";

  /** How many traces of its sort a kept one stands for, a number of at least 1. */
  public static final String WEIGHT = "bridgewatch.sampling.weight";

  /** The share of ordinary traces that were kept when it was decided about, above 0 to 1. */
  public static final String RATE = "bridgewatch.sampling.rate";

  /**
   * @throws IllegalArgumentException if a rate is no share
   */
  public TraceSampling {
    if (!(remarkable > 0 && remarkable <= 1) || !(ordinary >= 0 && ordinary <= 1)) {
      throw new IllegalArgumentException(
          "cannot keep %s of the remarkable traces and %s of the others: wanted 0 to 1, the first above 0"
              .formatted(remarkable, ordinary));
    }
  }

  /** Why a trace is kept or not. */
  public enum Reason {
    /** A span of it failed. */
    FAILED,
    /** A call of it was slow for its kind. */
    SLOW,
    /** It took a way that is seldom taken. */
    RARE,
    /** A metric's exemplar leads to it. */
    EXEMPLAR,
    /** Ordinary, and chosen by its id. */
    SAMPLED,
    /** Not chosen by its id. */
    NOT_SAMPLED;

    /** As it stands in {@link #REASON}. */
    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /**
   * @param weight how many traces of its sort it stands for when they are counted: one over the
   *     share by which it was chosen; zero where it is not kept
   * @param rate the share of ordinary traces at that time
   */
  public record Decision(Reason reason, double weight, double rate) {
    public boolean isKept() {
      return reason != Reason.NOT_SAMPLED;
    }

    /** The span with what was decided about its trace. */
    public Span marked(Span span) {
      return span.withAttributes(
          span.attributes()
              .with(REASON, reason.word())
              .with(WEIGHT, number(weight))
              .with(RATE, number(rate)));
    }

    private static String number(double value) {
      return value == Math.rint(value)
          ? Long.toString((long) value)
          : String.format(Locale.ROOT, "%.6g", value);
    }
  }

  /**
   * Whether a trace is worth more than others.
   *
   * @param slowSeconds above which a span is slow; empty where too little is known
   * @return why; empty for an ordinary one
   */
  public static Optional<Reason> remark(
      List<Span> spans,
      Function<Span, OptionalDouble> slowSeconds,
      boolean isRare,
      boolean isExemplar) {
    boolean slow = false;
    for (Span span : spans) {
      if (span.failed()) {
        return Optional.of(Reason.FAILED);
      }
      OptionalDouble limit = slow ? OptionalDouble.empty() : slowSeconds.apply(span);
      slow |= limit.isPresent() && span.durationNanos() / 1e9 > limit.getAsDouble();
    }
    if (slow) {
      return Optional.of(Reason.SLOW);
    }
    if (isRare) {
      return Optional.of(Reason.RARE);
    }
    return isExemplar ? Optional.of(Reason.EXEMPLAR) : Optional.empty();
  }

  /**
   * Decides about one trace.
   *
   * @param remark as {@link #remark} tells
   */
  public Decision decide(String traceId, Optional<Reason> remark) {
    double share = remark.isPresent() ? remarkable : ordinary;
    return share(traceId) < share
        ? new Decision(remark.orElse(Reason.SAMPLED), 1 / share, ordinary)
        : new Decision(Reason.NOT_SAMPLED, 0, ordinary);
  }

  /**
   * An even sample of the traces that these spans belong to: those that the lowest share among them
   * would have kept whatever they were like. Without marks on them, all of them.
   */
  public static List<Span> thinned(List<Span> spans) {
    double lowest = 1;
    for (Span span : spans) {
      lowest = Math.min(lowest, rate(span));
    }
    if (lowest == 1) {
      return spans;
    }
    var even = new ArrayList<Span>();
    for (Span span : spans) {
      if (share(span.traceId()) < lowest) {
        even.add(span);
      }
    }
    return even;
  }

  private static double rate(Span span) {
    Optional<String> rate = span.attributes().get(RATE);
    if (rate.isEmpty()) {
      return 1;
    }
    try {
      double share = Double.parseDouble(rate.get());
      return share > 0 && share <= 1 ? share : 1;
    } catch (NumberFormatException e) {
      return 1; // a sender's own
    }
  }

  /** Where an id lies from 0 to below 1: FNV-1a, then the finaliser of MurmurHash3. */
  public static double share(String traceId) {
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
