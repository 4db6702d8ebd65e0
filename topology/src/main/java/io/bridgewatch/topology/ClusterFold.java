package io.bridgewatch.topology;

import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.EntityRef;
import io.bridgewatch.model.Happening;
import io.bridgewatch.model.Health;
import io.bridgewatch.model.KubernetesObject;
import io.bridgewatch.model.ObjectKind;
import io.bridgewatch.model.Observation;
import io.bridgewatch.model.SortedIndex;
import io.bridgewatch.model.Topology;
import io.bridgewatch.model.TopologyDelta;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Folds what is heard of one cluster into its topology and into what happened there.
 *
 * <ol>
 *   <li>Each object tells of entities and relations by itself ({@link KubernetesTopology}); what
 *       several tell exists for as long as one of them does. A new version of an object is compared
 *       with what it told before, so that only the difference is applied: nothing is rebuilt.
 *   <li>A list that ends removes what it did not tell. A version that is known already changes
 *       nothing, so that a list read twice tells nothing twice.
 *   <li>Each object is judged ({@link ObjectHealth}); what keeps it takes part in its trouble,
 *       level by level, with the reason that most of its members in the worst state give. What may
 *       turn bad by time alone is judged again when its time has come.
 *   <li>Changes that somebody made are read from the versions ({@link KubernetesChanges}); the
 *       audit log, where there is one, tells the user. A record may come before or after the change
 *       it is about; the change is then told again under the same id.
 *   <li>Spans tell who calls whom, for as long as they do ({@link CallEdges}).
 *   <li>Stages of pods and containers, turns for the better or worse, and reports of the cluster's
 *       components are told as they are learnt, in the objects' own times.
 * </ol>
 *
 * <p>The same observations give the same answers. Time is what the observations say; {@link
 * #advance} moves it on where none come. A clock that jumps back is not followed.
 */
public final class ClusterFold {

  /** Kinds that tell of what happens and not of what is. */
  static final List<String> NOT_TOLD = List.of("Event", "ControllerRevision", "Endpoints");

  static final String NODE_LEASES = "kube-node-lease";

  private ClusterFold() {}

  /** An object in a version that was not known before. */
  public record Kept(ObjectKind kind, KubernetesObject object) {}

  /** An object that is not there any more. */
  public record Gone(ObjectKind kind, String namespace, String name) {}

  /**
   * What one observation led to.
   *
   * @param delta from the topology before to the one after
   * @param happenings in the order in which they were learnt; one with a known id replaces it
   * @param kept what is to be remembered in place of earlier versions
   * @param gone what need not be remembered any more
   */
  public record Step(
      State state,
      TopologyDelta delta,
      List<Happening> happenings,
      List<Kept> kept,
      List<Gone> gone) {
    public Step {
      happenings = List.copyOf(happenings);
      kept = List.copyOf(kept);
      gone = List.copyOf(gone);
    }
  }

  /** What is remembered between observations. Immutable; it grows with what exists. */
  public static final class State {
    final KubernetesTopology names;
    final Ownership ownership;
    final Instant now;
    final Topology topology;
    final Tellers tellers;
    final SortedIndex<String, Told> told;
    final SortedIndex<String, Round> rounds;
    final boolean resumed;
    final Instant from;
    final SortedIndex<EntityRef, Judgement> judgements;
    final SortedIndex<EntityRef, SortedIndex<EntityRef, Health>> troubled;
    final SortedIndex<EntityRef, Warning> warnings;
    final SortedIndex<String, String> due;
    final Endpoints endpoints;
    final KubernetesChanges.State changes;
    final Authors authors;
    final CallEdges calls;
    final SortedIndex<EntityRef, Attributes> measured;

    State(Stepping s) {
      names = s.names;
      ownership = s.ownership;
      now = s.now;
      topology = s.topology;
      tellers = s.tellers;
      told = s.told;
      rounds = s.rounds;
      resumed = s.resumed;
      from = s.from;
      judgements = s.judgements;
      troubled = s.troubled;
      warnings = s.warnings;
      due = s.due;
      endpoints = s.endpoints;
      changes = s.changes;
      authors = s.authors;
      calls = s.calls;
      measured = s.measured;
    }

    private State(String cluster, Ownership ownership, Instant from) {
      this.names = KubernetesTopology.ofCluster(cluster);
      this.ownership = ownership;
      this.now = from;
      this.from = from;
      resumed = false;
      topology = Topology.empty();
      tellers = Tellers.none();
      told = SortedIndex.empty();
      rounds = SortedIndex.empty();
      judgements = SortedIndex.empty();
      troubled = SortedIndex.empty();
      warnings = SortedIndex.empty();
      due = SortedIndex.empty();
      endpoints = Endpoints.none();
      changes = KubernetesChanges.nothing();
      authors = Authors.none();
      calls = CallEdges.none();
      measured = SortedIndex.empty();
    }

    public Topology topology() {
      return topology;
    }

    /** The latest time that was heard of. */
    public Instant now() {
      return now;
    }

    /** How many objects are known. */
    public int objects() {
      return told.size();
    }
  }

  /**
   * The lists of one kind so far.
   *
   * @param heard until when it is known to have been heard before the present list began; empty if
   *     it never was
   * @param listing whether a list is being told
   */
  record Round(int number, Optional<Instant> heard, boolean listing) {}

  /**
   * A cluster of which nothing is known yet.
   *
   * @param from until when it was heard before, if what was known then is going to be {@link
   *     #remember remembered}; else now
   */
  public static State begin(String cluster, Ownership ownership, Instant from) {
    return new State(cluster, ownership, from);
  }

  /**
   * An object as it was when it was last heard of, before this fold began. What it tells is known
   * from then on, and nothing happened; the list to come tells what became of it.
   */
  public static Step remember(State state, ObjectKind kind, KubernetesObject object) {
    var stepping = new Stepping(state, state.now);
    stepping.resumed = true;
    stepping.tell(kind, object, true);
    stepping.changes = KubernetesChanges.remembered(state.names, stepping.changes, object);
    return stepping.step();
  }

  public static Step step(State state, Observation observation) {
    var stepping = new Stepping(state, later(state.now, observation.time()));
    switch (observation) {
      case Observation.ListBegan began -> stepping.beginList(began.kind());
      case Observation.Observed observed -> stepping.observe(observed.kind(), observed.event());
      case Observation.ListEnded ended -> stepping.endList(ended.kind());
      case Observation.Audited audited -> stepping.audit(audited.record());
      case Observation.Traced traced -> stepping.trace(traced.spans(), traced.time());
      case Observation.Sampled sampled -> stepping.sample(sampled.resources());
      case Observation.FeedChanged changed -> {} // says how well, not what, is heard
      case Observation.Rejected rejected -> {} // counted by whoever runs the fold
    }
    stepping.passTime();
    return stepping.step();
  }

  /** Moves the time on. */
  public static Step advance(State state, Instant now) {
    var stepping = new Stepping(state, later(state.now, now));
    stepping.passTime();
    return stepping.step();
  }

  private static Instant later(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }
}
