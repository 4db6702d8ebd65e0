package io.bridgewatch.drill.world;

import io.bridgewatch.model.Layer;
import java.util.Optional;

/**
 * Something that can be put into a world.
 *
 * @param name such as {@code disk-slow}
 * @param layer that the fault is on; empty if it is harmless: a look-alike, or a clean day
 */
public record Drill(String name, Optional<Layer> layer) {

  public static Drill fault(String name, Layer layer) {
    return new Drill(name, Optional.of(layer));
  }

  public static Drill harmless(String name) {
    return new Drill(name, Optional.empty());
  }

  public boolean isHarmless() {
    return layer.isEmpty();
  }
}
