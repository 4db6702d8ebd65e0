package io.bridgewatch.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bridgewatch.ports.SteppedTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SteppedTimeTest {
  private static final Instant START = Instant.parse("2026-11-29T00:00:00Z");

  private final SteppedTime time = new SteppedTime(START);

  @Test
  void turnsAreTakenInTheOrderInWhichTheyAreDueAndAllComesToRestBetweenThem() throws Exception {
    var log = new ArrayList<String>();
    time.every("slow", Duration.ofSeconds(30), Duration.ofSeconds(30), () -> log.add("slow"));
    time.every("quick", Duration.ofSeconds(10), Duration.ofSeconds(10), () -> log.add("quick"));
    time.advance(START.plusSeconds(10), () -> log.add("rest"));
    time.advance(START.plusSeconds(15), () -> log.add("rest"));
    time.advance(START.plusSeconds(60), () -> log.add("rest"));
    assertThat(log)
        .isEqualTo(
            List.of("rest", "quick", "rest", "rest", "rest", "quick", "rest", "slow", "rest"));
    assertThat(time.instant()).isEqualTo(START.plusSeconds(60));
  }

  @Test
  void whoWaitsIsWokenWhenItsPointHasComeAndNotBefore() throws Exception {
    var woken = new CountDownLatch(1);
    var rung = new AtomicBoolean(true);
    var waiter = waiting(new Semaphore(0), Duration.ofSeconds(5), rung, woken);
    time.advance(START.plusSeconds(4), () -> {});
    assertThat(woken.getCount()).isEqualTo(1);
    time.advance(START.plusSeconds(5), () -> awaited(woken));
    assertThat(rung).isFalse();
    waiter.join();
  }

  @Test
  void aBellIsHeardAtOnceWhateverTheClockSays() throws Exception {
    var woken = new CountDownLatch(1);
    var rung = new AtomicBoolean();
    var bell = new Semaphore(0);
    var waiter = waiting(bell, Duration.ofHours(1), rung, woken);
    bell.release();
    awaited(woken);
    assertThat(rung).isTrue();
    waiter.join();
  }

  @Test
  void turnsThatWereEndedAreNotTaken() throws Exception {
    var taken = new AtomicInteger();
    var turns = time.every("once", Duration.ZERO, Duration.ofSeconds(1), taken::incrementAndGet);
    time.advance(START, () -> {});
    assertThat(turns.end(Duration.ofSeconds(1))).isTrue();
    time.advance(START.plusSeconds(9), () -> {});
    assertThat(taken).hasValue(1);
  }

  @Test
  void timeNeverGoesBack() throws Exception {
    time.advance(START.plusSeconds(9), () -> {});
    assertThatThrownBy(() -> time.advance(START.plusSeconds(8), () -> {}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("00:00:09Z")
        .hasMessageContaining("00:00:08Z");
  }

  private Thread waiting(Semaphore bell, Duration longest, AtomicBoolean rung, CountDownLatch woken)
      throws InterruptedException {
    long until = time.nanos() + longest.toNanos();
    var began = new CountDownLatch(1);
    var thread =
        Thread.ofVirtual()
            .start(
                () -> {
                  began.countDown();
                  try {
                    rung.set(time.await(bell, until));
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                  woken.countDown();
                });
    awaited(began);
    return thread;
  }

  private static void awaited(CountDownLatch latch) throws InterruptedException {
    assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
  }
}
