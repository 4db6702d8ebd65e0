package io.bridgewatch.ports;

import io.bridgewatch.model.EntityRef;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Keeps the incidents of clusters that are watched. What a method has returned from survives a
 * crash; what it was killed in leaves no trace.
 *
 * <p>Each rests on a recording, and several may rest on one. A recording that was not imported and
 * that none rests on any more is forgotten; who called is told, so that its archive can be removed.
 */
public interface LiveIncidentStore {

  /**
   * Adds an incident or replaces the one with its id.
   *
   * @param incident a live one
   * @param about what it is about, by which later findings are recognised
   * @param recording on which it rests from now on; empty if its {@link StoredIncident.Head#archive
   *     archive} is that of a recording that is stored
   * @return digests of the recordings that were forgotten
   * @throws IllegalArgumentException if the incident is not a live one, or rests on another
   *     recording than the given
   * @throws StoreException if it rests on a recording that is not stored
   */
  List<String> put(StoredIncident incident, Set<EntityRef> about, Optional<Recording> recording);

  /** Takes an open incident to be over; does nothing if there is none with that id. */
  void close(String id, Instant lastSeen, Instant at);

  /** Those of a cluster that are open, first opened first. */
  List<Open> open(String cluster);

  /** Clusters with incidents that are open, by name. */
  List<String> clusters();

  /**
   * Forgets the incidents that were closed before that time.
   *
   * @return digests of the recordings that were forgotten with them
   */
  List<String> forgetClosedBefore(Instant time);

  /** What can be forgotten, and the room that recordings take. */
  Extent extent();

  /**
   * @param bytes of the archives of recordings that were not imported
   * @param oldest when the first of the closed incidents was closed; {@link Instant#MAX} if there
   *     is none
   */
  record Extent(long bytes, Instant oldest) {}

  /**
   * What a live incident was found in.
   *
   * @param reports the situation report as a JSON document, by language ({@code zh}, {@code en})
   */
  record Recording(StoredBundle bundle, Map<String, String> reports) {
    public Recording {
      reports = Map.copyOf(reports);
    }

    /**
     * @throws IllegalArgumentException if the incident is not a live one, or rests on another
     *     recording than the given
     */
    public static void check(StoredIncident.Head incident, Optional<Recording> recording) {
      if (incident.live().isEmpty()) {
        throw new IllegalArgumentException("incident " + incident.id() + " is not a live one");
      }
      recording
          .map(one -> one.bundle().digest())
          .filter(digest -> !digest.equals(incident.archive()))
          .ifPresent(
              digest -> {
                throw new IllegalArgumentException(
                    "incident %s rests on recording %s, given was %s"
                        .formatted(incident.id(), incident.archive(), digest));
              });
    }
  }

  /**
   * An open incident.
   *
   * @param about what it is about, by which later findings are recognised
   */
  record Open(StoredIncident.Head head, Set<EntityRef> about) {
    public Open {
      about = Set.copyOf(about);
    }
  }
}
