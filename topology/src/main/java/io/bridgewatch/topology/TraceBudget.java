package io.bridgewatch.topology;

import java.time.Duration;
import java.time.Instant;

/**
 * Which shares of traces may be kept so that no more spans are than a budget allows.
 *
 * <ol>
 *   <li>Spans that come are counted over windows of {@link #WINDOW}. While no more come than the
 *       budget allows, all are kept, and nothing is decided.
 *   <li>As soon as a window has more, traces are gathered and decided about, until a whole window
 *       has had less than four fifths of the budget.
 *   <li>Remarkable traces may use nine tenths of the budget, ordinary ones the rest, by the highest
 *       flow of the last windows; how many spans belong to either is known by what was decided.
 * </ol>
 *
 * Not safe for use by several threads.
 */
public final class TraceBudget {

  public static final Duration WINDOW = Duration.ofSeconds(10);

  private static final double REMARKABLE_SHARE = 0.9;
  private static final double CALM = 0.8;

  /** How much the latest window counts for the share of remarkable traces. */
  private static final double LATEST = 0.5;

  /** Below this share no comparison with ordinary traces would be possible any more. */
  private static final double LOWEST = 1e-4;

  private final double spansPerSecond;
  private Instant windowStart = Instant.MIN;
  private long came;
  private long remarkable;
  private long decided;
  private double flow;

  /** Of the two windows before: what is decided about now came then. */
  private double flowBefore;

  private double flowLongBefore;
  private double remarkableShare;
  private boolean gathering;

  /**
   * @param spansPerSecond that may be kept; 0 for as many as come
   */
  public TraceBudget(double spansPerSecond) {
    if (!(spansPerSecond >= 0)) {
      throw new IllegalArgumentException(
          "cannot keep " + spansPerSecond + " spans a second: wanted 0 for all, or more");
    }
    this.spansPerSecond = spansPerSecond;
  }

  /** Spans came; some may be none, to let time pass. */
  public void came(Instant now, int spans) {
    if (windowStart.equals(Instant.MIN)) {
      windowStart = now;
    }
    if (!now.isBefore(windowStart.plus(WINDOW))) {
      close(Duration.between(windowStart, now).toNanos() / 1e9);
      windowStart = now;
    }
    came += spans;
    gathering |= spansPerSecond > 0 && came > spansPerSecond * WINDOW.toSeconds();
  }

  private void close(double seconds) {
    flowLongBefore = flowBefore;
    flowBefore = flow;
    flow = came / seconds;
    if (decided > 0) {
      remarkableShare = LATEST * ((double) remarkable / decided) + (1 - LATEST) * remarkableShare;
    }
    gathering = spansPerSecond > 0 && flow > (gathering ? CALM : 1) * spansPerSecond;
    came = 0;
    decided = 0;
    remarkable = 0;
  }

  /** It was decided about a trace. */
  public void decided(int spans, boolean isRemarkable) {
    decided += spans;
    remarkable += isRemarkable ? spans : 0;
  }

  /** Whether traces must be gathered to be decided about, because too many come. */
  public boolean isGathering() {
    return gathering;
  }

  /** Spans a second of the last window. */
  public double flow() {
    return flow;
  }

  /** The shares by which to decide now. */
  public TraceSampling sampling() {
    if (spansPerSecond == 0) {
      return new TraceSampling(1, 1);
    }
    double now =
        Math.max(
            Math.max(flow, came / (double) WINDOW.toSeconds()),
            Math.max(flowBefore, flowLongBefore));
    double remarkableFlow = now * remarkableShare;
    double ordinaryFlow = now - remarkableFlow;
    double ofRemarkable = share(REMARKABLE_SHARE * spansPerSecond, remarkableFlow);
    double left = spansPerSecond - ofRemarkable * remarkableFlow;
    return new TraceSampling(ofRemarkable, share(left, ordinaryFlow));
  }

  private static double share(double room, double flow) {
    return flow <= room ? 1 : Math.max(LOWEST, room / flow);
  }
}
