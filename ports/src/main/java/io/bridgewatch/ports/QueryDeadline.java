package io.bridgewatch.ports;

import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Until when somebody waits for the answer to a query. It goes along with the thread that asks;
 * stores look at it between the pieces of their work, so a query that nobody waits for any more
 * ends within one piece rather than at its end. Without one, queries take as long as they take.
 */
public final class QueryDeadline {

  private static final ScopedValue<BooleanSupplier> OVER = ScopedValue.newInstance();

  private QueryDeadline() {}

  /**
   * Asks something that may take so long.
   *
   * @param over whether the time is over; looked at often, by this thread only
   * @throws QueryTimeoutException if the time was over before the answer was known
   */
  public static <T> T within(BooleanSupplier over, Supplier<T> question) {
    return ScopedValue.where(OVER, over).call(question::get);
  }

  /** Whether there is a deadline and it has passed. */
  public static boolean isOver() {
    return OVER.isBound() && OVER.get().getAsBoolean();
  }

  /**
   * @throws QueryTimeoutException if there is a deadline and it has passed
   */
  public static void check() {
    if (isOver()) {
      throw new QueryTimeoutException();
    }
  }
}
