package io.bridgewatch.diagnose;

import io.bridgewatch.model.EntityRef;
import io.bridgewatch.model.EntityType;
import io.bridgewatch.model.RelationType;
import io.bridgewatch.model.Topology;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The units that a cause is sought among, and the calls between them.
 *
 * <p>A component is a service with all its pods; a workload, where no service is known; else the
 * entity itself.
 */
final class Components {

  private final Topology topology;
  private final Map<EntityRef, EntityRef> componentOf = new HashMap<>();
  private final Map<EntityRef, NavigableSet<EntityRef>> addressesOf = new HashMap<>();

  Components(Topology topology) {
    this.topology = topology;
  }

  EntityRef of(EntityRef entity) {
    return componentOf.computeIfAbsent(entity, this::find);
  }

  private EntityRef find(EntityRef entity) {
    EntityRef top = entity;
    for (int i = 0; i < 4; i++) { // container, pod, replica set, workload
      var owners = topology.targets(top, RelationType.OWNED_BY);
      if (owners.isEmpty()) {
        break;
      }
      var service = service(top);
      if (service.isPresent()) {
        return service.get();
      }
      top = owners.first();
    }
    return service(top).orElse(top);
  }

  private Optional<EntityRef> service(EntityRef entity) {
    for (EntityRef source : topology.sources(entity, RelationType.RUNS_ON)) {
      if (source.type() == EntityType.SERVICE) {
        return Optional.of(source);
      }
    }
    return Optional.empty();
  }

  NavigableSet<EntityRef> callees(EntityRef component) {
    return neighbours(component, topology.targets(component, RelationType.CALLS));
  }

  /** Of an address those of what it leads to. */
  NavigableSet<EntityRef> callers(EntityRef component) {
    var callers = neighbours(component, topology.sources(component, RelationType.CALLS));
    for (EntityRef served : topology.targets(component, RelationType.ROUTES_TO)) {
      EntityRef one = of(served);
      callers.addAll(neighbours(one, topology.sources(one, RelationType.CALLS)));
    }
    return callers;
  }

  /** What an autoscaler scales; nothing for any other. */
  NavigableSet<EntityRef> scaledBy(EntityRef scaler) {
    var scaled = new TreeSet<EntityRef>();
    topology.targets(scaler, RelationType.SCALES).forEach(one -> scaled.add(of(one)));
    return scaled;
  }

  /** The addresses, such as Kubernetes services, by which a component is called. */
  NavigableSet<EntityRef> addresses(EntityRef component) {
    return addressesOf.computeIfAbsent(component, this::findAddresses);
  }

  private NavigableSet<EntityRef> findAddresses(EntityRef component) {
    var found = new TreeSet<>(topology.sources(component, RelationType.ROUTES_TO));
    for (EntityRef pod : pods(component)) {
      found.addAll(topology.sources(pod, RelationType.ROUTES_TO));
    }
    return found;
  }

  private NavigableSet<EntityRef> neighbours(EntityRef component, NavigableSet<EntityRef> direct) {
    var found = new TreeSet<EntityRef>();
    for (EntityRef entity : direct) {
      found.add(of(entity));
    }
    found.remove(component);
    return found;
  }

  /** The pods of a component. */
  NavigableSet<EntityRef> pods(EntityRef component) {
    var found = new TreeSet<EntityRef>();
    for (EntityRef part : topology.targets(component, RelationType.RUNS_ON)) {
      if (part.type() == EntityType.POD) {
        found.add(part);
      } else {
        addPods(part, found);
      }
    }
    addPods(component, found);
    return found;
  }

  private void addPods(EntityRef owner, NavigableSet<EntityRef> found) {
    for (EntityRef owned : topology.sources(owner, RelationType.OWNED_BY)) {
      if (owned.type() == EntityType.POD) {
        found.add(owned);
      } else if (owned.type() == EntityType.REPLICASET && owner.type() != EntityType.REPLICASET) {
        addPods(owned, found);
      }
    }
  }

  /** The node that a pod runs on, if it is known. */
  Optional<EntityRef> node(EntityRef pod) {
    return topology.targets(pod, RelationType.RUNS_ON).stream()
        .filter(target -> target.type() == EntityType.NODE)
        .findFirst();
  }

