package io.bridgewatch.topology;

import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.AuditRecord;
import io.bridgewatch.model.Change;
import io.bridgewatch.model.Entity;
import io.bridgewatch.model.EntityRef;
import io.bridgewatch.model.Happening;
import io.bridgewatch.model.Health;
import io.bridgewatch.model.KubernetesObject;
import io.bridgewatch.model.ObjectKind;
import io.bridgewatch.model.ObjectReason;
import io.bridgewatch.model.Observation;
import io.bridgewatch.model.Relation;
import io.bridgewatch.model.RelationType;
import io.bridgewatch.model.SortedIndex;
import io.bridgewatch.model.Span;
import io.bridgewatch.model.Topology;
import io.bridgewatch.model.TopologyDelta;
import io.bridgewatch.model.WatchEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
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
  private static final List<String> NOT_TOLD = List.of("Event", "ControllerRevision", "Endpoints");

  private static final String NODE_LEASES = "kube-node-lease";

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
    final SortedIndex<EntityRef, SortedIndex<String, Endpoints>> endpoints;
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
      endpoints = SortedIndex.empty();
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

  /** The endpoints of one slice. */
  record Endpoints(int ready, int all) {}

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

  /** One step on its way: the state's parts, each to be replaced by its next. */
  private static final class Stepping {
    private static final Duration OLD_NEWS = Duration.ofHours(1);
    private static final int FORGET_EVERY_SECONDS = 30;

    /** Objects are created by the cluster's clock and heard by ours. */
    private static final Duration OVERLAP = Duration.ofSeconds(5);

    private final KubernetesTopology names;
    private final Ownership ownership;
    private final Instant before;
    private final Instant now;
    private Topology topology;
    private Tellers tellers;
    private SortedIndex<String, Told> told;
    private SortedIndex<String, Round> rounds;
    private boolean resumed;
    private final Instant from;
    private SortedIndex<EntityRef, Judgement> judgements;
    private SortedIndex<EntityRef, SortedIndex<EntityRef, Health>> troubled;
    private SortedIndex<EntityRef, Warning> warnings;
    private SortedIndex<String, String> due;
    private SortedIndex<EntityRef, SortedIndex<String, Endpoints>> endpoints;
    private KubernetesChanges.State changes;
    private Authors authors;
    private CallEdges calls;
    private SortedIndex<EntityRef, Attributes> measured;

    private final TopologyDelta.Builder delta = TopologyDelta.builder();
    private final List<Happening> happenings = new ArrayList<>();
    private final List<Kept> kept = new ArrayList<>();
    private final List<Gone> gone = new ArrayList<>();

    Stepping(State state, Instant now) {
      names = state.names;
      ownership = state.ownership;
      before = state.now;
      this.now = now;
      topology = state.topology;
      tellers = state.tellers;
      told = state.told;
      rounds = state.rounds;
      resumed = state.resumed;
      from = state.from;
      judgements = state.judgements;
      troubled = state.troubled;
      warnings = state.warnings;
      due = state.due;
      endpoints = state.endpoints;
      changes = state.changes;
      authors = state.authors;
      calls = state.calls;
      measured = state.measured;
    }

    Step step() {
      TopologyDelta whole = delta.build();
      topology = topology.with(whole);
      return new Step(new State(this), whole, happenings, kept, gone);
    }

    void beginList(ObjectKind kind) {
      Optional<Round> before = rounds.get(kind.resource());
      Optional<Instant> heard =
          before.isPresent()
              ? before.get().heard()
              : resumed ? Optional.of(from) : Optional.empty();
      rounds = rounds.with(kind.resource(), new Round(round(kind) + 1, heard, true));
    }

    private int round(ObjectKind kind) {
      return rounds.get(kind.resource()).map(Round::number).orElse(0);
    }

    void endList(ObjectKind kind) {
      int round = round(kind);
      rounds = rounds.with(kind.resource(), new Round(round, Optional.of(now), false));
      String prefix = kind.resource() + "/";
      var missing = new ArrayList<Told>();
      for (var entries = told.entriesFrom(prefix); entries.hasNext(); ) {
        var entry = entries.next();
        if (!entry.getKey().startsWith(prefix)) {
          break;
        }
        if (entry.getValue().round() < round) {
          missing.add(entry.getValue());
        }
      }
      for (Told one : missing) {
        gone.add(new Gone(one.kind(), one.namespace(), one.name()));
        missed(one);
      }
    }

    /** What is not there any more, though nobody was heard to delete it. */
    private void missed(Told one) {
      var step = KubernetesChanges.missing(names, changes, one.uid(), now);
      changes = step.state();
      step.found().forEach(this::changed);
      remove(one, now);
    }

    void observe(ObjectKind kind, WatchEvent event) {
      KubernetesObject object = event.object();
      if (object.kind().equals("Event")) {
        report(object, event);
        return;
      }
      Optional<Told> known = told.get(id(kind, object));
      if (event.type() == WatchEvent.Type.DELETED) {
        readChanges(event);
        gone.add(new Gone(kind, object.namespace(), object.name()));
        known
            .filter(k -> k.uid().equals(object.uid()))
            .ifPresent(k -> remove(k, goneAt(object, event.time())));
        return;
      }
      if (known.isPresent() && isKnown(known.get(), object)) {
        told = told.with(id(kind, object), known.get().seenIn(round(kind)));
        return;
      }
      if (known.isPresent() && !known.get().uid().equals(object.uid())) {
        missed(known.get()); // this is another object of that name
      }
      Optional<Round> round = rounds.get(kind.resource()).filter(Round::listing);
      if (known.isEmpty() && round.isPresent()) {
        listed(event, round.get().heard());
      } else {
        readChanges(event);
      }
      if (round.isEmpty()) {
        rounds = rounds.with(kind.resource(), new Round(round(kind), Optional.of(now), false));
      }
      if (!object.kind().equals("Lease")) {
        kept.add(new Kept(kind, object));
      }
      tell(kind, object, false);
    }

    /** What a list tells for the first time was created since the kind was heard, or is older. */
    private void listed(WatchEvent event, Optional<Instant> heard) {
      Optional<Instant> created = ObjectTimes.time(event.object(), "metadata", "creationTimestamp");
      boolean isNew =
          heard.isPresent()
              && created.filter(at -> !at.isBefore(heard.get().minus(OVERLAP))).isPresent();
      if (isNew) {
        readChanges(new WatchEvent(created.get(), event.type(), event.object()));
      } else {
        changes = KubernetesChanges.remembered(names, changes, event.object());
      }
    }

    private static Instant goneAt(KubernetesObject object, Instant heard) {
      return ObjectTimes.time(object, "metadata", "deletionTimestamp")
          .filter(at -> at.isBefore(heard))
          .orElse(heard);
    }

    /** Versions rise; one that was seen before, or an older one, tells nothing new. */
    private static boolean isKnown(Told known, KubernetesObject object) {
      String version = object.text("metadata", "resourceVersion").orElse("");
      return known.uid().equals(object.uid())
          && !version.isEmpty()
          && known.version().equals(version);
    }

    private void readChanges(WatchEvent event) {
      var step = KubernetesChanges.step(names, changes, event);
      changes = step.state();
      step.found().forEach(this::changed);
    }

    private void changed(KubernetesChanges.Found found) {
      Optional<EntityRef> entity = names.ref(found.object());
      if (entity.isEmpty()) {
        return;
      }
      Change change = found.change();
      var told = new Happening.Changed(found.key(), entity.get(), change, change.author(), "");
      Optional<Happening.Changed> attributed = authors.attribute(told, found.object());
      if (attributed.isPresent()) {
        if (!Authors.isHousekeeping(attributed.get())) {
          happenings.add(attributed.get());
        }
      } else {
        authors = authors.waitingFor(told, found.object());
        happenings.add(told);
      }
    }

    void audit(AuditRecord record) {
      var heard = authors.heard(record);
      authors = heard.authors();
      happenings.addAll(heard.attributed());
    }

    void trace(List<Span> spans, Instant at) {
      for (Relation call : CallEdges.calls(spans, topology, names)) {
        if (!calls.isKnown(call)) {
          tellEnd(call.from());
          tellEnd(call.to());
          tellers = tellers.with(call);
          delta.tie(call);
        }
        calls = calls.seen(call, at);
      }
    }

    private void tellEnd(EntityRef ref) {
      tellers = tellers.with(ref);
      if (delta.find(ref).or(() -> topology.entity(ref)).isEmpty()) {
        put(new Entity(ref, Attributes.none()));
      }
    }

    private void forgetEnd(EntityRef ref) {
      tellers = tellers.without(ref);
      if (!tellers.tell(ref)) {
        delta.remove(ref);
      }
    }

    private void forgetCalls() {
      for (Relation call : calls.fallenSilent(now)) {
        calls = calls.without(call);
        tellers = tellers.without(call);
        delta.cut(call);
        forgetEnd(call.from());
        forgetEnd(call.to());
      }
    }

    /**
     * A service that no object tells of, such as one outside the cluster, is there all the same.
     */
    void sample(List<Attributes> resources) {
      for (Attributes resource : resources) {
        Optional<EntityRef> service = CallEdges.component(resource, topology, names);
        if (service.isPresent() && !measured.containsKey(service.get())) {
          measured = measured.with(service.get(), resource);
          tellEnd(service.get());
        }
      }
    }

    private void report(KubernetesObject event, WatchEvent heard) {
      if (heard.type() == WatchEvent.Type.DELETED) {
        return; // events are deleted for their age
      }
      readChanges(heard);
      Optional<Happening.Reported> report = Reports.of(event, names, heard.time());
      report.ifPresent(this::reported);
    }

    private void reported(Happening.Reported report) {
      happenings.add(report);
      Optional<Told> about = told.get(idOfPod(report.entity()));
      if (about.isEmpty()) {
        return;
      }
      stage(report)
          .ifPresent(
              stage ->
                  about
                      .flatMap(Told::life)
                      .ifPresent(
                          life ->
                              happenings.add(
                                  life.reported(
                                      report
                                          .container()
                                          .map(c -> names.container(report.entity(), c))
                                          .orElse(report.entity()),
                                      stage,
                                      report.time()))));
      if (report.warning()) {
        if (tellsMore(report)) {
          warnings =
              warnings.with(
                  report.entity(), new Warning(report.time(), report.reason(), report.message()));
          about.flatMap(Told::unsettled).ifPresent(pod -> judgeAgain(about.get(), pod));
        }
      }
    }

    /** The newest, but for one that only says that the kubelet waits before it tries again. */
    private boolean tellsMore(Happening.Reported report) {
      return !report.reason().equals("BackOff")
          && warnings
              .get(report.entity())
              .filter(known -> known.time().isAfter(report.time()))
              .isEmpty();
    }

    private static Optional<Happening.Stage> stage(Happening.Reported report) {
      return switch (report.reason()) {
        case "Pulling" -> Optional.of(Happening.Stage.PULLING);
        case "Pulled" -> Optional.of(Happening.Stage.PULLED);
        default -> Optional.empty();
      };
    }

    private static String idOfPod(EntityRef ref) {
      return "pods/"
          + ref.identity().getOr("k8s.namespace.name", "")
          + "/"
          + ref.identity().getOr("k8s.pod.name", "");
    }

    private static String id(ObjectKind kind, KubernetesObject object) {
      return id(kind, object.namespace(), object.name());
    }

    private static String id(ObjectKind kind, String namespace, String name) {
      return kind.resource() + "/" + namespace + "/" + name;
    }

    /** Takes in what an object tells now, instead of what it told before. */
    void tell(ObjectKind kind, KubernetesObject object, boolean remembered) {
      if (NOT_TOLD.contains(object.kind())
          || object.kind().equals("Lease") && object.namespace().equals(NODE_LEASES)) {
        return;
      }
      String id = id(kind, object);
      Optional<Told> before = told.get(id);
      Optional<EntityRef> self =
          object.kind().equals("EndpointSlice") ? Optional.empty() : names.ref(object);
      Judgement judgement = ObjectHealth.of(object, self.flatMap(warnings::get), now);
      Optional<PodLife> life =
          object.kind().equals("Pod") ? Optional.of(PodLife.of(object)) : Optional.empty();
      Told next =
          new Told(
              kind,
              object.namespace(),
              object.name(),
              object.uid(),
              object.text("metadata", "resourceVersion").orElse(""),
              remembered ? 0 : round(kind),
              self,
              names.owner(object),
              judgement,
              Tellings.entities(object, names, ownership),
              Tellings.relations(object, names),
              life,
              isSettled(judgement) ? Optional.empty() : Optional.of(object));
      told = told.with(id, next);
      replace(before, Optional.of(next));
      rememberDue(id, before.map(Told::judgement), judgement);
      endpointsOf(id, object);
      if (!remembered && life.isPresent() && self.isPresent()) {
        happenings.addAll(
            PodLife.since(
                before.flatMap(Told::life),
                life.get(),
                self.get(),
                (name, pod) -> names.container(pod, name),
                now));
      }
      self.ifPresent(ref -> judge(ref, next, remembered));
    }

    /** Only what is well for good is not looked at again when a warning comes or time passes. */
    private static boolean isSettled(Judgement judgement) {
      return judgement.again().isEmpty()
          && (judgement.health().state() == Health.State.HEALTHY
              || judgement.health().state() == Health.State.COMPLETED);
    }

    private void remove(Told old, Instant at) {
      String id = id(old.kind(), old.namespace(), old.name());
      told = told.without(id);
      replace(Optional.of(old), Optional.empty());
      rememberDue(id, Optional.of(old.judgement()), Judgement.of(Health.unknown()));
      forgetEndpoints(id, old);
      if (old.self().isEmpty()) {
        return;
      }
      EntityRef self = old.self().get();
      judgements = judgements.without(self);
      warnings = warnings.without(self);
      troubled = troubled.without(self);
      old.owner().ifPresent(owner -> trouble(owner, self, Health.healthy(), false));
      old.life().ifPresent(life -> happenings.add(life.gone(self, at)));
    }

    private void replace(Optional<Told> before, Optional<Told> next) {
      List<Entity> oldEntities = before.map(Told::entities).orElse(List.of());
      List<Entity> newEntities = next.map(Told::entities).orElse(List.of());
      for (Entity entity : newEntities) {
        boolean again = oldEntities.stream().anyMatch(old -> old.ref().equals(entity.ref()));
        if (!again) {
          tellers = tellers.with(entity.ref());
        }
        Health health = health(entity.ref());
        put(new Entity(entity.ref(), entity.attributes(), health));
      }
      for (Entity entity : oldEntities) {
        if (newEntities.stream().noneMatch(now -> now.ref().equals(entity.ref()))) {
          tellers = tellers.without(entity.ref());
          if (!tellers.tell(entity.ref())) {
            delta.remove(entity.ref());
          }
        }
      }
      List<Relation> oldRelations = before.map(Told::relations).orElse(List.of());
      List<Relation> newRelations = next.map(Told::relations).orElse(List.of());
      var known = new HashSet<>(oldRelations);
      for (Relation relation : newRelations) {
        if (!known.remove(relation)) {
          if (!tellers.tell(relation)) {
            delta.tie(relation);
          }
          tellers = tellers.with(relation);
        }
      }
      for (Relation relation : known) {
        tellers = tellers.without(relation);
        if (!tellers.tell(relation)) {
          delta.cut(relation);
        }
      }
    }

    private void put(Entity entity) {
      Optional<Entity> known = delta.find(entity.ref()).or(() -> topology.entity(entity.ref()));
      if (known.isEmpty() || !known.get().equals(entity)) {
        delta.put(entity);
      }
    }

    private Health health(EntityRef ref) {
      return delta
          .find(ref)
          .or(() -> topology.entity(ref))
          .map(Entity::health)
          .orElse(Health.unknown());
    }

    /** Gives the entity the health it has by itself and by its members, and tells its owner. */
    private void judge(EntityRef ref, Told teller, boolean remembered) {
      if (!endpoints.containsKey(ref)) { // a service is judged by its endpoints
        judgements = judgements.with(ref, teller.judgement());
      }
      settle(ref, teller.owner(), remembered);
    }

    private void judgeAgain(Told teller, KubernetesObject object) {
      Judgement judgement = ObjectHealth.of(object, teller.self().flatMap(warnings::get), now);
      if (judgement.equals(teller.judgement())) {
        return;
      }
      String id = id(teller.kind(), teller.namespace(), teller.name());
      Told next =
          new Told(
              teller.kind(),
              teller.namespace(),
              teller.name(),
              teller.uid(),
              teller.version(),
              teller.round(),
              teller.self(),
              teller.owner(),
              judgement,
              teller.entities(),
              teller.relations(),
              teller.life(),
              isSettled(judgement) ? Optional.empty() : teller.unsettled());
      told = told.with(id, next);
      rememberDue(id, Optional.of(teller.judgement()), judgement);
      teller.self().ifPresent(ref -> judge(ref, next, false));
    }

    private void settle(EntityRef ref, Optional<EntityRef> owner, boolean silently) {
      Optional<Entity> entity = delta.find(ref).or(() -> topology.entity(ref));
      Health next =
          Members.health(
              judgements.get(ref), troubled.get(ref).orElse(SortedIndex.empty()).values());
      if (entity.isEmpty()) {
        return;
      }
      Health before = entity.get().health();
      if (!before.equals(next)) {
        put(new Entity(ref, entity.get().attributes(), next));
        if (!silently && isWorthTelling(before, next)) {
          happenings.add(turn(ref, before, next));
        }
      }
      owner.ifPresent(o -> trouble(o, ref, next, silently));
    }

    private static boolean isWorthTelling(Health before, Health next) {
      return before.isTrouble() != next.isTrouble();
    }

    private Happening turn(EntityRef ref, Health before, Health next) {
      Instant at =
          next.since()
              .filter(since -> since.isAfter(now.minus(OLD_NEWS)) && !since.isAfter(now))
              .filter(since -> next.isTrouble())
              .orElse(now);
      String id = "health/" + ref + "/" + next.state() + "/" + next.reason() + "/" + at;
      return new Happening.HealthChanged(id, at, ref, before.state(), next);
    }

    /** Notes a member's trouble, or that it has none any more, with what keeps it. */
    private void trouble(EntityRef owner, EntityRef member, Health health, boolean silently) {
      SortedIndex<EntityRef, Health> members = troubled.get(owner).orElse(SortedIndex.empty());
      SortedIndex<EntityRef, Health> next =
          health.isTrouble() ? members.with(member, health) : members.without(member);
      if (next.equals(members)) {
        return;
      }
      troubled = next.isEmpty() ? troubled.without(owner) : troubled.with(owner, next);
      settle(owner, ownerOf(owner), silently);
    }

    private Optional<EntityRef> ownerOf(EntityRef ref) {
      return topology.targets(ref, RelationType.OWNED_BY).stream().findFirst();
    }

    private void rememberDue(String id, Optional<Judgement> before, Judgement now) {
      before.flatMap(Judgement::again).ifPresent(at -> due = due.without(key(at, id)));
      now.again().ifPresent(at -> due = due.with(key(at, id), id));
    }

    /** In the order of the times. */
    private static String key(Instant at, String id) {
      return "%019d/%s".formatted(at.toEpochMilli(), id);
    }

    /** Looks again at what may have turned bad, and decides what waited for more to be heard. */
    void passTime() {
      for (int i = 0; !due.isEmpty() && i < 10_000; i++) {
        var next = due.entries().next();
        if (next.getKey().compareTo(key(now, "\uffff")) > 0) {
          break;
        }
        due = due.without(next.getKey());
        told.get(next.getValue())
            .ifPresent(one -> one.unsettled().ifPresent(object -> judgeAgain(one, object)));
      }
      if (KubernetesChanges.isWaiting(changes)) {
        var step = KubernetesChanges.decide(names, changes, now);
        changes = step.state();
        step.found().forEach(this::changed);
      }
      if (now.getEpochSecond() / FORGET_EVERY_SECONDS
          != before.getEpochSecond() / FORGET_EVERY_SECONDS) {
        changes = KubernetesChanges.forgetOld(names, changes, now);
        authors = authors.forgetBefore(now);
        forgetCalls();
      }
    }

    private void endpointsOf(String id, KubernetesObject slice) {
      if (!slice.kind().equals("EndpointSlice")) {
        return;
      }
      Optional<EntityRef> service = names.serviceOfSlice(slice);
      if (service.isEmpty()) {
        return;
      }
      List<KubernetesObject> all = slice.list("endpoints");
      long ready =
          all.stream().filter(e -> !ObjectTimes.is(e, "false", "conditions", "ready")).count();
      SortedIndex<String, Endpoints> known =
          endpoints.get(service.get()).orElse(SortedIndex.empty());
      endpoints =
          endpoints.with(service.get(), known.with(id, new Endpoints((int) ready, all.size())));
      judgeService(service.get());
    }

    private void forgetEndpoints(String id, Told slice) {
      for (Relation relation : slice.relations()) {
        endpoints
            .get(relation.from())
            .filter(known -> known.containsKey(id))
            .ifPresent(
                known -> {
                  var left = known.without(id);
                  endpoints =
                      left.isEmpty()
                          ? endpoints.without(relation.from())
                          : endpoints.with(relation.from(), left);
                  judgeService(relation.from());
                });
      }
    }

    /** A service is as well as it has something ready to send connections to. */
    private void judgeService(EntityRef service) {
      int ready = 0;
      int all = 0;
      for (Endpoints slice : endpoints.get(service).orElse(SortedIndex.empty()).values()) {
        ready += slice.ready();
        all += slice.all();
      }
      Health health =
          all > 0 && ready == 0
              ? Health.of(
                  Health.State.FAILING,
                  ObjectReason.NO_READY_ENDPOINTS.word(),
                  "0 of " + all + " endpoints ready",
                  Optional.of(now))
              : Health.healthy();
      Optional<Judgement> known = judgements.get(service);
      boolean same =
          known
              .map(Judgement::health)
              .filter(k -> k.state() == health.state() && k.message().equals(health.message()))
              .isPresent();
      if (!same) {
        judgements = judgements.with(service, Judgement.of(health));
        settle(service, Optional.empty(), false);
      }
    }
  }
}
