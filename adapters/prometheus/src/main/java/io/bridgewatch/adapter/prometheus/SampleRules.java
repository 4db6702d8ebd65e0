package io.bridgewatch.adapter.prometheus;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which series of a target are kept, and by which labels.
 *
 * @param known labels that relabelings see of the target, such as {@code namespace}; the series do
 *     not get them, because their resource says the same
 * @param added labels that every series of the target gets
 * @param honorLabels whether a label that the page has too stays as the page has it; else it is
 *     renamed to {@code exported_…}
 * @param relabelings applied to each series one after the other
 * @param noise beginnings of names of metrics that are left out
 * @param kept names of metrics that stay all the same; a histogram's without its suffix
 */
public record SampleRules(
    Map<String, String> known,
    Map<String, String> added,
    boolean honorLabels,
    List<RelabelRule> relabelings,
    Set<String> noise,
    Set<String> kept) {

  /** All series as they are. */
  public static final SampleRules NONE =
      new SampleRules(Map.of(), Map.of(), false, List.of(), Set.of(), Set.of());

  public SampleRules {
    known = Map.copyOf(known);
    added = Map.copyOf(added);
    relabelings = List.copyOf(relabelings);
    noise = Set.copyOf(noise);
    kept = Set.copyOf(kept);
  }

  /** The same, without metrics whose names begin so, but those that are kept. */
  public SampleRules without(Set<String> beginnings, Set<String> keptNames) {
    return new SampleRules(known, added, honorLabels, relabelings, beginnings, keptNames);
  }
}
