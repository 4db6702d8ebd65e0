package io.bridgewatch.bench.metrics;

import io.bridgewatch.bench.discover.Percentiles;
import io.bridgewatch.bench.engines.MetricEngine;
import io.bridgewatch.bench.engines.ProcessUse;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Optional;
import java.util.SplittableRandom;

/** An engine in a process of its own, fed the same samples by remote write over HTTP. */
final class HttpRun {

  private final MetricsOptions options;
  private final MetricEngine engine;

  HttpRun(MetricsOptions options, MetricEngine engine) {
    this.options = options;
    this.engine = engine;
  }

  /**
   * @param title of the column
   */
  Measures run(String title) throws IOException, InterruptedException {
    double cpuBefore = ProcessUse.cpuSeconds(engine.pid());
    long sent = load();
    engine.flush();
    engine.awaitQuiet();
    double cpu = ProcessUse.cpuSeconds(engine.pid()) - cpuBefore;
    long bytes = engine.bytes();
    double resident = ProcessUse.residentMiB(engine.pid());
    var oneSeries = new ArrayList<Double>();
    var rate = new ArrayList<Double>();
    var random = new SplittableRandom(options.seed());
    var end = Instant.ofEpochMilli(options.end());
    for (int i = 0; i < options.queries(); i++) {
      int pod = random.nextInt(Math.max(1, options.series() / MadeUpSamples.PER_POD));
      oneSeries.add(
          engine.oneSeries(
              MadeUpSamples.metric(random.nextInt(MadeUpSamples.METRICS)),
              MadeUpSamples.pod(pod),
              "part-1",
              end,
              Duration.ofHours(6)));
      rate.add(engine.rate(MadeUpSamples.metric(MadeUpSamples.EVENTS), end, Duration.ofHours(1)));
    }
    return new Measures(
        title,
        sent,
        cpu,
        Optional.empty(),
        bytes,
        engine.logBytes(),
        resident,
        Optional.empty(),
        Percentiles.of(oneSeries),
        Percentiles.of(rate),
        Optional.empty());
  }

  private long load() throws IOException, InterruptedException {
    var samples = new MadeUpSamples(options.series(), options.start(), options.seed());
    var writer = new RemoteWrite(samples.keys());
    long sent = 0;
    try (var client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      for (int round = 0; round < options.rounds(); round++) {
        samples.next();
        for (int from = 0; from < samples.size(); from += options.batch()) {
          int to = Math.min(samples.size(), from + options.batch());
          var body = BodyPublishers.ofByteArray(writer.request(samples, from, to));
          var answer = client.send(engine.write().POST(body).build(), BodyHandlers.ofString());
          if (answer.statusCode() / 100 != 2) {
            throw new IOException(engine.title() + " refused samples: " + answer.body());
          }
          sent += to - from;
        }
      }
    }
    return sent;
  }
}
