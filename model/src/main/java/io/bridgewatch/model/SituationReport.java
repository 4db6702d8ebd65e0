package io.bridgewatch.model;

import java.util.List;
import java.util.Optional;

/**
 * What is wrong in a window, why, and how we know.
 *
 * @param bundle name of what was diagnosed
 * @param incidents empty exactly when nothing is wrong
 * @param engine name and version of the engine that wrote it
 * @param parent id of the report this one updates
 */
public record SituationReport(
    String bundle,
    Window window,
    List<Incident> incidents,
    String engine,
    Optional<String> parent) {

  public SituationReport {
    incidents = List.copyOf(incidents);
  }
}
