package io.bridgewatch.diagnose;

import io.bridgewatch.model.EntityRef;
import io.bridgewatch.model.EntityType;
import io.bridgewatch.model.Fact;
import io.bridgewatch.model.Finding;
import io.bridgewatch.model.MachineSign;
import io.bridgewatch.model.ObjectReason;
import io.bridgewatch.model.Signal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Orders components by how much of what is unusual they explain.
 *
 * <ol>
 *   <li>Findings go to their component; gaps of call edges go to the end of the edge whose other
 *       edges grew too, the callee where both ends look alike.
 *   <li>Each kind of signal gives a component its strongest finding, less what is common to the
 *       fleet: a shift that half of the components show says nothing of one of them.
 *   <li>Signals that travel along calls (latency, errors, changed steps) are taken off a component
 *       in the measure in which a component it calls shows as much: the deepest one keeps them.
 *   <li>So do signs that are not the machine's fault off a node, in the measure in which what runs
 *       on it or sits in it shows as much; and what a component suffers off the component, in the
 *       measure in which its nodes and their devices show as much.
 *   <li>More requests from outside explain that those whom they reach need and take more ({@link
 *       Surge}); they count by how much users feel it.
 *   <li>Calls that take longer on their way because they cross the border of one place ({@link
 *       SharedPlace}) are that place's, and explain what the ends of these calls suffer.
 *   <li>Kinds are fused late: the strongest counts whole, the next half, the next a quarter; a
 *       second witness helps, many weak ones cannot outweigh one strong.
 *   <li>A component from which no way leads to what is hurt keeps a third.
 * </ol>
 */
final class Ranking {

  private static final double EXPLAINED_KEEPS = 0.25;
  private static final double FROM_OUTSIDE = 0.75;
  private static final double BESIDE_TRACES = 0.4;
  private static final double BESIDE_THE_QUESTION = 0.5;
  private static final double MOST_COMMON = 0.4;
  private static final double SPREAD = 0.2;
  private static final double NO_PATH_KEEPS = 0.35;
  private static final double LEAST_SUFFERED = 0.7;
  private static final double MOST_OVER_FELT = 1.5;

  private final Components components;
  private final Optional<Group> asked;
  private final Set<EntityRef> speaking;
  private final Map<EntityRef, Map<Group, List<Scored>>> byComponent = new TreeMap<>();
  private Optional<SharedPlace.Found> shared = Optional.empty();
  private Optional<Surge> surge = Optional.empty();
  private final Set<EntityRef> crossing = new TreeSet<>();

  /**
   * @param asked the kind of signal that was reported; empty if nothing was
   * @param speaking components that report of themselves
   */
  Ranking(Components components, Optional<Group> asked, Set<EntityRef> speaking) {
    this.components = components;
    this.asked = asked;
    this.speaking = speaking;
  }

  /** Kinds of signal that are fused as one witness. */
  enum Group {
    STATE(false, true),
    RESOURCE(false, true),
    EDGE(false, true),
    OWN_TIME(false, true),
    LATENCY(true, false),
    ERRORS(true, false),
    STEPS(true, true),
    SATURATION(false, true),
    TRAFFIC(false, false),
    OTHER(false, false);

    /** Whether it shows at callers too when a callee is to blame. */
    final boolean travels;

    /** Whether it speaks of the component itself, whatever it calls. */
    final boolean itself;

    Group(boolean travels, boolean itself) {
      this.travels = travels;
      this.itself = itself;
    }

    /** Whether more work alone makes it rise. */
    boolean isOfWork() {
      return this == RESOURCE || this == SATURATION || this == OWN_TIME || this == LATENCY;
    }
  }

  record Scored(Finding finding, double strength) {}

