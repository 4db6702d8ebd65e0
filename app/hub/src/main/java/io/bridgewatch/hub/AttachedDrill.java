package io.bridgewatch.hub;

import io.bridgewatch.model.EntityType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A simulated cluster that runs beside this hub, into which people may put trouble. The hub watches
 * it as any other cluster and learns nothing of its troubles by this: they are for people only.
 *
 * <p>Asked by several threads.
 */
public interface AttachedDrill {

  /** Where a trouble is put in, for people to choose by. */
  enum Group {
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

  /**
   * A sort of trouble.
   *
   * @param id such as {@code disk-slow}
   */
  record Kind(String id, Group group, String english, String chinese) {}

  /**
   * A trouble that is in now.
   *
   * @param kind id of its kind
   * @param target in words, such as the name of a node
   * @param since by the world's clock
   */
  record Trouble(String kind, String target, Instant since) {}

  /** By which thing customers come in. */
  record Entry(EntityType type, String namespace, String name) {}

  /** How far the history of the cluster's metrics is written. */
  enum PastState {
    WRITING,
    WRITTEN,
    /** Something went wrong, as the log tells; what was written is there. */
    FAILED
  }

  /**
   * The history of the cluster's metrics before it was watched.
   *
   * @param from when it begins
   * @param to when it ends, before the watch began
   * @param reached up to which time it is there
   */
  record Past(Instant from, Instant to, Instant reached, PastState state) {}

  /** What came of an attempt to change the world. */
  sealed interface Outcome {
    record Done(Trouble trouble) implements Outcome {}

    /** It is in already and can be in once only. */
    record AlreadyIn(Trouble trouble) implements Outcome {}

    record NotIn() implements Outcome {}

    /**
     * The world did not let it happen.
     *
     * @param why such as that there is no target
     */
    record Impossible(String why) implements Outcome {}
  }

  /** Name of the cluster, as the hub watches it. */
  String cluster();

  Entry entry();

  /** How far its clock is behind the wall's; zero or little unless the machine is too slow. */
  Duration behind();

  /** Empty if there is no history but what was watched. */
  Optional<Past> past();

  /** All that can be put in, group by group. */
  List<Kind> kinds();

  /** What is in now, the latest first. */
  List<Trouble> troubles();

  /**
   * Puts trouble in, now, where it can be felt.
   *
   * @param kind one of {@link #kinds}
   * @throws IllegalArgumentException if there is no such kind
   */
  Outcome inject(String kind);

  /**
   * Takes trouble out again; what follows may need a while to mend.
   *
   * @param kind one of {@link #kinds}
   */
  Outcome cure(String kind);
}
