package io.bridgewatch.ports;

import io.bridgewatch.model.Bundle;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One recording on its way in.
 *
 * @param archive digest of the recording in the {@link BundleArchive}
 * @param file name the recording came under
 * @param progress 0 to 1
 * @param incidents ids of what was found, once it is done
 * @param rejections what in the recording could not be used
 * @param failure why it failed; present exactly when it did
 */
public record ImportJob(
    String id,
    String archive,
    String file,
    String user,
    String address,
    Instant submittedAt,
    State state,
    Step step,
    double progress,
    List<String> incidents,
    List<Bundle.Rejection> rejections,
    Optional<Failure> failure) {

  public ImportJob {
    incidents = List.copyOf(incidents);
    rejections = List.copyOf(rejections);
  }

  /** Where a job stands; the last three are final. */
  public enum State {
    QUEUED,
    RUNNING,
    DONE,
    FAILED,
    CANCELLED;

    public boolean isFinal() {
      return switch (this) {
        case QUEUED, RUNNING -> false;
        case DONE, FAILED, CANCELLED -> true;
      };
    }
  }

  /** What a running job does, or did last. */
  public enum Step {
    READ,
    DIAGNOSE,
    STORE
  }

  /**
   * @param reason PascalCase word that people can search for
   */
  public record Failure(String reason, String detail) {}

  public static ImportJob queued(
      String id, String archive, String file, String user, String address, Instant at) {
    return new ImportJob(
        id,
        archive,
        file,
        user,
        address,
        at,
        State.QUEUED,
        Step.READ,
        0,
        List.of(),
        List.of(),
        Optional.empty());
  }

  public ImportJob running(Step step, double progress) {
    return with(State.RUNNING, step, progress, incidents, rejections, Optional.empty());
  }

  public ImportJob rejecting(List<Bundle.Rejection> rejections) {
    return with(state, step, progress, incidents, rejections, failure);
  }

  public ImportJob done(List<String> incidents) {
    return with(State.DONE, Step.STORE, 1, incidents, rejections, Optional.empty());
  }

  public ImportJob failed(String reason, String detail) {
    return with(
        State.FAILED,
        step,
        progress,
        List.of(),
        rejections,
        Optional.of(new Failure(reason, detail)));
  }

  public ImportJob cancelled() {
    return with(State.CANCELLED, step, progress, List.of(), rejections, Optional.empty());
  }

  private ImportJob with(
      State state,
      Step step,
      double progress,
      List<String> incidents,
      List<Bundle.Rejection> rejections,
      Optional<Failure> failure) {
    return new ImportJob(
        id,
        archive,
        file,
        user,
        address,
        submittedAt,
        state,
        step,
        progress,
        incidents,
        rejections,
        failure);
  }
}
