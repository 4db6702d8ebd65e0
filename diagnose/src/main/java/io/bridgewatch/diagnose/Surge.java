package io.bridgewatch.diagnose;

import io.bridgewatch.model.EntityRef;
import io.bridgewatch.model.Fact;
import io.bridgewatch.model.Finding;
import io.bridgewatch.model.Signal;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * More requests from outside, and whom they reach.
 *
 * <p>They come in at components that nobody calls, and reach on from there whatever is called and
 * has more requests itself. What these then need more of, or do more slowly, is explained by the
 * requests; where more work begins further inside, no surge explains it.
 */
final class Surge {

  private static final double LEAST_FACTOR = 1.4;
  private static final double LEAST_STRENGTH = 1.2;

  private final Map<EntityRef, EntityRef> origins;

  private Surge(Map<EntityRef, EntityRef> origins) {
    this.origins = origins;
  }

  static Surge of(Components components, List<Finding> findings) {
    var risen = new TreeMap<EntityRef, Double>();
    for (Finding finding : findings) {
      if (isMore(finding)) {
        risen.merge(components.of(finding.entity()), strength(finding), Math::max);
      }
    }
    var origins = new TreeMap<EntityRef, EntityRef>();
    risen.forEach(
        (component, strength) -> {
          if (strength >= LEAST_STRENGTH
              && components.callers(component).isEmpty()
              && !components.callees(component).isEmpty()) {
            reach(components, component, risen, origins);
          }
        });
    return new Surge(origins);
  }

  private static void reach(
      Components components,
      EntityRef origin,
      Map<EntityRef, Double> risen,
      Map<EntityRef, EntityRef> origins) {
    var queue = new ArrayDeque<EntityRef>();
    queue.add(origin);
    while (!queue.isEmpty()) {
      EntityRef here = queue.remove();
      if (risen.containsKey(here) && origins.putIfAbsent(here, origin) == null) {
        queue.addAll(components.callees(here));
      }
    }
  }

  /** Whether it tells of more requests than before. */
  static boolean isMore(Finding finding) {
    return finding.signal() == Signal.TRAFFIC
        && finding.fact() instanceof Fact.LevelShift shift
        && shift.after() > LEAST_FACTOR * shift.before();
  }

  /** Where the requests come in that reach a component; itself if they come in there. */
  Optional<EntityRef> origin(EntityRef component) {
    return Optional.ofNullable(origins.get(component));
  }

  boolean isOrigin(EntityRef component) {
    return component.equals(origins.get(component));
  }

  private static double strength(Finding finding) {
    return Strength.of(finding) / Strength.TRAFFIC_ALONE;
  }
}
