package io.bridgewatch.topology;

import io.bridgewatch.model.AttributeNames;
import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.EntityRef;
import io.bridgewatch.model.Span;
import io.bridgewatch.model.SpanKind;
import io.bridgewatch.numerics.QuantileSketch;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Counts calls by edge and minute from spans as they come in, whichever side comes first.
 *
 * <ol>
 *   <li>a server's or consumer's span is one call; so is any span below one of another component;
 *   <li>its caller is the component of the span above it, if that comes within {@link
 *       Settings#patience}, else unknown;
 *   <li>a client's or producer's span below which nothing came by then is one call to the peer that
 *       it names, if it names one;
 *   <li>the calls of a minute are handed out a minute and the wait after the first was seen, and
 *       again in part where more came later.
 * </ol>
 *
 * <p>Waiting goes by the time at which spans come, because one host's clock that is ahead must not
 * cut short the waiting of others. However spans are cut into batches of one time, the calls add up
 * to the same. Spans that wait are bounded: beyond {@link Settings#mostWaiting} the oldest are
 * settled early and counted. Not safe for use by several threads.
 */
public final class CallTraffic {

  private static final long NANOS_PER_MINUTE = 60_000_000_000L;
  private static final long MILLIS_PER_MINUTE = 60_000;

  /**
   * @param patience how long one side of a call waits for the other
   * @param mostWaiting spans that may wait; each takes about 200 bytes
   */
  public record Settings(Duration patience, int mostWaiting) {
    /** Thirty seconds, 200,000 spans. */
    public static final Settings DEFAULT = new Settings(Duration.ofSeconds(30), 200_000);

    public Settings {
      if (!patience.isPositive() || mostWaiting <= 0) {
        throw new IllegalArgumentException(
            "cannot wait " + patience + " for " + mostWaiting + " spans");
      }
    }
  }

  private record Id(String traceId, String spanId) {}

  /** A span that may be the caller's side of a call, or the callee's without its caller. */
  private static final class Waiting {
    private final Id id;
    private final Id above;
    private final Optional<EntityRef> component;
    private final Optional<EntityRef> peer;
    private final SpanKind kind;
    private final long startNanos;
    private final long durationNanos;
    private final boolean failed;
    private final long untilMillis;
    private boolean hasCallee;
    private boolean hasCaller;

    private Waiting(
        Span span, Optional<EntityRef> component, Optional<EntityRef> peer, long untilMillis) {
      this.id = new Id(span.traceId(), span.spanId());
      this.above = new Id(span.traceId(), span.parentSpanId());
      this.component = component;
      this.peer = peer;
      this.kind = span.kind();
      this.startNanos = span.startNanos();
      this.durationNanos = span.durationNanos();
      this.failed = span.failed();
      this.untilMillis = untilMillis;
    }

    private boolean isCallers() {
      return kind == SpanKind.CLIENT || kind == SpanKind.PRODUCER;
    }

    private boolean isCallees() {
      return kind == SpanKind.SERVER || kind == SpanKind.CONSUMER;
    }
  }

  private record Slot(CallEdge edge, long minute) {}

  /** The calls of one slot as they add up; doubles grow in place, the sketch comes at the end. */
  private static final class Sums {
    /** Values kept as they are before they are sketched; a power of two times the first size. */
    private static final int MOST_LOOSE = 1_024;

    private final long firstSeenMillis;
    private long calls;
    private long errors;
    private double[] latency = new double[8];
    private double[] gap = new double[8];
    private int gaps;
    private QuantileSketch latencySketch = QuantileSketch.empty();
    private QuantileSketch gapSketch = QuantileSketch.empty();
    private int latencies;

    private Sums(long firstSeenMillis) {
      this.firstSeenMillis = firstSeenMillis;
    }

    private void add(double seconds, boolean failed) {
      calls++;
      errors += failed ? 1 : 0;
      if (latencies == MOST_LOOSE) {
        latencySketch = latencySketch.with(latency);
        latencies = 0;
      }
      latency = latencies == latency.length ? Arrays.copyOf(latency, 2 * latencies) : latency;
      latency[latencies++] = seconds;
    }

    private void addGap(double seconds) {
      if (gaps == MOST_LOOSE) {
        gapSketch = gapSketch.with(gap);
        gaps = 0;
      }
      gap = gaps == gap.length ? Arrays.copyOf(gap, 2 * gaps) : gap;
      gap[gaps++] = seconds;
    }

    private EdgeMinute finish(Slot slot) {
      return new EdgeMinute(
          slot.edge,
          Instant.ofEpochSecond(60 * slot.minute),
          calls,
          errors,
          latencySketch.with(Arrays.copyOf(latency, latencies)),
          gapSketch.with(Arrays.copyOf(gap, gaps)));
    }
  }

  private final Settings settings;
  private final LinkedHashMap<Id, Waiting> waiting = new LinkedHashMap<>();
  private final Map<Id, List<Waiting>> lackingCaller = new HashMap<>();
  private final Map<Slot, Sums> open = new HashMap<>();
  private final ArrayDeque<Waiting> bySight = new ArrayDeque<>();
  private long nowMillis;
  private long settledEarly;

  public CallTraffic(Settings settings) {
    this.settings = settings;
  }

  /**
   * Takes more spans.
   *
   * @param now when they came; never earlier than before
   * @param component which component a resource belongs to; empty if it is unknown
   * @return what is handed out, oldest minute first, then by edge
   */
  public List<EdgeMinute> step(
      Instant now, List<Span> spans, Function<Attributes, Optional<EntityRef>> component) {
    nowMillis = Math.max(nowMillis, now.toEpochMilli());
    while (!bySight.isEmpty() && bySight.getFirst().untilMillis <= nowMillis) {
      settle(bySight.removeFirst());
    }
    var components = new HashMap<Attributes, Optional<EntityRef>>();
    for (Span span : spans) {
      take(span, components.computeIfAbsent(span.resource(), component));
    }
    return finished(nowMillis - settings.patience.toMillis() - MILLIS_PER_MINUTE);
  }

  /** Settles every span that waits and hands out all minutes, as at the end of a recording. */
  public List<EdgeMinute> finish() {
    while (!bySight.isEmpty()) {
      settle(bySight.removeFirst());
    }
    return finished(Long.MAX_VALUE);
  }

  /** Spans that were settled before their time because too many waited. */
  public long settledEarly() {
    return settledEarly;
  }

  private void take(Span span, Optional<EntityRef> component) {
    var one = new Waiting(span, component, peer(span), nowMillis + settings.patience.toMillis());
    if (waiting.putIfAbsent(one.id, one) != null) {
      return; // told twice
    }
    bySight.addLast(one);
    callerOf(one, span.parentSpanId().isEmpty());
    for (Waiting callee : Optional.ofNullable(lackingCaller.remove(one.id)).orElse(List.of())) {
      join(one, callee);
    }
    if (bySight.size() > settings.mostWaiting) {
      settle(bySight.removeFirst());
      settledEarly++;
    }
  }

  private void callerOf(Waiting one, boolean isRoot) {
    if (isRoot) {
      return;
    }
    Waiting caller = waiting.get(one.above);
    if (caller == null) {
      lackingCaller.computeIfAbsent(one.above, id -> new ArrayList<>(1)).add(one);
    } else {
      join(caller, one);
    }
  }

  /** Two spans, one below the other: a call, where they belong to two components. */
  private void join(Waiting caller, Waiting callee) {
    boolean crosses = !caller.component.equals(callee.component);
    boolean isCall = callee.isCallees() ? caller.isCallers() || crosses : crosses;
    if (!isCall || callee.component.isEmpty()) {
      return;
    }
    callee.hasCaller = true;
    caller.hasCallee = true;
    Waiting seen = caller.isCallers() ? caller : callee;
    var sums = sums(new CallEdge(caller.component, callee.component.get()), callee.startNanos);
    sums.add(seen.durationNanos / 1e9, callee.failed || (caller.isCallers() && caller.failed));
    if (caller.isCallers() && caller.kind != SpanKind.PRODUCER) {
      sums.addGap((caller.durationNanos - callee.durationNanos) / 1e9);
    }
  }

  /** Its time is over: what has not found its other side is a call with one side known. */
  private void settle(Waiting one) {
    waiting.remove(one.id);
    if (!one.hasCaller) {
      List<Waiting> alike = lackingCaller.get(one.above);
      if (alike != null && alike.remove(one) && alike.isEmpty()) {
        lackingCaller.remove(one.above);
      }
      if (one.isCallees() && one.component.isPresent()) {
        sums(new CallEdge(Optional.empty(), one.component.get()), one.startNanos)
            .add(one.durationNanos / 1e9, one.failed);
      }
    }
    if (!one.hasCallee && one.isCallers() && one.component.isPresent() && one.peer.isPresent()) {
      sums(new CallEdge(one.component, one.peer.get()), one.startNanos)
          .add(one.durationNanos / 1e9, one.failed);
    }
  }

  private Sums sums(CallEdge edge, long startNanos) {
    return open.computeIfAbsent(
        new Slot(edge, Math.floorDiv(startNanos, NANOS_PER_MINUTE)), slot -> new Sums(nowMillis));
  }

  private List<EdgeMinute> finished(long seenUntilMillis) {
    var done = new ArrayList<EdgeMinute>();
    open.entrySet()
        .removeIf(
            entry -> {
              if (entry.getValue().firstSeenMillis <= seenUntilMillis) {
                done.add(entry.getValue().finish(entry.getKey()));
                return true;
              }
              return false;
            });
    done.sort(
        Comparator.comparing(EdgeMinute::minute)
            .thenComparing(minute -> minute.edge().callee())
            .thenComparing(minute -> minute.edge().caller().map(EntityRef::toString).orElse("")));
    return done;
  }

  /** What a client says it calls, where that tells no spans itself. */
  private static Optional<EntityRef> peer(Span span) {
    return span.attributes()
        .get(AttributeNames.PEER_SERVICE)
        .or(() -> span.attributes().get("db.system.name"))
        .or(() -> span.attributes().get("db.system"))
        .or(() -> span.attributes().get("messaging.system"))
        .or(() -> span.attributes().get("server.address"))
        .filter(name -> !name.isEmpty())
        .map(EntityRef::service);
  }
}
