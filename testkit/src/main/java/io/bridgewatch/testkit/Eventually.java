package io.bridgewatch.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Waits for what comes a moment later, by looking again and again until a deadline. */
final class Eventually {

  /** Far beyond what is promised, for machines that do much else. */
  private static final Duration LONGEST = Duration.ofSeconds(30);

  private static final Duration LOOK_EVERY = Duration.ofMillis(10);

  private Eventually() {}

  /** The first answer that is as wanted; fails with the last one where none is. */
  static <T> T seen(Supplier<T> look, Predicate<? super T> wanted) {
    long deadline = System.nanoTime() + LONGEST.toNanos();
    while (true) {
      T answer = look.get();
      if (wanted.test(answer)) {
        return answer;
      }
      assertThat(System.nanoTime())
          .as("still %s after %d s", answer, LONGEST.toSeconds())
          .isLessThan(deadline);
      LockSupport.parkNanos(LOOK_EVERY.toNanos());
    }
  }
}
