package io.bridgewatch.diagnose;

import io.bridgewatch.model.AttributeNames;
import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.CallMap;
import io.bridgewatch.model.Cause;
import io.bridgewatch.model.CauseKind;
import io.bridgewatch.model.Change;
import io.bridgewatch.model.Entity;
import io.bridgewatch.model.EntityRef;
import io.bridgewatch.model.EntityType;
import io.bridgewatch.model.Evidence;
import io.bridgewatch.model.Fact;
import io.bridgewatch.model.Finding;
import io.bridgewatch.model.Incident;
import io.bridgewatch.model.InsufficientEvidence;
import io.bridgewatch.model.Relation;
import io.bridgewatch.model.RelationType;
import io.bridgewatch.model.RuledOut;
import io.bridgewatch.model.Symptom;
import io.bridgewatch.model.TimelineEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Turns findings into incidents with ranked causes.
 *
 * <ol>
 *   <li>{@link Symptoms}: what users feel.
 *   <li>{@link Ranking}: which component explains most of it; one incident, if that is enough to
 *       call anything wrong.
 *   <li>Troubles that Kubernetes objects tell of themselves are incidents of their own, one for
 *       each component, unless they are named among the causes of this one and reach what is hurt.
 *   <li>The confidence follows from the score and from its distance to the next; where it is low,
 *       the incident says what is missing.
 * </ol>
 */
public final class Diagnosis {

  /** Score from which telemetry alone is called an incident that nobody reported. */
  private static final double LEAST_UNREPORTED = 3.5;

  /** Likewise if somebody reported that something is wrong. */
  private static final double LEAST_REPORTED = 0.8;

  private static final double LEAST_CAUSE = 0.3;
  private static final double LEAST_SURE = 0.25;
  private static final int MOST_CAUSES = 8;
  private static final int MOST_EVIDENCE = 6;
  private static final int MOST_RULED_OUT = 6;
  private static final int MOST_TIMELINE = 80;
  private static final int MOST_MAP_NODES = 80;
  private static final Duration CHANGE_LEAD = Duration.ofMinutes(30);

  /** As the API server words it: {@code exceeded quota: NAME, requested: …}. */
  private static final Pattern EXCEEDED = Pattern.compile("exceeded quota: ([^,\\s]+)");

  private final Situation situation;
  private final Components components;
  private final NavigableSet<EntityRef> hurt;

  private Diagnosis(Situation situation) {
    this.situation = situation;
    this.components = new Components(situation.topology());
    this.hurt = Symptoms.hurt(components, situation.telemetry(), situation.symptom());
  }

  /** The incidents of a situation, in order of their onset; none if nothing is wrong. */
  public static List<Incident> incidents(Situation situation) {
    return new Diagnosis(situation).incidents();
  }

  /**
   * How much the telemetry of a situation points at something: the score of the first candidate and
   * the strength of what users feel. Dimensionless; 0 where nothing is unusual.
   */
  public static double suspicion(Situation situation) {
    var diagnosis = new Diagnosis(situation);
    var candidates = diagnosis.ranked(situation.telemetry());
    return candidates.isEmpty() ? 0 : candidates.getFirst().score() + diagnosis.felt();
  }

  /** How strongly users feel it: the strongest symptom among the components that face them. */
  private double felt() {
    return situation.telemetry().stream()
        .filter(Symptoms::felt)
        .filter(finding -> hurt.contains(components.of(finding.entity())))
        .mapToDouble(Strength::of)
        .max()
        .orElse(0);
  }

  private List<Ranking.Candidate> ranked(List<Finding> findings) {
    var place = SharedPlace.of(components, situation.topology(), findings, situation.measured());
    return ranking().rank(findings, place, Surge.of(components, findings), felt(), hurt);
  }

  private Ranking ranking() {
    var speaking = new HashSet<EntityRef>();
    situation.speaking().forEach(entity -> speaking.add(components.of(entity)));
    return new Ranking(components, situation.symptom().map(Symptoms::asked), speaking);
  }

