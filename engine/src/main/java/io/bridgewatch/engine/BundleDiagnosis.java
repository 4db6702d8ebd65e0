package io.bridgewatch.engine;

import io.bridgewatch.detect.KubernetesStates;
import io.bridgewatch.detect.LogPatternSeries;
import io.bridgewatch.detect.MachineSigns;
import io.bridgewatch.detect.Metrics;
import io.bridgewatch.detect.WindowDetector;
import io.bridgewatch.diagnose.Diagnosis;
import io.bridgewatch.diagnose.Situation;
import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.Bundle;
import io.bridgewatch.model.Change;
import io.bridgewatch.model.Entity;
import io.bridgewatch.model.EntityRef;
import io.bridgewatch.model.Finding;
import io.bridgewatch.model.InsufficientEvidence.Missing;
import io.bridgewatch.model.KubernetesObject;
import io.bridgewatch.model.LogRecord;
import io.bridgewatch.model.Relation;
import io.bridgewatch.model.RelationType;
import io.bridgewatch.model.Series;
import io.bridgewatch.model.SituationReport;
import io.bridgewatch.model.Topology;
import io.bridgewatch.model.WatchEvent;
import io.bridgewatch.model.Window;
import io.bridgewatch.topology.KubernetesChanges;
import io.bridgewatch.topology.KubernetesTopology;
import io.bridgewatch.topology.TelemetryTopology;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Runs resolve, detect and diagnose once over a recorded incident. Stateless; safe to share.
 *
 * <p>The moment at which something began is looked for: near the time of a report where there is
 * one, else over the whole window. It is the moment from which one component is most suspicious.
 */
public final class BundleDiagnosis {

  private static final String ENGINE = "bridgewatch-window/1";
  private static final int MOMENTS = 24;
  private static final int LOOK_BACK = 5;
  private static final Duration LOOK_BACK_STEP = Duration.ofMinutes(1);

  /** How much more suspicious an earlier moment has to be than the one that was reported. */
  private static final double TRUST_IN_REPORT = 1.2;

  private static final Duration BASELINE = Duration.ofMinutes(5);
  private static final Duration LEAST_HORIZON = Duration.ofMinutes(10);
  private static final Duration SAME_CHANGE = Duration.ofSeconds(3);

  /**
   * A diagnosis, and the window that it looked through.
   *
   * @param seen to ask about what earlier diagnoses found
   */
  record Look(SituationReport report, WindowDetector seen) {}

  /** Diagnoses everything the bundle holds; the same bundle gives the same report. */
  public SituationReport diagnose(Bundle given) {
    return look(given).report();
  }

  Look look(Bundle given) {
    Bundle bundle = given.withSeries(MachineSigns.made(given.series()));
    Topology topology = topology(bundle);
    var detector =
        new WindowDetector(bundle.window(), bundle.series(), bundle.spans(), bundle.logs());
    List<Finding> states =
        KubernetesStates.overWindow(bundle.objects(), bundle.watch(), bundle.window());
    var search = new Search(bundle, topology, detector, speaking(bundle));
    Situation best = search.best();
    var situation =
        new Situation(
            bundle.window(),
            topology,
            best.telemetry(),
            best.measured(),
            states,
            changes(bundle),
            best.moment(),
            best.reported(),
            best.symptom(),
            best.speaking(),
            lacking(bundle, topology, best.moment()));
    return new Look(
        new SituationReport(
            bundle.name(),
            bundle.window(),
            Diagnosis.incidents(situation),
            ENGINE,
            Optional.empty()),
        detector);
  }