  /**
   * @param score dimensionless; above about 1 worth naming
   * @param explained the share of it that was taken off because a callee explains it, 0 to 1
   * @param explainedBy that callee; the component itself where nothing was taken off
   * @param reaches whether a way leads from it to what is hurt, or none was needed
   */
  record Candidate(
      EntityRef component,
      double score,
      Map<Group, Double> groups,
      List<Scored> evidence,
      double explained,
      EntityRef explainedBy,
      boolean reaches) {

    /** Whether it shows what users and callers feel, or that its work piles up. */
    boolean suffers() {
      return evidence.stream()
          .anyMatch(
              scored -> {
                Group group = group(scored.finding);
                return (group.travels || group == Group.OWN_TIME || group == Group.SATURATION)
                    && scored.strength >= LEAST_SUFFERED;
              });
    }
  }

  static Group group(Finding finding) {
    return switch (finding.fact()) {
      case Fact.OwnTimeGrew own -> Group.OWN_TIME;
      case Fact.EdgeGapGrew gap -> Group.EDGE;
      case Fact.FailureShareRose failed -> Group.ERRORS;
      case Fact.StepChanged step -> Group.STEPS;
      case Fact.LogPatternChanged log -> Group.STEPS;
      case Fact.ObjectState state -> Group.STATE;
      case Fact.ChangedBefore changed -> Group.OTHER;
      case Fact.FellSilent silent -> Group.STATE;
      case Fact.LevelShift shift ->
          MachineSign.of(shift.series().metric()).isPresent()
              ? Group.RESOURCE
              : group(shift.signal());
    };
  }

  private static Group group(Signal signal) {
    return switch (signal) {
      case CPU, MEMORY -> Group.RESOURCE;
      case LATENCY -> Group.LATENCY;
      case ERRORS -> Group.ERRORS;
      case SATURATION -> Group.SATURATION;
      case TRAFFIC -> Group.TRAFFIC;
      case EDGE -> Group.EDGE;
      case LOG_PATTERN, CALL_PATTERN -> Group.STEPS;
      case OBJECT_STATE, SILENCE -> Group.STATE;
      case NETWORK, DISK, CHANGE, OTHER -> Group.OTHER;
    };
  }

  /**
   * @param place what all calls have in common that came to take longer on their way, if anything
   * @param more requests from outside
   * @param felt how strongly users feel it; a surge counts half as much again at most
   * @param hurt components that users feel; empty where none is known
   * @return highest score first
   */
  List<Candidate> rank(
      List<Finding> findings,
      Optional<SharedPlace.Found> place,
      Surge more,
      double felt,
      NavigableSet<EntityRef> hurt) {
    shared = place;
    surge = Optional.of(more);
    var gaps = new ArrayList<Scored>();
    boolean traced = findings.stream().anyMatch(f -> f.fact() instanceof Fact.OwnTimeGrew);
    for (Finding finding : findings) {
      double strength = Strength.of(finding);
      if (traced && group(finding) == Group.LATENCY) {
        strength *= BESIDE_TRACES;
      }
      if (isBesideTheQuestion(group(finding))) {
        strength *= BESIDE_THE_QUESTION;
      }
      if (Surge.isMore(finding) && more.isOrigin(components.of(finding.entity()))) {
        strength =
            Math.max(strength, Math.min(strength / Strength.TRAFFIC_ALONE, MOST_OVER_FELT * felt));
      }
      if (strength <= 0.05) {
        continue;
      }
      if (finding.fact() instanceof Fact.EdgeGapGrew gap) {
        if (place.filter(found -> found.gaps().contains(finding)).isPresent()) {
          add(place.get().place(), new Scored(finding, strength));
          crossing.add(components.of(gap.caller()));
          crossing.add(components.of(gap.callee()));
        } else {
          gaps.add(new Scored(finding, strength));
        }
      } else {
        add(components.of(finding.entity()), new Scored(finding, strength));
      }
    }
    attributeGaps(gaps);
    takeOffSlowedMachines();
    creditPureClients(hurt);
    Map<Group, Map<EntityRef, Double>> strongest = strongest();
    var candidates = new ArrayList<Candidate>();
    byComponent.forEach(
        (component, groups) -> candidates.add(candidate(component, groups, strongest, hurt)));
    candidates.sort(
        Comparator.comparingDouble(Candidate::score)
            .reversed()
            .thenComparing(Candidate::component));
    return candidates;
  }

