package io.bridgewatch.topology;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a container is seen as, why, and what is worth looking at.
 *
 * @param container its name in the pod
 * @param chosen who decided
 * @param seen what it is seen as: programs before what they run on, the surest first
 */
public record ContainerProfile(String container, Choice chosen, List<Seen> seen) {

  /** Who decided what it is. */
  public enum Choice {
    /** The evidence. */
    BY_EVIDENCE,
    /** An annotation of the pod or its workload. */
    BY_ANNOTATION,
    /** An annotation that names no kind there is; the evidence decided. */
    ANNOTATION_UNKNOWN
  }

  /** Where evidence was found. */
  public enum Source {
    IMAGE,
    PORT,
    COMMAND,
    ENVIRONMENT,
    METRIC,
    ANNOTATION
  }

  /**
   * Something that speaks for a kind.
   *
   * @param found the image, port, word of the command, variable, metric or annotation's value
   * @param weight how sure one would be with nothing else, 0 to 1
   */
  public record Evidence(Source source, String found, double weight) {}

  /**
   * One kind.
   *
   * @param confidence 0 to 1: one less the product of what each source leaves open, of each its
   *     strongest evidence
   * @param evidence the strongest first
   */
  public record Seen(SoftwareKind kind, double confidence, List<Evidence> evidence) {
    public Seen {
      evidence = List.copyOf(evidence);
    }
  }

  public ContainerProfile {
    seen = List.copyOf(seen);
  }

  /** What it is above all; empty where it is not known. */
  public Optional<SoftwareKind> kind() {
    return seen.stream().map(Seen::kind).findFirst();
  }

  /** What matters of it: of all kinds it is seen as, in their order. */
  public List<KeySignal> signals() {
    return seen.stream().flatMap(it -> KeySignals.of(it.kind()).stream()).distinct().toList();
  }

  /** Beginnings of the names of metrics that tell little of what it is. */
  public Set<String> noise() {
    return seen.stream()
        .flatMap(it -> KeySignals.noise(it.kind()).stream())
        .collect(Collectors.toUnmodifiableSet());
  }
}
