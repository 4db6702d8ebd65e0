package io.bridgewatch.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bridgewatch.ports.QueryDeadline;
import io.bridgewatch.ports.QueryTooWideException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

class QueryLimitsTest {

  private static QueryLimits limits(Duration longest, int together) {
    return new QueryLimits(
        new HubSettings(
            new HubSettings.SessionLimits(Duration.ofHours(1), Duration.ofHours(1)),
            new HubSettings.ImportLimits(1, DataSize.ofMegabytes(1)),
            new HubSettings.QueryLimits(longest, together, 1)));
  }

  private static String reason(Throwable problem) {
    return problem instanceof HubProblem known ? known.reason() : problem.toString();
  }

  @Test
  void whatTakesLongerIsGivenUp() {
    var limits = limits(Duration.ofMillis(5), 1);
    assertThatThrownBy(
            () ->
                limits.answer(
                    () -> {
                      while (true) {
                        QueryDeadline.check(); // as a store does between pieces of its work
                      }
                    }))
        .satisfies(problem -> assertThat(reason(problem)).isEqualTo("QueryTimeout"))
        .hasMessageContaining("bridgewatch.queries.longest");
    assertThat(limits.<Integer>answer(() -> 1)).as("its place is free again").isEqualTo(1);
  }

  @Test
  void whatIsTooWideSaysSo() {
    var limits = limits(Duration.ofMinutes(1), 1);
    assertThatThrownBy(
            () ->
                limits.answer(
                    () -> {
                      throw new QueryTooWideException("too many series");
                    }))
        .hasMessage("too many series")
        .satisfies(problem -> assertThat(reason(problem)).isEqualTo("QueryTooWide"));
  }

  @Test
  void onlySoManyAreAnsweredAtATime() throws InterruptedException {
    var limits = limits(Duration.ofMillis(20), 1);
    var inside = new CountDownLatch(1);
    var done = new CountDownLatch(1);
    var other =
        Thread.ofVirtual()
            .start(
                () ->
                    limits.answer(
                        () -> {
                          inside.countDown();
                          try {
                            done.await();
                          } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                          }
                          return 1;
                        }));
    inside.await();
    assertThatThrownBy(() -> limits.answer(() -> 2))
        .satisfies(problem -> assertThat(reason(problem)).isEqualTo("TooManyQueries"));
    done.countDown();
    other.join();
    assertThat(limits.<Integer>answer(() -> 3)).isEqualTo(3);
  }
}
