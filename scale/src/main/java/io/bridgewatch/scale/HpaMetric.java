package io.bridgewatch.scale;

/** One of the metrics that an autoscaler looks at. */
public sealed interface HpaMetric {

  HpaTarget target();

  /** As the controller names it in conditions and events. */
  String displayName();

  /**
   * What whole pods use.
   *
   * @param resource {@code cpu} or {@code memory}
   * @param target of utilization or an average value
   */
  record Resource(String resource, HpaTarget target) implements HpaMetric {
    @Override
    public String displayName() {
      return resourceName(resource, target);
    }
  }

  /** What one container of each pod uses. */
  record ContainerResource(String resource, String container, HpaTarget target)
      implements HpaMetric {
    @Override
    public String displayName() {
      return resourceName(resource, target);
    }
  }

  /** What each pod tells. */
  record Pods(String metric, HpaTarget.AverageValue target) implements HpaMetric {
    @Override
    public String displayName() {
      return "pods metric " + metric;
    }
  }

  /**
   * What another object tells.
   *
   * @param target a value or an average value
   */
  record Object(String metric, String describedKind, HpaTarget target) implements HpaMetric {
    @Override
    public String displayName() {
      return "%s metric %s".formatted(describedKind, metric);
    }
  }

  /**
   * What comes from outside the cluster, one number or several.
   *
   * @param target a value or an average value
   */
  record External(String metric, HpaTarget target) implements HpaMetric {
    @Override
    public String displayName() {
      return "external metric " + metric;
    }
  }

  private static String resourceName(String resource, HpaTarget target) {
    return target instanceof HpaTarget.Utilization
        ? resource + " resource utilization (percentage of request)"
        : resource + " resource";
  }
}
