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

/** One step of the fold on its way: the state's parts, each to be replaced by its next. */
final class Stepping {
  private static final Duration OLD_NEWS = Duration.ofHours(1);
  private static final int FORGET_EVERY_SECONDS = 30;

  /** Objects are created by the cluster's clock and heard by ours. */
  private static final Duration OVERLAP = Duration.ofSeconds(5);

  final KubernetesTopology names;
  final Ownership ownership;
  private final Instant before;
  final Instant now;
  Topology topology;
  Tellers tellers;
  SortedIndex<String, Told> told;
  SortedIndex<String, ClusterFold.Round> rounds;
  boolean resumed;
  final Instant from;
  SortedIndex<EntityRef, Judgement> judgements;
  SortedIndex<EntityRef, SortedIndex<EntityRef, Health>> troubled;
  SortedIndex<EntityRef, Warning> warnings;
  SortedIndex<String, String> due;
  Endpoints endpoints;
  KubernetesChanges.State changes;
  Authors authors;
  CallEdges calls;
  SortedIndex<EntityRef, Attributes> measured;

  private final TopologyDelta.Builder delta = TopologyDelta.builder();
  private final List<Happening> happenings = new ArrayList<>();
  private final List<ClusterFold.Kept> kept = new ArrayList<>();
  private final List<ClusterFold.Gone> gone = new ArrayList<>();

  Stepping(ClusterFold.State state, Instant now) {
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

  ClusterFold.Step step() {
    TopologyDelta whole = delta.build();
    topology = topology.with(whole);
    return new ClusterFold.Step(new ClusterFold.State(this), whole, happenings, kept, gone);
  }

  void beginList(ObjectKind kind) {
    Optional<ClusterFold.Round> before = rounds.get(kind.resource());
    Optional<Instant> heard =
        before.isPresent() ? before.get().heard() : resumed ? Optional.of(from) : Optional.empty();
    rounds = rounds.with(kind.resource(), new ClusterFold.Round(round(kind) + 1, heard, true));
  }

  private int round(ObjectKind kind) {
    return rounds.get(kind.resource()).map(ClusterFold.Round::number).orElse(0);
  }

  void endList(ObjectKind kind) {
    int round = round(kind);
    rounds = rounds.with(kind.resource(), new ClusterFold.Round(round, Optional.of(now), false));
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
      gone.add(new ClusterFold.Gone(one.kind(), one.namespace(), one.name()));
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
      gone.add(new ClusterFold.Gone(kind, object.namespace(), object.name()));
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
    Optional<ClusterFold.Round> round =
        rounds.get(kind.resource()).filter(ClusterFold.Round::listing);
    if (known.isEmpty() && round.isPresent()) {
      listed(event, round.get().heard());
    } else {
      readChanges(event);
    }
    if (round.isEmpty()) {
      rounds =
          rounds.with(kind.resource(), new ClusterFold.Round(round(kind), Optional.of(now), false));
    }
    if (!object.kind().equals("Lease")) {
      kept.add(new ClusterFold.Kept(kind, object));
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

  /** A service that no object tells of, such as one outside the cluster, is there all the same. */
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
    if (ClusterFold.NOT_TOLD.contains(object.kind())
        || object.kind().equals("Lease") && object.namespace().equals(ClusterFold.NODE_LEASES)) {
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
    forgetEndpoints(id);
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
    if (!endpoints.knows(ref)) { // a service is judged by its endpoints
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
        Members.health(judgements.get(ref), troubled.get(ref).orElse(SortedIndex.empty()).values());
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
    if (slice.kind().equals("EndpointSlice")) {
      names
          .serviceOfSlice(slice)
          .ifPresent(
              service -> {
                endpoints = endpoints.with(service, id, slice);
                judgeService(service);
              });
    }
  }

  private void forgetEndpoints(String id) {
    Optional<EntityRef> service = endpoints.serviceOf(id);
    if (service.isPresent()) {
      endpoints = endpoints.without(id);
      judgeService(service.get());
    }
  }

  private void judgeService(EntityRef service) {
    Health health = endpoints.health(service, now);
    boolean same =
        judgements
            .get(service)
            .map(Judgement::health)
            .filter(k -> k.state() == health.state() && k.message().equals(health.message()))
            .isPresent();
    if (!same) {
      judgements = judgements.with(service, Judgement.of(health));
      settle(service, Optional.empty(), false);
    }
  }
}
