package io.bridgewatch.adapter.prometheus;

import io.bridgewatch.model.AttributeNames;
import io.bridgewatch.model.Attributes;
import java.util.Map;
import java.util.Optional;

/**
 * How the pages of a target are to be asked for and understood.
 *
 * @param resource what is measured, as far as the labels do not say
 * @param resourceLabels labels that name what is measured, to the attributes that they become
 * @param honorTimestamps whether samples that say their time have it; else it is the scrape's
 * @param markOwnTimes whether series that said their own times are ended by a marker too when they
 *     vanish
 * @param protobuf whether protobuf is asked for, which alone has native histograms
 * @param rules which series are kept, and by which labels
 * @param machine what series that describe the machine below are of; empty where they are of the
 *     resource like all others
 */
public record ExpositionOptions(
    Attributes resource,
    Map<String, String> resourceLabels,
    boolean honorTimestamps,
    boolean markOwnTimes,
    boolean protobuf,
    SampleRules rules,
    Optional<Attributes> machine) {

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
    return new ExpositionOptions(
        resource, Map.of(), true, false, true, SampleRules.NONE, Optional.empty());
  }

  /**
   * Of a kubelet, which measures the pods of its node: their names go to the resource, so that the
   * samples find them in the topology.
   */
  public static ExpositionOptions ofKubelet(Attributes node) {
    return new ExpositionOptions(
        node, KUBELET_LABELS, true, true, true, SampleRules.NONE, Optional.empty());
  }

  /** The same with other labels that name what is measured. */
  public ExpositionOptions withResourceLabels(Map<String, String> labels) {
    return new ExpositionOptions(
        resource, labels, honorTimestamps, markOwnTimes, protobuf, rules, machine);
  }

  /** The same, with or without the times that samples say. */
  public ExpositionOptions withHonorTimestamps(boolean honored) {
    return new ExpositionOptions(
        resource, resourceLabels, honored, markOwnTimes, protobuf, rules, machine);
  }

  /** The same, with or without protobuf. */
  public ExpositionOptions withProtobuf(boolean asked) {
    return new ExpositionOptions(
        resource, resourceLabels, honorTimestamps, markOwnTimes, asked, rules, machine);
  }

  /** The same with other rules. */
  public ExpositionOptions withRules(SampleRules others) {
    return new ExpositionOptions(
        resource, resourceLabels, honorTimestamps, markOwnTimes, protobuf, others, machine);
  }

  /** The same, where series that describe the machine below are of that. */
  public ExpositionOptions withMachine(Optional<Attributes> described) {
    return new ExpositionOptions(
        resource, resourceLabels, honorTimestamps, markOwnTimes, protobuf, rules, described);
  }

  /** What a series of that metric is of, as far as its labels do not say. */
  Attributes resourceOf(String metric) {
    return machine.isPresent() && MachineFamilies.isOne(metric) ? machine.get() : resource;
  }

  /** What to ask the target for: a header's value. */
  public String accept() {
    return protobuf ? ExpositionFormat.ACCEPT : ExpositionFormat.ACCEPT_TEXT;
  }
}
