package io.bridgewatch.adapter.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How a feed spares the server: pauses, rates, turns. */
class PacingTest {

  private static final long SECOND = 1_000_000_000L;

  @Test
  void pausesGrowToTheirLimitAndStartOverAfterHealth() {
    var backoff =
        new Backoff(Duration.ofMillis(500), Duration.ofSeconds(30), FeedHarness.random(3));
    for (int failures = 0; failures < 100; failures++) {
      Duration most = Duration.ofMillis(Math.min(30_000, 500L << Math.min(failures, 20)));
      assertThat(backoff.next()).isBetween(Duration.ZERO, most);
    }
    assertThat(backoff.failures()).isEqualTo(100);
    backoff.reset();
    assertThat(backoff.next()).isLessThanOrEqualTo(Duration.ofMillis(500));
  }

  @Test
  void pausesAreSpreadOverTheirWholeSpan() {
    var backoff =
        new Backoff(Duration.ofSeconds(30), Duration.ofSeconds(30), FeedHarness.random(3));
    List<Duration> pauses = IntStream.range(0, 1_000).mapToObj(i -> backoff.next()).toList();

    assertThat(pauses).anyMatch(pause -> pause.compareTo(Duration.ofSeconds(3)) < 0);
    assertThat(pauses).anyMatch(pause -> pause.compareTo(Duration.ofSeconds(27)) > 0);
  }

  @Test
  void aBurstGoesOutAtOnceAndTheRestAtItsRate() {
    var bucket = new TokenBucket(20, 40, 0);
    for (int i = 0; i < 40; i++) {
      assertThat(bucket.take(0)).isZero();
    }
    assertThat(bucket.take(0)).isEqualTo(Duration.ofMillis(50));
    assertThat(bucket.take(0)).isEqualTo(Duration.ofMillis(100));
    assertThat(bucket.take(SECOND)).isZero();
  }

  @Test
  void noMoreThanTheRateGoesOutOverAnyLongTime() {
    var bucket = new TokenBucket(20, 40, 0);
    long now = 0;
    int sent = 0;
    while (now < 60 * SECOND) {
      now += bucket.take(now).toNanos();
      sent++;
    }
    assertThat(sent).isBetween(60 * 20, 60 * 20 + 41);
  }

  @Test
  @Timeout(30)
  void slotsGoToTheLowestRankThatIsAnnounced() throws Exception {
    var slots = new ListSlots(1);
    for (int rank = 0; rank < 5; rank++) {
      slots.announce(rank);
    }
    var order = new ArrayList<Integer>();
    var done = new CountDownLatch(5);
    for (int rank = 4; rank >= 0; rank--) {
      int mine = rank;
      Thread.ofVirtual()
          .start(
              () -> {
                try {
                  slots.acquire(mine);
                  order.add(mine);
                  slots.release();
                  done.countDown();
                } catch (InterruptedException stopped) {
                  Thread.currentThread().interrupt();
                }
              });
    }
    done.await();

    assertThat(order).containsExactly(0, 1, 2, 3, 4);
  }

  @Test
  @Timeout(30)
  void whoWithdrawsHoldsNobodyUp() throws Exception {
    var slots = new ListSlots(1);
    slots.announce(0);
    slots.announce(1);
    slots.withdraw(0);
    slots.acquire(1);
    slots.release();
  }

  @Test
  void internedStringsAreOneAndTheTableIsBounded() {
    var interner = new Interner();
    char[] text = "shop/web".toCharArray();
    assertThat(interner.string(text, 0, 8)).isSameAs(interner.string(text, 0, 8));
    for (int i = 0; i < 100_000; i++) {
      String fresh = "name-" + i;
      assertThat(interner.string(fresh.toCharArray(), 0, fresh.length())).isEqualTo(fresh);
    }
  }
}
