package io.bridgewatch.adapter.prometheus;

import io.bridgewatch.model.SampleBatch;
import io.bridgewatch.model.SeriesKey;
import java.util.List;
import java.util.Map;

/**
 * What a page of metrics held.
 *
 * @param samples in the order of the page
 * @param exemplars in the order of the page
 * @param vanished series that the page before had and this one has not; none if this page was cut
 *     off, because then nobody knows
 * @param complete whether the page was read to its end
 * @param bytes how long it was, as far as it was read
 * @param rejected how many lines, exemplars or pages were not used, by reason
 */
public record ExpositionPage(
    SampleBatch samples,
    List<Exemplar> exemplars,
    List<SeriesKey> vanished,
    boolean complete,
    long bytes,
    Map<IntakeReason, Long> rejected) {

  public ExpositionPage {
    exemplars = List.copyOf(exemplars);
    vanished = List.copyOf(vanished);
    rejected = Map.copyOf(rejected);
  }

  /** Whether it is metrics at all, rather than an error's text. */
  public boolean isExposition() {
    return !rejected.containsKey(IntakeReason.NOT_AN_EXPOSITION);
  }
}