  /** Tries moments and keeps the one that is most suspicious. */
  private record Search(
      Bundle bundle, Topology topology, WindowDetector detector, Set<EntityRef> speaking) {

    Situation best() {
      return bundle
          .reportedAt()
          .filter(at -> !at.isBefore(bundle.window().from()) && at.isBefore(bundle.window().to()))
          .map(this::near)
          .orElseGet(this::anywhere);
    }

    private Situation near(Instant reported) {
      Situation best = at(reported);
      double most = Diagnosis.suspicion(best) * TRUST_IN_REPORT;
      Duration step = step();
      for (int i = 1; i <= LOOK_BACK; i++) {
        Instant moment = reported.minus(step.multipliedBy(i));
        if (moment.isBefore(bundle.window().from())) {
          break;
        }
        Situation situation = at(moment);
        double suspicion = Diagnosis.suspicion(situation);
        if (suspicion > most) {
          most = suspicion;
          best = situation;
        }
      }
      return best;
    }

    /** One minute, or the usual distance of samples where that is longer. */
    private Duration step() {
      long[] distances =
          bundle.series().stream()
              .filter(s -> s.size() > 2)
              .filter(s -> !s.key().metric().equals(LogPatternSeries.LINES)) // only what was seen
              .mapToLong(s -> (s.time(s.size() - 1) - s.time(0)) / (s.size() - 1))
              .sorted()
              .toArray();
      if (distances.length == 0) {
        return LOOK_BACK_STEP;
      }
      Duration usual = Duration.ofMillis(distances[distances.length / 2]);
      return usual.compareTo(LOOK_BACK_STEP) > 0 ? usual : LOOK_BACK_STEP;
    }

    private Situation anywhere() {
      Window window = bundle.window();
      Duration part = window.length().dividedBy(MOMENTS);
      Instant earliest = earliest();
      Situation best = at(window.to().minus(part));
      double most = Diagnosis.suspicion(best);
      for (int i = 1; i < MOMENTS - 1; i++) {
        Instant moment = window.from().plus(part.multipliedBy(i));
        if (moment.isBefore(earliest)) {
          continue;
        }
        Situation situation = at(moment);
        double suspicion = Diagnosis.suspicion(situation);
        if (suspicion > most) {
          most = suspicion;
          best = situation;
        }
      }
      return best;
    }

    /** What is usual has to be known before anything can be called unusual. */
    private Instant earliest() {
      Window window = bundle.window();
      long[] begins =
          Stream.concat(
                  bundle.series().stream()
                      .filter(s -> s.size() > 0 && !LogPatternSeries.isOne(s)) // zero is unwritten
                      .map(s -> s.time(0)),
                  bundle.spans().stream().limit(1).map(span -> span.startNanos() / 1_000_000))
              .mapToLong(Long::longValue)
              .sorted()
              .toArray();
      Instant known =
          begins.length == 0
              ? window.from()
              : Instant.ofEpochMilli(begins[begins.length / 2]); // some tell of earlier times
      Duration third = Duration.between(known, window.to()).dividedBy(3);
      return known.plus(third.compareTo(BASELINE) < 0 ? third : BASELINE);
    }

    private Situation at(Instant moment) {
      Duration third = bundle.window().length().dividedBy(3);
      Duration horizon = third.compareTo(LEAST_HORIZON) > 0 ? LEAST_HORIZON : third;
      Duration steps = step().multipliedBy(4);
      horizon = steps.compareTo(horizon) > 0 ? steps : horizon;
      if (bundle.reportedAt().isPresent()) {
        horizon = horizon.compareTo(LEAST_HORIZON) > 0 ? horizon : LEAST_HORIZON;
      }
      return new Situation(
          bundle.window(),
          topology,
          detector.at(moment, horizon),
          detector.measured(moment, horizon),
          List.of(),
          List.of(),
          moment,
          bundle.reportedAt().isPresent(),
          bundle.symptom(),
          speaking,
          Set.of());
    }
  }

  /** What reports of itself: writes logs, has spans or shows how it uses its resources. */
  private static Set<EntityRef> speaking(Bundle bundle) {
    var resources = new HashSet<Attributes>();
    bundle.logs().forEach(log -> resources.add(log.resource()));
    bundle.spans().forEach(span -> resources.add(span.resource()));
    for (Series series : bundle.series()) {
      switch (Metrics.signal(series.key())) {
        case LATENCY, ERRORS, TRAFFIC -> {} // a caller can tell these as well
        case CPU,
            MEMORY,
            NETWORK,
            DISK,
            SATURATION,
            LOG_PATTERN,
            CALL_PATTERN,
            EDGE,
            OBJECT_STATE,
            CHANGE,
            SILENCE,
            OTHER ->
            resources.add(series.key().resource());
      }
    }
    var speaking = new HashSet<EntityRef>();
    resources.forEach(resource -> EntityRef.emitter(resource).ifPresent(speaking::add));
    return speaking;
  }

