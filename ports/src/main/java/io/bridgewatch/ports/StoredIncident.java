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
      boolean insufficient) {

    public Head {
      titles = Map.copyOf(titles);
    }
  }

  /**
   * @param confidence 0 to 1
   */
  public record TopCause(EntityRef entity, CauseKind kind, double confidence) {}
}
