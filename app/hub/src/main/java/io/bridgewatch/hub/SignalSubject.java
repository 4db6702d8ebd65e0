package io.bridgewatch.hub;

import io.bridgewatch.model.AttributeMatch;
import io.bridgewatch.model.AttributeNames;
import io.bridgewatch.model.EntityRef;
import io.bridgewatch.model.EntityType;
import io.bridgewatch.model.RelationType;
import io.bridgewatch.model.Topology;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * Tells by which attributes the signals of an entity are known.
 *
 * <p>What runs as pods - workloads, Kubernetes services - is known by the names of the pods that
 * the topology shows at the beginning and at the end of the time; where it shows none, by the
 * entity's own attributes, as all else is. A zone is known by its nodes. Signals that name no
 * cluster count as those of the only one, where only one is watched.
 */
@Component
final class SignalSubject {

  private static final int MOST_PODS = 5_000;

  private final Moments moments;
  private final LiveClusters clusters;

  SignalSubject(Moments moments, ClusterParts parts) {
    this.moments = moments;
    this.clusters = parts.watch();
  }

  /**
   * What the attributes of the signals have to be like; nothing where nothing is asked.
   *
   * @param attributes as they were given, one text each; a value may hold commas
   * @throws HubProblem if there is no such cluster, or a parameter is wrong
   */
  List<AttributeMatch> matches(
      SignalParameters parameters, List<String> attributes, SignalRange range) {
    var matches = new ArrayList<AttributeMatch>();
    var type = Parameters.given(parameters.type());
    if (type.isPresent()) {
      matches.addAll(entity(parameters, EntityId.typeOf(type.get()), range));
    } else if (Parameters.given(parameters.name()).isPresent()) {
      throw HubProblem.invalid("type is missing; wanted where a name is given");
    } else {
      Parameters.given(parameters.cluster())
          .ifPresent(name -> matches.add(inCluster(moments.live(name).name())));
      Parameters.given(parameters.namespace())
          .ifPresent(name -> matches.add(AttributeMatch.equal(AttributeNames.NAMESPACE, name)));
    }
    attributes.forEach(text -> matches.add(attribute(text)));
    return matches;
  }

  private static AttributeMatch attribute(String text) {
    int equals = text.indexOf('=');
    boolean not = equals > 0 && text.charAt(equals - 1) == '!';
    var name = equals < 0 ? "" : text.substring(0, not ? equals - 1 : equals).strip();
    if (name.isEmpty()) {
      throw HubProblem.invalid("attribute is '" + text + "', wanted name=value or name!=value");
    }
    var values = Set.of(text.substring(equals + 1));
    return not ? new AttributeMatch.NoneOf(name, values) : new AttributeMatch.OneOf(name, values);
  }

  private List<AttributeMatch> entity(
      SignalParameters parameters, EntityType type, SignalRange range) {
    var live = moments.live(parameters.cluster());
    var ref = ref(parameters, type, live.name());
    var topologies = new ArrayList<Topology>();
    moments.find(live, range.from()).ifPresent(moment -> topologies.add(moment.topology()));
    moments.find(live, range.to()).ifPresent(moment -> topologies.add(moment.topology()));
    var matches = new ArrayList<AttributeMatch>();
    matches.add(inCluster(live.name()));
    matches.addAll(known(ref, topologies));
    return matches;
  }

  private static EntityRef ref(SignalParameters parameters, EntityType type, String cluster) {
    var name =
        type == EntityType.CLUSTER
            ? cluster
            : Parameters.given(parameters.name())
                .orElseThrow(() -> HubProblem.invalid("name is missing"));
    return EntityId.ref(
        cluster, type, name, parameters.namespace(), parameters.pod(), parameters.kind());
  }

  /** What is asked of, where that is one thing. */
  Optional<Asked> asked(SignalParameters parameters) {
    return Parameters.given(parameters.type())
        .map(EntityId::typeOf)
        .map(
            type -> {
              var live = moments.live(parameters.cluster());
              return new Asked(live.name(), ref(parameters, type, live.name()), live.topology());
            });
  }

  /** A thing, and what exists beside it now. */
  record Asked(String cluster, EntityRef ref, Topology topology) {}

  private AttributeMatch inCluster(String name) {
    return clusters.all().size() == 1
        ? new AttributeMatch.OneOf(AttributeNames.CLUSTER, Set.of(name, ""))
        : AttributeMatch.equal(AttributeNames.CLUSTER, name);
  }

  /** The matches beside the cluster's. */
  static List<AttributeMatch> known(EntityRef ref, List<Topology> topologies) {
    return switch (ref.type()) {
      case DEPLOYMENT, STATEFULSET, DAEMONSET, REPLICASET, JOB, CRONJOB, KUBERNETES_SERVICE, HPA ->
          parts(ref, topologies, EntityType.POD);
      case ZONE -> parts(ref, topologies, EntityType.NODE);
      case TRANSACTION,
          SERVICE,
          CONFIGMAP,
          RESOURCE_QUOTA,
          PERSISTENT_VOLUME_CLAIM,
          PERSISTENT_VOLUME,
          OBJECT,
          K8S_NAMESPACE,
          POD,
          CONTAINER,
          NODE,
          DEVICE,
          CLUSTER ->
          itself(ref);
    };
  }

  private static List<AttributeMatch> itself(EntityRef ref) {
    return ref.identity().asMap().entrySet().stream()
        .filter(one -> !one.getKey().equals(AttributeNames.CLUSTER))
        .map(one -> AttributeMatch.equal(one.getKey(), one.getValue()))
        .toList();
  }

  private static List<AttributeMatch> parts(
      EntityRef ref, List<Topology> topologies, EntityType type) {
    var parts = new LinkedHashSet<EntityRef>();
    topologies.forEach(topology -> parts.addAll(below(topology, ref, type)));
    if (parts.isEmpty()) {
      return itself(ref);
    }
    var names = parts.stream().map(EntityRef::name).collect(Collectors.toCollection(TreeSet::new));
    var matches = new ArrayList<AttributeMatch>();
    ref.identity()
        .get(AttributeNames.NAMESPACE)
        .ifPresent(name -> matches.add(AttributeMatch.equal(AttributeNames.NAMESPACE, name)));
    matches.add(new AttributeMatch.OneOf(type.nameAttribute(), names));
    return matches;
  }

  /** What of that type belongs to it: owned, routed to, scaled or located there. */
  static Set<EntityRef> below(Topology topology, EntityRef ref, EntityType type) {
    var found = new LinkedHashSet<EntityRef>();
    var seen = new HashSet<EntityRef>(Set.of(ref));
    var rest = new ArrayDeque<EntityRef>(Set.of(ref));
    while (!rest.isEmpty() && found.size() < MOST_PODS) {
      var here = rest.removeFirst();
      if (here.type() == type) {
        found.add(here);
        continue;
      }
      for (var relation : Neighbourhood.touching(topology, here)) {
        boolean outward = relation.from().equals(here);
        if (leadsDown(relation.type(), outward)) {
          var there = outward ? relation.to() : relation.from();
          if (seen.add(there)) {
            rest.addLast(there);
          }
        }
      }
    }
    return found;
  }

  private static boolean leadsDown(RelationType type, boolean outward) {
    return switch (type) {
      case OWNED_BY, LOCATED_IN -> !outward;
      case ROUTES_TO, SCALES -> outward;
      case CALLS, RUNS_ON, MOUNTS -> false;
    };
  }
}
