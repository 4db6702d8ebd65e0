package io.bridgewatch.model;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/** Something that happened in a cluster at one time, worth telling later. */
public sealed interface Happening {

  /** Unique within a cluster; a later version of the same happening has the same. */
  String id();

  Instant time();

  /** What it happened to. */
  EntityRef entity();

  /**
   * Something was changed by somebody.
   *
   * @param manager field manager, or user agent, that the change was made with; empty if unknown
   * @param user by the audit log; empty if unknown
   */
  record Changed(String id, EntityRef entity, Change change, String manager, String user)
      implements Happening {
    @Override
    public Instant time() {
      return change.time();
    }
  }

  /**
   * A pod or container went on to another stage of its life.
   *
   * @param reason the API's word; empty if none
   * @param message the API's words; empty if none
   * @param exitCode of a container that ended
   */
  record Lived(
      String id,
      Instant time,
      EntityRef entity,
      Stage stage,
      String reason,
      String message,
      OptionalInt exitCode)
      implements Happening {}

  /** Stages of a pod's or container's life, in the order in which they come. */
  enum Stage {
    CREATED,
    SCHEDULED,
    PULLING,
    PULLED,
    STARTED,
    READY,
    UNREADY,
    /** A container ended; it may be started again. */
    TERMINATED,
    /** A container was started again. */
    RESTARTED,
    EVICTED,
    /** Asked to end. */
    DELETING,
    GONE
  }

  /**
   * An entity's health became another.
   *
   * @param before what it was
   */
  record HealthChanged(
      String id, Instant time, EntityRef entity, Health.State before, Health health)
      implements Happening {}

  /**
   * What a component of the cluster reported: a Kubernetes event.
   *
   * @param time when it was last seen
   * @param first when it was first seen
   * @param warning whether its type is {@code Warning}
   * @param count how often it was seen
   * @param reporter the component, such as {@code kubelet}; empty if it does not say
   * @param container that the event is about; empty if about the whole object
   */
  record Reported(
      String id,
      Instant time,
      Instant first,
      EntityRef entity,
      boolean warning,
      String reason,
      String message,
      long count,
      String reporter,
      Optional<String> container)
      implements Happening {}
}
