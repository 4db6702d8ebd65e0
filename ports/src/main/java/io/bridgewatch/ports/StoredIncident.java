package io.bridgewatch.ports;

import io.bridgewatch.model.CauseKind;
import io.bridgewatch.model.EntityRef;
import io.bridgewatch.model.Window;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A diagnosed incident as people read it.
 *
 * @param head what lists show
 * @param documents the incident as a JSON document, by language ({@code zh}, {@code en})
 * @param charts the series that evidence rests on, as a JSON array
 */
public record StoredIncident(Head head, Map<String, String> documents, String charts) {

  public StoredIncident {
    documents = Map.copyOf(documents);
  }

  /**
   * What lists show.
   *
   * @param archive digest of the recording it was found in
   * @param bundle name of that recording
   * @param titles one sentence, by language
   * @param cause the most likely one; empty if none was found
   * @param symptoms how many
   * @param insufficient whether the diagnosis says that evidence is missing
   * @param live how it is followed; empty if it was found in a recording that was imported
   */
  public record Head(
      String id,
      String archive,
      String bundle,
      Window window,
      Instant onset,
      Instant importedAt,
      Map<String, String> titles,
      Optional<TopCause> cause,
      int symptoms,
      boolean insufficient,
      Optional<Live> live) {

    public Head {
      titles = Map.copyOf(titles);
    }

    public Status status() {
      return live.map(Live::status).orElse(Status.RECORDED);
    }
  }

  /** Whether an incident goes on. */
  public enum Status {
    /** It was found in a recording that was imported: it has been. */
    RECORDED,
    /** It is found in a cluster that is watched, and was not seen to end. */
    OPEN,
    /** It was found in a cluster that is watched, and is over. */
    CLOSED
  }

  /**
   * An incident of a cluster that is watched.
   *
   * @param openedAt when people were told first
   * @param updatedAt when what they read was written
   * @param lastSeenAt a diagnosis that found it; later ones may have
   * @param closedAt when it was taken to be over; empty while it is open
   */
  public record Live(
      String cluster,
      Instant openedAt,
      Instant updatedAt,
      Instant lastSeenAt,
      Optional<Instant> closedAt) {

    public Status status() {
      return closedAt.isPresent() ? Status.CLOSED : Status.OPEN;
    }

    public Live closed(Instant lastSeen, Instant at) {
      return new Live(cluster, openedAt, updatedAt, lastSeen, Optional.of(at));
    }
  }

  /**
   * @param confidence 0 to 1
   */
  public record TopCause(EntityRef entity, CauseKind kind, double confidence) {}
}
