package io.bridgewatch.hub;

import io.bridgewatch.model.KubernetesObject;
import io.bridgewatch.ports.ScalingStore;
import io.bridgewatch.ports.ScalingStore.Note;
import io.bridgewatch.ports.ScalingStore.NoteKind;
import io.bridgewatch.ports.ScalingStore.NoteQuery;
import io.bridgewatch.scale.HpaRules;
import io.bridgewatch.scale.LearnedPolicy;
import io.bridgewatch.scale.LearnedPolicyDocument;
import io.bridgewatch.scale.PolicyStudy;
import io.bridgewatch.scale.ScaleTarget;
import io.bridgewatch.scale.scenario.BusinessCalendar;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** The policies that were learned, one for each workload: the last. */
@Component
final class ScalingLearned {

  private static final Logger LOG = LoggerFactory.getLogger(ScalingLearned.class);
  private static final int MOST = 10_000;

  private final ScalingStore store;
  private final JsonMapper json;
  private final BusinessCalendars calendars;
  private final Map<Key, Learned> read = new ConcurrentHashMap<>();

  ScalingLearned(ScalingStore store, JsonMapper json, BusinessCalendars calendars) {
    this.store = store;
    this.json = json;
    this.calendars = calendars;
  }

  private record Key(String cluster, ScaleTarget target) {}

  /**
   * What was learned of a workload.
   *
   * @param at when
   * @param calendar that the policy follows; empty where none is set
   */
  record Learned(
      String cluster,
      ScaleTarget target,
      Instant at,
      LearnedPolicy policy,
      Document document,
      Optional<BusinessCalendar> calendar) {}

  /**
   * As it is kept.
   *
   * @param policy as {@link LearnedPolicyDocument} writes it
   * @param completeness share of the steps in which a signal was seen, by signal
   * @param capacityFrom how the capacity is known
   * @param startFrom how the start time is known
   * @param calibration what the history tells of the plant
   * @param triggers which metrics may trigger scaling; absent where an earlier release learned
   * @param rows policies that were compared, the learned one first
   * @param load of the stretch that the rows' courses are of
   * @param scenarios what is kept for kinds of days and events; absent where nothing is known
   * @param inForceUnknown why the autoscaler in force is not among the rows; empty if it is, or
   *     there is none
   */
  record Document(
      String user,
      Instant from,
      Instant to,
      Map<String, @Nullable Object> policy,
      Map<String, Double> completeness,
      ScalingLearningApi.CapacityFrom capacityFrom,
      ScalingLearningApi.StartFrom startFrom,
      ScalingLearningApi.ScalingCalibrationShown calibration,
      ScalingLearningApi.@Nullable ScalingTriggers triggers,
      List<Row> rows,
      Instant loadStart,
      List<@Nullable Double> load,
      ScalingLearningApi.@Nullable ScalingScenarios scenarios,
      String inForceUnknown) {}

  record Row(
      PolicyStudy.Kind kind,
      String name,
      Map<String, @Nullable Object> effect,
      List<Integer> replicas,
      List<Integer> ready) {

    static Row of(PolicyStudy.Row row) {
      return new Row(
          row.kind(),
          row.name(),
          LearnedPolicyDocument.effect(row.effect()),
          Arrays.stream(row.course().replicas()).boxed().toList(),
          Arrays.stream(row.course().ready()).boxed().toList());
    }
  }

  static String workload(ScaleTarget target) {
    return target.kind() + "/" + target.name();
  }

  private static NoteQuery query(String cluster, ScaleTarget target, Instant before) {
    return new NoteQuery(
        NoteKind.LEARNED,
        Optional.of(cluster),
        Optional.of(target.namespace()),
        Optional.of(workload(target)),
        Instant.EPOCH,
        before,
        1);
  }

  /** Keeps what was learned in the place of what was known before. */
  void keep(String cluster, ScaleTarget target, Instant at, Document document) {
    store.keep(
        new Note(
            NoteKind.LEARNED,
            cluster,
            target.namespace(),
            workload(target),
            at,
            json.writeValueAsString(document)));
    store.forget(query(cluster, target, at));
  }

  /** Empty if nothing was learned of it, or what was cannot be read by this release. */
  Optional<Learned> of(String cluster, ScaleTarget target) {
    return store.notes(query(cluster, target, Instant.MAX)).stream()
        .findFirst()
        .flatMap(this::read);
  }

  /** All that was learned and can be read, the newest first. */
  List<Learned> all() {
    return store
        .notes(
            new NoteQuery(
                NoteKind.LEARNED,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Instant.EPOCH,
                Instant.MAX,
                MOST))
        .stream()
        .flatMap(note -> read(note).stream())
        .toList();
  }

  private Optional<Learned> read(Note note) {
    int slash = note.workload().indexOf('/');
    var target =
        new ScaleTarget(
            "apps/v1",
            note.workload().substring(0, slash),
            note.namespace(),
            note.workload().substring(slash + 1));
    var key = new Key(note.cluster(), target);
    var known = read.get(key);
    Optional<BusinessCalendar> calendar = calendars.set();
    if (known != null && known.at().equals(note.time()) && known.calendar().equals(calendar)) {
      return Optional.of(known);
    }
    try {
      var document = json.readValue(note.document(), Document.class);
      var learned =
          new Learned(
              note.cluster(), target, note.time(), policy(document, calendar), document, calendar);
      read.put(key, learned);
      return Optional.of(learned);
    } catch (IllegalArgumentException | JacksonException | HubProblem e) {
      LOG.error("cannot read what was learned of {} in {}; learn it again", target, key.cluster, e);
      return Optional.empty();
    }
  }

  private static LearnedPolicy policy(Document document, Optional<BusinessCalendar> calendar) {
    LearnedPolicy policy = LearnedPolicyDocument.read(document.policy());
    var scenarios = document.scenarios();
    if (scenarios == null) {
      return policy;
    }
    var floors = ScalingScenarioForms.floors(scenarios, calendar);
    LearnedPolicy told = policy.by(floors.days());
    return scenarios.used() ? told.keeping(floors) : told;
  }

  /** By which labels the external metric of a workload is chosen. */
  static Map<String, String> labels(ScaleTarget target) {
    return new TreeMap<>(Map.of("kind", target.kind(), "workload", target.name()));
  }

  /** The rules of the autoscaler that a learned policy is. */
  static KubernetesObject rules(ScaleTarget target, LearnedPolicy policy) {
    return HpaRules.of(policy.hpa(), labels(target));
  }
}
