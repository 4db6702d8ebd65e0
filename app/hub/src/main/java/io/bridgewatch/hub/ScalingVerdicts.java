package io.bridgewatch.hub;

import io.bridgewatch.hub.LiveClusters.Live;
import io.bridgewatch.hub.ScalingLearned.Learned;
import io.bridgewatch.model.Change;
import io.bridgewatch.model.Happening;
import io.bridgewatch.ports.Chronicle;
import io.bridgewatch.ports.PageRequest;
import io.bridgewatch.ports.QueryTimeoutException;
import io.bridgewatch.ports.QueryTooWideException;
import io.bridgewatch.ports.ScalingStore;
import io.bridgewatch.ports.ScalingStore.Note;
import io.bridgewatch.ports.ScalingStore.NoteKind;
import io.bridgewatch.ports.ScalingStore.NoteQuery;
import io.bridgewatch.ports.StoreException;
import io.bridgewatch.scale.LearnedPolicyDocument;
import io.bridgewatch.scale.Promotion;
import io.bridgewatch.scale.ScaleTarget;
import io.bridgewatch.scale.ScalingVerdict;
import io.bridgewatch.scale.ScalingVerdict.By;
import io.bridgewatch.scale.ScalingVerdict.Event;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Judges each change of the replicas of workloads whose plant is known, some minutes after it, and
 * keeps the verdicts. Changes and who made them are those of the cluster's history.
 */
@Component
final class ScalingVerdicts {

  private static final Logger LOG = LoggerFactory.getLogger(ScalingVerdicts.class);

  /** What could not be judged until then is not judged any more. */
  private static final Duration LATEST = Duration.ofHours(2);

  private static final Duration STEP = Duration.ofMinutes(1);
  private static final int MOST = 10_000;
  private static final int MOST_EVENTS = 500;

  private static final Pattern REPLICAS = Pattern.compile(".* replicas (\\d+) -> (\\d+)");

  /** Parts of names by which people's tools write. */
  private static final List<String> PEOPLE = List.of("kubectl", "mozilla", "k9s", "lens");

  private final ScalingLearned learned;
  private final ScalingHistories histories;
  private final LiveClusters clusters;
  private final Chronicle chronicle;
  private final ScalingStore store;
  private final JsonMapper json;
  private final InstantSource clock;

  ScalingVerdicts(
      ScalingLearned learned,
      ScalingHistories histories,
      ClusterParts parts,
      ScalingStore store,
      JsonMapper json,
      InstantSource clock) {
    this.learned = learned;
    this.histories = histories;
    this.clusters = parts.watch();
    this.chronicle = parts.chronicle();
    this.store = store;
    this.json = json;
    this.clock = clock;
  }

  /** As it is kept. */
  record Document(
      int from,
      int to,
      By by,
      String who,
      boolean needed,
      boolean inTime,
      boolean enough,
      boolean reverted,
      Map<String, @Nullable Object> with,
      Map<String, @Nullable Object> without) {

    boolean good() {
      return needed && inTime && enough && !reverted;
    }
  }

  /** A verdict and of when. */
  record Judged(Note note, Document document) {}

  /** Judges what can be judged by now and was not. */
  void turn() {
    for (Learned one : learned.all()) {
      var live = clusters.find(one.cluster());
      if (live.isPresent()) {
        try {
          judge(live.get(), one);
        } catch (QueryTooWideException | QueryTimeoutException | StoreException e) {
          LOG.warn("changes of {} in {} cannot be judged", one.target(), one.cluster(), e);
        }
      }
    }
  }

  private void judge(Live live, Learned one) {
    var now = clock.instant();
    var plant = one.policy().plant();
    var events = events(live, one.target(), now.minus(LATEST), now);
    for (Event event : events) {
      if (due(event, one).isAfter(now) || isKnown(one, event)) {
        continue;
      }
      var recording =
          histories.read(
              histories.subject(live, one.target()),
              ScalingVerdict.seenFrom(event).minus(STEP),
              due(event, one),
              STEP);
      ScalingVerdict.of(event, recording, plant, events).ifPresent(verdict -> keep(one, verdict));
    }
  }

  /** The last step that counts must be over. */
  private static Instant due(Event event, Learned one) {
    return ScalingVerdict.judgedAt(event, one.policy().plant()).plus(STEP);
  }

  private boolean isKnown(Learned one, Event event) {
    var at = event.time();
    return !store.notes(query(one.cluster(), one.target(), at, at.plusMillis(1), 1)).isEmpty();
  }

  private static NoteQuery query(
      String cluster, ScaleTarget target, Instant from, Instant to, int most) {
    return new NoteQuery(
        NoteKind.VERDICT,
        Optional.of(cluster),
        Optional.of(target.namespace()),
        Optional.of(ScalingLearned.workload(target)),
        from,
        to,
        most);
  }

