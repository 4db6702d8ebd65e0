package io.bridgewatch.scale;

import io.bridgewatch.scale.UnservedMetric.Reason;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Who serves custom and external metrics to the autoscalers of a cluster, and so which metrics of a
 * policy they would not get.
 *
 * @param custom of pods and other objects
 * @param external of anything else
 */
public record MetricsApis(MetricsOwner custom, MetricsOwner external) {

  /** A group of metrics, as the API server names it. */
  public enum Group {
    CUSTOM("custom.metrics.k8s.io"),
    EXTERNAL("external.metrics.k8s.io");

    private final String apiGroup;

    Group(String apiGroup) {
      this.apiGroup = apiGroup;
    }

    public String apiGroup() {
      return apiGroup;
    }
  }

  public MetricsOwner owner(Group group) {
    return switch (group) {
      case CUSTOM -> custom;
      case EXTERNAL -> external;
    };
  }

  /** Whether an autoscaler needs more than the resources that every cluster measures. */
  public static boolean isNeededBy(HpaSpec spec) {
    return spec.metrics().stream().anyMatch(metric -> asked(metric).isPresent());
  }

  /**
   * Metrics that an autoscaler would not get, in its order, each once.
   *
   * <p>A metric of another server's own is its business: it counts as served while that server is
   * reached. One of ours must be among those that the other says it serves.
   *
   * @param ours names of the metrics that this product knows
   */
  public List<UnservedMetric> unserved(HpaSpec spec, Set<String> ours) {
    var found = new LinkedHashSet<UnservedMetric>();
    for (HpaMetric metric : spec.metrics()) {
      asked(metric).flatMap(asked -> unserved(asked, ours)).ifPresent(found::add);
    }
    return List.copyOf(found);
  }

  private record Asked(Group group, String metric) {}

  private static Optional<Asked> asked(HpaMetric metric) {
    return switch (metric) {
      case HpaMetric.Resource _, HpaMetric.ContainerResource _ -> Optional.empty();
      case HpaMetric.Pods(String name, _) -> Optional.of(new Asked(Group.CUSTOM, name));
      case HpaMetric.Object(String name, _, _) -> Optional.of(new Asked(Group.CUSTOM, name));
      case HpaMetric.External(String name, _) -> Optional.of(new Asked(Group.EXTERNAL, name));
    };
  }

  private Optional<UnservedMetric> unserved(Asked asked, Set<String> ours) {
    return switch (owner(asked.group())) {
      case MetricsOwner.Nobody _ -> unserved(asked, Reason.NOBODY, "", "");
      case MetricsOwner.Unknown(String why) -> unserved(asked, Reason.OWNER_UNKNOWN, "", why);
      case MetricsOwner.Service(var service, _, var isOurs, var available, var metrics) -> {
        boolean listed = metrics.contains(asked.metric());
        if (!available) {
          yield unserved(
              asked, isOurs ? Reason.OURS_UNREACHABLE : Reason.OWNER_UNREACHABLE, service, "");
        }
        if (isOurs) {
          yield listed ? Optional.empty() : unserved(asked, Reason.NOT_OF_OURS, service, "");
        }
        yield listed || !ours.contains(asked.metric())
            ? Optional.empty()
            : unserved(asked, Reason.NOT_OF_OWNER, service, "");
      }
    };
  }

  private static Optional<UnservedMetric> unserved(
      Asked asked, Reason reason, String owner, String why) {
    return Optional.of(new UnservedMetric(asked.metric(), asked.group(), reason, owner, why));
  }
}
