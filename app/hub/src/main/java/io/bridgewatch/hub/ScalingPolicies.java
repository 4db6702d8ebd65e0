package io.bridgewatch.hub;

import io.bridgewatch.model.KubernetesObject;
import io.bridgewatch.ports.ObjectStore;
import io.bridgewatch.ports.ScalingStore;
import io.bridgewatch.scale.ScaleTarget;
import io.bridgewatch.scale.ScalingMode;
import io.bridgewatch.scale.ScalingPolicy;
import io.bridgewatch.scale.ScalingPolicyManifest;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * The scaling policies there are: those that people set here, and those that stand in a cluster as
 * objects, which are changed there. Of two of one name, the cluster's counts.
 */
@Component
final class ScalingPolicies {

  private static final Logger LOG = LoggerFactory.getLogger(ScalingPolicies.class);
  private static final TypeReference<Map<String, @Nullable Object>> TREE = new TypeReference<>() {};

  private final ScalingStore store;
  private final LiveClusters clusters;
  private final ObjectStore objects;
  private final JsonMapper json;
  private final InstantSource clock;

  ScalingPolicies(ScalingStore store, ClusterParts parts, JsonMapper json, InstantSource clock) {
    this.store = store;
    this.clusters = parts.watch();
    this.objects = parts.objects();
    this.json = json;
    this.clock = clock;
  }

  /** Where a policy is kept. */
  enum Source {
    HUB,
    CLUSTER
  }

  /**
   * A policy that can be used.
   *
   * @param changedBy empty for one of the cluster
   * @param modeSince when it entered its mode; of the cluster's, when it was made
   */
  record Known(
      String cluster, ScalingPolicy policy, Source source, String changedBy, Instant modeSince) {}

  /** One that cannot, and why. */
  record Broken(String cluster, String namespace, String name, Source source, String error) {}

  record All(List<Known> known, List<Broken> broken) {}

  All all() {
    var known = new ArrayList<Known>();
    var broken = new ArrayList<Broken>();
    for (var live : clusters.all()) {
      objects.forEach(
          live.name(),
          ScalingPolicyManifest.RESOURCE,
          object -> {
            try {
              known.add(ofCluster(live.name(), object));
            } catch (IllegalArgumentException e) {
              broken.add(
                  new Broken(
                      live.name(),
                      object.namespace(),
                      object.name(),
                      Source.CLUSTER,
                      String.valueOf(e.getMessage())));
            }
          });
    }
    for (ScalingStore.Policy stored : store.policies()) {
      if (known.stream().noneMatch(one -> isNamed(one, stored))) {
        try {
          known.add(ofHub(stored));
        } catch (IllegalArgumentException | JacksonException e) {
          LOG.error("cannot read the policy {} of {}", stored.name(), stored.cluster(), e);
          broken.add(
              new Broken(
                  stored.cluster(),
                  stored.namespace(),
                  stored.name(),
                  Source.HUB,
                  String.valueOf(e.getMessage())));
        }
      }
    }
    known.sort((a, b) -> key(a).compareTo(key(b)));
    return new All(List.copyOf(known), List.copyOf(broken));
  }

  private static boolean isNamed(Known one, ScalingStore.Policy stored) {
    return one.cluster().equals(stored.cluster())
        && one.policy().target().namespace().equals(stored.namespace())
        && one.policy().name().equals(stored.name());
  }

  private static String key(Known one) {
    return one.cluster() + "/" + one.policy().target().namespace() + "/" + one.policy().name();
  }

  private Known ofHub(ScalingStore.Policy stored) {
    return new Known(
        stored.cluster(),
        ScalingPolicyManifest.read(KubernetesObject.of(json.readValue(stored.document(), TREE))),
        Source.HUB,
        stored.changedBy(),
        stored.modeSince());
  }

  private static Known ofCluster(String cluster, KubernetesObject object) {
    var made = object.text("metadata", "creationTimestamp").map(Instant::parse);
    return new Known(
        cluster,
        ScalingPolicyManifest.read(object),
        Source.CLUSTER,
        "",
        made.orElse(Instant.EPOCH));
  }

  /**
   * The policy of that name.
   *
   * @throws HubProblem if there is none that can be used
   */
  Known named(String cluster, String namespace, String name) {
    return all().known().stream()
        .filter(
            one ->
                one.cluster().equals(cluster)
                    && one.policy().target().namespace().equals(namespace)
                    && one.policy().name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                HubProblem.notFound(
                    "there is no scaling policy %s/%s in cluster %s"
                        .formatted(namespace, name, cluster)));
  }

  /** The policy of a workload, the first where there are several. */
  static Optional<Known> of(List<Known> all, String cluster, ScaleTarget target) {
    return all.stream()
        .filter(one -> one.cluster().equals(cluster) && one.policy().target().equals(target))
        .findFirst();
  }

  /**
   * Sets a policy of this hub; it keeps its mode, or begins by observing.
   *
   * @throws HubProblem if it stands in the cluster, or its workload has another one
   */
  synchronized Known set(String cluster, ScalingPolicy wanted, String user) {
    var all = all().known();
    var other =
        of(all, cluster, wanted.target()).filter(o -> !o.policy().name().equals(wanted.name()));
    if (other.isPresent()) {
      throw new HubProblem(
          HttpStatus.CONFLICT,
          "PolicyExists",
          "%s has the policy %s already; change that one"
              .formatted(wanted.target(), other.get().policy().name()));
    }
    var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    var before =
        all.stream()
            .filter(
                one ->
                    one.cluster().equals(cluster)
                        && one.policy().target().namespace().equals(wanted.target().namespace())
                        && one.policy().name().equals(wanted.name()))
            .findFirst();
    before.ifPresent(ScalingPolicies::mustBeOurs);
    var policy = wanted.in(before.map(b -> b.policy().mode()).orElse(ScalingMode.OBSERVE));
    return keep(cluster, policy, user, now, before.map(Known::modeSince).orElse(now));
  }

  /** Puts a policy of this hub into another mode. */
  synchronized Known move(Known from, ScalingMode to, String user) {
    mustBeOurs(from);
    var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    return keep(from.cluster(), from.policy().in(to), user, now, now);
  }

  synchronized void remove(Known policy) {
    mustBeOurs(policy);
    store.removePolicy(
        policy.cluster(), policy.policy().target().namespace(), policy.policy().name());
  }

  private Known keep(
      String cluster, ScalingPolicy policy, String user, Instant now, Instant modeSince) {
    store.put(
        new ScalingStore.Policy(
            cluster,
            policy.target().namespace(),
            policy.name(),
            json.writeValueAsString(ScalingPolicyManifest.write(policy).tree()),
            user,
            now,
            modeSince));
    return new Known(cluster, policy, Source.HUB, user, modeSince);
  }

  private static void mustBeOurs(Known policy) {
    if (policy.source() == Source.CLUSTER) {
      throw new HubProblem(
          HttpStatus.CONFLICT,
          "PolicyInCluster",
          "the policy %s stands in the cluster as a ScalingPolicy; change it there"
              .formatted(policy.policy().name()));
    }
  }
}
