package io.bridgewatch.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.bridgewatch.adapter.prometheus.Discovery;
import io.bridgewatch.adapter.prometheus.DiscoverySettings;
import io.bridgewatch.adapter.prometheus.ScrapeAccess;
import io.bridgewatch.adapter.prometheus.ScrapeTarget;
import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.KubernetesObject;
import io.bridgewatch.testkit.KubernetesSample;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class NoiseRulesTest {

  private final List<KubernetesObject> pods = List.of(pod("db-0"), pod("db-1"));

  private static KubernetesObject pod(String name) {
    return KubernetesSample.object(
        """
        {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "%s", "namespace": "shop",
          "annotations": {"prometheus.io/scrape": "true"}},
         "spec": {"containers": [{"name": "exporter", "image": "x/postgres-exporter:1",
           "ports": [{"containerPort": 9187}]}]},
         "status": {"phase": "Running", "podIP": "10.0.0.%d"}}
        """
            .formatted(name, name.length() + name.charAt(3)));
  }

  private List<ScrapeTarget> applied(OptionalInt abovePods, Optional<String> annotation) {
    var targets =
        Discovery.targets(pods, DiscoverySettings.of(Attributes.none(), ScrapeAccess.OPEN))
            .targets();
    return NoiseRules.apply(targets, pods, abovePods, pod -> annotation).stream()
        .filter(target -> target.id().startsWith("pod/"))
        .toList();
  }

  @Test
  void nothingIsLeftOutUnlessAskedForAndOnlyInLargeClusters() {
    assertThat(applied(OptionalInt.empty(), Optional.empty()))
        .hasSize(2)
        .allMatch(target -> target.options().rules().noise().isEmpty());
    assertThat(applied(OptionalInt.of(2), Optional.empty()))
        .allMatch(target -> target.options().rules().noise().isEmpty());
    assertThat(applied(OptionalInt.of(1), Optional.empty()))
        .allSatisfy(
            target -> {
              assertThat(target.options().rules().noise()).contains("pg_settings_");
              assertThat(target.options().rules().kept()).contains("pg_settings_max_connections");
            });
  }

  @Test
  void anAnnotationKeepsAll() {
    assertThat(applied(OptionalInt.of(0), Optional.of("none")))
        .allMatch(target -> target.options().rules().noise().isEmpty());
  }
}
