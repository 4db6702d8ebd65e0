package io.bridgewatch.bench.load;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * Sends batches on a schedule that does not wait for answers, so that a receiver that is slow is
 * not given less. Only where {@value #MOST_OPEN} batches are unanswered is one not sent, which
 * counts as refused.
 */
final class Feed {

  static final int MOST_OPEN = 512;

  private static final Duration LONGEST = Duration.ofMinutes(3);

  private final HttpClient client;
  private final Duration interval;
  private final Supplier<Batch> batches;

  /**
   * @param records in it
   */
  record Batch(byte[] body, long records) {}

  /** Where the batches go, and what comes of them there. */
  record Target(Supplier<HttpRequest.Builder> request, Tally tally, Semaphore open) {
    Target(Supplier<HttpRequest.Builder> request, Tally tally) {
      this(request, tally, new Semaphore(MOST_OPEN));
    }
  }

  /**
   * @param interval from one batch to the next
   */
  Feed(HttpClient client, Duration interval, Supplier<Batch> batches) {
    this.client = client;
    this.interval = interval;
    this.batches = batches;
  }

  /** Sends so many to all targets alike, then waits for the answers that are outstanding. */
  void run(long count, List<Target> targets) throws InterruptedException {
    long start = System.nanoTime();
    for (long i = 0; i < count; i++) {
      var batch = batches.get();
      long due = start + interval.multipliedBy(i).toNanos();
      for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
        LockSupport.parkNanos(left);
      }
      for (Target target : targets) {
        target.tally.sent((System.nanoTime() - due) / 1e9);
        send(batch, target);
      }
    }
    for (Target target : targets) {
      if (!target.open.tryAcquire(MOST_OPEN, LONGEST.toSeconds(), TimeUnit.SECONDS)) {
        throw new IllegalStateException("batches are unanswered after " + LONGEST);
      }
      target.open.release(MOST_OPEN);
    }
  }

  private void send(Batch batch, Target target) {
    if (!target.open.tryAcquire()) {
      target.tally.refuse("not sent, " + MOST_OPEN + " unanswered", batch.records);
      return;
    }
    long before = System.nanoTime();
    var request = target.request.get().POST(BodyPublishers.ofByteArray(batch.body)).build();
    client
        .sendAsync(request, BodyHandlers.discarding())
        .whenComplete(
            (answer, failure) -> {
              if (failure != null) {
                target.tally.refuse(failure.getClass().getSimpleName(), batch.records);
              } else if (answer.statusCode() / 100 == 2) {
                target.tally.acknowledge(batch.records, (System.nanoTime() - before) / 1e9);
              } else {
                target.tally.refuse("HTTP " + answer.statusCode(), batch.records);
              }
              target.open.release();
            });
  }
}
