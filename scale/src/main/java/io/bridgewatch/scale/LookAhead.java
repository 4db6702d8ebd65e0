package io.bridgewatch.scale;

import java.util.TreeSet;

/**
 * How far a policy must see at each look, in steps of the load: from the last step that its metrics
 * have seen to the one in which replicas asked for now, and not those of the next look, will serve
 * as much as others.
 */
record LookAhead(int stepSeconds, PlantSettings plant) {

  /** The last step that a look at that second has seen anything of. */
  int seen(int now) {
    return Math.max(0, (now - plant.lagSeconds() - 1) / stepSeconds);
  }

  /** Steps after the last seen one that matter, zero where a step is longer than a start. */
  int steps(int now) {
    return (now + plant.coldStartSeconds() + plant.syncSeconds() - 1) / stepSeconds - seen(now);
  }

  /** All that {@link #steps} ever says, ascending; zero left out. */
  int[] possible() {
    var found = new TreeSet<Integer>();
    int looks = stepSeconds;
    for (int look = 1; look <= looks; look++) {
      found.add(steps(plant.lagSeconds() + plant.windowSeconds() + look * plant.syncSeconds()));
    }
    found.remove(0);
    return found.stream().mapToInt(Integer::intValue).toArray();
  }
}
