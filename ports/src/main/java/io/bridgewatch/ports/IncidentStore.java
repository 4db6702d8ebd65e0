package io.bridgewatch.ports;

import java.util.Optional;

/** Reads recordings and the incidents found in them. */
public interface IncidentStore {

  /**
   * Those that are open first, among them and after them latest onset first.
   *
   * @throws InvalidCursorException if the cursor is not one of this store
   */
  Page<StoredIncident.Head> incidents(Query query);

  Optional<StoredIncident> incident(String id);

  /**
   * Those that were imported, latest import first; not those that only live incidents rest on.
   *
   * @throws InvalidCursorException if the cursor is not one of this store
   */
  Page<StoredBundle> bundles(PageRequest page);

  /**
   * @param digest of the recording
   */
  Optional<StoredBundle> bundle(String digest);

  /**
   * The situation report on a recording, a JSON document.
   *
   * @param digest of the recording
   * @param language {@code zh} or {@code en}
   */
  Optional<String> report(String digest, String language);

  /**
   * @param text occurs in a title, the id, the recording's name or the top cause's name, whatever
   *     the case; empty for all
   * @param bundle exact name of the recording; empty for all
   * @param status empty for any
   * @param cluster exact name of the cluster that it was found in while it was watched; empty for
   *     all
   */
  record Query(
      String text,
      Optional<String> bundle,
      Optional<StoredIncident.Status> status,
      Optional<String> cluster,
      PageRequest page) {

    /** All of them. */
    public static Query all(PageRequest page) {
      return new Query("", Optional.empty(), Optional.empty(), Optional.empty(), page);
    }
  }
}
