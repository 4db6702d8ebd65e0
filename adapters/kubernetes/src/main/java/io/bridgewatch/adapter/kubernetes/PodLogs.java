package io.bridgewatch.adapter.kubernetes;

import io.bridgewatch.model.AttributeNames;
import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.LogRecord;
import io.bridgewatch.ports.Timekeeper;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/**
 * Follows the logs of containers through the API server.
 *
 * <ol>
 *   <li>One request a container, open for as long as there are lines. It goes on after the last
 *       line's time when it ends; lines of that very time that were told already are not told
 *       again.
 *   <li>So many are followed at once ({@link Settings#mostFollowed}); of the others {@link
 *       Status#waiting} says how many there are. So many lines a second are read of each ({@link
 *       Settings#linesPerSecond}); who writes more is read later, and the container runtime drops
 *       what is older than it keeps.
 *   <li>Lines are handed on in batches; where the sink refuses, following waits and tries again, so
 *       that nothing is lost as long as the node still has it.
 * </ol>
 *
 * <p>Safe for use by several threads.
 */
public final class PodLogs implements AutoCloseable {

  private static final Duration ANSWER = Duration.ofSeconds(15);
  private static final Duration SILENCE = Duration.ofMinutes(30);
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
  private static final int BATCH = 500;
  private static final int LONGEST_LINE = 64 << 10;
  private static final int NOT_FOUND = 404;

  private final ApiPages pages;
  private final Sink sink;
  private final Settings settings;
  private final Time time;
  private final RandomGenerator random;
  private final Semaphore slots;
  private final Map<Container, Following> followed = new HashMap<>();
  private final AtomicLong lines = new AtomicLong();
  private final AtomicLong cut = new AtomicLong();
  private final Map<String, Long> failures = new TreeMap<>();
  private final AtomicBoolean closed = new AtomicBoolean();

  /** Where lines go. */
  public interface Sink {
    /** Whether they were taken; if not, they are offered again a little later. */
    boolean take(List<LogRecord> records) throws InterruptedException;
  }

  /**
   * A container that writes.
   *
   * @param attributes of the lines' resource
   */
  public record Container(
      String namespace, String pod, String uid, String container, Attributes attributes) {

    /** With the attributes that name it. */
    public static Container of(
        String cluster, String namespace, String pod, String uid, String container, String node) {
      var attributes = new TreeMap<String, String>();
      attributes.put(AttributeNames.CLUSTER, cluster);
      attributes.put(AttributeNames.NAMESPACE, namespace);
      attributes.put(AttributeNames.POD, pod);
      attributes.put(AttributeNames.POD_UID, uid);
      attributes.put(AttributeNames.CONTAINER, container);
      if (!node.isEmpty()) {
        attributes.put(AttributeNames.NODE, node);
      }
      return new Container(namespace, pod, uid, container, Attributes.of(attributes));
    }
  }

  /**
   * @param mostFollowed containers at once
   * @param linesPerSecond of one container, on average
   * @param since how far back a container's lines are read when it is followed first
   */
  public record Settings(int mostFollowed, int linesPerSecond, Duration since) {
    /** 500 containers, 200 lines a second, from ten minutes back. */
    public static Settings usual() {
      return new Settings(500, 200, Duration.ofMinutes(10));
    }
  }

  /**
   * How it goes.
   *
   * @param waiting containers that nobody follows for want of room
   * @param cut lines that were longer than 64 KiB
   * @param failures requests that did not go well, by reason
   */
  public record Status(
      int followed, int waiting, long lines, long cut, Map<String, Long> failures) {
    public Status {
      failures = Map.copyOf(failures);
    }
  }

  private enum State {
    OPENING,
    READING,
    /** For time to pass, or for room. */
    WAITING,
    ENDED
  }

  private final class Following {
    private final Container container;
    private final Thread thread;
    private volatile boolean hasRoom;
    private volatile State state = State.OPENING;

