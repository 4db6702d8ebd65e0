package io.bridgewatch.diagnose;

import io.bridgewatch.model.CauseKind;
import io.bridgewatch.model.Fact;
import io.bridgewatch.model.Finding;
import io.bridgewatch.model.ObjectReason;
import io.bridgewatch.model.Signal;

/** Which phenomenon the evidence speaks for. */
final class Kinds {

  private static final double RESOURCE_NAMES = 0.7;

  private Kinds() {}

  /** The kind that the strongest group of a candidate's evidence means. */
  static CauseKind of(Ranking.Candidate candidate) {
    Ranking.Group strongest = null;
    double most = 0;
    for (var group : candidate.groups().entrySet()) {
      if (group.getValue() > most) {
        most = group.getValue();
        strongest = group.getKey();
      }
    }
    // A component that is short of a resource is slow, too: the resource is the better name for it.
    if (strongest != Ranking.Group.TRAFFIC
        && candidate.groups().getOrDefault(Ranking.Group.RESOURCE, 0.0) >= RESOURCE_NAMES * most) {
      strongest = Ranking.Group.RESOURCE;
    }
    for (Ranking.Scored scored : candidate.evidence()) {
      if (strongest == null || Ranking.group(scored.finding()) == strongest) {
        return of(scored.finding());
      }
    }
    return CauseKind.UNKNOWN;
  }

  static CauseKind of(Finding finding) {
    boolean node = Components.isMachine(finding.entity());
    return switch (finding.fact()) {
      case Fact.ObjectState state -> ObjectReason.causeKind(state).orElse(CauseKind.UNKNOWN);
      case Fact.OwnTimeGrew own -> CauseKind.SERVICE_LATENCY;
      case Fact.EdgeGapGrew gap -> CauseKind.NETWORK_LATENCY;
      case Fact.FailureShareRose failed -> CauseKind.SERVICE_ERRORS;
      case Fact.StepChanged step -> CauseKind.SERVICE_BEHAVIOUR;
      case Fact.LogPatternChanged log -> CauseKind.SERVICE_BEHAVIOUR;
      case Fact.ChangedBefore changed -> CauseKind.UNKNOWN;
      case Fact.FellSilent silent -> CauseKind.DEPENDENCY_FAILED;
      case Fact.LevelShift shift -> of(shift, node);
    };
  }

  private static CauseKind of(Fact.LevelShift shift, boolean node) {
    Signal signal = shift.signal();
    return switch (signal) {
      case CPU -> node ? CauseKind.NODE_CPU : CauseKind.CPU_SATURATION;
      case MEMORY -> node ? CauseKind.NODE_MEMORY : CauseKind.MEMORY_PRESSURE;
      case DISK -> node ? CauseKind.NODE_DISK : CauseKind.DISK;
      case NETWORK -> node ? CauseKind.NODE_NETWORK : CauseKind.NETWORK_LOSS;
      case LATENCY -> CauseKind.SERVICE_LATENCY;
      case ERRORS -> CauseKind.SERVICE_ERRORS;
      case TRAFFIC ->
          shift.after() > shift.before() ? CauseKind.TRAFFIC_SURGE : CauseKind.TRAFFIC_LOSS;
      case SATURATION -> CauseKind.SATURATION;
      case EDGE -> CauseKind.NETWORK_LATENCY;
      case LOG_PATTERN, CALL_PATTERN -> CauseKind.SERVICE_BEHAVIOUR;
      case OBJECT_STATE, CHANGE, SILENCE, OTHER -> CauseKind.UNKNOWN;
    };
  }
}