  /**
   * Where a machine's sensors tell that it was slowed down, what runs on it needs more of its CPU
   * for the same work: that is taken off in the measure in which the machine shows as much.
   */
  private void takeOffSlowedMachines() {
    var slowed = new TreeMap<EntityRef, Double>();
    byComponent.forEach(
        (component, groups) ->
            groups.getOrDefault(Group.RESOURCE, List.of()).stream()
                .filter(scored -> component.type() == EntityType.NODE && isSlowed(scored.finding))
                .forEach(scored -> slowed.merge(component, scored.strength, Math::max)));
    byComponent.forEach(
        (component, groups) -> {
          if (!slowed.isEmpty() && !Components.isMachine(component)) {
            for (Group group : List.of(Group.RESOURCE, Group.SATURATION)) {
              groups.computeIfPresent(
                  group, (key, all) -> all.stream().map(scored -> beside(scored, slowed)).toList());
            }
          }
        });
  }

  private Scored beside(Scored scored, Map<EntityRef, Double> slowed) {
    double machine =
        components
            .node(scored.finding.entity())
            .map(node -> slowed.getOrDefault(node, 0.0))
            .orElse(0.0);
    boolean ofCpu =
        scored.finding.signal() == Signal.CPU || scored.finding.signal() == Signal.SATURATION;
    return ofCpu && machine > 0
        ? new Scored(scored.finding, scored.strength * keepsAgainst(machine / scored.strength))
        : scored;
  }

  private static boolean isSlowed(Finding finding) {
    return finding.fact() instanceof Fact.LevelShift shift
        && MachineSign.of(shift.series().metric())
            .filter(MachineSign::isOfSensors)
            .filter(sign -> sign.signal() == Signal.CPU)
            .isPresent();
  }

  /** Whether errors were asked about and this is latency, or the other way round. */
  private boolean isBesideTheQuestion(Group group) {
    return (asked.equals(Optional.of(Group.ERRORS)) && group == Group.LATENCY)
        || (asked.equals(Optional.of(Group.LATENCY)) && group == Group.ERRORS);
  }

  private void add(EntityRef component, Scored scored) {
    byComponent
        .computeIfAbsent(component, k -> new EnumMap<>(Group.class))
        .computeIfAbsent(group(scored.finding), k -> new ArrayList<>())
        .add(scored);
  }

  /** Gives each grown gap to the end whose edges grew on the whole; ties go to the callee. */
  private void attributeGaps(List<Scored> gaps) {
    var grown = new TreeMap<EntityRef, Map<EntityRef, Double>>();
    for (Scored gap : gaps) {
      var edge = (Fact.EdgeGapGrew) gap.finding.fact();
      EntityRef caller = components.of(edge.caller());
      EntityRef callee = components.of(edge.callee());
      grown.computeIfAbsent(caller, k -> new HashMap<>()).merge(callee, gap.strength, Math::max);
      grown.computeIfAbsent(callee, k -> new HashMap<>()).merge(caller, gap.strength, Math::max);
    }
    var suspicion = new HashMap<EntityRef, Double>();
    grown.forEach(
        (component, edges) -> {
          var all = new TreeSet<>(components.callees(component));
          all.addAll(components.callers(component));
          double sum = edges.values().stream().mapToDouble(Double::doubleValue).sum();
          double mean = sum / Math.max(edges.size(), all.size());
          suspicion.put(component, mean * (1 + 0.25 * Math.log(edges.size())));
        });
    for (Scored gap : gaps) {
      var edge = (Fact.EdgeGapGrew) gap.finding.fact();
      EntityRef caller = components.of(edge.caller());
      EntityRef callee = components.of(edge.callee());
      double ofCaller = suspicion.getOrDefault(caller, 0.0);
      double ofCallee = suspicion.getOrDefault(callee, 0.0);
      EntityRef blamed = ofCaller > ofCallee ? caller : callee;
      add(blamed, new Scored(gap.finding, gap.strength * share(ofCaller, ofCallee)));
    }
  }