  private List<Incident> incidents() {
    var all = new ArrayList<>(situation.telemetry());
    all.addAll(situation.states());
    var candidates = ranked(all);
    var incidents = new ArrayList<Incident>();
    var covered = new HashSet<EntityRef>();
    double least = situation.reported() ? LEAST_REPORTED : LEAST_UNREPORTED;
    double telemetry = suspicion(situation);
    if (telemetry >= least) {
      incidents.add(incident(candidates, all, covered));
      covered.addAll(fullBecauseOfMoreRequests(candidates, all));
    }
    var told = new ArrayList<>(candidates);
    told.sort(Comparator.comparing(candidate -> isAddress(candidate.component())));
    for (Ranking.Candidate candidate : told) {
      if (candidate.groups().containsKey(Ranking.Group.STATE)
          && !covered.contains(candidate.component())
          && !isBecauseOf(candidate.component(), covered)
          && standsForItself(candidate)) {
        covered.add(candidate.component());
        incidents.add(incident(List.of(candidate), all, covered));
      }
    }
    incidents.sort(Comparator.comparing(Incident::onset).thenComparing(Incident::id));
    return incidents;
  }

  /**
   * Autoscalers at their limit whose workloads have more requests because more come from outside.
   */
  private Set<EntityRef> fullBecauseOfMoreRequests(
      List<Ranking.Candidate> candidates, List<Finding> all) {
    var surge = Surge.of(components, all);
    return candidates.stream()
        .filter(one -> Ranking.isFullAutoscaler(one.component(), one.evidence()))
        .map(Ranking.Candidate::component)
        .filter(
            scaler ->
                components.scaledBy(scaler).stream()
                    .anyMatch(scaled -> surge.origin(scaled).isPresent()))
        .collect(Collectors.toSet());
  }

  private static boolean isAddress(EntityRef component) {
    return component.type() == EntityType.KUBERNETES_SERVICE;
  }

  /** Whether it is a Kubernetes service, and all it sends to is part of other trouble. */
  private boolean isBecauseOf(EntityRef address, Set<EntityRef> covered) {
    var behind = situation.topology().targets(address, RelationType.ROUTES_TO);
    return isAddress(address)
        && !behind.isEmpty()
        && behind.stream()
            .allMatch(
                served ->
                    covered.contains(components.of(served)) || isOnLostNodes(served, covered));
  }

  private boolean isOnLostNodes(EntityRef served, Set<EntityRef> covered) {
    var pods = new TreeSet<>(components.pods(served));
    if (served.type() == EntityType.POD) {
      pods.add(served);
    }
    return !pods.isEmpty()
        && pods.stream()
            .allMatch(pod -> components.node(pod).filter(covered::contains).isPresent());
  }

  /** Whether the objects' own words name a cause, rather than a consequence or a choice. */
  private static boolean standsForItself(Ranking.Candidate candidate) {
    return candidate.evidence().stream()
        .anyMatch(
            s ->
                s.finding().fact() instanceof Fact.ObjectState
                    && Kinds.of(s.finding()) != CauseKind.UNKNOWN);
  }

  private Incident incident(
      List<Ranking.Candidate> candidates, List<Finding> all, HashSet<EntityRef> covered) {
    var named =
        candidates.stream().filter(c -> c.score() >= LEAST_CAUSE).limit(MOST_CAUSES).toList();
    if (named.isEmpty()) {
      named = candidates.subList(0, 1);
    }
    var first = named.getFirst();
    List<Symptom> symptoms = Symptoms.of(components, all, hurt, first);
    Instant onset = onset(first, symptoms);
    double margin = first.score() - (named.size() > 1 ? named.get(1).score() : 0);
    double sure = confidence(first, margin);
    var causes = new ArrayList<Cause>();
    var symptomComponents = new TreeSet<EntityRef>();
    symptoms.forEach(s -> symptomComponents.add(components.of(s.entity())));
    var unwell = new TreeSet<EntityRef>();
    candidates.stream().filter(Ranking.Candidate::suffers).forEach(c -> unwell.add(c.component()));
    for (Ranking.Candidate candidate : named) {
      double confidence =
          causes.isEmpty()
              ? sure
              : Math.min(sure, 1 - sure) * 0.8 * candidate.score() / first.score();
      causes.add(cause(causes.size() + 1, candidate, confidence, onset, symptomComponents, unwell));
    }
    covered.add(first.component());
    if (!hurt.isEmpty()) {
      named.stream()
          .map(Ranking.Candidate::component)
          .filter(this::reachesTheHurt)
          .forEach(covered::add);
    }
    return new Incident(
        id(causes.getFirst().entity(), onset),
        onset,
        symptoms,
        causes,
        ruledOut(candidates, named),
        insufficient(sure, margin),
        timeline(named, symptoms, onset),
        map(causes, named, symptoms, all));
  }

