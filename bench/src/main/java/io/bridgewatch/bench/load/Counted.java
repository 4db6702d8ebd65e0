package io.bridgewatch.bench.load;

import io.bridgewatch.bench.engines.HubProcess;
import io.bridgewatch.bench.metrics.MadeUpSamples;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;

/** Counts what a hub answers with, by the times of the records. */
final class Counted {

  private static final Duration LINES_AT_ONCE = Duration.ofMinutes(5);

  /** The hub counts spans up to 10,000. */
  private static final Duration SPANS_AT_ONCE = Duration.ofSeconds(1);

  private final HubProcess hub;

  Counted(HubProcess hub) {
    this.hub = hub;
  }

  interface Counting {
    long between(Instant from, Instant to) throws IOException, InterruptedException;
  }

  /** Of made-up series, after one time until the other. */
  long samples(Instant after, Instant to) throws IOException, InterruptedException {
    long count = 0;
    double window = Duration.between(after, to).toMillis() / 1000.0;
    for (int metric = 0; metric < MadeUpSamples.METRICS; metric++) {
      var found =
          hub.query(
              """
              {"kind": "aggregate", "reduction": "sum", "of":
                {"kind": "over-time", "reduction": "count", "windowSeconds": %s, "metric": "%s"}}
              """
                  .formatted(window, MadeUpSamples.metric(metric)),
              to,
              to,
              60);
      count += found.at("/lines/0/values/0").asLong(0);
    }
    return count;
  }

  long lines(Instant from, Instant to) throws IOException, InterruptedException {
    return slices(
        from,
        to,
        LINES_AT_ONCE,
        (first, end) ->
            hub.get("/api/v1/logs/histogram?" + range(first, end)).path("total").asLong());
  }

  long spans(Instant from, Instant to) throws IOException, InterruptedException {
    return slices(
        from,
        to,
        SPANS_AT_ONCE,
        (first, end) -> {
          var page = hub.get("/api/v1/traces?spans=any&limit=1&" + range(first, end));
          if (!page.path("exact").asBoolean(false)) {
            throw new IOException("the hub does not count the spans from " + first + " to " + end);
          }
          return page.path("total").asLong();
        });
  }

  static String range(Instant from, Instant to) {
    return "from=" + from + "&to=" + to;
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static long slices(Instant from, Instant to, Duration each, Counting counting)
      throws IOException, InterruptedException {
    long count = 0;
    for (var first = from; first.isBefore(to); first = first.plus(each)) {
      var end = first.plus(each).isBefore(to) ? first.plus(each) : to;
      count += counting.between(first, end);
    }
    return count;
  }
}
