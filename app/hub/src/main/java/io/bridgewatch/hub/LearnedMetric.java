package io.bridgewatch.hub;

import io.bridgewatch.scale.LearnedPolicy;
import java.util.Arrays;
import java.util.Optional;

/** What is told of each workload of which a policy was learned: external metrics of autoscalers. */
enum LearnedMetric {
  NEEDED(
      LearnedPolicy.METRIC,
      "bridgewatch_replicas_needed",
      "Replicas that a workload needs, as its learned policy tells."),
  REQUESTS(
      LearnedPolicy.REQUESTS,
      "bridgewatch_workload_requests_per_second",
      "Requests a second of a workload whose policy was learned."),
  IN_FLIGHT(
      LearnedPolicy.IN_FLIGHT,
      "bridgewatch_workload_requests_in_flight",
      "Requests that a workload whose policy was learned serves at a time.");

  private final String external;
  private final String series;
  private final String help;

  LearnedMetric(String external, String series, String help) {
    this.external = external;
    this.series = series;
    this.help = help;
  }

  /** Its name in an autoscaler. */
  String external() {
    return external;
  }

  /** Its name on the page that a Prometheus may read. */
  String series() {
    return series;
  }

  String help() {
    return help;
  }

  static Optional<LearnedMetric> of(String external) {
    return Arrays.stream(values()).filter(one -> one.external.equals(external)).findFirst();
  }
}
