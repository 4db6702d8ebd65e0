package io.bridgewatch.adapter.prometheus;

import io.bridgewatch.model.SampleBatch;
import io.bridgewatch.model.SeriesKey;
import java.util.List;
import java.util.Map;

/**
 * What a page of metrics, text or a kubelet's summary, held.
 *
 * @param samples in the order of the page
 * @param exemplars in the order of the page
 * @param vanished series that the page before had and this one has not; none if this page was cut
 *     off, because then nobody knows
 * @param complete whether the page was read to its end
 * @param rejected how many lines, exemplars or pages were not used, by reason
 */
public record ScrapedPage(
    SampleBatch samples,
    List<Exemplar> exemplars,
    List<SeriesKey> vanished,
    boolean complete,
    Map<IntakeReason, Long> rejected) {

  public ScrapedPage {
    exemplars = List.copyOf(exemplars);
    vanished = List.copyOf(vanished);
    rejected = Map.copyOf(rejected);
  }

  /** Whether it is metrics at all, rather than an error's text. */
  public boolean isMetrics() {
    return !rejected.containsKey(IntakeReason.NOT_METRICS);
  }
}