  /** Whether a way leads to what is hurt, from an address or a scaler over what it is for. */
  private boolean reachesTheHurt(EntityRef component) {
    var served = new TreeSet<>(situation.topology().targets(component, RelationType.ROUTES_TO));
    served.addAll(situation.topology().targets(component, RelationType.SCALES));
    return !components.path(component, hurt).isEmpty()
        || served.stream().anyMatch(one -> !components.path(components.of(one), hurt).isEmpty());
  }

  private Instant onset(Ranking.Candidate first, List<Symptom> symptoms) {
    Instant earliest = Instant.MAX;
    double strongest = first.evidence().getFirst().strength();
    for (Ranking.Scored scored : first.evidence()) {
      if (scored.strength() >= strongest / 2 && scored.finding().onset().isBefore(earliest)) {
        earliest = scored.finding().onset();
      }
    }
    for (Symptom symptom : symptoms) {
      if (symptom.finding().onset().isBefore(earliest)) {
        earliest = symptom.finding().onset();
      }
    }
    return earliest.equals(Instant.MAX) ? situation.moment() : earliest;
  }

  /**
   * How often a statement with this score and this distance to the next is right: a logistic curve
   * whose constants were set by hand against the benchmark's calibration error, not fitted.
   */
  private double confidence(Ranking.Candidate first, double margin) {
    double x = -2.3 + 0.55 * Math.min(first.score(), 6) + 0.9 * Math.min(margin, 2.5);
    if (!situation.reported() && !first.groups().containsKey(Ranking.Group.STATE)) {
      x -= 0.5; // among many moments one looks bad by chance
    }
    if (!first.reaches()) {
      x -= 0.7;
    }
    return Math.min(0.97, 1 / (1 + Math.exp(-x)));
  }

  private Cause cause(
      int rank,
      Ranking.Candidate candidate,
      double confidence,
      Instant onset,
      NavigableSet<EntityRef> symptomComponents,
      NavigableSet<EntityRef> unwell) {
    EntityRef entity = culprit(candidate);
    double total = candidate.evidence().stream().mapToDouble(Ranking.Scored::strength).sum();
    var evidence = new ArrayList<Evidence>();
    for (Ranking.Scored scored : distinct(candidate.evidence())) {
      evidence.add(
          new Evidence(
              scored.finding().entity(),
              scored.finding().onset(),
              scored.finding().fact(),
              total > 0 ? scored.strength() / total : 0));
    }
    for (Change change : changesOf(candidate.component())) {
      Duration lead = Duration.between(change.time(), onset);
      if (evidence.size() < MOST_EVIDENCE + 2
          && !lead.isNegative()
          && lead.compareTo(CHANGE_LEAD) <= 0) {
        evidence.add(new Evidence(entity, change.time(), new Fact.ChangedBefore(change, lead), 0));
      }
    }
    return new Cause(
        rank,
        entity,
        attributes(candidate.component(), entity),
        Kinds.of(candidate),
        confidence,
        evidence,
        components.path(candidate.component(), symptomComponents, unwell));
  }

  /** The strongest of each kind of fact and entity first, then the rest. */
  private static List<Ranking.Scored> distinct(List<Ranking.Scored> evidence) {
    var first = new LinkedHashMap<String, Ranking.Scored>();
    var rest = new ArrayList<Ranking.Scored>();
    for (Ranking.Scored scored : evidence) {
      String kind = scored.finding().fact().getClass().getSimpleName() + scored.finding().signal();
      if (first.putIfAbsent(kind, scored) != null) {
        rest.add(scored);
      }
    }
    var ordered = new ArrayList<>(first.values());
    ordered.addAll(rest);
    return ordered.subList(0, Math.min(MOST_EVIDENCE, ordered.size()));
  }