  /**
   * What a pure client measures (nobody calls it, it calls one component, and nothing speaks of
   * itself) is that component seen from outside, so the difference goes to the edge.
   */
  private void creditPureClients(NavigableSet<EntityRef> hurt) {
    for (EntityRef client : List.copyOf(byComponent.keySet())) {
      var callees = components.callees(client);
      if (callees.size() != 1
          || !components.callers(client).isEmpty()
          || hurt.contains(client)
          || byComponent.getOrDefault(client, Map.of()).keySet().stream()
              .anyMatch(group -> group.itself)) {
        continue;
      }
      byComponent
          .remove(client)
          .forEach(
              (group, scored) ->
                  byComponent
                      .computeIfAbsent(callees.first(), k -> new EnumMap<>(Group.class))
                      .computeIfAbsent(group, k -> new ArrayList<>())
                      .addAll(scored));
    }
  }

  private static double share(double one, double other) {
    double most = Math.max(one, other);
    return most <= 0 ? 1 : 0.5 + 0.5 * most / (one + other);
  }

  /** Each component's strongest finding by group, less what half of the fleet shows. */
  private Map<Group, Map<EntityRef, Double>> strongest() {
    var strongest = new EnumMap<Group, Map<EntityRef, Double>>(Group.class);
    byComponent.forEach(
        (component, groups) ->
            groups.forEach(
                (group, scored) ->
                    strongest
                        .computeIfAbsent(group, k -> new TreeMap<>())
                        .put(
                            component,
                            scored.stream().mapToDouble(Scored::strength).max().orElse(0))));
    strongest.forEach(
        (group, values) -> {
          if (group != Group.STATE) {
            lessCommon(group, values, component -> component.type() == EntityType.NODE);
            lessCommon(group, values, component -> component.type() == EntityType.DEVICE);
            lessCommon(group, values, component -> !Components.isMachine(component));
          }
        });
    var resources = strongest.getOrDefault(Group.RESOURCE, new TreeMap<>());
    var nodes = new TreeMap<>(resources);
    nodes.keySet().removeIf(component -> component.type() != EntityType.NODE);
    nodes.replaceAll((node, value) -> ofItself(node, value, resources));
    resources.putAll(nodes);
    return strongest;
  }

  /** Takes off what half of one kind of components shows. */
  private void lessCommon(
      Group group, Map<EntityRef, Double> values, Predicate<EntityRef> fleetOf) {
    int fleet = (int) byComponent.keySet().stream().filter(fleetOf).count();
    if (fleet < 4) {
      return;
    }
    double[] sorted =
        values.entrySet().stream()
            .filter(entry -> fleetOf.test(entry.getKey()))
            .mapToDouble(Map.Entry::getValue)
            .sorted()
            .toArray();
    int below = fleet / 2 - (fleet - sorted.length);
    double common = below < 0 || below >= sorted.length ? 0 : sorted[below];
    double less = group.travels ? Math.min(common, MOST_COMMON) : common;
    values.replaceAll(
        (component, value) -> fleetOf.test(component) ? Math.max(0, value - less) : value);
  }

