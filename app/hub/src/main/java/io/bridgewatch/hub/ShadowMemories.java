package io.bridgewatch.hub;

import io.bridgewatch.hub.ScalingPolicies.Known;
import io.bridgewatch.model.KubernetesObject;
import io.bridgewatch.ports.ScalingStore;
import io.bridgewatch.ports.ScalingStore.Memory;
import io.bridgewatch.ports.StoreException;
import io.bridgewatch.scale.HpaHistory;
import io.bridgewatch.scale.HpaHistory.Recommendation;
import io.bridgewatch.scale.HpaHistory.Rescale;
import io.bridgewatch.scale.HpaManifest;
import io.bridgewatch.scale.ShadowMemory;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Keeps what autoscalers in shadow remember, so that a restart of the hub changes no decision: at
 * once where something changed, else once a minute, and when the hub stops. What is remembered
 * spans the windows of the policy, an hour at most, and so is a few hundred numbers.
 */
@Component
final class ShadowMemories {

  private static final Logger LOG = LoggerFactory.getLogger(ShadowMemories.class);

  private static final Duration EVERY = Duration.ofMinutes(1);

  private final ScalingStore store;
  private final JsonMapper json;

  ShadowMemories(ScalingStore store, JsonMapper json) {
    this.store = store;
    this.json = json;
  }

  /**
   * As it is kept.
   *
   * @param rules of the policy; under others it does not count
   */
  record Document(
      Map<String, @Nullable Object> rules,
      int inForce,
      int wanted,
      boolean started,
      List<Moment> recommendations,
      List<Moment> scaleUps,
      List<Moment> scaleDowns) {}

  /** How many replicas when. */
  record Moment(long millis, int replicas) {}

  /** What was kept of a policy with the rules it has now; empty if nothing was. */
  Optional<ShadowMemory> of(Known policy) {
    var target = policy.policy().target();
    return store
        .memory(policy.cluster(), target.namespace(), ScalingLearned.workload(target))
        .flatMap(memory -> read(policy, memory));
  }

  private Optional<ShadowMemory> read(Known policy, Memory memory) {
    try {
      var document = json.readValue(memory.document(), Document.class);
      var spec = HpaManifest.read(KubernetesObject.of(Map.of("spec", document.rules())));
      return spec.equals(policy.policy().spec())
          ? Optional.of(
              new ShadowMemory(
                  memory.at(),
                  document.inForce(),
                  document.wanted(),
                  new HpaHistory(
                      document.started(),
                      document.recommendations().stream()
                          .map(one -> new Recommendation(time(one), one.replicas()))
                          .toList(),
                      rescales(document.scaleUps()),
                      rescales(document.scaleDowns()))))
          : Optional.empty();
    } catch (IllegalArgumentException | JacksonException e) {
      LOG.warn("what {} remembered in shadow cannot be read", policy.policy().name(), e);
      return Optional.empty();
    }
  }

  private static List<Rescale> rescales(List<Moment> moments) {
    return moments.stream().map(one -> new Rescale(time(one), one.replicas())).toList();
  }

  private static Instant time(Moment one) {
    return Instant.ofEpochMilli(one.millis());
  }

  /** Whether a memory differs from what was kept so much that it must be kept too. */
  static boolean isDue(Optional<ShadowMemory> kept, ShadowMemory memory) {
    return kept.isEmpty()
        || !kept.get().at().plus(EVERY).isAfter(memory.at())
        || kept.get().wanted() != memory.wanted()
        || kept.get().inForce() != memory.inForce()
        || !recommended(kept.get()).equals(recommended(memory));
  }

  /** The last recommendation, without its time. */
  private static Optional<Integer> recommended(ShadowMemory memory) {
    var all = memory.history().recommendations();
    return all.isEmpty() ? Optional.empty() : Optional.of(all.getLast().replicas());
  }

  void keep(Known policy, ShadowMemory memory) {
    var target = policy.policy().target();
    var history = memory.history();
    var document =
        new Document(
            policy.policy().rules().tree(),
            memory.inForce(),
            memory.wanted(),
            history.started(),
            history.recommendations().stream()
                .map(one -> new Moment(one.time().toEpochMilli(), one.replicas()))
                .toList(),
            moments(history.scaleUps()),
            moments(history.scaleDowns()));
    try {
      store.remember(
          new Memory(
              policy.cluster(),
              target.namespace(),
              ScalingLearned.workload(target),
              memory.at(),
              json.writeValueAsString(document)));
    } catch (StoreException e) {
      LOG.warn("what {} remembers in shadow is not kept", policy.policy().name(), e);
    }
  }

  private static List<Moment> moments(List<Rescale> rescales) {
    return rescales.stream()
        .map(one -> new Moment(one.time().toEpochMilli(), one.change()))
        .toList();
  }
}
