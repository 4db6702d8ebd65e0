package io.bridgewatch.ports;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps imports and takes in what they found. What a method has returned from survives a crash;
 * what it was killed in leaves no trace.
 */
public interface ImportStore {

  /** Adds a job or replaces the one with the same id. */
  void save(ImportJob job);

  Optional<ImportJob> find(String id);

  /** Those not in a final state, oldest first. */
  List<ImportJob> unfinished();

  /**
   * Ends a job: its recording, all its incidents and the audit entry are stored, or nothing is. A
   * recording with the same digest is replaced with its incidents; an incident with the same id,
   * which is the same observations, moves to this recording. Live incidents stay as they are, so
   * that the import of what was exported takes nothing from them.
   */
  void complete(ImportJob done, Imported imported, AuditEntry audit);

  /**
   * What an import brought.
   *
   * @param reports the situation report as a JSON document, by language ({@code zh}, {@code en})
   */
  record Imported(
      StoredBundle bundle, Map<String, String> reports, List<StoredIncident> incidents) {

    public Imported {
      reports = Map.copyOf(reports);
      incidents = List.copyOf(incidents);
    }
  }
}
