package io.bridgewatch.adapter.opensearch;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Waits between two tries. */
interface Pause {

  /**
   * @return whether there is still a reason to try again
   */
  boolean after(Duration time) throws InterruptedException;

  /** Pauses that end early when the store is closed. */
  final class UntilClosed implements Pause {
    private final CountDownLatch closed = new CountDownLatch(1);

    @Override
    public boolean after(Duration time) throws InterruptedException {
      return !closed.await(time.toMillis(), TimeUnit.MILLISECONDS);
    }

    void close() {
      closed.countDown();
    }
  }
}
