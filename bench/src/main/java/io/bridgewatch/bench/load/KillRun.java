package io.bridgewatch.bench.load;

import io.bridgewatch.bench.discover.Percentiles;
import io.bridgewatch.bench.engines.HubProcess;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/**
 * Kills a hub while it takes metrics, lines and spans, again and again. After each restart every
 * batch that it acknowledged in that round must be there once and whole; at the end those of all
 * rounds. A batch whose answer did not come may be there or not, but not more than once.
 */
final class KillRun {

  private static final Duration BETWEEN_BATCHES = Duration.ofMillis(100);
  private static final Duration TO_BE_FOUND = Duration.ofSeconds(60);
  private static final Duration TO_BEGIN = Duration.ofSeconds(30);
  private static final int LEAST_MILLIS = 200;
  private static final int MOST_MILLIS = 5_000;

  private final KillOptions options;
  private final HubProcess.Settings settings;
  private final MarkedBatches batches = new MarkedBatches(start());
  private final Consumer<String> progress;

  KillRun(KillOptions options, Path folder, Consumer<String> progress) {
    this.options = options;
    this.settings = new HubProcess.Settings(options.hub(), "4g", folder);
    this.progress = progress;
  }

  private static Instant start() {
    return Instant.ofEpochSecond(Instant.now().getEpochSecond() - 60);
  }

  /**
   * @param startUp seconds of a start after a kill, until the hub is ready
   * @param acknowledged batches of all signals
   * @param unanswered batches that were under way when the hub was killed
   * @param unansweredFound of these, those that are there
   * @param lost records of acknowledged batches that are not there
   * @param doubled records that are there more than once
   */
  record KillMeasures(
      int rounds,
      Percentiles startUp,
      long acknowledged,
      long unanswered,
      long unansweredFound,
      long lost,
      long doubled) {}

  /** What came of the batches of one signal; guarded by itself. */
  private static final class Ledger {
    private final int records;
    private final TreeSet<Integer> acknowledged = new TreeSet<>();
    private final TreeSet<Integer> unanswered = new TreeSet<>();
    private int next;
    private volatile String refusal = "no answer";

    Ledger(int records) {
      this.records = records;
    }
  }

  /** Counts the records of a batch. */
  private interface Finding {
    long of(int batch) throws IOException, InterruptedException;
  }

  private final Ledger samples = new Ledger(MarkedBatches.SERIES);
  private final Ledger lines = new Ledger(MarkedBatches.RECORDS);
  private final Ledger spans = new Ledger(MarkedBatches.RECORDS);

  KillMeasures run() throws IOException, InterruptedException {
    var random = new SplittableRandom(options.seed());
    var startUps = new ArrayList<Double>();
    var sum = new long[2];
    var hub = HubProcess.start(settings);
    try {
      for (int round = 1; round <= options.rounds(); round++) {
        var firsts = List.of(samples.next, lines.next, spans.next);
        load(hub, Duration.ofMillis(random.nextInt(LEAST_MILLIS, MOST_MILLIS)));
        hub = HubProcess.start(settings);
        startUps.add(hub.startUp().toMillis() / 1000.0);
        check(hub, firsts, sum);
        progress.accept(
            "%d of %d: ready in %.1f s, %d batches acknowledged so far, %d records lost, %d doubled"
                .formatted(
                    round, options.rounds(), startUps.getLast(), acknowledged(), sum[0], sum[1]));
      }
      progress.accept("all batches of all rounds once more");
      check(hub, List.of(0, 0, 0), sum);
      return new KillMeasures(
          options.rounds(),
          Percentiles.of(startUps),
          acknowledged(),
          (long) samples.unanswered.size() + lines.unanswered.size() + spans.unanswered.size(),
          unansweredFound(hub),
          sum[0],
          sum[1]);
    } finally {
      hub.close();
    }
  }

  private long acknowledged() {
    return (long) samples.acknowledged.size()
        + lines.acknowledged.size()
        + spans.acknowledged.size();
  }