  /** The one pod that the evidence is about, where it is about one; else the component. */
  private EntityRef culprit(Ranking.Candidate candidate) {
    EntityRef component = candidate.component();
    if (Components.isMachine(component)) {
      return component;
    }
    var quota = quota(candidate);
    if (quota.isPresent()) {
      return quota.get();
    }
    var pods = components.pods(component);
    var weight = new TreeMap<EntityRef, Double>();
    double whole = 0;
    for (Ranking.Scored scored : candidate.evidence()) {
      weight.merge(scored.finding().entity(), scored.strength(), Double::sum);
      whole += scored.strength();
    }
    var workloads =
        situation.topology().targets(component, RelationType.RUNS_ON).stream()
            .filter(ref -> ref.type() != EntityType.POD)
            .toList();
    boolean states = candidate.groups().containsKey(Ranking.Group.STATE);
    if (pods.size() == 1) {
      return states && workloads.size() == 1 ? workloads.getFirst() : pods.first();
    }
    Set<EntityRef> inTrouble =
        candidate.evidence().stream()
            .filter(scored -> scored.finding().fact() instanceof Fact.ObjectState)
            .map(scored -> scored.finding().entity())
            .collect(Collectors.toSet());
    if (inTrouble.size() == 1 && pods.containsAll(inTrouble)) {
      return inTrouble.iterator().next(); // the others of its workload are well
    }
    for (var entry : weight.entrySet()) {
      boolean own = entry.getKey().type() != EntityType.SERVICE;
      if (own && entry.getValue() >= 0.8 * whole) {
        return entry.getKey();
      }
    }
    return states && workloads.size() == 1 ? workloads.getFirst() : component;
  }

  /** The quota that lets no pod in, where that is the strongest that is known. */
  private static Optional<EntityRef> quota(Ranking.Candidate candidate) {
    var strongest = candidate.evidence().getFirst().finding();
    if (!(strongest.fact() instanceof Fact.ObjectState state)
        || Kinds.of(strongest) != CauseKind.QUOTA) {
      return Optional.empty();
    }
    var named = EXCEEDED.matcher(state.message());
    return named.find()
        ? strongest
            .entity()
            .identity()
            .get(AttributeNames.NAMESPACE)
            .map(
                namespace ->
                    new EntityRef(
                        EntityType.RESOURCE_QUOTA,
                        Attributes.of(
                            AttributeNames.RESOURCE_QUOTA,
                            named.group(1),
                            AttributeNames.NAMESPACE,
                            namespace)))
        : Optional.empty();
  }

  private Attributes attributes(EntityRef component, EntityRef entity) {
    var known = known(component);
    if (!entity.equals(component)) {
      known = known.with(known(entity));
    }
    if (component.type() == EntityType.SERVICE) {
      known = known.with(component.identity());
    }
    for (EntityRef owner : situation.topology().targets(entity, RelationType.OWNED_BY)) {
      known = known.with(owner.identity());
      for (EntityRef top : situation.topology().targets(owner, RelationType.OWNED_BY)) {
        known = known.with(top.identity());
      }
    }
    return known.with(entity.identity());
  }

  private Attributes known(EntityRef ref) {
    return situation.topology().entity(ref).map(Entity::allAttributes).orElse(ref.identity());
  }

  private List<Change> changesOf(EntityRef component) {
    return situation.changes().stream()
        .filter(
            change ->
                EntityRef.from(EntityType.SERVICE, change.entity())
                    .or(() -> EntityRef.emitter(change.entity()))
                    .map(components::of)
                    .filter(component::equals)
                    .isPresent())
        .sorted(Comparator.comparing(Change::time).reversed())
        .toList();
  }

  private List<RuledOut> ruledOut(
      List<Ranking.Candidate> candidates, List<Ranking.Candidate> named) {
    var out = new ArrayList<RuledOut>();
    for (Ranking.Candidate candidate : candidates) {
      if (candidate.equals(named.getFirst()) || candidate.evidence().isEmpty()) {
        continue;
      }
      var strongest = candidate.evidence().getFirst();
      Optional<RuledOut.Reason> reason = Optional.empty();
      if (candidate.explained() >= 0.3) {
        reason = Optional.of(RuledOut.Reason.EXPLAINED_BY_DEPENDENCY);
      } else if (!candidate.reaches() && strongest.strength() >= 1) {
        reason = Optional.of(RuledOut.Reason.NO_PATH_TO_SYMPTOM);
      } else if (!named.contains(candidate) && strongest.finding().severity() >= 3) {
        reason = Optional.of(RuledOut.Reason.TOO_SMALL);
      }
      reason.ifPresent(
          r -> out.add(new RuledOut(candidate.component(), r, strongest.finding().fact())));
      if (out.size() == MOST_RULED_OUT) {
        break;
      }
    }
    return out;
  }

