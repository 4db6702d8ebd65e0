package io.bridgewatch.drill.fault;

import io.bridgewatch.drill.world.BankWorld;
import io.bridgewatch.model.Layer;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * A sort of trouble, for any world.
 *
 * @param id a word for commands and tables, such as {@code disk-slow}
 * @param english and {@code chinese}: what it is, for people
 * @param chooser picks a target where it can be felt
 */
public record FaultKind(String id, Group group, String english, String chinese, Chooser chooser) {

  public enum Group {
    BUSINESS,
    JVM,
    CONTAINER,
    KUBERNETES,
    NETWORK,
    HARDWARE,
    TRAFFIC,
    /** Nothing is wrong, though something changes. */
    HARMLESS
  }

  /** Picks a target in a world. */
  @FunctionalInterface
  public interface Chooser {
    /**
     * @throws IllegalStateException if the world has no target for it
     */
    Fault choose(BankWorld world, RandomGenerator random);
  }

  public Fault choose(BankWorld world) {
    return chooser.choose(world, world.random("fault/" + id));
  }

  public boolean isHarmless() {
    return group == Group.HARMLESS;
  }

  /** The layer on which the cause is; absent where nothing is wrong. */
  public Optional<Layer> layer() {
    return switch (group) {
      case BUSINESS, TRAFFIC -> Optional.of(Layer.BUSINESS);
      case JVM, CONTAINER -> Optional.of(Layer.CONTAINER);
      case KUBERNETES -> Optional.of(Layer.WORKLOAD);
      case NETWORK -> Optional.of(Layer.NETWORK);
      case HARDWARE -> Optional.of(Layer.HARDWARE);
      case HARMLESS -> Optional.empty();
    };
  }
}
