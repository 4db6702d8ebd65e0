package io.bridgewatch.engine;

import io.bridgewatch.detect.WindowDetector;
import io.bridgewatch.diagnose.IncidentTracker;
import io.bridgewatch.diagnose.IncidentTracker.Turn;
import io.bridgewatch.model.Bundle;
import io.bridgewatch.model.FeedStatus;
import io.bridgewatch.model.Incident;
import io.bridgewatch.model.SituationReport;
import io.bridgewatch.ports.StoreException;
import io.bridgewatch.ports.Timekeeper;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Diagnoses every watched cluster again and again, and follows its incidents.
 *
 * <ol>
 *   <li>What was observed in the last while is put together as a recording ({@link LiveWindow}) and
 *       diagnosed as any other ({@link BundleDiagnosis}).
 *   <li>What is found is followed ({@link IncidentTracker}); what people should be told is written
 *       down with the recording that it rests on, so that it can be diagnosed again elsewhere.
 *   <li>A cluster out of hearing is left as it is: silence proves neither trouble nor its end. The
 *       incidents of one that is watched no more are closed, since nobody would see their end.
 * </ol>
 *
 * <p>One thread does it, one cluster after the other. What fails for one is recorded in its {@link
 * Status} and takes nothing else along.
 */
public final class LiveDiagnosis implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(LiveDiagnosis.class);

  /** How far back "now" reaches where it is asked whether something is still so. */
  private static final Duration LATELY = Duration.ofMinutes(5);

  private final Discoveries discoveries;
  private final LiveWindow windows;
  private final LiveSettings settings;
  private final IncidentBook book;
  private final Timekeeper clock;
  private final BundleDiagnosis diagnosis = new BundleDiagnosis();
  private final Map<String, IncidentTracker.State> followed = new HashMap<>();
  private final Map<String, Status> statuses = new ConcurrentSkipListMap<>();
  private volatile Optional<Timekeeper.Turns> turns = Optional.empty();

  private volatile boolean stopping;

  /** Nothing runs until {@link #start}; {@link #turn} can be called instead. */
  public LiveDiagnosis(
      Discoveries discoveries,
      DiscoveryStores stores,
      TelemetryStores telemetry,
      LogMining mining,
      LiveSettings settings,
      IncidentBook book,
      Timekeeper clock) {
    this.discoveries = discoveries;
    this.windows = new LiveWindow(stores, telemetry, mining, settings);
    this.settings = settings;
    this.book = book;
    this.clock = clock;
  }

  /**
   * The last diagnosis of a cluster.
   *
   * @param asOf the end of the window
   * @param took how long it took
   * @param series read, and so on
   * @param leftOut what was left out because a limit was reached
   * @param open incidents that are open
   * @param trouble why it could not be done; empty if it was
   */
  public record Status(
      String cluster,
      Instant asOf,
      Duration took,
      int series,
      int spans,
      int logs,
      int objects,
      List<Bundle.Rejection> leftOut,
      int open,
      Optional<String> trouble) {
    public Status {
      leftOut = List.copyOf(leftOut);
    }
  }

  public void start() {
    turns = Optional.of(clock.every("live-diagnosis", settings.every(), this::turnAndPause));
  }

  /** Takes a turn, which may take long, and tells the pause until the next. */
  Duration turnAndPause() {
    long began = clock.nanos();
    turn();
    var took = Duration.ofNanos(clock.nanos() - began);
    var left = (isToBeConfirmed() ? settings.confirmAfter() : settings.every()).minus(took);
    return left.compareTo(settings.pause()) > 0 ? left : settings.pause();
  }

  /** Whether something was found that waits for being found again. */
  private synchronized boolean isToBeConfirmed() {
    return followed.values().stream()
        .flatMap(state -> state.followed().stream())
        .anyMatch(one -> !one.isOpen());
  }

  /** By the clusters' names. */
  public List<Status> statuses() {
    return List.copyOf(statuses.values());
  }

  /** Diagnoses each cluster once. */
  public synchronized void turn() {
    for (Discovery.Snapshot snapshot : discoveries.snapshots()) {
      if (stopping) {
        return;
      }
      if (snapshot.status().state() == FeedStatus.State.LIVE) {
        diagnose(snapshot);
      }
    }
    var watched = discoveries.snapshots().stream().map(Discovery.Snapshot::cluster).toList();
    statuses.keySet().retainAll(watched);
    followed.keySet().retainAll(watched);
    windows.retain(watched);
    settle(watched, clock.instant());
  }

  private void settle(List<String> watched, Instant now) {
    try {
      for (String cluster : book.clusters()) {
        if (!watched.contains(cluster)) {
          for (IncidentTracker.Followed one : book.open(cluster)) {
            LOG.info("{} is watched no more: incident {} closed", cluster, one.id());
            book.closed(cluster, one.id(), one.lastSeen(), now);
          }
        }
      }
      book.settle(now);
    } catch (RuntimeException e) {
      LOG.error("cannot write incidents; it is tried again in {}", settings.every(), e);
    }
  }

  private void diagnose(Discovery.Snapshot snapshot) {
    String cluster = snapshot.cluster();
    Instant now = clock.instant();
    try {
      Bundle bundle = window(snapshot, now);
      BundleDiagnosis.Look look = diagnosis.look(bundle);
      int open = follow(cluster, look, bundle, now);
      statuses.put(
          cluster,
          new Status(
              cluster,
              now,
              Duration.between(now, clock.instant()),
              bundle.series().size(),
              bundle.spans().size(),
              bundle.logs().size(),
              bundle.objects().size(),
              bundle.rejections(),
              open,
              Optional.empty()));
    } catch (StoreException e) {
      LOG.error("cannot diagnose {}; it is tried again in {}", cluster, settings.every(), e);
      failed(cluster, now, String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      LOG.error("the diagnosis of {} failed", cluster, e);
      failed(cluster, now, "this is a fault of Bridgewatch: " + e + "; the log has more");
    }
  }

  private void failed(String cluster, Instant now, String why) {
    statuses.put(
        cluster,
        new Status(
            cluster,
            now,
            Duration.between(now, clock.instant()),
            0,
            0,
            0,
            0,
            List.of(),
            state(cluster).followed().size(),
            Optional.of(why)));
  }

  private Bundle window(Discovery.Snapshot snapshot, Instant now) {
    String cluster = snapshot.cluster();
    var recent =
        discoveries
            .discovery(cluster)
            .map(discovery -> discovery.recent(now))
            .orElseGet(() -> new RecentObjects.Recent(now, Map.of(), List.of()));
    var kinds = snapshot.kinds().stream().flatMap(kind -> kind.kind().stream()).toList();
    return windows.of(cluster, snapshot.topology(), kinds, recent, now);
  }

  /** How many are open then. */
  private int follow(String cluster, BundleDiagnosis.Look look, Bundle bundle, Instant now) {
    SituationReport report = look.report();
    var step =
        IncidentTracker.step(
            state(cluster),
            now,
            report.incidents(),
            incident -> isFelt(incident, look.seen(), now),
            settings.incidents());
    for (Turn turn : step.turns()) {
      switch (turn) {
        case Turn.Opened(var id, var incident) -> {
          LOG.info("{}: incident {} opened", cluster, id);
          book.told(cluster, id, incident, report, bundle, now);
        }
        case Turn.Updated(var id, var incident) ->
            book.told(cluster, id, incident, report, bundle, now);
        case Turn.Closed(var id, var lastSeen) -> {
          LOG.info("{}: incident {} closed", cluster, id);
          book.closed(cluster, id, lastSeen, now);
        }
      }
    }
    followed.put(cluster, step.state()); // only now: what could not be written is told again
    return Math.toIntExact(
        step.state().followed().stream().filter(IncidentTracker.Followed::isOpen).count());
  }

  /** Whether one of the things that users felt is no better now. */
  private static boolean isFelt(Incident incident, WindowDetector seen, Instant now) {
    return incident.symptoms().stream()
        .anyMatch(symptom -> seen.lasts(symptom.finding(), now.minus(LATELY)));
  }

  private IncidentTracker.State state(String cluster) {
    return followed.computeIfAbsent(cluster, name -> new IncidentTracker.State(book.open(name)));
  }

  /** Ends after the diagnosis under way: an interrupt would close files that others read. */
  @Override
  public void close() {
    stopping = true;
    if (turns.isPresent() && !turns.get().end(Duration.ofMinutes(1))) {
      LOG.warn("a diagnosis did not end within a minute");
    }
  }
}
