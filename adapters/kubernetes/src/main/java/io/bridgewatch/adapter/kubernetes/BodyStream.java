package io.bridgewatch.adapter.kubernetes;

import io.fabric8.kubernetes.client.http.AsyncBody;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The body of an answer, read by one thread while it arrives. More is asked of the connection only
 * once what came was read, so what waits here is one delivery. A body that is silent for too long
 * fails with {@link FeedReason#SILENT}.
 */
final class BodyStream extends InputStream {

  /** What arrived: bytes, or the end with or without a failure. */
  private record Arrival(List<ByteBuffer> bytes, @Nullable Throwable failure, boolean end) {}

  private final String what;
  private final LinkedBlockingQueue<Arrival> arrivals = new LinkedBlockingQueue<>();
  private final Queue<ByteBuffer> unread = new ArrayDeque<>();
  private volatile @Nullable AsyncBody body;
  private volatile Duration patience;
  private volatile boolean closed;
  private @Nullable Arrival end;

  BodyStream(String what, Duration patience) {
    this.what = what;
    this.patience = patience;
  }

  /** How long it may be silent from the next read on. */
  void patience(Duration longest) {
    patience = longest;
  }

  /** Bytes came in; called by the connection. */
  void arrived(List<ByteBuffer> bytes) {
    arrivals.add(new Arrival(bytes, null, false));
  }

  /** The answer has begun; asks for its first bytes. */
  void begin(AsyncBody body) {
    this.body = body;
    body.done()
        .whenComplete((done, failure) -> arrivals.add(new Arrival(List.of(), failure, true)));
    if (closed) {
      body.cancel();
    } else {
      body.consume();
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    int count = read(one, 0, 1);
    return count < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (true) {
      ByteBuffer head = unread.peek();
      if (head == null) {
        if (!fetch()) {
          return -1;
        }
      } else if (!head.hasRemaining()) {
        unread.remove();
      } else {
        int count = Math.min(length, head.remaining());
        head.get(target, offset, count);
        return count;
      }
    }
  }

  /** Whether there is more to read. */
  private boolean fetch() throws IOException {
    if (closed) {
      throw lost("it was closed", null);
    }
    Arrival arrival = end;
    if (arrival == null) {
      arrival = await();
    }
    if (!arrival.end()) {
      unread.addAll(arrival.bytes());
      AsyncBody source = body;
      if (source != null) {
        source.consume();
      }
      return true;
    }
    end = arrival;
    if (arrival.failure() != null) {
      throw lost("it broke", arrival.failure());
    }
    return false;
  }

  private Arrival await() throws IOException {
    try {
      Arrival arrival = arrivals.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
      if (arrival == null) {
        close();
        throw new ApiException(
            FeedReason.SILENT,
            "cannot %s: nothing was heard for %d s; the connection is made anew"
                .formatted(what, patience.toSeconds()),
            null);
      }
      return arrival;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      close();
      var stopped = new InterruptedIOException("interrupted while trying to " + what);
      stopped.initCause(interrupted);
      throw stopped;
    }
  }

  private ApiException lost(String how, @Nullable Throwable cause) {
    return new ApiException(
        FeedReason.CONNECTION_LOST,
        "cannot %s: the connection was lost (%s); it is resumed".formatted(what, how),
        cause);
  }

  @Override
  public void close() {
    closed = true;
    AsyncBody source = body;
    if (source != null) {
      source.cancel();
    }
    arrivals.add(new Arrival(List.of(), null, false)); // wakes a reader that waits
  }
}