  /** What a node shows, less what is explained by what runs on it or sits in it. */
  private double ofItself(EntityRef node, double value, Map<EntityRef, Double> resources) {
    double fault =
        byComponent.getOrDefault(node, Map.of()).getOrDefault(Group.RESOURCE, List.of()).stream()
            .filter(scored -> isFault(scored.finding))
            .mapToDouble(Scored::strength)
            .max()
            .orElse(0);
    var on = new TreeSet<>(components.affects(node));
    on.addAll(components.machines(node));
    double above =
        on.stream().mapToDouble(part -> resources.getOrDefault(part, 0.0)).max().orElse(0);
    double load = value * (above >= value ? EXPLAINED_KEEPS : keepsAgainst(above / value));
    return Math.max(Math.min(fault, value), load);
  }

  /** Whether a machine shows it because something of it is broken or used up. */
  private static boolean isFault(Finding finding) {
    return finding.fact() instanceof Fact.LevelShift shift
        && MachineSign.of(shift.series().metric())
            .filter(sign -> sign.nature() == MachineSign.Nature.FAULT)
            .isPresent();
  }

  private Candidate candidate(
      EntityRef component,
      Map<Group, List<Scored>> groups,
      Map<Group, Map<EntityRef, Double>> strongest,
      NavigableSet<EntityRef> hurt) {
    var values = new EnumMap<Group, Double>(Group.class);
    double takenOff = 0;
    double whole = 0;
    EntityRef explainedBy = component;
    double mostTaken = 0;
    double witness = isSeenOnlyFromOutside(component) ? FROM_OUTSIDE : 1;
    for (Group group : groups.keySet()) {
      double value = strongest.getOrDefault(group, Map.of()).getOrDefault(component, 0.0);
      value *= group.travels ? witness : 1;
      double keeps = 1;
      if (value > 0) {
        for (var deeper : deeper(component, group, strongest).entrySet()) {
          double kept =
              deeper.getValue() >= value
                  ? EXPLAINED_KEEPS
                  : keepsAgainst(deeper.getValue() / value);
          if (kept < keeps) {
            keeps = kept;
            if (value * (1 - kept) > mostTaken) {
              mostTaken = value * (1 - kept);
              explainedBy = deeper.getKey();
            }
          }
        }
      }
      whole += value;
      takenOff += value * (1 - keeps);
      values.put(group, value * keeps);
    }
    double score = fuse(values) * (1 + SPREAD * Math.log1p(hurtCallers(component, strongest)));
    boolean reaches =
        hurt.isEmpty()
            || !components.path(component, hurt).isEmpty()
            || (components.callers(component).isEmpty()
                && components.callees(component).isEmpty()
                && !Components.isMachine(component));
    if (!reaches && !values.containsKey(Group.STATE)) {
      score *= NO_PATH_KEEPS;
    }
    var evidence = new ArrayList<Scored>();
    groups.forEach((group, scored) -> evidence.addAll(scored));
    evidence.sort(
        Comparator.comparingDouble(Scored::strength)
            .reversed()
            .thenComparing(s -> s.finding().entity())
            .thenComparing(s -> s.finding().fact().toString()));
    return new Candidate(
        component, score, values, evidence, whole > 0 ? takenOff / whole : 0, explainedBy, reaches);
  }

  /**
   * Whether all that is known of a component is what its one caller measures: then the path to it
   * and the caller's own client are in every number, and a neighbour that speaks for itself and
   * looks as bad is the better guess.
   */
  private boolean isSeenOnlyFromOutside(EntityRef component) {
    return components.callees(component).isEmpty()
        && components.callers(component).size() == 1
        && !speaking.contains(component);
  }

  /** Whether all that is told of it is that its workload has as many replicas as it allows. */
  static boolean isFullAutoscaler(EntityRef component, List<Scored> told) {
    return component.type() == EntityType.HPA
        && told.stream()
            .allMatch(
                scored ->
                    scored.finding().fact() instanceof Fact.ObjectState state
                        && state.reason().equals(ObjectReason.TOO_MANY_REPLICAS.word()));
  }