  NavigableSet<EntityRef> nodes(EntityRef component) {
    var found = new TreeSet<EntityRef>();
    for (EntityRef pod : pods(component)) {
      found.addAll(topology.targets(pod, RelationType.RUNS_ON));
    }
    return found;
  }

  /**
   * The shortest way along calls, and from a device over its node and what runs on it, to a
   * component that is hurt.
   *
   * @return both ends included; empty where there is no way
   */
  List<EntityRef> path(EntityRef cause, NavigableSet<EntityRef> hurt) {
    return path(cause, hurt, (from, to) -> true);
  }

  /**
   * The shortest way over what is unwell, from a node to whoever calls nothing else unwell on it;
   * where there is none the shortest of all.
   */
  List<EntityRef> path(
      EntityRef cause, NavigableSet<EntityRef> hurt, NavigableSet<EntityRef> unwell) {
    var over = path(cause, hurt, (from, to) -> isNext(from, to, unwell));
    return over.isEmpty() ? path(cause, hurt) : over;
  }

  private boolean isNext(EntityRef from, EntityRef to, NavigableSet<EntityRef> unwell) {
    if (isMachine(to)) {
      return true;
    }
    if (!unwell.contains(to)) {
      return false;
    }
    var below = isMachine(from) ? affects(from) : new TreeSet<EntityRef>();
    return callees(to).stream().noneMatch(it -> below.contains(it) && unwell.contains(it));
  }

  private List<EntityRef> path(
      EntityRef cause, NavigableSet<EntityRef> hurt, BiPredicate<EntityRef, EntityRef> over) {
    var cameFrom = new HashMap<EntityRef, @Nullable EntityRef>();
    var queue = new ArrayDeque<EntityRef>();
    cameFrom.put(cause, null);
    queue.add(cause);
    while (!queue.isEmpty()) {
      EntityRef here = queue.remove();
      if (hurt.contains(here)) {
        return trace(here, cameFrom);
      }
      for (EntityRef next : affects(here)) {
        if (!cameFrom.containsKey(next) && over.test(here, next)) {
          cameFrom.put(next, here);
          queue.add(next);
        }
      }
    }
    return List.of();
  }

  /**
   * What suffers directly when the component does: its callers, what runs on a node, the node that
   * a device sits in, the nodes of a zone.
   */
  NavigableSet<EntityRef> affects(EntityRef component) {
    if (!isMachine(component)) {
      return callers(component);
    }
    var found = new TreeSet<EntityRef>();
    if (component.type() == EntityType.DEVICE) {
      found.addAll(topology.targets(component, RelationType.LOCATED_IN));
      return found;
    }
    if (component.type() == EntityType.ZONE) {
      found.addAll(topology.sources(component, RelationType.LOCATED_IN));
      return found;
    }
    for (EntityRef pod : topology.sources(component, RelationType.RUNS_ON)) {
      found.add(of(pod));
    }
    return found;
  }

  /** Whether it is a node, a device of one, or a zone of nodes. */
  static boolean isMachine(EntityRef component) {
    return component.type() == EntityType.NODE
        || component.type() == EntityType.DEVICE
        || component.type() == EntityType.ZONE;
  }

  /** The nodes that a component runs on and what sits in them; of a node what sits in it. */
  NavigableSet<EntityRef> machines(EntityRef component) {
    var found = new TreeSet<EntityRef>();
    var nodes =
        component.type() == EntityType.NODE
            ? new TreeSet<>(Set.of(component))
            : isMachine(component) ? new TreeSet<EntityRef>() : nodes(component);
    for (EntityRef node : nodes) {
      found.add(node);
      for (EntityRef part : topology.sources(node, RelationType.LOCATED_IN)) {
        if (part.type() == EntityType.DEVICE) {
          found.add(part);
        }
      }
    }
    found.remove(component);
    return found;
  }

  private static List<EntityRef> trace(
      EntityRef end, Map<EntityRef, @Nullable EntityRef> cameFrom) {
    var path = new ArrayList<EntityRef>();
    EntityRef here = end;
    while (here != null) {
      path.add(here);
      here = cameFrom.get(here);
    }
    Collections.reverse(path);
    return path;
  }
}
