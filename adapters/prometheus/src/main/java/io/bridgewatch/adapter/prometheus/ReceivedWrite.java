package io.bridgewatch.adapter.prometheus;

import io.bridgewatch.model.SampleBatch;
import java.util.List;
import java.util.Map;

/**
 * What a remote write request held.
 *
 * @param histograms native ones among the samples, which became several each
 * @param rejected how many series, samples, exemplars or requests were not used, by reason
 */
public record ReceivedWrite(
    SampleBatch samples,
    List<Exemplar> exemplars,
    int histograms,
    Map<IntakeReason, Long> rejected) {

  public ReceivedWrite {
    exemplars = List.copyOf(exemplars);
    rejected = Map.copyOf(rejected);
  }

  /**
   * Whether the request was one at all; if not, the sender is told 400, because it would be none
   * the next time either.
   */
  public boolean isReadable() {
    return !rejected.containsKey(IntakeReason.COMPRESSION_INVALID)
        && !rejected.containsKey(IntakeReason.PROTOBUF_INVALID)
        && !rejected.containsKey(IntakeReason.BODY_TOO_LARGE);
  }
}
