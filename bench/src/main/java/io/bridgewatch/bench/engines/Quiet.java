package io.bridgewatch.bench.engines;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Waits for files that change no more. */
final class Quiet {

  private static final Duration LONGEST = Duration.ofMinutes(3);
  private static final int LOOKS = 10;

  private Quiet() {}

  interface Bytes {
    long now() throws IOException;
  }

  static void await(Bytes bytes) throws IOException {
    long latest = System.nanoTime() + LONGEST.toNanos();
    long before = -1;
    int same = 0;
    while (same < LOOKS && System.nanoTime() < latest) {
      long now = bytes.now();
      same = now == before ? same + 1 : 0;
      before = now;
      LockSupport.parkNanos(Duration.ofSeconds(1).toNanos());
    }
  }
}
