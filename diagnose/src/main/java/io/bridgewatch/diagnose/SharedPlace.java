package io.bridgewatch.diagnose;

import io.bridgewatch.model.EntityRef;
import io.bridgewatch.model.EntityType;
import io.bridgewatch.model.Fact;
import io.bridgewatch.model.Finding;
import io.bridgewatch.model.Relation;
import io.bridgewatch.model.RelationType;
import io.bridgewatch.model.Signal;
import io.bridgewatch.model.Topology;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * The place whose border all calls cross that came to take longer on their way.
 *
 * <p>A call between pods crosses the border of a node or zone if exactly one of its ends lies
 * inside. Of the pairs of pods whose calls were measured, those whose gap grew are compared with
 * those that cross a border: precision is the share of the crossing pairs that grew, recall the
 * share of the grown pairs that cross, and F their harmonic mean. A node or a zone is to blame
 * where its F is high, clearly higher than that of any pod or component as caller, callee or both,
 * and where several components suffer inside of it: one service that accepts slowly is a service.
 */
final class SharedPlace {

  private static final double GROWN = 0.7;
  private static final int LEAST_PAIRS = 5;
  private static final int LEAST_COMPONENTS = 2;
  private static final double LEAST_F = 0.6;
  private static final double CLEARLY = 1.1;

  private final Components components;
  private final Topology topology;
  private final Map<EntityRef, Optional<EntityRef>> nodes = new HashMap<>();

  private SharedPlace(Components components, Topology topology) {
    this.components = components;
    this.topology = topology;
  }

  /**
   * @param place a zone, a node, or that device of it that shows trouble of the network
   * @param inside the node or zone
   * @param f how well it tells the grown pairs from the others, 0 to 1
   * @param gaps that cross its border
   */
  record Found(EntityRef place, EntityRef inside, double f, Set<Finding> gaps) {}

  private record Pair(EntityRef caller, EntityRef callee) {}

  /**
   * @param findings all that is unusual
   * @param measured pairs of pods whose calls were measured before and after
   */
  static Optional<Found> of(
      Components components, Topology topology, List<Finding> findings, Set<Relation> measured) {
    return new SharedPlace(components, topology).find(findings, measured);
  }

  private Optional<Found> find(List<Finding> findings, Set<Relation> measured) {
    var grown = new HashMap<Pair, Finding>();
    for (Finding finding : findings) {
      if (finding.fact() instanceof Fact.EdgeGapGrew gap && Strength.of(finding) >= GROWN) {
        var pair = new Pair(gap.caller(), gap.callee());
        if (node(pair.caller).isPresent() && node(pair.callee).isPresent()) {
          grown.put(pair, finding);
        }
      }
    }
    if (grown.size() < LEAST_PAIRS) {
      return Optional.empty();
    }
    var pairs = new HashSet<>(grown.keySet());
    for (Relation one : measured) {
      var pair = new Pair(one.from(), one.to());
      if (node(pair.caller).isPresent() && node(pair.callee).isPresent()) {
        pairs.add(pair);
      }
    }
    var best = best(pairs, grown.keySet());
    if (best.isEmpty()
        || best.get().getValue() < LEAST_F
        || best.get().getValue() < CLEARLY * ofOneComponent(pairs, grown.keySet())) {
      return Optional.empty();
    }
    EntityRef inside = best.get().getKey();
    var gaps = new HashSet<Finding>();
    var suffering = new TreeSet<EntityRef>();
    grown.forEach(
        (pair, finding) -> {
          if (crosses(pair, inside)) {
            gaps.add(finding);
            suffering.add(components.of(isIn(pair.caller, inside) ? pair.caller : pair.callee));
          }
        });
    return suffering.size() < LEAST_COMPONENTS
        ? Optional.empty()
        : Optional.of(new Found(device(inside, findings), inside, best.get().getValue(), gaps));
  }

  private Optional<Map.Entry<EntityRef, Double>> best(Set<Pair> pairs, Set<Pair> grown) {
    var places = new TreeSet<EntityRef>();
    for (Pair pair : grown) {
      for (EntityRef pod : List.of(pair.caller, pair.callee)) {
        node(pod)
            .ifPresent(
                node -> {
                  places.add(node);
                  places.addAll(zones(node));
                });
      }
    }
    var fs = new TreeMap<EntityRef, Double>();
    places.forEach(place -> fs.put(place, f(pairs, grown, pair -> crosses(pair, place))));
    return fs.entrySet().stream().max(Map.Entry.comparingByValue());
  }

  private double ofOneComponent(Set<Pair> pairs, Set<Pair> grown) {
    var ones = new TreeSet<EntityRef>();
    for (Pair pair : grown) {
      ones.addAll(List.of(pair.caller, pair.callee));
      ones.addAll(List.of(components.of(pair.caller), components.of(pair.callee)));
    }
    double most = 0;
    for (EntityRef one : ones) {
      Predicate<EntityRef> is = pod -> pod.equals(one) || components.of(pod).equals(one);
      most = Math.max(most, f(pairs, grown, pair -> is.test(pair.caller)));
      most = Math.max(most, f(pairs, grown, pair -> is.test(pair.callee)));
      most = Math.max(most, f(pairs, grown, pair -> is.test(pair.caller) || is.test(pair.callee)));
    }
    return most;
  }

  private static double f(Set<Pair> pairs, Set<Pair> grown, Predicate<Pair> belongs) {
    long both = count(grown, belongs);
    return 2.0 * both / (count(pairs, belongs) + grown.size());
  }

  private static long count(Collection<Pair> pairs, Predicate<Pair> belongs) {
    return pairs.stream().filter(belongs).count();
  }

  private boolean crosses(Pair pair, EntityRef place) {
    return isIn(pair.caller, place) != isIn(pair.callee, place);
  }

  private boolean isIn(EntityRef pod, EntityRef place) {
    var node = node(pod);
    return node.isPresent() && (node.get().equals(place) || zones(node.get()).contains(place));
  }

  private Optional<EntityRef> node(EntityRef pod) {
    return nodes.computeIfAbsent(pod, components::node);
  }

  private List<EntityRef> zones(EntityRef node) {
    return topology.targets(node, RelationType.LOCATED_IN).stream()
        .filter(target -> target.type() == EntityType.ZONE)
        .toList();
  }

  /** Of a node the device that shows most trouble of the network, if one does. */
  private EntityRef device(EntityRef inside, List<Finding> findings) {
    var parts = new ArrayList<>(topology.sources(inside, RelationType.LOCATED_IN));
    return findings.stream()
        .filter(finding -> finding.signal() == Signal.NETWORK)
        .filter(finding -> finding.entity().type() == EntityType.DEVICE)
        .filter(finding -> parts.contains(finding.entity()))
        .max(Comparator.comparingDouble(Strength::of).thenComparing(Finding::entity))
        .map(Finding::entity)
        .orElse(inside);
  }
}
