package io.bridgewatch.adapter.kubernetes;

import io.bridgewatch.model.Observation;
import io.bridgewatch.ports.ClusterFeed;
import io.bridgewatch.ports.Timekeeper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Follows an API server's audit log, a file of one JSON event a line, as it grows.
 *
 * <p>A log that is rotated is read to its end before the new one is begun; one that is truncated is
 * begun anew; one that is missing is waited for. A line that cannot be read is told as rejected and
 * passed over. Nothing is remembered between two runs.
 */
public final class AuditLogFile {

  /** Where to begin in a log that exists already. */
  public enum Start {
    BEGINNING,
    END
  }

  private static final String SUBJECT = "audit log";
  private static final Duration INTERVAL = Duration.ofMillis(500);
  private static final int BUFFER_BYTES = 64 * 1024;

  /** A longer line is no audit event that we could use. */
  private static final int MAX_LINE_BYTES = 4 * 1024 * 1024;

  private final Path file;
  private final Start start;
  private final Time time;

  private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private @Nullable FileChannel channel;
  private @Nullable Object identity;
  private boolean opened;
  private boolean tooLong;
  private boolean missing;

  /** Follows that file; does not touch it yet. */
  public AuditLogFile(Path file, Start start, Timekeeper clock) {
    this(file, start, Time.by(clock));
  }

  AuditLogFile(Path file, Start start, Time time) {
    this.file = file;
    this.start = start;
    this.time = time;
  }

  /** The same cluster, with what this log tells of it. May be asked for once. */
  public ClusterFeed with(ClusterFeed feed) {
    return new Joined(feed);
  }

  private final class Joined implements ClusterFeed {
    private final ClusterFeed feed;
    private @Nullable Thread thread;

    Joined(ClusterFeed feed) {
      this.feed = feed;
    }

    @Override
    public String cluster() {
      return feed.cluster();
    }

    @Override
    public synchronized void start(Sink sink) {
      feed.start(sink);
      thread = Thread.ofVirtual().name("audit log " + feed.cluster()).start(() -> follow(sink));
    }

    @Override
    public synchronized void close() {
      Thread running = thread;
      thread = null;
      if (running != null) {
        running.interrupt();
        while (running.isAlive() && running != Thread.currentThread()) {
          try {
            running.join();
          } catch (InterruptedException again) {
            Thread.currentThread().interrupt();
            break;
          }
        }
      }
      feed.close();
    }
  }

  private void follow(ClusterFeed.Sink sink) {
    try {
      while (true) {
        round(sink);
        time.pause(INTERVAL);
      }
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    } finally {
      closeChannel();
    }
  }

  /** Reads what was written since the last round. */
  void round(ClusterFeed.Sink sink) throws InterruptedException {
    try {
      if (channel == null) {
        open();
      }
      drain(sink);
      if (replaced()) {
        drain(sink); // what came between the last read and the rotation
        endLine(sink);
        closeChannel();
        open();
        drain(sink);
      }
      missing = false;
    } catch (NoSuchFileException absent) {
      closeChannel();
      if (!missing) {
        missing = true;
        reject(
            sink,
            "NotFound",
            "cannot read the audit log %s: there is no such file; it is waited for"
                .formatted(file));
      }
    } catch (IOException failure) {
      if (Thread.currentThread().isInterrupted()) {
        throw new InterruptedException("the audit log is being closed");
      }
      closeChannel();
      if (!missing) {
        missing = true;
        reject(
            sink,
            "Unreadable",
            "cannot read the audit log %s: %s; it is tried again".formatted(file, failure));
      }
    }
  }

  private void open() throws IOException {
    FileChannel fresh = FileChannel.open(file, StandardOpenOption.READ);
    channel = fresh;
    identity = identity();
    if (!opened && start == Start.END) {
      fresh.position(fresh.size());
    }
    opened = true;
  }

  /** Another file is there now, or this one is shorter than what was read of it. */
  private boolean replaced() throws IOException {
    FileChannel reading = Objects.requireNonNull(channel, "opened before");
    return !Objects.equals(identity, identity()) || Files.size(file) < reading.position();
  }

  private @Nullable Object identity() throws IOException {
    return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
  }

  private void drain(ClusterFeed.Sink sink) throws IOException, InterruptedException {
    FileChannel reading = Objects.requireNonNull(channel, "opened before");
    while (reading.read(buffer.clear()) > 0) {
      buffer.flip();
      while (buffer.hasRemaining()) {
        byte next = buffer.get();
        if (next == '\n') {
          endLine(sink);
        } else if (line.size() < MAX_LINE_BYTES) {
          line.write(next);
        } else {
          tooLong = true;
        }
      }
    }
  }

  private void endLine(ClusterFeed.Sink sink) throws InterruptedException {
    byte[] whole = line.toByteArray();
    boolean rejected = tooLong;
    line.reset();
    tooLong = false;
    if (rejected) {
      reject(
          sink,
          FeedReason.OBJECT_TOO_LARGE.word(),
          "a line of %s is longer than %d bytes".formatted(file, MAX_LINE_BYTES));
    } else if (!isBlank(whole)) {
      try {
        var record = AuditEvents.line(whole);
        if (record.isPresent()) {
          sink.take(new Observation.Audited(time.now(), record.get()));
        }
      } catch (ApiException malformed) {
        reject(sink, malformed.reason().word(), malformed.sentence());
      }
    }
  }

  private static boolean isBlank(byte[] line) {
    for (byte b : line) {
      if (b != ' ' && b != '\t' && b != '\r') {
        return false;
      }
    }
    return true;
  }

  private void reject(ClusterFeed.Sink sink, String reason, String detail)
      throws InterruptedException {
    sink.take(new Observation.Rejected(time.now(), SUBJECT, reason, detail, 1));
  }

  private void closeChannel() {
    FileChannel open = channel;
    channel = null;
    if (open != null) {
      try {
        open.close();
      } catch (IOException ignored) {
        // it was only read
      }
    }
  }
}
