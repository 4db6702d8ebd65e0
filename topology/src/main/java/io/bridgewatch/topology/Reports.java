package io.bridgewatch.topology;

import static io.bridgewatch.topology.ObjectTimes.textOr;
import static io.bridgewatch.topology.ObjectTimes.time;

import io.bridgewatch.model.EntityRef;
import io.bridgewatch.model.Happening;
import io.bridgewatch.model.KubernetesObject;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads Kubernetes' own events, of the core group and of {@code events.k8s.io} alike. */
final class Reports {

  private static final Pattern IN_SPEC = Pattern.compile("spec\\.\\w*[cC]ontainers\\{(.+)}");

  private Reports() {}

  /** Empty where the event is about nothing that can be named. */
  static Optional<Happening.Reported> of(
      KubernetesObject event, KubernetesTopology names, Instant seen) {
    Optional<KubernetesObject> about =
        event.object("regarding").or(() -> event.object("involvedObject"));
    Optional<EntityRef> entity =
        about.flatMap(
            o ->
                names.named(
                    textOr(o, "", "apiVersion"),
                    o.kind(),
                    textOr(o, "", "namespace"),
                    textOr(o, "", "name")));
    if (entity.isEmpty()) {
      return Optional.empty();
    }
    Optional<Instant> last =
        first(
            time(event, "series", "lastObservedTime"),
            time(event, "lastTimestamp"),
            time(event, "deprecatedLastTimestamp"),
            time(event, "eventTime"),
            time(event, "metadata", "creationTimestamp"));
    Optional<Instant> begin =
        first(
            time(event, "firstTimestamp"),
            time(event, "deprecatedFirstTimestamp"),
            time(event, "eventTime"),
            last);
    double count =
        Stream.of(
                event.number("series", "count"),
                event.number("count"),
                event.number("deprecatedCount"))
            .flatMap(Optional::stream)
            .findFirst()
            .orElse(1.0);
    return Optional.of(
        new Happening.Reported(
            "event/" + event.uid(),
            last.orElse(seen),
            begin.orElse(seen),
            entity.get(),
            textOr(event, "", "type").equals("Warning"),
            textOr(event, "", "reason"),
            event.text("note").or(() -> event.text("message")).orElse(""),
            (long) count,
            event
                .text("reportingController")
                .or(() -> event.text("reportingComponent"))
                .filter(name -> !name.isEmpty())
                .or(() -> event.text("source", "component"))
                .or(() -> event.text("deprecatedSource", "component"))
                .orElse(""),
            about.flatMap(o -> o.text("fieldPath")).flatMap(Reports::container)));
  }

  private static Optional<String> container(String path) {
    Matcher matcher = IN_SPEC.matcher(path);
    return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  @SafeVarargs
  private static Optional<Instant> first(Optional<Instant>... times) {
    return Stream.of(times).flatMap(Optional::stream).findFirst();
  }
}
