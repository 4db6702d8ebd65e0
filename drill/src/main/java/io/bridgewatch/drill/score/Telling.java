package io.bridgewatch.drill.score;

import io.bridgewatch.model.EntityRef;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * What people could read of an incident from some time on.
 *
 * @param at when it was told, by the simulated clock
 * @param incident its id, which stays while it is told anew
 * @param symptoms what it says is hurt
 * @param causes likeliest first; empty if it names none
 */
public record Telling(
    Instant at, String incident, Set<EntityRef> symptoms, List<NamedCause> causes) {
  public Telling {
    symptoms = Set.copyOf(symptoms);
    causes = List.copyOf(causes);
  }
}