  /** Sends until the hub is killed, so long after it acknowledged something of each signal. */
  private void load(HubProcess hub, Duration length) throws IOException, InterruptedException {
    var begun = new CountDownLatch(3);
    var senders =
        List.of(
            sender(samples, hub::write, batches::samples, begun),
            sender(lines, () -> hub.otlp("/v1/logs"), batches::lines, begun),
            sender(spans, () -> hub.otlp("/v1/traces"), batches::spans, begun));
    senders.forEach(Thread::start);
    if (!begun.await(TO_BEGIN.toSeconds(), TimeUnit.SECONDS)) {
      throw new IOException(
          "the hub does not acknowledge all signals within %s: samples %s, lines %s, spans %s"
              .formatted(TO_BEGIN, samples.refusal, lines.refusal, spans.refusal));
    }
    long due = System.nanoTime() + length.toNanos();
    for (long left = length.toNanos(); left > 0; left = due - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
    hub.kill();
    for (Thread sender : senders) {
      sender.join();
    }
  }

  private static Thread sender(
      Ledger ledger,
      Supplier<HttpRequest.Builder> request,
      IntFunction<byte[]> body,
      CountDownLatch begun) {
    return new Thread(
        () -> {
          try (var client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            boolean first = true;
            while (true) {
              long due = System.nanoTime() + BETWEEN_BATCHES.toNanos();
              int batch = ledger.next++;
              ledger.unanswered.add(batch);
              var answer =
                  client.send(
                      request.get().POST(BodyPublishers.ofByteArray(body.apply(batch))).build(),
                      BodyHandlers.ofString());
              if (answer.statusCode() / 100 == 2) {
                ledger.unanswered.remove(batch);
                ledger.acknowledged.add(batch);
                if (first) {
                  begun.countDown();
                  first = false;
                }
              }
              ledger.refusal = "HTTP " + answer.statusCode() + " " + answer.body();
              LockSupport.parkNanos(due - System.nanoTime());
            }
          } catch (IOException e) {
            // it was killed
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
  }

  /** Adds what is lost and what is doubled, of batches from these on. */
  private void check(HubProcess hub, List<Integer> firsts, long[] sum)
      throws IOException, InterruptedException {
    long[] found = samplesFound(hub);
    check(samples, firsts.get(0), batch -> found[batch], sum);
    check(lines, firsts.get(1), batch -> batches.linesFound(hub, batch), sum);
    check(spans, firsts.get(2), batch -> batches.spansFound(hub, batch), sum);
  }

  private long[] samplesFound(HubProcess hub) throws IOException, InterruptedException {
    return batches.samplesFound(hub, samples.next);
  }

  private static void check(Ledger ledger, int first, Finding finding, long[] sum)
      throws IOException, InterruptedException {
    for (int batch : ledger.acknowledged.tailSet(first)) {
      long found = awaited(finding, batch, ledger.records);
      sum[0] += Math.max(0, ledger.records - found);
      sum[1] += Math.max(0, found - ledger.records);
    }
    for (int batch : ledger.unanswered.tailSet(first)) {
      sum[1] += Math.max(0, finding.of(batch) - ledger.records);
    }
  }

  /** Records may take a moment to show. */
  private static long awaited(Finding finding, int batch, long wanted)
      throws IOException, InterruptedException {
    long latest = System.nanoTime() + TO_BE_FOUND.toNanos();
    long found = finding.of(batch);
    while (found < wanted && System.nanoTime() < latest) {
      LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
      found = finding.of(batch);
    }
    return found;
  }

  private long unansweredFound(HubProcess hub) throws IOException, InterruptedException {
    long[] found = samplesFound(hub);
    long count = samples.unanswered.stream().filter(batch -> found[batch] > 0).count();
    for (int batch : lines.unanswered) {
      count += batches.linesFound(hub, batch) > 0 ? 1 : 0;
    }
    for (int batch : spans.unanswered) {
      count += batches.spansFound(hub, batch) > 0 ? 1 : 0;
    }
    return count;
  }
}
