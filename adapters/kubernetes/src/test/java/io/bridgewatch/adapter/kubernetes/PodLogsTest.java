package io.bridgewatch.adapter.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.bridgewatch.model.AttributeNames;
import io.bridgewatch.model.LogRecord;
import io.bridgewatch.model.Severity;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PodLogsTest {

  private static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");
  private static final PodLogs.Container CART =
      PodLogs.Container.of("bank", "shop", "cart-1", "u1", "app", "node-1");

  private final LinkedBlockingQueue<LogRecord> told = new LinkedBlockingQueue<>();
  private final Script pages = new Script();
  private final Passing time = new Passing();

  private PodLogs logs(PodLogs.Sink sink, PodLogs.Settings settings) {
    return new PodLogs(pages, sink, settings, time, new Random(1));
  }

  private PodLogs logs() {
    return logs(told::addAll, PodLogs.Settings.usual());
  }

  private String next() throws InterruptedException {
    LogRecord record = told.poll(20, TimeUnit.SECONDS);
    assertThat(record).as("a line").isNotNull();
    return record.body();
  }

  @Test
  void linesAreToldOnceAlthoughTheStreamBreaks() throws InterruptedException {
    pages.then(
        200,
        """
        2026-11-25T11:59:01.5Z one
        2026-11-25T11:59:02Z two ERROR
        2026-11-25T11:59:02Z three
        """);
    pages.then(
        200,
        """
        2026-11-25T11:59:02Z two ERROR
        2026-11-25T11:59:02Z three
        2026-11-25T11:59:02Z four
        2026-11-25T11:59:03.000000001Z five
        """);
    try (var logs = logs()) {
      logs.follow(List.of(CART));
      assertThat(next()).isEqualTo("one");
      LogRecord two = told.poll(20, TimeUnit.SECONDS);
      assertThat(two).isNotNull();
      assertThat(two.severity()).isEqualTo(Severity.ERROR);
      assertThat(two.resource().get(AttributeNames.CONTAINER)).contains("app");
      assertThat(two.epochNanos())
          .isEqualTo(Instant.parse("2026-11-25T11:59:02Z").getEpochSecond() * 1_000_000_000L);
      assertThat(next()).isEqualTo("three");
      assertThat(next()).isEqualTo("four");
      assertThat(next()).isEqualTo("five");
      pages.askedAgain.await();
      assertThat(told).isEmpty();
      assertThat(pages.paths.getFirst()).contains("sinceTime=2026-11-25T11%3A50%3A00Z");
      assertThat(pages.paths.get(1)).contains("sinceTime=2026-11-25T11%3A59%3A02Z");
    }
  }

  @Test
  void aLogOfOldLinesOnlyWasHeardUpToWhereItIsReadFrom() throws InterruptedException {
    pages.then(200, "");
    try (var logs = logs()) {
      logs.follow(List.of(CART));
      pages.askedAgain.await();
      assertThat(logs.heard().values())
          .singleElement()
          .satisfies(
              heard ->
                  assertThat(heard)
                      .isGreaterThanOrEqualTo(
                          Instant.parse("2026-11-25T11:50:00Z").getEpochSecond() * 1_000_000_000L));
    }
  }

  @Test
  void whatTheSinkRefusesIsOfferedAgain() throws InterruptedException {
    pages.then(200, "2026-11-25T11:59:01Z one\n2026-11-25T11:59:02Z two\n");
    var refusals = new AtomicInteger(3);
    try (var logs =
        logs(
            records -> refusals.getAndDecrement() <= 0 && told.addAll(records),
            PodLogs.Settings.usual())) {
      logs.follow(List.of(CART));
      assertThat(next()).isEqualTo("one");
      assertThat(next()).isEqualTo("two");
      assertThat(told).isEmpty();
    }
  }

  @Test
  void oddLinesDoNoHarm() throws InterruptedException {
    pages.then(
        200,
        "no time here\n2026-11-25T11:59:01Z\n2026-11-25T11:59:02Z "
            + "x".repeat(100_000)
            + "\n2026-11-25T11:59:03Z last\r\n2026-11-25T11:59:04Z torn");
    try (var logs = logs()) {
      logs.follow(List.of(CART));
      assertThat(next()).isEmpty();
      assertThat(next()).hasSizeBetween(60_000, 65_536);
      assertThat(next()).isEqualTo("last");
      assertThat(next()).isEqualTo("torn");
      assertThat(logs.status().cut()).isEqualTo(1);
      assertThat(logs.status().failures()).containsEntry("NoTime", 1L);
    }
  }

  @Test
  void whoWritesTooMuchIsReadLater() throws InterruptedException {
    var many = new StringBuilder();
    for (int i = 0; i < 100; i++) {
      many.append("2026-11-25T11:59:01Z line ").append(i).append('\n');
    }
    pages.then(200, many.toString());
    try (var logs = logs(told::addAll, new PodLogs.Settings(10, 2, Duration.ofMinutes(10)))) {
      logs.follow(List.of(CART));
      for (int i = 0; i < 100; i++) {
        assertThat(next()).isEqualTo("line " + i);
      }
      assertThat(Duration.ofNanos(time.nanos.get()))
          .as("20 at once, then two a second")
          .isGreaterThanOrEqualTo(Duration.ofSeconds(39));
    }
  }

  @Test
  void soManyAreFollowedAndTheOthersAreCounted() throws InterruptedException {
    var open = new CountDownLatch(1);
    pages.body =
        () -> {
          pages.askedAgain.countDown();
          try {
            open.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return new ByteArrayInputStream(new byte[0]);
        };
    try (var logs = logs(told::addAll, new PodLogs.Settings(1, 100, Duration.ofMinutes(1)))) {
      logs.follow(
          List.of(CART, PodLogs.Container.of("bank", "shop", "cart-2", "u2", "app", "node-1")));
      pages.askedAgain.await();
      assertThat(logs.status().followed()).isEqualTo(1);
      assertThat(logs.status().waiting()).isEqualTo(1);
      open.countDown();
    }
  }

  /** Time that passes as far as somebody waits for it. */
  private static final class Passing implements Time {
    private final AtomicLong nanos = new AtomicLong();

    @Override
    public Instant now() {
      return NOON.plusNanos(nanos.get());
    }

    @Override
    public long nanos() {
      return nanos.get();
    }

    @Override
    public boolean waitFor(Semaphore bell, Duration longest) throws InterruptedException {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      nanos.addAndGet(longest.toNanos());
      return bell.tryAcquire();
    }
  }

  /** Answers one after the other, then waits until it is closed. */
  private static final class Script implements ApiPages {
    private final Deque<Page> answers = new ArrayDeque<>();
    private final List<String> paths = new ArrayList<>();
    private final CountDownLatch askedAgain = new CountDownLatch(1);
    private Body body = () -> new ByteArrayInputStream(new byte[0]);

    interface Body {
      InputStream open();
    }

    synchronized void then(int status, String text) {
      answers.add(
          new Page(
              status,
              "text/plain",
              new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8))));
    }

    @Override
    public Page get(String path, String accept, Duration timeout, Duration patience)
        throws IOException {
      synchronized (this) {
        paths.add(path);
        if (!answers.isEmpty()) {
          return answers.remove();
        }
      }
      askedAgain.countDown();
      return new Page(200, "text/plain", body.open());
    }

    @Override
    public Page accessReview(String review, Duration timeout) {
      throw new IllegalStateException("no one asks for " + review);
    }

    @Override
    public void close() {}
  }
}
