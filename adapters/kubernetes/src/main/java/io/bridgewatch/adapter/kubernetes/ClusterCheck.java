package io.bridgewatch.adapter.kubernetes;

import io.bridgewatch.model.ObjectKind;
import java.util.List;

/**
 * What a look at a cluster found, before it is registered.
 *
 * @param version of the API server, such as {@code v1.36.2}; empty where it was not reached
 * @param readable kinds that may be listed
 * @param denied kinds that may not; nothing of them will be seen
 * @param notServed kinds that the cluster does not have
 * @param reason PascalCase word; empty where it was reached
 * @param error one sentence with what was seen and what helps; empty where it was reached
 */
public record ClusterCheck(
    boolean reachable,
    String version,
    List<ObjectKind> readable,
    List<ObjectKind> denied,
    List<ObjectKind> notServed,
    String reason,
    String error) {

  public ClusterCheck {
    readable = List.copyOf(readable);
    denied = List.copyOf(denied);
    notServed = List.copyOf(notServed);
  }

  static ClusterCheck unreachable(ApiException failure) {
    return new ClusterCheck(
        false, "", List.of(), List.of(), List.of(), failure.reason().word(), failure.sentence());
  }
}
