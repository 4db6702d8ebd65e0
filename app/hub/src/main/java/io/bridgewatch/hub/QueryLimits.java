package io.bridgewatch.hub;

import io.bridgewatch.ports.QueryDeadline;
import io.bridgewatch.ports.QueryTimeoutException;
import io.bridgewatch.ports.QueryTooWideException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/**
 * Keeps questions about signals from taking the hub away from those who ingest and diagnose: a few
 * at a time, each for a limited time. What takes longer is given up by the store within one piece
 * of its work.
 */
@Component
final class QueryLimits {

  private static final Duration RETRY = Duration.ofSeconds(5);

  private final HubSettings.QueryLimits limits;
  private final Semaphore free;

  QueryLimits(HubSettings settings) {
    this.limits = settings.queries();
    this.free = new Semaphore(limits.together(), true);
  }

  /**
   * The answer.
   *
   * @throws HubProblem if it takes too long, is too wide, or too many others ask
   */
  <T> T answer(Supplier<T> question) {
    long end = System.nanoTime() + limits.longest().toNanos();
    if (!enter()) {
      throw new HubProblem(
              HttpStatus.SERVICE_UNAVAILABLE,
              "TooManyQueries",
              limits.together()
                  + " queries are being answered and none ended for "
                  + limits.longest()
                  + "; ask again later, or raise bridgewatch.queries.together")
          .after(RETRY);
    }
    try {
      return QueryDeadline.within(() -> System.nanoTime() - end > 0, question);
    } catch (QueryTimeoutException e) {
      throw new HubProblem(
          HttpStatus.GATEWAY_TIMEOUT,
          "QueryTimeout",
          "the query was given up after "
              + limits.longest()
              + "; ask for a shorter time or fewer series, or raise bridgewatch.queries.longest");
    } catch (QueryTooWideException e) {
      throw tooWide(String.valueOf(e.getMessage()));
    } finally {
      free.release();
    }
  }

  static HubProblem tooWide(String detail) {
    return new HubProblem(HttpStatus.UNPROCESSABLE_CONTENT, "QueryTooWide", detail);
  }

  private boolean enter() {
    try {
      return free.tryAcquire(limits.longest().toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
