package io.bridgewatch.detect;

import io.bridgewatch.model.EntityRef;
import io.bridgewatch.model.EntityType;
import io.bridgewatch.model.Fact;
import io.bridgewatch.model.Finding;
import io.bridgewatch.model.KubernetesObject;
import io.bridgewatch.model.ObjectReason;
import io.bridgewatch.model.Window;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Turns the troubles of a window into findings: what explains what, and what still matters. */
final class KubernetesJudgement {

  private static final int NAMED_PODS = 10;

  /** A trouble and the object that has it; the object is absent for a service. */
  private record Case(Optional<KubernetesObject> object, KubernetesTrouble trouble) {}

  private final Window window;
  private final KubernetesIndex<KubernetesObject> objects;
  private final List<Case> cases = new ArrayList<>();

  KubernetesJudgement(
      Window window,
      KubernetesIndex<KubernetesObject> objects,
      KubernetesIndex<Map<String, KubernetesTrouble>> troubles) {
    this.window = window;
    this.objects = objects;
    troubles.forEach(
        (uid, byFamily) ->
            byFamily.values().stream()
                .filter(this::isOfWindow)
                .forEach(trouble -> cases.add(new Case(objects.get(uid), trouble))));
  }

  private boolean isOfWindow(KubernetesTrouble trouble) {
    Optional<Instant> end = trouble.endedBy(window.to());
    return trouble.onset().isBefore(window.to())
        && end.filter(at -> at.isBefore(window.from())).isEmpty()
        && !(trouble.sign().once() && trouble.since().isBefore(window.from()));
  }

  List<Finding> findings() {
    Map<String, KubernetesTrouble> nodes = nodesInTrouble();
    var podsOfNode = new HashMap<String, Set<String>>();
    var byNodes = new HashSet<String>();
    var own = new ArrayList<Case>();
    for (Case each : cases) {
      Optional<String> node = nodeToBlame(each, nodes);
      if (node.isEmpty()) {
        own.add(each);
      } else if (each.trouble().establishedBy(window.to())) {
        each.object().ifPresent(pod -> explainOwners(pod, byNodes));
        podsOfNode
            .computeIfAbsent(node.get(), name -> new TreeSet<>())
            .add(each.trouble().sign().name());
      }
    }
    var byPods = new HashSet<String>();
    own.stream()
        .filter(each -> isCause(each.trouble()) && each.trouble().establishedBy(window.to()))
        .forEach(each -> each.object().ifPresent(object -> explainOwners(object, byPods)));
    List<Case> left =
        own.stream()
            .filter(each -> counts(each, byPods, byNodes))
            .filter(each -> !isAttemptOfJudgedJob(each))
            .toList();
    return merged(lasting(left), podsOfNode);
  }

  /** Nodes that went away, and since when. */
  private Map<String, KubernetesTrouble> nodesInTrouble() {
    return cases.stream()
        .map(Case::trouble)
        .filter(trouble -> trouble.sign().entity().type() == EntityType.NODE)
        .filter(trouble -> trouble.establishedBy(window.to()))
        .filter(trouble -> trouble.sign().severity() >= KubernetesSign.DEGRADED)
        .collect(
            Collectors.toMap(
                trouble -> trouble.sign().name(),
                trouble -> trouble,
                (a, b) -> a.sign().severity() >= b.sign().severity() ? a : b));
  }

  /** The node that went away before this pod's trouble began, or threw the pod out. */
  private static Optional<String> nodeToBlame(Case each, Map<String, KubernetesTrouble> nodes) {
    if (each.trouble().sign().entity().type() != EntityType.POD) {
      return Optional.empty();
    }
    return each.object()
        .flatMap(pod -> pod.text("spec", "nodeName"))
        .filter(
            name -> {
              KubernetesTrouble node = nodes.get(name);
              if (node == null || each.trouble().since().isBefore(node.onset())) {
                return false;
              }
              boolean away = node.sign().family().equals(KubernetesClusterSigns.NODE_READY);
              boolean evicted = each.trouble().sign().reason().equals(ObjectReason.EVICTED.word());
              return away || evicted;
            });
  }

  /** Marks the object and everything that owns it, up to the Deployment or CronJob. */
  private void explainOwners(KubernetesObject object, Set<String> explained) {
    Optional<String> owner = KubernetesFields.controllerUid(object);
    while (owner.isPresent() && explained.add(owner.get())) {
      owner = owner.flatMap(objects::get).flatMap(KubernetesFields::controllerUid);
    }
  }

