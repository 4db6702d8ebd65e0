package io.bridgewatch.topology;

import io.bridgewatch.topology.ContainerProfile.Choice;
import io.bridgewatch.topology.ContainerProfile.Evidence;
import io.bridgewatch.topology.ContainerProfile.Seen;
import io.bridgewatch.topology.ContainerProfile.Source;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Tells what containers are, from what is known of them.
 *
 * <ol>
 *   <li>For each kind, collect what speaks for it: the image's name, ports, the command, names of
 *       variables, names of metrics; each with a weight (see {@link ProfileSigns}).
 *   <li>Of each source the strongest counts; what the sources leave open is multiplied, so that two
 *       weak ones together can be enough, a port alone never is.
 *   <li>What is at least {@value #ENOUGH} sure is told. A container may be several: Kafka is also a
 *       JVM.
 * </ol>
 *
 * <p>The annotation {@value #ANNOTATION} on a pod or its workload decides instead: a kind's id for
 * all containers, {@code none}, or {@code container=kind} several times with commas.
 */
public final class Profiles {

  /** On a pod, its template or its workload. */
  public static final String ANNOTATION = "bridgewatch.io/profile";

  private static final double ENOUGH = 0.5;
  private static final String NONE = "none";

  private Profiles() {}

  /**
   * What a container is.
   *
   * @param annotation the value of {@link #ANNOTATION}, if there is one
   */
  public static ContainerProfile of(ContainerFacts facts, Optional<String> annotation) {
    Optional<String> said = annotation.flatMap(value -> saidOf(facts.name(), value));
    if (said.isEmpty()) {
      return new ContainerProfile(facts.name(), Choice.BY_EVIDENCE, seen(facts));
    }
    if (said.get().equalsIgnoreCase(NONE)) {
      return new ContainerProfile(facts.name(), Choice.BY_ANNOTATION, List.of());
    }
    Optional<SoftwareKind> kind = SoftwareKind.of(said.get());
    if (kind.isEmpty()) {
      return new ContainerProfile(facts.name(), Choice.ANNOTATION_UNKNOWN, seen(facts));
    }
    var evidence = List.of(new Evidence(Source.ANNOTATION, said.get(), 1));
    return new ContainerProfile(
        facts.name(), Choice.BY_ANNOTATION, List.of(new Seen(kind.get(), 1, evidence)));
  }

  /** What an annotation says of a container; empty if it speaks of others only. */
  private static Optional<String> saidOf(String container, String annotation) {
    Optional<String> ofAll = Optional.empty();
    for (String part : annotation.split(",", -1)) {
      int equals = part.indexOf('=');
      String kind = part.substring(equals + 1).strip();
      if (kind.isEmpty()) {
        continue;
      }
      if (equals < 0) {
        ofAll = Optional.of(kind);
      } else if (part.substring(0, equals).strip().equals(container)) {
        return Optional.of(kind);
      }
    }
    return ofAll;
  }

  private static List<Seen> seen(ContainerFacts facts) {
    var seen = new ArrayList<Seen>();
    for (SoftwareKind kind : SoftwareKind.values()) {
      List<Evidence> evidence = ProfileSigns.evidence(kind, facts);
      double confidence = confidence(evidence);
      if (confidence >= ENOUGH) {
        seen.add(new Seen(kind, confidence, evidence));
      }
    }
    seen.sort(
        Comparator.comparing((Seen it) -> it.kind().isRuntime())
            .thenComparing(Seen::confidence, Comparator.reverseOrder())
            .thenComparing(Seen::kind));
    return seen;
  }

  private static double confidence(List<Evidence> evidence) {
    Map<Source, Double> strongest = new EnumMap<>(Source.class);
    for (Evidence one : evidence) {
      strongest.merge(one.source(), one.weight(), Math::max);
    }
    double open = 1;
    for (double weight : strongest.values()) {
      open *= 1 - weight;
    }
    return 1 - open;
  }

  /** In lower case, whatever the language of the machine. */
  static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
