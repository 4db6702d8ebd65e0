package io.bridgewatch.hub;

import io.bridgewatch.hub.LiveClusters.Live;
import io.bridgewatch.hub.ScalingLearned.Learned;
import io.bridgewatch.ports.QueryTimeoutException;
import io.bridgewatch.ports.QueryTooWideException;
import io.bridgewatch.ports.ScalingStore;
import io.bridgewatch.ports.ScalingStore.Note;
import io.bridgewatch.ports.ScalingStore.NoteKind;
import io.bridgewatch.ports.ScalingStore.NoteQuery;
import io.bridgewatch.ports.StoreException;
import io.bridgewatch.scale.LearnedPolicyDocument;
import io.bridgewatch.scale.ScalingDay;
import io.bridgewatch.topology.Owners;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Sums up each day (of UTC) of each workload that was learned, while its metrics are still kept, so
 * that months can be told of later. One day of one workload a turn.
 */
@Component
final class ScalingDays {

  private static final Logger LOG = LoggerFactory.getLogger(ScalingDays.class);

  /** Days back that are looked at, within the usual retention of metrics. */
  private static final int LOOK_BACK_DAYS = 6;

  private static final Duration STEP = Duration.ofMinutes(1);
  private static final Duration WARM_UP = Duration.ofHours(2);
  private static final int MOST = 100_000;

  private final ScalingLearned learned;
  private final ScalingHistories histories;
  private final ScalingVerdicts verdicts;
  private final LiveClusters clusters;
  private final ScalingStore store;
  private final JsonMapper json;
  private final InstantSource clock;

  ScalingDays(
      ScalingLearned learned,
      ScalingHistories histories,
      ScalingVerdicts verdicts,
      ClusterParts parts,
      ScalingStore store,
      JsonMapper json,
      InstantSource clock) {
    this.learned = learned;
    this.histories = histories;
    this.verdicts = verdicts;
    this.clusters = parts.watch();
    this.store = store;
    this.json = json;
    this.clock = clock;
  }

  /**
   * As it is kept; effects are null where too little of the day was seen.
   *
   * @param application empty if it is not known
   * @param events changes of the replicas that were judged; of these so many were needed, in time,
   *     enough, reverted by a person, and good, which is all of it but reverted
   */
  record Document(
      String application,
      double seen,
      @Nullable Map<String, @Nullable Object> was,
      @Nullable Map<String, @Nullable Object> usual,
      @Nullable Map<String, @Nullable Object> constant,
      int constantReplicas,
      int events,
      int needed,
      int inTime,
      int enough,
      int reverted,
      int good) {}

  record Day(Note note, Document document) {}

  /** Sums up one day that is over and was not summed up. */
  void turn() {
    var today = clock.instant().truncatedTo(ChronoUnit.DAYS);
    for (Learned one : learned.all()) {
      var live = clusters.find(one.cluster());
      for (int back = LOOK_BACK_DAYS; live.isPresent() && back >= 1; back--) {
        var day = today.minus(Duration.ofDays(back));
        if (!isKnown(one, day)) {
          try {
            keep(live.get(), one, day);
          } catch (QueryTooWideException | QueryTimeoutException | StoreException e) {
            LOG.warn("{} of {} in {} cannot be summed up", day, one.target(), one.cluster(), e);
          }
          return;
        }
      }
    }
  }

  private boolean isKnown(Learned one, Instant day) {
    return !store
        .notes(
            new NoteQuery(
                NoteKind.DAY,
                Optional.of(one.cluster()),
                Optional.of(one.target().namespace()),
                Optional.of(ScalingLearned.workload(one.target())),
                day,
                day.plusMillis(1),
                1))
        .isEmpty();
  }

  private void keep(Live live, Learned one, Instant day) {
    var end = day.plus(Duration.ofDays(1));
    var recording =
        histories.read(histories.subject(live, one.target()), day.minus(WARM_UP), end, STEP);
    int from = (int) (WARM_UP.toSeconds() / STEP.toSeconds());
    var judged =
        verdicts.of(one.cluster(), one.target(), day, end, MOST).stream()
            .map(ScalingVerdicts.Judged::document)
            .toList();
    var summed =
        ScalingDay.of(recording, one.policy().plant(), one.policy().rules().maxReplicas(), from);
    store.keep(
        new Note(
            NoteKind.DAY,
            one.cluster(),
            one.target().namespace(),
            ScalingLearned.workload(one.target()),
            day,
            json.writeValueAsString(
                new Document(
                    application(live, one),
                    summed.map(ScalingDay::seen).orElse(0.0),
                    summed.map(s -> LearnedPolicyDocument.effect(s.was())).orElse(null),
                    summed.map(s -> LearnedPolicyDocument.effect(s.usual())).orElse(null),
                    summed.map(s -> LearnedPolicyDocument.effect(s.constant())).orElse(null),
                    summed.map(ScalingDay::constantReplicas).orElse(0),
                    judged.size(),
                    count(judged, ScalingVerdicts.Document::needed),
                    count(judged, ScalingVerdicts.Document::inTime),
                    count(judged, ScalingVerdicts.Document::enough),
                    count(judged, ScalingVerdicts.Document::reverted),
                    count(judged, ScalingVerdicts.Document::good)))));
  }

  private static int count(
      List<ScalingVerdicts.Document> judged, Predicate<ScalingVerdicts.Document> that) {
    return (int) judged.stream().filter(that).count();
  }

  private static String application(Live live, Learned one) {
    return live.topology()
        .entity(ScalingCluster.ref(live.name(), one.target()))
        .flatMap(entity -> Owners.application(live.topology(), entity))
        .orElse("");
  }

  /** The days from one, inclusive, to another, exclusive; of all clusters unless one is named. */
  List<Day> between(
      Instant from, Instant to, Optional<String> cluster, Optional<String> namespace) {
    var days = new ArrayList<Day>();
    for (Note note :
        store.notes(
            new NoteQuery(NoteKind.DAY, cluster, namespace, Optional.empty(), from, to, MOST))) {
      try {
        days.add(new Day(note, json.readValue(note.document(), Document.class)));
      } catch (JacksonException e) {
        LOG.error("cannot read the day {} of {}", note.time(), note.workload(), e);
      }
    }
    return days;
  }
}
