package io.bridgewatch.ports;

import io.bridgewatch.model.KubernetesObject;
import java.util.List;
import java.util.Optional;

/**
 * Writes HorizontalPodAutoscalers of one cluster by server-side apply under a field manager of our
 * own, and nothing else. Never takes a field from whoever owns it. Safe for several threads.
 */
public interface AutoscalerWriter extends AutoCloseable {

  /**
   * The autoscaler as the API server has it now.
   *
   * @throws InterruptedException if this thread is asked to stop meanwhile
   */
  Looked find(String namespace, String name) throws InterruptedException;

  /**
   * Applies a manifest.
   *
   * @param manifest an {@code autoscaling/v2} HorizontalPodAutoscaler with its name and namespace;
   *     with {@code metadata.resourceVersion}, only onto exactly that version
   * @param how for good, or to see what would come of it
   * @throws IllegalArgumentException if it is no such object
   * @throws InterruptedException if this thread is asked to stop meanwhile; it may have been
   *     applied
   */
  Answer apply(KubernetesObject manifest, How how) throws InterruptedException;

  /** Breaks off what is under way. */
  @Override
  void close();

  /** How earnestly to apply. */
  enum How {
    /** The API server does all but keep it: defaults, validation, admission, conflicts. */
    DRY_RUN,
    FOR_GOOD
  }

  /** What came of looking. */
  sealed interface Looked {
    record Found(Optional<KubernetesObject> object) implements Looked {}
  }

  /** What came of applying. */
  sealed interface Answer {
    /**
     * It is so now, or would be.
     *
     * @param object as the API server has it after that
     */
    record Accepted(KubernetesObject object) implements Answer {}

    /** Others own fields with another value; nothing was changed. */
    record FieldsOwned(List<FieldOwner> owners) implements Answer {
      public FieldsOwned {
        owners = List.copyOf(owners);
      }
    }

    /** The object is not of the version that was named any more; nothing was changed. */
    record Stale() implements Answer {}
  }

  /**
   * It could not be done; nothing was changed, unless the connection was lost on the way.
   *
   * @param reason PascalCase word, such as {@code Forbidden}
   * @param message what could not be done, why, and what helps
   */
  record Refused(String reason, String message) implements Looked, Answer {}

  /**
   * Who owns a field.
   *
   * @param field such as {@code .spec.maxReplicas}
   * @param manager the field manager's name
   */
  record FieldOwner(String field, String manager) {}
}