  /**
   * Whether it outlasted normal operation and is more than a consequence. A rollout is in trouble
   * as soon as its own pods are, and not because a node took them away.
   */
  private boolean counts(Case each, Set<String> byPods, Set<String> byNodes) {
    boolean established = each.trouble().establishedBy(window.to());
    boolean podsExplain = explains(byPods, each);
    boolean nodeExplains = explains(byNodes, each);
    if (each.trouble().sign().family().equals(KubernetesWorkloadSigns.ROLLOUT)) {
      return podsExplain || (established && !nodeExplains);
    }
    return established && (isCause(each.trouble()) || !(podsExplain || nodeExplains));
  }

  private static boolean explains(Set<String> uids, Case each) {
    return each.object().filter(object -> uids.contains(object.uid())).isPresent();
  }

  /** Whether it can be a cause; a consequence, such as missing replicas, cannot. */
  private static boolean isCause(KubernetesTrouble trouble) {
    return ObjectReason.of(trouble.sign().reason()).isEmpty()
        || ObjectReason.causeKind(fact(trouble, trouble.sign().message())).isPresent();
  }

  /** A pod of a job that completed after all, or whose failure the job itself reports. */
  private boolean isAttemptOfJudgedJob(Case each) {
    return each.object()
        .filter(object -> object.kind().equals("Pod"))
        .flatMap(KubernetesFields::controllerUid)
        .flatMap(objects::get)
        .filter(owner -> owner.kind().equals("Job"))
        .filter(
            job ->
                KubernetesWorkloadSigns.isComplete(job)
                    || KubernetesFields.condition(job, "Failed")
                        .filter(c -> KubernetesFields.is(c, "True", "status"))
                        .isPresent())
        .isPresent();
  }

  /** Drops what recovered soon, unless that is all there is. */
  private List<Case> lasting(List<Case> left) {
    List<Case> lasting =
        left.stream()
            .filter(
                each ->
                    !each.trouble().recoveredBy(window.to())
                        || each.trouble().memorableBy(window.to()))
            .toList();
    return lasting.isEmpty() ? left : lasting;
  }

  private record Key(EntityRef entity, String reason, String object) {}

  private List<Finding> merged(List<Case> left, Map<String, Set<String>> podsOfNode) {
    var groups = new LinkedHashMap<Key, List<KubernetesTrouble>>();
    for (Case each : left) {
      KubernetesSign sign = each.trouble().sign();
      // a namespace stands for any number of custom resources; others stand for themselves
      boolean own = sign.entity().type() == EntityType.K8S_NAMESPACE;
      var key = new Key(sign.entity(), sign.reason(), own ? sign.kind() + "/" + sign.name() : "");
      groups.computeIfAbsent(key, k -> new ArrayList<>()).add(each.trouble());
    }
    return groups.values().stream()
        .map(group -> finding(group, podsOfNode))
        .sorted(
            Comparator.comparing(Finding::onset)
                .thenComparing(Finding::entity)
                .thenComparing(finding -> ((Fact.ObjectState) finding.fact()).reason()))
        .toList();
  }

  /** One finding of all that says the same of the same entity; what lasts speaks for the rest. */
  private Finding finding(List<KubernetesTrouble> group, Map<String, Set<String>> podsOfNode) {
    KubernetesTrouble telling =
        group.stream()
            .max(
                Comparator.comparing(
                        (KubernetesTrouble t) -> t.endedBy(window.to()).isEmpty() ? 1 : 0)
                    .thenComparing(t -> t.sign().severity()))
            .orElseThrow();
    Instant onset =
        group.stream().map(KubernetesTrouble::onset).min(Instant::compareTo).orElseThrow();
    Instant since =
        group.stream().map(KubernetesTrouble::since).min(Instant::compareTo).orElseThrow();
    KubernetesSign sign = telling.sign();
    boolean over = telling.endedBy(window.to()).isPresent();
    String message = sign.message() + podsOf(sign, podsOfNode);
    var fact = new Fact.ObjectState(sign.kind(), sign.name(), sign.reason(), message, since);
    return new Finding(sign.entity(), onset, over ? sign.severity() / 2 : sign.severity(), fact);
  }

  private static String podsOf(KubernetesSign sign, Map<String, Set<String>> podsOfNode) {
    Set<String> pods =
        sign.entity().type() == EntityType.NODE
            ? podsOfNode.getOrDefault(sign.name(), Set.of())
            : Set.of();
    if (pods.isEmpty()) {
      return "";
    }
    String named = pods.stream().limit(NAMED_PODS).collect(Collectors.joining(", "));
    String more = pods.size() > NAMED_PODS ? ", …" : "";
    return " Pods (" + pods.size() + "): " + named + more;
  }

  static Fact.ObjectState fact(KubernetesTrouble trouble, String message) {
    KubernetesSign sign = trouble.sign();
    return new Fact.ObjectState(sign.kind(), sign.name(), sign.reason(), message, trouble.since());
  }
}
