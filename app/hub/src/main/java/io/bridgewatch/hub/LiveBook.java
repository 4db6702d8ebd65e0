package io.bridgewatch.hub;

import io.bridgewatch.adapter.bundle.IncidentBundleWriter;
import io.bridgewatch.diagnose.IncidentTracker;
import io.bridgewatch.engine.IncidentBook;
import io.bridgewatch.model.Bundle;
import io.bridgewatch.model.Incident;
import io.bridgewatch.model.SituationReport;
import io.bridgewatch.ports.BundleArchive;
import io.bridgewatch.ports.IncidentStore;
import io.bridgewatch.ports.LiveIncidentStore;
import io.bridgewatch.ports.StoreException;
import io.bridgewatch.ports.StoredIncident;
import jakarta.annotation.PreDestroy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Writes down the incidents of clusters that are watched, each with the recording it rests on.
 *
 * <p>What people read is written at once. The recording, which is much larger, is written when an
 * incident opens and when it closes, and for an update at most every two minutes; until then it
 * waits in memory. At most {@value #MOST_WAITING} recordings wait: a further one is written at
 * once. After a crash the recording of an incident may thus be two minutes older than what is read
 * of it; the next diagnosis that finds the incident brings them together.
 *
 * <p>Those that were closed are forgotten as {@link LiveRecordings} says.
 */
@Component(LiveBook.NAME)
final class LiveBook implements IncidentBook {

  static final String NAME = "liveBook";
  static final Duration BETWEEN_RECORDINGS = Duration.ofMinutes(2);
  static final int MOST_WAITING = 4;

  private final LiveIncidentStore store;
  private final IncidentStore incidents;
  private final KeptRecordings recordings;
  private final StoredForms forms;
  private final Path folder;

  /** By incident. */
  private final Map<String, Waiting> waiting = new HashMap<>();

  /** The recording that was written last in this turn; several incidents may rest on it. */
  private @Nullable Written written;

  LiveBook(
      LiveIncidentStore store,
      IncidentStore incidents,
      KeptRecordings recordings,
      StoredForms forms,
      HubOptions options) {
    this.store = store;
    this.incidents = incidents;
    this.recordings = recordings;
    this.forms = forms;
    this.folder = options.dataDir().resolve("uploads");
  }

  /** What a diagnosis found, with the recording that it found it in. */
  private record Found(Incident incident, SituationReport report, Bundle bundle) {}

  /**
   * @param due when its recording may be written
   */
  private record Waiting(Found found, Instant due) {}

  private record Written(Bundle bundle, String digest) {}

  @Override
  public synchronized List<IncidentTracker.Followed> open(String cluster) {
    return store.open(cluster).stream()
        .flatMap(
            open ->
                open.head().live().stream()
                    .map(
                        live ->
                            new IncidentTracker.Followed(
                                open.head().id(),
                                live.openedAt(),
                                live.lastSeenAt(),
                                0,
                                0,
                                true,
                                open.about(),
                                Optional.empty())))
        .toList();
  }

  @Override
  public List<String> clusters() {
    return store.clusters();
  }

  @Override
  public synchronized void told(
      String cluster,
      String id,
      Incident incident,
      SituationReport report,
      Bundle bundle,
      Instant at) {
    var found = new Found(named(incident, id), report, bundle);
    var before = live(id);
    var live =
        new StoredIncident.Live(
            cluster,
            before.flatMap(StoredIncident.Head::live).map(StoredIncident.Live::openedAt).orElse(at),
            at,
            at,
            Optional.empty());
    if (before.isPresent() && before.get().status() == StoredIncident.Status.OPEN) {
      var rests = before.get();
      var due = rests.importedAt().plus(BETWEEN_RECORDINGS);
      if (at.isBefore(due) && mayWait(id, bundle)) {
        put(found, rests.archive(), rests.importedAt(), live, Optional.empty());
        waiting.put(id, new Waiting(found, due));
        return;
      }
    }
    writeDown(found, live, at);
  }

  private static Incident named(Incident found, String id) {
    return new Incident(
        id,
        found.onset(),
        found.symptoms(),
        found.causes(),
        found.ruledOut(),
        found.insufficientEvidence(),
        found.timeline(),
        found.map());
  }

  private Optional<StoredIncident.Head> live(String id) {
    return incidents.incident(id).map(StoredIncident::head).filter(head -> head.live().isPresent());
  }

  private boolean mayWait(String id, Bundle bundle) {
    var held = Collections.<Bundle>newSetFromMap(new IdentityHashMap<>());
    waiting.forEach(
        (incident, one) -> {
          if (!incident.equals(id)) {
            held.add(one.found().bundle());
          }
        });
    held.add(bundle);
    return held.size() <= MOST_WAITING;
  }

  @Override
  public synchronized void closed(String cluster, String id, Instant lastSeen, Instant at) {
    recordWaiting(id, at);
    store.close(id, lastSeen, at);
  }

  @Override
  public synchronized void settle(Instant at) {
    written = null;
    for (var one : List.copyOf(waiting.entrySet())) {
      if (!at.isBefore(one.getValue().due())) {
        recordWaiting(one.getKey(), at);
      }
    }
    written = null;
  }

  /** Writes the recordings that wait still. */
  @PreDestroy
  synchronized void close() {
    for (var one : List.copyOf(waiting.entrySet())) {
      recordWaiting(one.getKey(), one.getValue().due());
    }
  }

  private void recordWaiting(String id, Instant at) {
    var one = waiting.get(id);
    if (one != null) {
      var live = live(id).flatMap(StoredIncident.Head::live);
      if (live.isPresent()) {
        writeDown(one.found(), live.get(), at);
      }
      waiting.remove(id);
    }
  }

  /** Writes an incident with the recording that it was found in. */
  private void writeDown(Found found, StoredIncident.Live live, Instant at) {
    String id = found.incident().id();
    var before = written;
    if (before != null && before.bundle() == found.bundle()) {
      put(found, before.digest(), at, live, Optional.empty());
    } else {
      var file = folder.resolve(UUID.randomUUID() + ".tar.gz");
      try {
        IncidentBundleWriter.write(found.bundle(), file);
        var kept = recordings.keep(file, file.toString(), it -> putRecorded(found, it, live, at));
        written = new Written(found.bundle(), kept.digest());
      } catch (IOException e) {
        throw new StoreException(
            "cannot keep the recording of incident " + id + ": " + e.getMessage(), e);
      } finally {
        delete(file);
      }
    }
    waiting.remove(id);
  }

  private BundleArchive.Kept putRecorded(
      Found found, BundleArchive.Kept kept, StoredIncident.Live live, Instant at) {
    var bundle = forms.bundle(found.bundle(), found.report(), kept.digest(), kept.sizeBytes(), at);
    var recording = new LiveIncidentStore.Recording(bundle, forms.reports(found.report()));
    put(found, kept.digest(), at, live, Optional.of(recording));
    return kept;
  }

  private void put(
      Found found,
      String digest,
      Instant recordedAt,
      StoredIncident.Live live,
      Optional<LiveIncidentStore.Recording> recording) {
    var incident =
        forms.incident(found.incident(), found.bundle(), digest, recordedAt, Optional.of(live));
    store
        .put(incident, IncidentTracker.about(found.incident()), recording)
        .forEach(recordings::removeUnlessNeeded);
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new StoreException("cannot delete " + file, e);
    }
  }
}
