package io.bridgewatch.topology;

import io.bridgewatch.model.Span;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Gathers the spans of each trace until they have had time to come, so that it can be judged as a
 * whole.
 *
 * <p>A trace is handed out so long after its first span came, whatever came since; what comes later
 * is a trace of its own. Spans that are held are bounded: beyond that the oldest traces are handed
 * out early and counted. Not safe for use by several threads.
 */
public final class TraceBuffer {

  /** The spans of one trace, in the order in which they came. */
  public record Trace(String traceId, List<Span> spans) {
    public Trace {
      spans = List.copyOf(spans);
    }
  }

  private record Gathered(long firstSeenMillis, List<Span> spans) {}

  private final Duration wait;
  private final int mostSpans;
  private final LinkedHashMap<String, Gathered> byId = new LinkedHashMap<>();
  private int held;
  private long early;

  /**
   * @param wait from the first span of a trace to its judgement
   * @param mostSpans to hold; each takes about a kilobyte
   */
  public TraceBuffer(Duration wait, int mostSpans) {
    this.wait = wait;
    this.mostSpans = mostSpans;
  }

  /**
   * Takes more spans.
   *
   * @param now when they came
   * @return the traces whose time is over, oldest first
   */
  public List<Trace> step(Instant now, List<Span> spans) {
    var ready = new ArrayDeque<Trace>();
    long nowMillis = now.toEpochMilli();
    while (!byId.isEmpty()
        && byId.firstEntry().getValue().firstSeenMillis + wait.toMillis() <= nowMillis) {
      ready.add(removeFirst());
    }
    for (Span span : spans) {
      byId.computeIfAbsent(span.traceId(), id -> new Gathered(nowMillis, new ArrayList<>()))
          .spans
          .add(span);
      held++;
      while (held > mostSpans) {
        ready.add(removeFirst());
        early++;
      }
    }
    return List.copyOf(ready);
  }

  /** Everything that is still held, as at the end of a recording. */
  public List<Trace> finish() {
    var all = new ArrayList<Trace>();
    while (!byId.isEmpty()) {
      all.add(removeFirst());
    }
    return all;
  }

  private Trace removeFirst() {
    Iterator<Map.Entry<String, Gathered>> first = byId.entrySet().iterator();
    var entry = first.next();
    first.remove();
    held -= entry.getValue().spans.size();
    return new Trace(entry.getKey(), entry.getValue().spans);
  }

  public boolean holds(String traceId) {
    return byId.containsKey(traceId);
  }

  /** How many spans are held. */
  public int held() {
    return held;
  }

  /**
   * When the oldest trace that is held began to come, milliseconds since 1970-01-01T00:00Z. Every
   * span that came before has been handed out. Empty if nothing is held.
   */
  public OptionalLong oldestMillis() {
    return byId.isEmpty()
        ? OptionalLong.empty()
        : OptionalLong.of(byId.firstEntry().getValue().firstSeenMillis);
  }

  /** Traces that were handed out before their time because too many spans were held. */
  public long early() {
    return early;
  }
}
