package io.bridgewatch.hub;

import io.bridgewatch.hub.LiveClusters.Live;
import io.bridgewatch.hub.ScalingLearned.Learned;
import io.bridgewatch.hub.ScalingPolicies.Known;
import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.EntityRef;
import io.bridgewatch.model.KubernetesObject;
import io.bridgewatch.model.MetricKind;
import io.bridgewatch.model.SampleBatch;
import io.bridgewatch.model.SeriesKey;
import io.bridgewatch.ports.MetricStore;
import io.bridgewatch.ports.ObjectStore;
import io.bridgewatch.ports.QueryTimeoutException;
import io.bridgewatch.ports.QueryTooWideException;
import io.bridgewatch.ports.ScalingStore;
import io.bridgewatch.ports.ScalingStore.Note;
import io.bridgewatch.ports.ScalingStore.NoteKind;
import io.bridgewatch.ports.ScalingStore.NoteQuery;
import io.bridgewatch.ports.StoreException;
import io.bridgewatch.scale.Backtest;
import io.bridgewatch.scale.HpaDecision;
import io.bridgewatch.scale.HpaObservation;
import io.bridgewatch.scale.HpaPod;
import io.bridgewatch.scale.HpaPods;
import io.bridgewatch.scale.HpaSettings;
import io.bridgewatch.scale.HpaSpec;
import io.bridgewatch.scale.LoadTrace;
import io.bridgewatch.scale.Promotion;
import io.bridgewatch.scale.RecordedReplicas;
import io.bridgewatch.scale.ScaleTarget;
import io.bridgewatch.scale.ScalingEffect;
import io.bridgewatch.scale.ScalingMode;
import io.bridgewatch.scale.ShadowAutoscaler;
import io.bridgewatch.scale.ShadowMemory;
import io.bridgewatch.scale.WorkloadRecording.Signal;
import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Runs policies in mode Shadow beside what is in force: every {@link ScalingNeeds#EVERY} the
 * decision that their autoscaler would make on what is seen, by the controller's own arithmetic.
 *
 * <p>Each number is kept as a metric; a decision with its explanation only when it is another than
 * the last. Once an hour, and first when it has been in shadow for ten minutes, both are replayed
 * over the load since then: its autoscaler, and the replicas that were.
 */
@Component
final class ScalingShadows {

  private static final Logger LOG = LoggerFactory.getLogger(ScalingShadows.class);

  /** In the store of metrics: what the autoscaler in shadow would ask for. */
  static final String METRIC = "bridgewatch.scaling.shadow_replicas";

  private static final Duration FIRST_EFFECT = Duration.ofMinutes(10);
  private static final Duration EFFECT_EVERY = Duration.ofHours(1);
  private static final Duration LONGEST_EFFECT = Duration.ofDays(14);
  private static final int MOST = 10_000;

  private final ScalingPolicies policies;
  private final ScalingLearned learned;
  private final ScalingHistories histories;
  private final ScalingReadings readings;
  private final LiveClusters clusters;
  private final ObjectStore objects;
  private final MetricStore metrics;
  private final ScalingStore store;
  private final JsonMapper json;
  private final InstantSource clock;
  private final ShadowMemories memories;
  private final ShadowAutoscaler autoscaler = new ShadowAutoscaler(HpaSettings.standard());
  private final Map<Key, State> states = new ConcurrentHashMap<>();

  ScalingShadows(
      ScalingPolicies policies,
      ScalingLearned learned,
      ScalingHistories histories,
      ScalingReadings readings,
      ClusterParts parts,
      MetricStore metrics,
      ScalingStore store,
      ShadowMemories memories,
      JsonMapper json,
      InstantSource clock) {
    this.policies = policies;
    this.learned = learned;
    this.histories = histories;
    this.readings = readings;
    this.clusters = parts.watch();
    this.objects = parts.objects();
    this.metrics = metrics;
    this.store = store;
    this.memories = memories;
    this.json = json;
    this.clock = clock;
  }

  private record Key(String cluster, ScaleTarget target) {}

  /** What is known of a policy between two looks. */
  private static final class State {
    private volatile Known policy;
    private volatile Optional<ShadowMemory> memory;
    private Optional<ShadowMemory> kept;
    private Instant effectAt = Instant.EPOCH;
    private Optional<Effects> effects = Optional.empty();

    State(Known policy, Optional<ShadowMemory> kept) {
      this.policy = policy;
      this.memory = kept;
      this.kept = kept;
    }

    HpaSpec spec() {
      return policy.policy().spec();
    }

    /** Under other rules nothing of what it remembers counts. */
    void now(Known same) {
      if (!same.policy().spec().equals(spec())) {
        memory = Optional.empty();
        kept = Optional.empty();
      }
      policy = same;
    }
  }

  /** What its autoscaler and what was in force did, over the time it is in shadow. */
  record Effects(Instant from, Instant to, ScalingEffect own, ScalingEffect inForce) {}

  /** A decision and when it was made. */
  record Decided(Instant time, ShadowNote note) {}

  /** Looks once at each policy in shadow. */
  void turn() {
    var batch = SampleBatch.builder();
    var seen = new HashSet<Key>();
    for (Known policy : policies.all().known()) {
      var live = clusters.find(policy.cluster());
      if (policy.policy().mode() != ScalingMode.SHADOW || live.isEmpty()) {
        continue;
      }
      var key = new Key(policy.cluster(), policy.policy().target());
      seen.add(key);
      try {
        var state = states.computeIfAbsent(key, _ -> new State(policy, memories.of(policy)));
        state.now(policy);
        look(live.get(), policy, state, batch);
        effects(live.get(), policy, state);
      } catch (QueryTooWideException | QueryTimeoutException | StoreException e) {
        LOG.warn("{} in shadow cannot be decided", policy.policy().name(), e);
      }
    }
    states.keySet().retainAll(seen);
    if (batch.size() > 0) {
      metrics.append(batch.build());
    }
  }

  private void look(Live live, Known policy, State state, SampleBatch.Builder batch) {
    var target = policy.policy().target();
    Optional<KubernetesObject> workload =
        objects.find(live.name(), ScalingNeeds.resource(target), target.namespace(), target.name());
    if (workload.isEmpty()) {
      return;
    }
    var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    var pods = new ArrayList<HpaPod>();
    for (EntityRef pod : ScalingHistories.pods(live, target)) {
      objects
          .find(live.name(), "pods", target.namespace(), pod.name())
          .map(HpaPods::of)
          .ifPresent(pods::add);
    }
    int current = workload.get().number("spec", "replicas").orElse(1.0).intValue();
    int status = workload.get().number("status", "replicas").orElse((double) current).intValue();
    var spec = state.spec();
    var outcome =
        autoscaler.look(
            spec,
            new HpaObservation(now, current, status, pods, readings.of(live, target, spec, pods)),
            state.memory);
    HpaDecision decision = outcome.decision();
    boolean another =
        state.memory.isEmpty()
            || outcome.unseenSince().isPresent()
            || state.memory.get().wanted() != decision.replicas();
    state.memory = Optional.of(outcome.memory());
    if (ShadowMemories.isDue(state.kept, outcome.memory())) {
      memories.keep(policy, outcome.memory());
      state.kept = state.memory;
    }
    var of = histories.subject(live, target).resource();
    batch.add(
        new SeriesKey(of, METRIC, "{replica}", MetricKind.GAUGE, Attributes.none()),
        now.toEpochMilli(),
        decision.replicas());
    if (another) {
      keep(policy, now, ShadowNote.of(current, decision, outcome.unseenSince()));
    }
  }

  /** Keeps what was not yet, so that the next start goes on from the last look. */
  @PreDestroy
  void stop() {
    states
        .values()
        .forEach(state -> state.memory.ifPresent(memory -> memories.keep(state.policy, memory)));
  }

  private void keep(Known policy, Instant now, ShadowNote decision) {
    store.keep(
        new Note(
            NoteKind.SHADOW,
            policy.cluster(),
            policy.policy().target().namespace(),
            ScalingLearned.workload(policy.policy().target()),
            now,
            json.writeValueAsString(decision)));
  }

  private void effects(Live live, Known policy, State state) {
    var now = clock.instant();
    Optional<Learned> known = learned.of(policy.cluster(), policy.policy().target());
    if (known.isEmpty()
        || state.effectAt.plus(EFFECT_EVERY).isAfter(now)
        || policy.modeSince().plus(FIRST_EFFECT).isAfter(now)) {
      return;
    }
    state.effectAt = now;
    var model = known.get().policy();
    var step = Duration.ofSeconds(model.stepSeconds());
    Instant from =
        policy.modeSince().isBefore(now.minus(LONGEST_EFFECT))
            ? now.minus(LONGEST_EFFECT)
            : policy.modeSince();
    var recording =
        histories.read(histories.subject(live, policy.policy().target()), from, now, step);
    if (recording.steps() < 2 || !recording.has(Signal.REQUESTS)) {
      return;
    }
    LoadTrace load = recording.load();
    double[] asked = recording.of(recording.has(Signal.REPLICAS) ? Signal.REPLICAS : Signal.READY);
    int enough = Backtest.enough(load, model.plant());
    try {
      state.effects =
          Optional.of(
              new Effects(
                  recording.start(),
                  recording.end(),
                  Backtest.run(load, model.plant(), model.replayed(state.spec(), load, 0), enough),
                  Backtest.run(
                      load,
                      model.plant(),
                      new RecordedReplicas(asked, load.stepSeconds(), 0),
                      enough)));
    } catch (IllegalArgumentException e) {
      LOG.info("{} in shadow cannot be replayed: {}", policy.policy().name(), e.getMessage());
    }
  }

  // Asking

  /** Empty where its effect was not measured yet. */
  Optional<Promotion.Shadow> shadow(Known policy) {
    return effects(policy)
        .map(
            both ->
                new Promotion.Shadow(
                    notes(policy, policy.modeSince(), Instant.MAX, MOST).size(),
                    both.own(),
                    both.inForce()));
  }

  /** Empty where its effect was not measured yet, or it is in another mode. */
  Optional<Effects> effects(Known policy) {
    var state = states.get(new Key(policy.cluster(), policy.policy().target()));
    return state == null || policy.policy().mode() != ScalingMode.SHADOW
        ? Optional.empty()
        : state.effects;
  }

  /** Decisions on its workload before a time, whatever its mode is now; the newest first. */
  List<Decided> decided(Known policy, Instant before, int most) {
    var found = new ArrayList<Decided>();
    for (Note note : notes(policy, Instant.EPOCH, before, most)) {
      try {
        found.add(new Decided(note.time(), json.readValue(note.document(), ShadowNote.class)));
      } catch (JacksonException e) {
        LOG.error("cannot read a decision of {}", policy.policy().name(), e);
      }
    }
    return found;
  }

  private List<Note> notes(Known policy, Instant from, Instant to, int most) {
    return store.notes(
        new NoteQuery(
            NoteKind.SHADOW,
            Optional.of(policy.cluster()),
            Optional.of(policy.policy().target().namespace()),
            Optional.of(ScalingLearned.workload(policy.policy().target())),
            from,
            to,
            most));
  }
}
