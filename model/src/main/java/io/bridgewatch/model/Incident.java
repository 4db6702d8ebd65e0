package io.bridgewatch.model;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Something that is wrong, what it does and what is to blame.
 *
 * @param id stable: the same observations give the same id
 * @param onset when it began, as far as the sampling can tell
 * @param symptoms most severe first
 * @param causes most likely first, ranks 1, 2, …
 * @param timeline in order of time
 */
public record Incident(
    String id,
    Instant onset,
    List<Symptom> symptoms,
    List<Cause> causes,
    List<RuledOut> ruledOut,
    Optional<InsufficientEvidence> insufficientEvidence,
    List<TimelineEntry> timeline,
    CallMap map) {

  public Incident {
    symptoms = List.copyOf(symptoms);
    causes = List.copyOf(causes);
    ruledOut = List.copyOf(ruledOut);
    timeline = List.copyOf(timeline);
  }
}