  /** How many of its callers, or of what runs on it, show something that travels. */
  private long hurtCallers(EntityRef component, Map<Group, Map<EntityRef, Double>> strongest) {
    return components.affects(component).stream()
        .flatMap(
            near ->
                near.type() == EntityType.NODE
                    ? components.affects(near).stream()
                    : Stream.of(near))
        .filter(
            caller ->
                strongest.entrySet().stream()
                    .anyMatch(
                        of -> of.getKey().travels && of.getValue().getOrDefault(caller, 0.0) > 0.7))
        .count();
  }

  /** 1 against a calm callee, falling to {@link #EXPLAINED_KEEPS} against one as bad. */
  private static double keepsAgainst(double ratio) {
    return ratio <= 0.4 ? 1 : 1 - (1 - EXPLAINED_KEEPS) * (ratio - 0.4) / 0.6;
  }

  /** What lies below a component and can make it look like this, and how much that shows. */
  private Map<EntityRef, Double> deeper(
      EntityRef component, Group group, Map<Group, Map<EntityRef, Double>> strongest) {
    var deeper = new TreeMap<EntityRef, Double>();
    if (group.travels) {
      for (EntityRef callee : components.callees(component)) {
        deeper.put(callee, depth(callee, group, strongest));
        for (EntityRef address : components.addresses(callee)) {
          deeper.put(address, depth(address, group, strongest));
        }
      }
    }
    if (group == Group.STATE) {
      List<Scored> told =
          byComponent.getOrDefault(component, Map.of()).getOrDefault(group, List.of());
      if (isFullAutoscaler(component, told)) {
        double all = told.stream().mapToDouble(Scored::strength).max().orElse(0);
        for (EntityRef scaled : components.scaledBy(component)) {
          surge.flatMap(one -> one.origin(scaled)).ifPresent(origin -> deeper.put(origin, all));
        }
      }
    }
    if (group.isOfWork()) {
      surge
          .flatMap(one -> one.origin(component))
          .filter(origin -> !origin.equals(component))
          .ifPresent(
              origin ->
                  deeper.put(
                      origin,
                      strongest.getOrDefault(Group.TRAFFIC, Map.of()).getOrDefault(origin, 0.0)));
    }
    if (Components.isMachine(component) || !(group.travels || group == Group.OWN_TIME)) {
      return deeper;
    }
    for (EntityRef machine : components.machines(component)) {
      deeper.put(
          machine,
          Math.max(
              strongest.getOrDefault(Group.RESOURCE, Map.of()).getOrDefault(machine, 0.0),
              strongest.getOrDefault(Group.STATE, Map.of()).getOrDefault(machine, 0.0)));
    }
    if (shared.isPresent() && crossing.contains(component)) {
      EntityRef place = shared.get().place();
      double way = strongest.getOrDefault(Group.EDGE, Map.of()).getOrDefault(place, 0.0);
      deeper.merge(place, way, Math::max);
    }
    return deeper;
  }

  /** What a callee shows that can make its callers look like this. */
  private static double depth(
      EntityRef callee, Group group, Map<Group, Map<EntityRef, Double>> strongest) {
    double deepest = 0;
    for (Group other : Group.values()) {
      boolean explains =
          other == group
              || other == Group.STATE
              || other == Group.RESOURCE
              || (group == Group.LATENCY && (other == Group.EDGE || other == Group.OWN_TIME))
              || (group == Group.STEPS && other == Group.ERRORS);
      if (explains) {
        deepest =
            Math.max(deepest, strongest.getOrDefault(other, Map.of()).getOrDefault(callee, 0.0));
      }
    }
    return deepest;
  }

  private static double fuse(Map<Group, Double> values) {
    double[] sorted = values.values().stream().mapToDouble(v -> -v).sorted().map(v -> -v).toArray();
    double score = 0;
    double weight = 1;
    for (double value : sorted) {
      score += weight * value;
      weight /= 2;
    }
    return score;
  }
}
