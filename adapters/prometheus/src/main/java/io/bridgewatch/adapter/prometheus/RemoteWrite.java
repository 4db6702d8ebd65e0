package io.bridgewatch.adapter.prometheus;

import io.bridgewatch.model.SampleBatch;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Sends samples on by remote write 1.0, in a thread of its own and in the order in which they came.
 *
 * <p>The queue is bounded: a batch that does not fit whole is refused with {@code QueueFull}. What
 * the engine does not take now (5xx, 429, no connection) is tried again, ever later or when it asks
 * for; what it refuses is dropped as {@code Refused}, what it did not take after so many tries as
 * {@code Unavailable}. Exemplars are not sent.
 */
public final class RemoteWrite implements SampleSink, AutoCloseable {
  private final RemoteWriter writer;
  private final RemoteWriteSettings settings;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final ArrayDeque<SampleBatch> queue = new ArrayDeque<>();
  private final Map<String, Long> dropped = new TreeMap<>();
  private final Thread sender;
  private int queued;
  private long sent;
  private long retries;
  private String lastError = "";
  private boolean closed;

  /**
   * @param queued samples at present, those under way included
   * @param sent samples so far
   * @param dropped samples so far, by reason
   * @param lastError empty if there was none yet
   */
  public record Status(
      int queued, long sent, long retries, Map<String, Long> dropped, String lastError) {
    public Status {
      dropped = Map.copyOf(dropped);
    }
  }

  public RemoteWrite(RemoteEndpoint endpoint, RemoteWriteSettings settings) {
    this.writer = new RemoteWriter(endpoint);
    this.settings = settings;
    sender = Thread.ofPlatform().daemon().name("remote-write").start(this::run);
  }

  @Override
  public Optional<String> offer(SampleBatch samples, List<Exemplar> exemplars) {
    lock.lock();
    try {
      if (closed || samples.size() > settings.queued() - queued) {
        drop(closed ? "Closed" : "QueueFull", samples.size());
        return Optional.of(closed ? "Closed" : "QueueFull");
      }
      if (samples.size() > 0) {
        queue.add(samples);
        queued += samples.size();
        changed.signalAll();
      }
      return Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  public Status status() {
    lock.lock();
    try {
      return new Status(queued, sent, retries, dropped, lastError);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until all that was offered has been sent or dropped.
   *
   * @return whether that came about in time
   */
  public boolean flush(Duration most) throws InterruptedException {
    long left = most.toNanos();
    lock.lockInterruptibly();
    try {
      while (queued > 0 && left > 0) {
        left = changed.awaitNanos(left);
      }
      return queued == 0;
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    try {
      while (true) {
        SampleBatch batch = next();
        for (int from = 0; from < batch.size(); from += settings.perRequest()) {
          send(batch, from, Math.min(batch.size(), from + settings.perRequest()));
        }
      }
    } catch (InterruptedException e) {
      // closed
    }
  }

  /** The next batches, joined as far as they fit into a request. */
  private SampleBatch next() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (queue.isEmpty()) {
        changed.await();
      }
      long left = settings.longestWait().toNanos();
      while (queued < settings.perRequest() && left > 0) {
        left = changed.awaitNanos(left);
      }
      var joined = SampleBatch.builder();
      do {
        SampleBatch one = queue.remove();
        for (int i = 0; i < one.size(); i++) {
          joined.add(one.key(i), one.time(i), one.value(i));
        }
      } while (!queue.isEmpty() && joined.size() + queue.element().size() <= settings.perRequest());
      return joined.build();
    } finally {
      lock.unlock();
    }
  }

  private void send(SampleBatch batch, int from, int to) throws InterruptedException {
    Duration backoff = settings.firstBackoff();
    for (int attempt = 1; ; attempt++) {
      switch (writer.send(batch, from, to)) {
        case RemoteWriter.Answer.Taken taken -> {
          done(to - from, "", "");
          return;
        }
        case RemoteWriter.Answer.Refused refused -> {
          done(to - from, "Refused", refused.message());
          return;
        }
        case RemoteWriter.Answer.Unavailable unavailable -> {
          if (attempt == settings.tries()) {
            done(to - from, "Unavailable", unavailable.message());
            return;
          }
          pause(unavailable.message(), unavailable.after().orElse(backoff));
          backoff = shorter(backoff.multipliedBy(2), settings.longestBackoff());
        }
      }
    }
  }

  /** Waits before another try; offers go on meanwhile, and {@link #close} ends it. */
  private void pause(String message, Duration wait) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      retries++;
      lastError = message;
      long end = System.nanoTime() + shorter(wait, settings.longestBackoff()).toNanos();
      long left = end - System.nanoTime();
      while (left > 0) {
        changed.await(left, TimeUnit.NANOSECONDS);
        left = end - System.nanoTime();
      }
    } finally {
      lock.unlock();
    }
  }

  private static Duration shorter(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }

  private void done(int samples, String reason, String message) {
    lock.lock();
    try {
      queued -= samples;
      if (reason.isEmpty()) {
        sent += samples;
      } else {
        lastError = message;
        drop(reason, samples);
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void drop(String reason, int samples) {
    dropped.merge(reason, (long) samples, Long::sum);
  }

  /** Ends at once; what is queued still is lost, see {@link #flush}. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
    } finally {
      lock.unlock();
    }
    sender.interrupt();
    writer.close();
  }
}
