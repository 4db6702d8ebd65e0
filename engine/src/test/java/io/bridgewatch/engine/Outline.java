package io.bridgewatch.engine;

import io.bridgewatch.model.CallMap;
import io.bridgewatch.model.Cause;
import io.bridgewatch.model.EntityRef;
import io.bridgewatch.model.Evidence;
import io.bridgewatch.model.Fact;
import io.bridgewatch.model.Incident;
import io.bridgewatch.model.SituationReport;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What a report says, without the numbers that move whenever a constant is tuned. */
final class Outline {

  private Outline() {}

  static String of(SituationReport report) {
    var text = new StringBuilder(report.bundle()).append('\n');
    if (report.incidents().isEmpty()) {
      text.append("nothing is wrong\n");
    }
    for (Incident incident : report.incidents()) {
      text.append("\nincident\n");
      for (EntityRef entity : hurt(incident)) {
        text.append("  hurts ").append(name(entity)).append('\n');
      }
      Cause first = incident.causes().getFirst();
      text.append("  because of ")
          .append(name(first.entity()))
          .append(": ")
          .append(first.kind().id())
          .append('\n');
      for (String evidence : evidence(first)) {
        text.append("    ").append(evidence).append('\n');
      }
      if (!first.path().isEmpty()) {
        text.append("    by ").append(names(first.path())).append('\n');
      }
      text.append("  seen near: ").append(names(near(incident))).append('\n');
    }
    return text.toString();
  }

  private static TreeSet<EntityRef> hurt(Incident incident) {
    var hurt = new TreeSet<EntityRef>();
    incident.symptoms().forEach(s -> hurt.add(s.entity()));
    return hurt;
  }

  private static TreeSet<String> evidence(Cause cause) {
    var lines = new TreeSet<String>();
    for (Evidence evidence : cause.evidence()) {
      lines.add(name(evidence.entity()) + " " + what(evidence.fact()));
    }
    return lines;
  }

  private static String what(Fact fact) {
    return switch (fact) {
      case Fact.LevelShift shift -> "another level of " + shift.series().metric();
      case Fact.OwnTimeGrew own -> "takes longer by itself: " + own.operation();
      case Fact.EdgeGapGrew gap -> "is reached later by " + gap.caller().name();
      case Fact.FailureShareRose failed -> "fails more often: " + failed.operation();
      case Fact.StepChanged step ->
          (step.afterRatio() < step.beforeRatio() ? "leaves out " : "adds ") + step.child();
      case Fact.LogPatternChanged log -> "writes another number of lines: " + log.pattern();
      case Fact.ObjectState state -> "says " + state.reason();
      case Fact.ChangedBefore changed -> "was changed: " + changed.change().summary();
      case Fact.FellSilent silent -> "fell silent: " + silent.what();
    };
  }

  private static List<EntityRef> near(Incident incident) {
    return incident.map().nodes().stream()
        .filter(node -> node.role() != CallMap.Role.AFFECTED)
        .map(CallMap.Node::entity)
        .sorted()
        .toList();
  }

  private static String names(List<EntityRef> entities) {
    return entities.stream().map(Outline::name).collect(Collectors.joining(", "));
  }

  private static String name(EntityRef entity) {
    return entity.type().id() + " " + entity.name();
  }
}
