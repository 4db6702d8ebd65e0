package io.bridgewatch.engine;

import io.bridgewatch.diagnose.IncidentTracker;
import io.bridgewatch.model.Bundle;
import io.bridgewatch.model.Incident;
import io.bridgewatch.model.SituationReport;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Keeps the incidents of one cluster in memory. */
final class BookInMemory implements IncidentBook {

  /** What was written down of one incident. */
  record Entry(
      Incident incident, SituationReport report, Bundle bundle, Optional<Instant> closedAt) {}

  private final String cluster;
  final Map<String, Entry> entries = new TreeMap<>();
  Instant settled = Instant.MIN;

  /** What happens while it is written. */
  Runnable meanwhile = () -> {};

  BookInMemory(String cluster) {
    this.cluster = cluster;
  }

  List<Entry> open() {
    return entries.values().stream().filter(entry -> entry.closedAt().isEmpty()).toList();
  }

  @Override
  public List<IncidentTracker.Followed> open(String cluster) {
    var open = new ArrayList<IncidentTracker.Followed>();
    entries.forEach(
        (id, entry) -> {
          if (entry.closedAt().isEmpty()) {
            Instant seen = entry.bundle().window().to();
            open.add(
                new IncidentTracker.Followed(
                    id,
                    seen,
                    seen,
                    0,
                    0,
                    true,
                    IncidentTracker.about(entry.incident()),
                    Optional.empty()));
          }
        });
    return open;
  }

  @Override
  public void told(
      String cluster,
      String id,
      Incident incident,
      SituationReport report,
      Bundle bundle,
      Instant at) {
    entries.put(id, new Entry(incident, report, bundle, Optional.empty()));
  }

  @Override
  public void closed(String cluster, String id, Instant lastSeen, Instant at) {
    entries.computeIfPresent(
        id, (i, e) -> new Entry(e.incident(), e.report(), e.bundle(), Optional.of(at)));
  }

  @Override
  public List<String> clusters() {
    return open().isEmpty() ? List.of() : List.of(cluster);
  }

  @Override
  public void settle(Instant at) {
    settled = at;
    meanwhile.run();
  }
}
