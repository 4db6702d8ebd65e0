package io.bridgewatch.topology;

import io.bridgewatch.numerics.QuantileSketch;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * From when on a call is slow for its edge: {@value #TIMES} times what 99 of 100 calls of the last
 * ten to twenty minutes took, once {@value #FEWEST} were seen. Of the same edge, the calls of two
 * spans of ten minutes are known; beyond {@value #MOST_EDGES} edges the one told of longest ago is
 * forgotten. Not safe for use by several threads.
 */
public final class EdgeSpeeds {

  private static final int TIMES = 2;
  private static final int FEWEST = 200;
  private static final int MOST_EDGES = 5_000;
  private static final Duration SPAN = Duration.ofMinutes(10);

  /** What is known of an edge: the calls of the present ten minutes, and of those before. */
  private record Known(
      Instant since, QuantileSketch present, QuantileSketch before, OptionalDouble slowSeconds) {

    Known with(EdgeMinute minute) {
      boolean over = !minute.minute().isBefore(since.plus(SPAN));
      var start = over ? minute.minute() : since;
      var old = over ? present : before;
      var now = over ? minute.latency() : present.merge(minute.latency());
      var all = old.merge(now);
      return new Known(
          start,
          now,
          old,
          all.count() < FEWEST
              ? OptionalDouble.empty()
              : OptionalDouble.of(TIMES * all.quantile(0.99)));
    }
  }

  private final Map<CallEdge, Known> edges =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<CallEdge, Known> eldest) {
          return size() > MOST_EDGES;
        }
      };

  /** Takes the calls of minutes that are over. */
  public void take(List<EdgeMinute> minutes) {
    for (EdgeMinute minute : minutes) {
      edges.compute(
          minute.edge(),
          (edge, known) ->
              (known == null
                      ? new Known(
                          minute.minute(),
                          QuantileSketch.empty(),
                          QuantileSketch.empty(),
                          OptionalDouble.empty())
                      : known)
                  .with(minute));
    }
  }

  /** Seconds above which a call of the edge is slow; empty where too little is known of it. */
  public OptionalDouble slowSeconds(CallEdge edge) {
    var known = edges.get(edge);
    return known == null ? OptionalDouble.empty() : known.slowSeconds;
  }
}