  private Optional<InsufficientEvidence> insufficient(double sure, double margin) {
    if (sure >= LEAST_SURE) {
      return Optional.empty();
    }
    var missing = EnumSet.noneOf(InsufficientEvidence.Missing.class);
    missing.addAll(situation.lacking());
    if (margin < 0.5 || missing.isEmpty()) {
      missing.add(InsufficientEvidence.Missing.DISTINCT_CAUSE);
    }
    return Optional.of(new InsufficientEvidence(List.copyOf(missing)));
  }

  private List<TimelineEntry> timeline(
      List<Ranking.Candidate> named, List<Symptom> symptoms, Instant onset) {
    var entries = new ArrayList<TimelineEntry>();
    for (Symptom symptom : symptoms) {
      entries.add(
          new TimelineEntry(symptom.finding().onset(), symptom.entity(), symptom.finding().fact()));
    }
    for (Ranking.Candidate candidate : named.subList(0, Math.min(3, named.size()))) {
      for (Ranking.Scored scored : distinct(candidate.evidence())) {
        entries.add(
            new TimelineEntry(
                scored.finding().onset(), scored.finding().entity(), scored.finding().fact()));
      }
    }
    for (Change change : situation.changes()) {
      Duration lead = Duration.between(change.time(), onset);
      if (lead.compareTo(CHANGE_LEAD) <= 0) {
        EntityRef.emitter(change.entity())
            .ifPresent(
                entity ->
                    entries.add(
                        new TimelineEntry(
                            change.time(), entity, new Fact.ChangedBefore(change, lead))));
      }
    }
    return entries.stream()
        .distinct()
        .sorted(
            Comparator.comparing(TimelineEntry::time)
                .thenComparing(TimelineEntry::entity)
                .thenComparing(e -> e.fact().toString()))
        .limit(MOST_TIMELINE)
        .toList();
  }

  private CallMap map(
      List<Cause> causes,
      List<Ranking.Candidate> named,
      List<Symptom> symptoms,
      List<Finding> all) {
    var roles = new LinkedHashMap<EntityRef, CallMap.Role>();
    roles.put(named.getFirst().component(), CallMap.Role.CAUSE);
    symptoms.forEach(s -> roles.putIfAbsent(components.of(s.entity()), CallMap.Role.SYMPTOM));
    causes.getFirst().path().forEach(ref -> roles.putIfAbsent(ref, CallMap.Role.ON_PATH));
    for (Ranking.Candidate candidate : named) {
      roles.putIfAbsent(candidate.component(), CallMap.Role.AFFECTED);
    }
    for (EntityRef centre : List.copyOf(roles.keySet())) {
      for (EntityRef near : near(centre)) {
        if (roles.size() < MOST_MAP_NODES) {
          roles.putIfAbsent(near, CallMap.Role.NEIGHBOUR);
        }
      }
    }
    Map<EntityRef, Double> severity = new TreeMap<>();
    for (Finding finding : all) {
      severity.merge(components.of(finding.entity()), Strength.of(finding), Math::max);
    }
    var nodes = new ArrayList<CallMap.Node>();
    roles.forEach(
        (ref, role) -> nodes.add(new CallMap.Node(ref, role, severity.getOrDefault(ref, 0.0))));
    var edges = new TreeSet<Relation>();
    for (EntityRef ref : roles.keySet()) {
      for (EntityRef callee : components.callees(ref)) {
        if (roles.containsKey(callee)) {
          edges.add(new Relation(ref, RelationType.CALLS, callee));
        }
      }
      for (EntityRef node : components.nodes(ref)) {
        if (roles.containsKey(node)) {
          edges.add(new Relation(ref, RelationType.RUNS_ON, node));
        }
      }
    }
    return new CallMap(nodes, List.copyOf(edges));
  }

  private NavigableSet<EntityRef> near(EntityRef centre) {
    var near = new TreeSet<>(components.callees(centre));
    near.addAll(components.affects(centre));
    near.addAll(components.nodes(centre));
    return near;
  }

  /** FNV-1a of the culprit and the minute of the onset, so that a replay gives the same id. */
  private static String id(EntityRef culprit, Instant onset) {
    long hash = 0xcbf29ce484222325L;
    String text = culprit + "@" + onset.getEpochSecond() / 60;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
    }
    return "inc-" + String.format("%016x", hash).substring(0, 12);
  }
}