  private void keep(Learned one, ScalingVerdict verdict) {
    var event = verdict.event();
    store.keep(
        new Note(
            NoteKind.VERDICT,
            one.cluster(),
            one.target().namespace(),
            ScalingLearned.workload(one.target()),
            event.time(),
            json.writeValueAsString(
                new Document(
                    event.from(),
                    event.to(),
                    event.by(),
                    event.who(),
                    verdict.needed(),
                    verdict.inTime(),
                    verdict.enough(),
                    verdict.reverted(),
                    LearnedPolicyDocument.effect(verdict.with()),
                    LearnedPolicyDocument.effect(verdict.without())))));
  }

  /** Changes of the replicas in the cluster's history, oldest first. */
  private List<Event> events(Live live, ScaleTarget target, Instant from, Instant to) {
    var part =
        chronicle.find(
            new Chronicle.Query(
                live.name(),
                from,
                to,
                Optional.of(Set.of(ScalingCluster.ref(live.name(), target))),
                ScalingVerdicts::isOfReplicas,
                PageRequest.first(PageRequest.LARGEST)));
    var events = new ArrayList<Event>();
    for (Happening one : part.items()) {
      event((Happening.Changed) one).ifPresent(events::addFirst);
    }
    return events.size() > MOST_EVENTS ? events.subList(0, MOST_EVENTS) : events;
  }

  private static boolean isOfReplicas(Happening happening) {
    return happening instanceof Happening.Changed changed
        && (changed.change().kind() == Change.Kind.SCALE
            || changed.change().kind() == Change.Kind.HPA);
  }

  private static Optional<Event> event(Happening.Changed changed) {
    Matcher replicas = REPLICAS.matcher(changed.change().summary());
    if (!replicas.matches()) {
      return Optional.empty();
    }
    try {
      int from = Integer.parseInt(replicas.group(1));
      int to = Integer.parseInt(replicas.group(2));
      String who =
          changed.user().isEmpty()
              ? (changed.manager().isEmpty() ? changed.change().author() : changed.manager())
              : changed.user();
      return from == to
          ? Optional.empty()
          : Optional.of(
              new Event(changed.time().truncatedTo(ChronoUnit.MILLIS), from, to, by(changed), who));
    } catch (NumberFormatException tooMany) {
      return Optional.empty();
    }
  }

  private static By by(Happening.Changed changed) {
    if (changed.change().kind() == Change.Kind.HPA) {
      return By.AUTOSCALER;
    }
    String with = (changed.manager() + " " + changed.change().author()).toLowerCase(Locale.ROOT);
    boolean machine = changed.user().startsWith("system:");
    return !machine && PEOPLE.stream().anyMatch(with::contains) ? By.PERSON : By.OTHER;
  }

  // Asking

  /**
   * Verdicts on a workload, the newest first.
   *
   * @param from inclusive
   * @param to exclusive
   */
  List<Judged> of(String cluster, ScaleTarget target, Instant from, Instant to, int most) {
    var found = new ArrayList<Judged>();
    for (Note note : store.notes(query(cluster, target, from, to, most))) {
      try {
        found.add(new Judged(note, json.readValue(note.document(), Document.class)));
      } catch (JacksonException e) {
        LOG.error("cannot read a verdict on {} of {}", target, note.time(), e);
      }
    }
    return found;
  }

  /**
   * A change that is not judged yet.
   *
   * @param due when it can be, if its load was seen by then
   */
  record Waiting(Event event, Instant due) {}

  /**
   * Changes that wait for their verdict, the newest first; none of a workload of which no policy
   * was learned.
   */
  List<Waiting> waiting(Live live, ScaleTarget target) {
    Optional<Learned> one = learned.of(live.name(), target);
    if (one.isEmpty()) {
      return List.of();
    }
    var now = clock.instant();
    return events(live, target, now.minus(LATEST), now).reversed().stream()
        .filter(event -> !isKnown(one.get(), event))
        .map(event -> new Waiting(event, due(event, one.get())))
        .toList();
  }

  /** Verdicts on what autoscalers did since then. */
  Promotion.Verdicts counted(String cluster, ScaleTarget target, Instant since) {
    var all =
        of(cluster, target, since, Instant.MAX, MOST).stream()
            .map(Judged::document)
            .filter(one -> one.by() == By.AUTOSCALER)
            .toList();
    return new Promotion.Verdicts(
        all.size(),
        (int) all.stream().filter(Document::good).count(),
        (int) all.stream().filter(Document::reverted).count());
  }
}
