package io.bridgewatch.adapter.prometheus;

import io.bridgewatch.model.SampleBatch;
import java.util.List;
import java.util.Optional;

/** Where samples go. Called by several threads. */
@FunctionalInterface
public interface SampleSink {

  /**
   * @return empty if the samples were taken; else a PascalCase word that says why not, such as
   *     {@code QueueFull}: they are counted as dropped. What it throws counts as {@code SinkFailed}
   */
  Optional<String> offer(SampleBatch samples, List<Exemplar> exemplars);
}
