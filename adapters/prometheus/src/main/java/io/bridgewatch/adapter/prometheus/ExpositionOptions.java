package io.bridgewatch.adapter.prometheus;

import io.bridgewatch.model.AttributeNames;
import io.bridgewatch.model.Attributes;
import java.util.Map;

/**
 * How the pages of a target are to be understood.
 *
 * @param resource what is measured, as far as the labels do not say
 * @param resourceLabels labels that name what is measured, to the attributes that they become
 * @param honorTimestamps whether samples that say their time have it; else it is the scrape's
 * @param markOwnTimes whether series that said their own times are ended by a marker too when they
 *     vanish
 */
public record ExpositionOptions(
    Attributes resource,
    Map<String, String> resourceLabels,
    boolean honorTimestamps,
    boolean markOwnTimes) {

  /** The labels by which a kubelet names what it measures. */
  public static final Map<String, String> KUBELET_LABELS =
      Map.of(
          "namespace", AttributeNames.NAMESPACE,
          "pod", AttributeNames.POD,
          "container", AttributeNames.CONTAINER,
          "node", AttributeNames.NODE);

  public ExpositionOptions {
    resourceLabels = Map.copyOf(resourceLabels);
  }

  /** Of a program that measures itself: its labels are its own. */
  public static ExpositionOptions of(Attributes resource) {
    return new ExpositionOptions(resource, Map.of(), true, false);
  }

  /**
   * Of a kubelet, which measures the pods of its node: their names go to the resource, so that the
   * samples find them in the topology.
   */
  public static ExpositionOptions ofKubelet(Attributes node) {
    return new ExpositionOptions(node, KUBELET_LABELS, true, true);
  }
}