    /** Time of the last line that was handed on, before it that from which on it is read; or 0. */
    private volatile long heardNanos;

    Following(Container container) {
      this.container = container;
      this.thread = Thread.ofVirtual().name("log-" + container.pod()).unstarted(() -> run(this));
    }
  }

  /** Nothing is read until {@link #follow}. */
  public PodLogs(
      ApiPages pages, Sink sink, Settings settings, Timekeeper clock, RandomGenerator random) {
    this(pages, sink, settings, Time.by(clock), random);
  }

  PodLogs(ApiPages pages, Sink sink, Settings settings, Time time, RandomGenerator random) {
    this.pages = pages;
    this.sink = sink;
    this.settings = settings;
    this.time = time;
    this.random = random;
    this.slots = new Semaphore(settings.mostFollowed(), true);
  }

  /** Follows these from now on, and no others; goes on with those it follows already. */
  public synchronized void follow(Collection<Container> containers) {
    if (closed.get()) {
      return;
    }
    var wanted = new HashSet<>(containers);
    followed
        .entrySet()
        .removeIf(
            entry -> {
              boolean over = !wanted.contains(entry.getKey());
              if (over) {
                entry.getValue().thread.interrupt();
              }
              return over || !entry.getValue().thread.isAlive();
            });
    for (Container container : wanted) {
      if (!followed.containsKey(container)) {
        var following = new Following(container);
        followed.put(container, following);
        following.thread.start();
      }
    }
  }

  public synchronized Status status() {
    int reading = (int) followed.values().stream().filter(one -> one.hasRoom).count();
    synchronized (failures) {
      return new Status(reading, followed.size() - reading, lines.get(), cut.get(), failures);
    }
  }

  /** Whether no log is being opened; of those that are open, {@link #heard} tells. */
  public synchronized boolean settled() {
    return followed.values().stream().noneMatch(one -> one.state == State.OPENING);
  }

  /**
   * How far each log was heard, by {@code namespace/pod/container}: the time of its last line that
   * was taken, in nanoseconds since 1970, before the first line that from which on the log is read;
   * 0 until it is; {@link Long#MAX_VALUE} for one that hears nothing before time has passed, since
   * it failed or has more lines than are read.
   */
  public synchronized Map<String, Long> heard() {
    var heard = new TreeMap<String, Long>();
    followed.forEach(
        (container, one) ->
            heard.put(
                container.namespace() + "/" + container.pod() + "/" + container.container(),
                one.state == State.WAITING ? Long.MAX_VALUE : one.heardNanos));
    return heard;
  }

