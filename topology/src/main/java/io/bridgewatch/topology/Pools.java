package io.bridgewatch.topology;

import io.bridgewatch.model.AttributeNames;
import io.bridgewatch.model.Entity;
import io.bridgewatch.model.EntityRef;
import io.bridgewatch.model.EntityType;
import io.bridgewatch.model.Health;
import io.bridgewatch.model.Relation;
import io.bridgewatch.model.RelationType;
import io.bridgewatch.model.Topology;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * What there is and what is asked for: nodes grouped into pools, workloads into teams and
 * applications, and what of a certain size fits where.
 *
 * <p>Pods that have ended ask for nothing. A request that is not made counts as zero, as the
 * scheduler counts it, and is counted as such ({@link Pool#unrequested}).
 */
public final class Pools {

  /** Stands for all that carry no value to group by. */
  public static final String NONE = "";

  /** By what nodes are grouped. */
  public sealed interface NodeKey {
    /** By pool label or role. */
    record ByPool() implements NodeKey {}

    record ByArchitecture() implements NodeKey {}

    record ByZone() implements NodeKey {}

    /** By any label of the nodes. */
    record ByLabel(String label) implements NodeKey {}
  }

  /** By what workloads are grouped. */
  public enum OwnerKey {
    TEAM,
    APPLICATION,
    NAMESPACE
  }

  /**
   * A group of nodes, or what belongs to one owner.
   *
   * @param nodes of a pool; those that an owner's pods run on
   * @param readyNodes that are healthy and take pods
   * @param capacity of the nodes; none for an owner, like allocatable
   * @param requests of the pods
   * @param limits of the pods that have any
   * @param unrequested pods that do not ask for CPU or not for memory
   * @param troubled workloads and bare pods in trouble
   */
  public record Pool(
      String name,
      int nodes,
      int readyNodes,
      int pods,
      Amounts capacity,
      Amounts allocatable,
      Amounts requests,
      Amounts limits,
      int unrequested,
      int troubled) {}

  private Pools() {}

  /** The pools of nodes, by name. */
  public static List<Pool> ofNodes(Topology topology, NodeKey key) {
    var groups = new TreeMap<String, Group>();
    for (Entity node : topology.entities(EntityType.NODE)) {
      Group group = groups.computeIfAbsent(value(node, key), Group::new);
      group.addNode(node);
      for (Relation relation : topology.relationsTo(node.ref())) {
        if (relation.type() == RelationType.RUNS_ON && relation.from().type() == EntityType.POD) {
          topology.entity(relation.from()).ifPresent(pod -> group.addPod(topology, pod));
        }
      }
    }
    return groups.values().stream().map(Group::pool).toList();
  }

  private static String value(Entity node, NodeKey key) {
    return switch (key) {
      case NodeKey.ByPool pool -> node.attributes().getOr(FactNames.POOL, Ownership.NO_POOL);
      case NodeKey.ByArchitecture architecture -> node.attributes().getOr("host.arch", NONE);
      case NodeKey.ByZone zone -> node.attributes().getOr(AttributeNames.ZONE, NONE);
      case NodeKey.ByLabel by -> node.attributes().getOr(FactNames.LABEL + by.label(), NONE);
    };
  }

  /** What belongs to each team, application or namespace, by name. */
  public static List<Pool> ofOwners(Topology topology, OwnerKey key) {
    var groups = new TreeMap<String, Group>();
    Function<Entity, String> owner =
        switch (key) {
          case TEAM -> pod -> Owners.team(topology, pod).orElse(NONE);
          case APPLICATION -> pod -> Owners.application(topology, pod).orElse(NONE);
          case NAMESPACE -> pod -> pod.ref().identity().getOr(AttributeNames.NAMESPACE, NONE);
        };
    for (Entity pod : topology.entities(EntityType.POD)) {
      groups.computeIfAbsent(owner.apply(pod), Group::new).addPod(topology, pod);
    }
    return groups.values().stream().map(Group::pool).toList();
  }

  /** What comes together under one name. */
  private static final class Group {
    private final String name;
    private final Set<String> nodes = new HashSet<>();
    private final Set<EntityRef> troubled = new HashSet<>();
    private int readyNodes;
    private int pods;
    private int unrequested;
    private Amounts capacity = Amounts.none();
    private Amounts allocatable = Amounts.none();
    private Amounts requests = Amounts.none();
    private Amounts limits = Amounts.none();

    Group(String name) {
      this.name = name;
    }

    void addNode(Entity node) {
      nodes.add(node.ref().name());
      readyNodes += node.health().state() == Health.State.HEALTHY ? 1 : 0;
      capacity = capacity.plus(Amounts.of(node.attributes(), FactNames.CAPACITY));
      allocatable = allocatable.plus(Amounts.of(node.attributes(), FactNames.ALLOCATABLE));
    }

    void addPod(Topology topology, Entity pod) {
      if (hasEnded(pod)) {
        return;
      }
      pods++;
      pod.attributes().get(AttributeNames.NODE).ifPresent(nodes::add);
      requests = requests.plus(requestsOf(pod));
      limits = limits.plus(Amounts.of(pod.attributes(), FactNames.LIMIT));
      boolean asks =
          pod.attributes().has(FactNames.REQUEST + "cpu")
              && pod.attributes().has(FactNames.REQUEST + "memory");
      unrequested += asks ? 0 : 1;
      if (pod.health().isTrouble()) {
        troubled.add(Owners.root(topology, pod.ref()));
      }
    }

    Pool pool() {
      return new Pool(
          name,
          nodes.size(),
          readyNodes,
          pods,
          capacity,
          allocatable,
          requests,
          limits,
          unrequested,
          troubled.size());
    }
  }

  private static boolean hasEnded(Entity pod) {
    String phase = pod.attributes().getOr("k8s.pod.phase", "");
    return phase.equals("Succeeded") || phase.equals("Failed");
  }

  /** Each pod takes one of the places for pods. */
  private static Amounts requestsOf(Entity pod) {
    return Amounts.of(pod.attributes(), FactNames.REQUEST).plus(new Amounts(0, 0, 1));
  }

  /**
   * A pod that is to be placed.
   *
   * @param nodeSelector labels that a node must have
   * @param tolerated keys of taints that it bears; {@code *} for all
   */
  public record Wish(
      double cpu, double memory, Map<String, String> nodeSelector, Set<String> tolerated) {
    public Wish {
      nodeSelector = Map.copyOf(nodeSelector);
      tolerated = Set.copyOf(tolerated);
    }
  }

  /** Why a node does not take a pod. */
  public enum Refusal {
    NOT_READY,
    CORDONED,
    SELECTOR_DIFFERS,
    TAINTED,
    TOO_LITTLE_CPU,
    TOO_LITTLE_MEMORY,
    TOO_MANY_PODS
  }

  /**
   * How much of it a pool takes.
   *
   * @param fits how many such pods fit in all, one node after the other
   * @param nodes that take at least one
   * @param refusals how many nodes take none, and why
   * @param largest what the roomiest node of the pool has left
   */
  public record Place(
      String pool, long fits, int nodes, Map<Refusal, Integer> refusals, Amounts largest) {
    public Place {
      refusals = Map.copyOf(refusals);
    }
  }

  /** Where it fits, the roomiest pool first. Affinities and volumes are not looked at. */
  public static List<Place> placement(Topology topology, Wish wish, NodeKey key) {
    var places = new HashMap<String, Finder>();
    for (Entity node : topology.entities(EntityType.NODE)) {
      Amounts used = Amounts.none();
      for (Relation relation : topology.relationsTo(node.ref())) {
        if (relation.type() == RelationType.RUNS_ON && relation.from().type() == EntityType.POD) {
          Optional<Entity> pod = topology.entity(relation.from());
          if (pod.isPresent() && !hasEnded(pod.get())) {
            used = used.plus(requestsOf(pod.get()));
          }
        }
      }
      Amounts free = Amounts.of(node.attributes(), FactNames.ALLOCATABLE).minus(used);
      places.computeIfAbsent(value(node, key), Finder::new).add(node, free, wish);
    }
    return places.values().stream()
        .map(Finder::place)
        .sorted(Comparator.comparingLong(Place::fits).reversed().thenComparing(Place::pool))
        .toList();
  }

  private static final class Finder {
    private final String pool;
    private final TreeMap<Refusal, Integer> refusals = new TreeMap<>();
    private long fits;
    private int nodes;
    private Amounts largest = Amounts.none();

    Finder(String pool) {
      this.pool = pool;
    }

    void add(Entity node, Amounts free, Wish wish) {
      Optional<Refusal> refusal = refusal(node, wish);
      if (refusal.isEmpty()) {
        largest =
            new Amounts(
                Math.max(largest.cpu(), free.cpu()),
                Math.max(largest.memory(), free.memory()),
                Math.max(largest.pods(), free.pods()));
        long here = room(free, wish);
        fits += here;
        nodes += here > 0 ? 1 : 0;
        refusal = here > 0 ? Optional.empty() : Optional.of(shortOf(free, wish));
      }
      refusal.ifPresent(why -> refusals.merge(why, 1, Integer::sum));
    }

    private static Optional<Refusal> refusal(Entity node, Wish wish) {
      if (node.attributes().getOr(FactNames.UNSCHEDULABLE, "").equals("true")) {
        return Optional.of(Refusal.CORDONED);
      }
      if (node.health().state() == Health.State.FAILING) {
        return Optional.of(Refusal.NOT_READY);
      }
      boolean selected =
          wish.nodeSelector().entrySet().stream()
              .allMatch(
                  label ->
                      node.attributes()
                          .getOr(FactNames.LABEL + label.getKey(), NONE)
                          .equals(label.getValue()));
      if (!selected) {
        return Optional.of(Refusal.SELECTOR_DIFFERS);
      }
      for (String taint : node.attributes().getOr(FactNames.TAINTS, "").split(",")) {
        boolean soft = taint.isEmpty() || taint.endsWith(":PreferNoSchedule");
        String taintKey = taint.split("[=:]", 2)[0];
        if (!soft && !wish.tolerated().contains("*") && !wish.tolerated().contains(taintKey)) {
          return Optional.of(Refusal.TAINTED);
        }
      }
      return Optional.empty();
    }

    private static long room(Amounts free, Wish wish) {
      double most = free.pods();
      most = wish.cpu() > 0 ? Math.min(most, free.cpu() / wish.cpu()) : most;
      most = wish.memory() > 0 ? Math.min(most, free.memory() / wish.memory()) : most;
      return Math.max(0, (long) Math.floor(most + 1e-9));
    }

    private static Refusal shortOf(Amounts free, Wish wish) {
      if (free.cpu() < wish.cpu()) {
        return Refusal.TOO_LITTLE_CPU;
      }
      return free.memory() < wish.memory() ? Refusal.TOO_LITTLE_MEMORY : Refusal.TOO_MANY_PODS;
    }

    Place place() {
      return new Place(pool, fits, nodes, refusals, largest);
    }
  }
}
