package io.bridgewatch.adapter.prometheus;

import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.MetricKind;
import io.bridgewatch.model.SampleBatch;
import io.bridgewatch.model.SeriesKey;
import java.io.IOException;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLException;

/**
 * One target: fetches its page, adds what is known of the scrape itself and hands all on. Scrapes
 * run one at a time; {@link #status} may be read at any time.
 */
final class TargetScrape {
  private static final int SHOWN_BYTES = 300;

  private final ScrapeTarget target;
  private final ScrapeTransport transport;
  private final SampleSink sink;
  private final InstantSource clock;
  private final Exposition exposition;
  private final KubeletSummary summary;
  private final SeriesKey up;
  private final SeriesKey duration;
  private final SeriesKey scraped;
  private final ReentrantLock turn = new ReentrantLock();
  private final Map<String, Long> dropped = new HashMap<>();

  /** Series that ended, of which the sink was not told because it refused. */
  private List<SeriesKey> untold = List.of();

  private boolean retired;

  private volatile TargetStatus status;

  TargetScrape(
      ScrapeTarget target, ScrapeTransport transport, SampleSink sink, InstantSource clock) {
    this.target = target;
    this.transport = transport;
    this.sink = sink;
    this.clock = clock;
    exposition = new Exposition(target.options(), target.limits());
    summary = new KubeletSummary(target.options().resource());
    up = ownSeries("up", "1");
    duration = ownSeries("scrape_duration_seconds", "s");
    scraped = ownSeries("scrape_samples_scraped", "{sample}");
    status = TargetStatus.before(target);
  }

  ScrapeTarget target() {
    return target;
  }

  TargetStatus status() {
    return status;
  }

  private SeriesKey ownSeries(String metric, String unit) {
    return new SeriesKey(
        target.options().resource(),
        metric,
        unit,
        MetricKind.GAUGE,
        Attributes.of("instance", target.id()));
  }

  /** Fetches the page and hands it on, whatever comes of it. */
  void scrape(long missed) throws InterruptedException {
    turn.lock();
    try {
      if (retired) {
        return;
      }
      Instant start = clock.instant();
      try (var response = transport.get(target)) {
        if (response.status() == 200) {
          handOn(start, read(response, start), missed);
        } else {
          fail(start, missed, ScrapeFailure.HTTP_STATUS, words(response));
        }
      } catch (HttpTimeoutException e) {
        fail(start, missed, ScrapeFailure.TIMEOUT, "no page within " + target.timeout());
      } catch (SSLException e) {
        fail(start, missed, ScrapeFailure.TLS_FAILED, String.valueOf(e.getMessage()));
      } catch (IOException e) {
        fail(start, missed, ScrapeFailure.CONNECTION_FAILED, e.toString());
      } catch (RuntimeException e) {
        fail(start, missed, ScrapeFailure.INTERNAL_ERROR, e.toString());
      }
    } finally {
      turn.unlock();
    }
  }

  /** Counts a scrape that could not begin. */
  void refuse(long missed, ScrapeFailure reason, String message) {
    turn.lock();
    try {
      if (retired) {
        return;
      }
      fail(clock.instant(), missed, reason, message);
    } finally {
      turn.unlock();
    }
  }

  /** Ends all series of the target, which is watched no longer. */
  void retire() {
    turn.lock();
    try {
      retired = true;
      var ended = SampleBatch.builder();
      long now = clock.millis();
      for (SeriesKey key : gone()) {
        ended.add(key, now, SampleBatch.STALE);
      }
      if (status.lastScrape().isPresent()) {
        for (SeriesKey key : List.of(up, duration, scraped)) {
          ended.add(key, now, SampleBatch.STALE);
        }
      }
      if (ended.size() > 0) {
        offer(ended.build(), List.of());
      }
    } finally {
      turn.unlock();
    }
  }

  private ScrapedPage read(ScrapeTransport.Response response, Instant start) throws IOException {
    return switch (target.content()) {
      case EXPOSITION ->
          exposition.read(
              response.body(), ExpositionFormat.of(response.contentType()), start.toEpochMilli());
      case KUBELET_SUMMARY -> summary.read(response.body(), start.toEpochMilli());
    };
  }

  private void handOn(Instant start, ScrapedPage page, long missed) {
    if (!page.isMetrics()) {
      fail(start, missed, ScrapeFailure.NOT_METRICS, "the answer is " + page.rejected().keySet());
      return;
    }
    send(start, page.samples(), page.exemplars(), page.vanished(), true);
    status =
        new TargetStatus(
            target,
            Optional.of(start),
            Optional.empty(),
            page.samples().size(),
            Duration.between(start, clock.instant()),
            page.rejected(),
            dropped,
            missed);
  }

  private void fail(Instant start, long missed, ScrapeFailure reason, String message) {
    send(start, SampleBatch.empty(), List.of(), gone(), false);
    status =
        new TargetStatus(
            target,
            Optional.of(start),
            Optional.of(new TargetStatus.Failure(reason, message)),
            0,
            Duration.between(start, clock.instant()),
            Map.of(),
            dropped,
            missed);
  }

  private List<SeriesKey> gone() {
    return switch (target.content()) {
      case EXPOSITION -> exposition.allGone();
      case KUBELET_SUMMARY -> summary.allGone();
    };
  }

  private void send(
      Instant start,
      SampleBatch samples,
      List<Exemplar> exemplars,
      List<SeriesKey> ended,
      boolean reached) {
    long millis = start.toEpochMilli();
    var all = SampleBatch.builder();
    for (SeriesKey key : untold) {
      all.add(key, millis - 1, SampleBatch.STALE); // it may be back by now
    }
    for (int i = 0; i < samples.size(); i++) {
      all.add(samples.key(i), samples.time(i), samples.value(i));
    }
    for (SeriesKey key : ended) {
      all.add(key, millis, SampleBatch.STALE);
    }
    all.add(up, millis, reached ? 1 : 0);
    all.add(duration, millis, Duration.between(start, clock.instant()).toNanos() / 1e9);
    all.add(scraped, millis, samples.size());
    boolean taken = offer(all.build(), exemplars);
    untold = taken ? List.of() : both(untold, ended);
  }

  private List<SeriesKey> both(List<SeriesKey> earlier, List<SeriesKey> later) {
    var both = new ArrayList<>(earlier);
    both.addAll(later);
    return both.size() > target.limits().samples() ? List.copyOf(later) : both;
  }

  private boolean offer(SampleBatch samples, List<Exemplar> exemplars) {
    Optional<String> refused;
    try {
      refused = sink.offer(samples, exemplars);
    } catch (RuntimeException e) {
      refused = Optional.of("SinkFailed");
    }
    refused.ifPresent(reason -> dropped.merge(reason, (long) samples.size(), Long::sum));
    return refused.isEmpty();
  }

  private static String words(ScrapeTransport.Response response) throws IOException {
    var text = new String(response.body().readNBytes(SHOWN_BYTES), StandardCharsets.UTF_8);
    return "status " + response.status() + ": " + text.replaceAll("\\s+", " ").strip();
  }
}
