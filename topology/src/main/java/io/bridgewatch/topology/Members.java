package io.bridgewatch.topology;

import io.bridgewatch.model.Health;
import io.bridgewatch.model.Health.State;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What an object's health is by itself and by those it keeps. */
final class Members {

  private Members() {}

  /**
   * The reason is that of most of the members in the worst state, because it says more than the
   * object's own count of what is missing. An object of which nothing works fails; another one is
   * impaired. What is suspended or completed stays so.
   *
   * @param own empty where the object itself was not heard of
   * @param troubled health of those members that are in trouble
   */
  static Health health(Optional<Judgement> own, Collection<Health> troubled) {
    Health self = own.map(Judgement::health).orElse(Health.unknown());
    if (troubled.isEmpty() || self.state() == State.SUSPENDED || self.state() == State.COMPLETED) {
      return self;
    }
    State worst = troubled.stream().map(Health::state).max(Comparator.naturalOrder()).orElseThrow();
    Map<String, Long> reasons =
        troubled.stream()
            .filter(health -> health.state() == worst)
            .collect(Collectors.groupingBy(Health::reason, Collectors.counting()));
    String reason =
        reasons.entrySet().stream()
            .max(
                Map.Entry.<String, Long>comparingByValue()
                    .thenComparing(Map.Entry.<String, Long>comparingByKey().reversed()))
            .orElseThrow()
            .getKey();
    Health told =
        troubled.stream()
            .filter(health -> health.state() == worst && health.reason().equals(reason))
            .min(Comparator.comparing(health -> health.since().orElse(Instant.MAX)))
            .orElseThrow();
    boolean fails =
        self.state() == State.FAILING
            || worst == State.FAILING && own.map(Judgement::servesNothing).orElse(false);
    return new Health(fails ? State.FAILING : State.DEGRADED, reason, told.message(), told.since());
  }
}
