package io.bridgewatch.scale;

import static org.assertj.core.api.Assertions.assertThat;

import io.bridgewatch.scale.MetricsApis.Group;
import io.bridgewatch.scale.UnservedMetric.Reason;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MetricsApisTest {

  private static final String NEEDED = "ours-needed";
  private static final String IN_FLIGHT = "ours-in-flight";
  private static final Set<String> OURS = Set.of(NEEDED, IN_FLIGHT);
  private static final MetricsOwner NOBODY = new MetricsOwner.Nobody();
  private static final HpaMetric CPU = new HpaMetric.Resource("cpu", new HpaTarget.Utilization(60));

  private static HpaMetric external(String metric) {
    return new HpaMetric.External(metric, new HpaTarget.AverageValue(1000));
  }

  private static HpaMetric pods(String metric) {
    return new HpaMetric.Pods(metric, new HpaTarget.AverageValue(1000));
  }

  private static HpaSpec spec(HpaMetric... metrics) {
    return new HpaSpec(1, 9, List.of(metrics), Optional.empty());
  }

  private static MetricsOwner other(boolean available, String... metrics) {
    return new MetricsOwner.Service(
        "monitoring/adapter", "v1beta1", false, available, Set.of(metrics));
  }

  private static MetricsOwner ours(boolean available) {
    return new MetricsOwner.Service("bw/metrics", "v1beta1", true, available, OURS);
  }

  private static List<Reason> reasons(MetricsOwner external, String metric) {
    return new MetricsApis(NOBODY, external)
        .unserved(spec(CPU, external(metric)), OURS).stream().map(UnservedMetric::reason).toList();
  }

  @Test
  void whatIsServedDependsOnWhoServesTheGroup() {
    assertThat(reasons(NOBODY, NEEDED)).containsExactly(Reason.NOBODY);
    assertThat(reasons(new MetricsOwner.Unknown("403"), NEEDED))
        .containsExactly(Reason.OWNER_UNKNOWN);
    assertThat(reasons(ours(true), NEEDED)).isEmpty();
    assertThat(reasons(ours(false), NEEDED)).containsExactly(Reason.OURS_UNREACHABLE);
    assertThat(reasons(ours(true), "queue-depth")).containsExactly(Reason.NOT_OF_OURS);
    assertThat(reasons(other(true), NEEDED)).containsExactly(Reason.NOT_OF_OWNER);
    assertThat(reasons(other(true, NEEDED), NEEDED)).as("by a rule of its own").isEmpty();
    assertThat(reasons(other(false, NEEDED), NEEDED)).containsExactly(Reason.OWNER_UNREACHABLE);
    assertThat(reasons(other(true), "queue-depth")).as("the owner's business").isEmpty();
  }

  @Test
  void eachGroupHasItsOwnServerAndResourcesNeedNone() {
    var apis = new MetricsApis(other(true), ours(true));
    var spec =
        spec(
            CPU,
            pods(IN_FLIGHT),
            new HpaMetric.Object(IN_FLIGHT, "Service", new HpaTarget.Value(1)),
            external(NEEDED));
    assertThat(apis.unserved(spec, OURS))
        .as("named once")
        .containsExactly(
            new UnservedMetric(
                IN_FLIGHT, Group.CUSTOM, Reason.NOT_OF_OWNER, "monitoring/adapter", ""));
    assertThat(MetricsApis.isNeededBy(spec)).isTrue();
    assertThat(MetricsApis.isNeededBy(spec(CPU))).isFalse();
    assertThat(new MetricsApis(NOBODY, NOBODY).unserved(spec(CPU), OURS)).isEmpty();
  }
}
