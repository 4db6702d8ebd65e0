package io.bridgewatch.adapter.prometheus;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.KubernetesObject;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which series of a pod are the node's. */
class MachineFamiliesTest {
  private static final Attributes CLUSTER = Attributes.of("k8s.cluster.name", "prod");
  private static final Attributes NODE = CLUSTER.with("k8s.node.name", "n1");

  private static final String METADATA =
      "'name':'agent-7','namespace':'infra','annotations':{'prometheus.io/scrape':'true'}";
  private static final String SPEC =
      "'nodeName':'n1','containers':[{'name':'agent','ports':[{'containerPort':9100}]}]";
  private static final String OF_A_DAEMON_SET =
      METADATA
          + ",'ownerReferences':[{'apiVersion':'apps/v1','kind':'DaemonSet','name':'agent',"
          + "'controller':true}]";

  private static final String PAGE =
      """
      # TYPE node_disk_io_time_seconds_total counter
      node_disk_io_time_seconds_total{device="sda"} 12.5
      # TYPE node_exporter_build_info gauge
      node_exporter_build_info{version="1"} 1
      # TYPE process_cpu_seconds_total counter
      process_cpu_seconds_total 3
      """;

  @Test
  void whatAnAgentTellsOfTheMachineIsTheNodes() {
    var read = read(target(OF_A_DAEMON_SET, SPEC)).samples();
    assertThat(read.key(0).resource()).isEqualTo(NODE);
    assertThat(read.key(0).point()).isEqualTo(Attributes.of("device", "sda"));
    assertThat(read.key(1).resource().asMap()).containsEntry("k8s.pod.name", "agent-7");
    assertThat(read.key(2).resource().asMap()).containsEntry("k8s.pod.name", "agent-7");
  }

  @Test
  void anotherPodOfTheSameAgentGoesOnWithTheSameSeries() {
    var one = read(target(OF_A_DAEMON_SET, SPEC)).samples().key(0);
    var other = read(target(OF_A_DAEMON_SET.replace("agent-7", "agent-8"), SPEC)).samples().key(0);
    assertThat(other).isEqualTo(one);
  }

  @Test
  void aMonitorsLabelsStay() {
    var rules =
        new SampleRules(
            Map.of("pod", "agent-7"), Map.of("job", "nodes"), false, List.of(), Set.of(), Set.of());
    var read = read(target(OF_A_DAEMON_SET, SPEC).withRules(rules)).samples();
    assertThat(read.key(0).resource()).isEqualTo(NODE);
    assertThat(read.key(0).point()).isEqualTo(Attributes.of("device", "sda", "job", "nodes"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'hostNetwork':true,",
        "'hostPID':true,",
        "'volumes':[{'name':'sys','hostPath':{'path':'/sys'}}],"
      })
  void aPodThatSeesTheMachineIsThereForItsNode(String more) {
    var read = read(target(METADATA, more + SPEC)).samples();
    assertThat(read.key(0).resource()).isEqualTo(NODE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "'volumes':[{'name':'data','hostPath':{'path':'/srv/data'}}],"})
  void anyOtherPodKeepsWhatItTells(String more) {
    var read = read(target(METADATA, more + SPEC)).samples();
    assertThat(read.key(0).resource().asMap()).containsEntry("k8s.pod.name", "agent-7");
  }

  private static ScrapedPage read(ScrapeTarget target) {
    var exposition = new Exposition(target.options(), ExpositionLimits.DEFAULT);
    return exposition.read(PAGE.getBytes(UTF_8), ExpositionFormat.TEXT, 1_000);
  }

  private static ScrapeTarget target(String metadata, String spec) {
    var json =
        "{'apiVersion':'v1','kind':'Pod','metadata':{%s},'spec':{%s},'status':{'phase':'Running','podIP':'10.0.0.7'}}"
            .formatted(metadata, spec);
    return Discovery.targets(
            List.of(object(json)), DiscoverySettings.of(CLUSTER, ScrapeAccess.OPEN))
        .targets()
        .stream()
        .filter(target -> target.id().startsWith("pod/"))
        .findFirst()
        .orElseThrow();
  }

  private static KubernetesObject object(String json) {
    try {
      return JsonTree.read(
          new ByteArrayInputStream(json.replace('\'', '"').getBytes(UTF_8)), 1 << 20);
    } catch (Exception e) {
      throw new AssertionError(json, e);
    }
  }
}
