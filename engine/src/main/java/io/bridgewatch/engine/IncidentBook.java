package io.bridgewatch.engine;

import io.bridgewatch.diagnose.IncidentTracker;
import io.bridgewatch.model.Bundle;
import io.bridgewatch.model.Incident;
import io.bridgewatch.model.SituationReport;
import java.time.Instant;
import java.util.List;

/** Where live incidents are written down. What a method has returned from survives a crash. */
public interface IncidentBook {

  /** Those of the cluster that are open, as they were when the hub was stopped. */
  List<IncidentTracker.Followed> open(String cluster);

  /**
   * An incident was opened, or reads otherwise than before.
   *
   * @param id under which it is known
   * @param incident as this diagnosis found it
   * @param report of which it is part
   * @param bundle that was diagnosed
   */
  void told(
      String cluster,
      String id,
      Incident incident,
      SituationReport report,
      Bundle bundle,
      Instant at);

  /**
   * @param lastSeen when it was found last
   */
  void closed(String cluster, String id, Instant lastSeen, Instant at);

  /** Clusters with incidents that are open. */
  List<String> clusters();

  /** All clusters were diagnosed; now is the time to write what was put off. */
  void settle(Instant at);
}