  private void run(Following following) {
    try {
      if (!slots.tryAcquire()) {
        following.state = State.WAITING;
        slots.acquire();
        following.state = State.OPENING;
      }
      try {
        following.hasRoom = true;
        new Follower(following).run();
      } finally {
        slots.release();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // nobody wants its lines any more
    } finally {
      following.state = State.ENDED;
    }
  }

  private void failed(String reason) {
    synchronized (failures) {
      failures.merge(reason, 1L, Long::sum);
    }
  }

  /** Reads one container's lines, again and again. */
  private final class Follower {
    private final Following following;
    private final Container container;
    private final TokenBucket bucket;
    private final Backoff pauses;
    private Instant last;
    private int toldOfLast;

    Follower(Following following) {
      this.following = following;
      this.container = following.container;
      this.last = time.now().minus(settings.since());
      following.heardNanos = last.getEpochSecond() * 1_000_000_000L + last.getNano();
      this.bucket =
          new TokenBucket(settings.linesPerSecond(), 10 * settings.linesPerSecond(), time.nanos());
      this.pauses = new Backoff(FIRST_PAUSE, LONGEST_PAUSE, random);
    }

    void run() throws InterruptedException {
      while (!closed.get()) {
        try (ApiPages.Page page = pages.get(path(), "*/*", ANSWER, SILENCE)) {
          if (page.status() == NOT_FOUND) {
            return; // it is gone, and its lines with it
          }
          if (page.status() == 200) {
            pauses.reset();
            following.state = State.READING;
            read(page.body());
          } else {
            failed("Status" + page.status());
          }
        } catch (IOException e) {
          failed("Broken");
        }
        pause(pauses.next());
        following.state = State.OPENING;
      }
    }

    private void pause(Duration duration) throws InterruptedException {
      following.state = State.WAITING;
      time.pause(duration);
    }

    private String path() {
      return "/api/v1/namespaces/%s/pods/%s/log?container=%s&follow=true&timestamps=true&sinceTime=%s"
          .formatted(
              encoded(container.namespace()),
              encoded(container.pod()),
              encoded(container.container()),
              encoded(last.toString()));
    }

    private void read(InputStream body) throws IOException, InterruptedException {
      var in = new BufferedInputStream(body, 16 << 10);
      var batch = new ArrayList<LogRecord>();
      int skip = toldOfLast;
      Instant before = last;
      for (Optional<String> line = line(in); line.isPresent(); line = line(in)) {
        Optional<LogRecord> record = record(line.get());
        if (record.isEmpty()) {
          failed("NoTime");
          continue;
        }
        Instant at = instant(record.get());
        if (at.isBefore(before)) {
          continue; // sinceTime is precise to the second
        }
        if (at.equals(before) && skip > 0) {
          skip--;
          continue;
        }
        Duration early = bucket.take(time.nanos());
        if (early.isPositive()) {
          hand(batch); // what waits is told meanwhile
          batch.clear();
          pause(early);
          following.state = State.READING;
        }
        batch.add(record.get());
        if (batch.size() == BATCH || in.available() == 0) {
          hand(batch);
          batch.clear();
        }
      }
      hand(batch);
    }

    private void hand(List<LogRecord> batch) throws InterruptedException {
      if (batch.isEmpty()) {
        return;
      }
      while (!sink.take(List.copyOf(batch))) {
        pause(FIRST_PAUSE);
        following.state = State.READING;
      }
      lines.addAndGet(batch.size());
      for (LogRecord record : batch) {
        Instant at = instant(record);
        toldOfLast = at.equals(last) ? toldOfLast + 1 : 1;
        last = at;
        following.heardNanos = record.epochNanos();
      }
    }

    private Optional<LogRecord> record(String line) {
      int space = line.indexOf(' ');
      String stamp = space < 0 ? line : line.substring(0, space);
      try {
        Instant at = Instant.parse(stamp);
        String text = space < 0 ? "" : line.substring(space + 1);
        return Optional.of(
            new LogRecord(
                at.getEpochSecond() * 1_000_000_000L + at.getNano(),
                LogLevels.of(text),
                text,
                "",
                "",
                container.attributes(),
                Attributes.none()));
      } catch (DateTimeException e) {
        return Optional.empty();
      }
    }

    private static Instant instant(LogRecord record) {
      return Instant.ofEpochSecond(0, record.epochNanos());
    }

    /** Without its end; cut where it is too long. Empty at the end of the stream. */
    private Optional<String> line(InputStream in) throws IOException {
      var bytes = new ByteArrayOutputStream(256);
      int next = in.read();
      if (next < 0) {
        return Optional.empty();
      }
      boolean whole = true;
      for (; next >= 0 && next != '\n'; next = in.read()) {
        if (bytes.size() < LONGEST_LINE) {
          bytes.write(next);
        } else {
          whole = false;
        }
      }
      if (!whole) {
        cut.incrementAndGet();
      }
      String line = bytes.toString(StandardCharsets.UTF_8);
      return Optional.of(line.endsWith("\r") ? line.substring(0, line.length() - 1) : line);
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    closed.set(true);
    synchronized (this) {
      followed.values().forEach(one -> one.thread.interrupt());
      followed.clear();
    }
  }
}