  static Topology topology(Bundle bundle) {
    var topology = Topology.empty().toBuilder();
    var resources = new HashSet<Attributes>();
    for (Series series : bundle.series()) {
      resources.add(series.key().resource());
    }
    for (LogRecord log : bundle.logs()) {
      resources.add(log.resource());
    }
    TelemetryTopology.resources(topology, resources);
    TelemetryTopology.spans(topology, bundle.spans());
    TelemetryTopology.calls(topology, bundle.calls());
    for (KubernetesObject object : bundle.objects()) {
      add(topology, object);
    }
    for (WatchEvent event : bundle.watch()) {
      add(topology, event.object());
    }
    return topology.build();
  }

  private static void add(Topology.Builder topology, KubernetesObject object) {
    KubernetesTopology reader = KubernetesTopology.ofRecording();
    for (Entity entity : reader.entities(object)) {
      topology.add(entity);
    }
    for (Relation relation : reader.relations(object)) {
      topology.add(relation);
    }
  }

  /**
   * Changes as told and as read from the objects. What a person is known to have done and the
   * object shows too is one change: the person's, with the object's difference.
   */
  static List<Change> changes(Bundle bundle) {
    var told = new ArrayList<>(bundle.changes());
    for (Change read : KubernetesChanges.changes(bundle.objects(), bundle.watch())) {
      int same = indexOfSame(told, read);
      if (same < 0) {
        told.add(read);
        continue;
      }
      Change person = told.get(same);
      told.set(
          same,
          new Change(
              read.time(),
              read.kind(),
              read.entity(),
              person.author().isEmpty() ? read.author() : person.author(),
              read.summary(),
              person.diff().isEmpty() ? read.diff() : person.diff(),
              person.files()));
    }
    told.sort(Comparator.comparing(Change::time).thenComparing(Change::summary));
    return List.copyOf(told);
  }

  private static int indexOfSame(List<Change> told, Change read) {
    for (int i = 0; i < told.size(); i++) {
      Change other = told.get(i);
      boolean near = Duration.between(other.time(), read.time()).abs().compareTo(SAME_CHANGE) <= 0;
      boolean same =
          other.entity().asMap().entrySet().stream()
              .allMatch(e -> read.entity().get(e.getKey()).map(e.getValue()::equals).orElse(true));
      boolean shares =
          other.entity().asMap().keySet().stream().anyMatch(key -> read.entity().has(key));
      if (near && same && shares) {
        return i;
      }
    }
    return -1;
  }

  private static Set<Missing> lacking(Bundle bundle, Topology topology, Instant moment) {
    var lacking = EnumSet.noneOf(Missing.class);
    if (bundle.spans().isEmpty()) {
      lacking.add(Missing.TRACES);
    }
    if (bundle.logs().isEmpty()) {
      lacking.add(Missing.LOGS);
    }
    if (bundle.objects().isEmpty() && bundle.watch().isEmpty()) {
      lacking.add(Missing.KUBERNETES_OBJECTS);
    }
    boolean calls =
        topology.entities().stream()
            .anyMatch(e -> !topology.targets(e.ref(), RelationType.CALLS).isEmpty());
    if (!calls) {
      lacking.add(Missing.TOPOLOGY);
    }
    if (Duration.between(bundle.window().from(), moment).compareTo(Duration.ofMinutes(5)) < 0) {
      lacking.add(Missing.HISTORY_BEFORE_ONSET);
    }
    if (Duration.between(moment, bundle.window().to()).compareTo(Duration.ofMinutes(2)) < 0) {
      lacking.add(Missing.SAMPLES_AFTER_ONSET);
    }
    return lacking;
  }
}
