package io.bridgewatch.drill.world;

import java.time.Instant;
import java.util.List;

/** What can be drilled, and worlds to do it in. Found by {@link java.util.ServiceLoader}. */
public interface DrillLibrary {

  /** Names are unique. */
  List<Drill> drills();

  /**
   * A world that lies still, healthy, at that time. The same seed gives the same world, to the byte
   * of what it sends.
   */
  DrillWorld world(long seed, Instant start);
}
